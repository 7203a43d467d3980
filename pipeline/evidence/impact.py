"""Impact figures: each thing that was counted once, the final count told from interim ones, with its records."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evidence.counts import Count
from pipeline.models.postmortem import Figure, Milestones

_MOST = 20


def find_figures(counts: Sequence[Count], m: Milestones) -> tuple[Figure, ...]:
    """Figures of impact, final ones first; interim ones keep `final: false`."""
    figures: list[Figure] = []
    for same in things(counts):
        best = max(same, key=lambda c: (not c.interim, c.in_part, c.rank))
        seen: set[float | int] = set()
        for c in same:
            if c.value in seen:
                continue
            seen.add(c.value)
            peers = [x for x in same if x.value == c.value]
            final = not c.interim and (c.value == best.value or c.rank[0] == best.rank[0] == 3 or c.total)
            figures.append(
                Figure(
                    what=c.what,
                    value=c.value,
                    unit=_printed(c, best),
                    approximate=c.approximate,
                    final=final,
                    evidence=tuple(dict.fromkeys(x.record for x in peers))[:3],
                )
            )
    figures.sort(key=lambda f: not f.final)
    if m.onset.time and m.mitigated.time and m.mitigated.time > m.onset.time:
        minutes = round((m.mitigated.time - m.onset.time).total_seconds() / 60, 1)
        figures.append(
            Figure(
                what="Duration, onset to recovery",
                value=int(minutes) if minutes == int(minutes) else minutes,
                unit="minutes",
                final=True,
                evidence=(m.onset.evidence + m.mitigated.evidence)[:4],
            )
        )
    return tuple(figures[:_MOST])


def things(counts: Sequence[Count]) -> list[list[Count]]:
    """Counts by what they count: one head noun, or a shared noun ("checkout attempts", "refused checkouts").

    A bare number ("the office counts 211") counts what its part counted just before.
    """
    groups: list[tuple[set[str], list[Count]]] = []
    last: list[Count] | None = None
    last_record = ""
    for c in counts:
        if c.unit == "" and c.nouns:
            if last is not None and _comparable(c, last[0]):
                last.append(c)
            continue
        nouns = {n for n in c.nouns if n}
        group = next((g for g in groups if g[0] & nouns and (c.unit in g[0] or g[1][0].unit in nouns)), None)
        if group is None:
            group = (set(nouns), [])
            groups.append(group)
        group[1].append(c)
        if c.in_part and not c.total and c.unit not in ("percent", "money"):
            if last_record != c.record:
                last, last_record = group[1], c.record
    return [g for _, g in groups]


def _comparable(a: Count, b: Count) -> bool:
    return b.value > 0 and 0.5 <= a.value / b.value <= 2


def _printed(c: Count, best: Count) -> str:
    unit = c.unit or best.unit
    if unit == "money":
        return c.currency or unit
    if unit == "percent" or c.value == 1 or unit.endswith("s") or unit == "people":
        return unit
    return f"{unit[:-1]}ies" if unit.endswith("y") and unit[-2:-1] not in "aeiou" else f"{unit}s"
