"""Where sources disagree: two times for one milestone, two counts of one thing, told side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.models.base import rfc3339
from pipeline.models.postmortem import Account, Conflict, Figure, Milestones


def time_conflict(kept: Candidate, other: Candidate) -> Conflict | None:
    """Two tellings of one event whose times differ by more than their precision allows."""
    apart = abs(kept.time - other.time)
    coarse = kept.precision != "exact" or other.precision != "exact"
    allowed = timedelta(seconds=59) if coarse else timedelta(seconds=90)
    if other.kind in ("page", "bot") or "approximate" in (kept.precision, other.precision):
        return None
    if not (other.by_hand or kept.by_hand) or apart <= allowed:
        return None
    return Conflict(
        about=f"time of: {_short(kept.text)}",
        accounts=(
            Account(value=clock(kept), evidence=kept.records[:1]),
            Account(value=clock(other), evidence=other.records[:1]),
        ),
        used=clock(kept),
    )


def milestone_conflicts(found: Sequence[Candidate], m: Milestones) -> tuple[Conflict, ...]:
    """A document's own time for a milestone beside the time that the records give it."""
    conflicts = []
    for c in found:
        name = _NAMED.get(c.declares or "FUP")
        reached = getattr(m, name) if name else None
        if reached is None or reached.time is None or set(c.records) & set(reached.evidence):
            continue
        if abs(c.time - reached.time) <= timedelta(seconds=90):
            continue
        stamp = rfc3339(reached.time)[11:16] + " UTC"
        conflicts.append(
            Conflict(
                about=f"time of the milestone {name}",
                accounts=(
                    Account(value=stamp, evidence=reached.evidence[:1]),
                    Account(value=clock(c), evidence=c.records[:1]),
                ),
                used=stamp,
            )
        )
    return tuple(conflicts)


_NAMED: dict[str, str] = {
    "ONS": "onset",
    "DET": "detected",
    "ESC": "declared",
    "MIT": "mitigated",
    "RES": "resolved",
}


def clock(c: Candidate) -> str:
    stamp = rfc3339(c.time)[11:19]
    return (stamp if c.precision == "exact" else stamp[:5]) + " UTC"


def figure_conflicts(figures: Sequence[Figure]) -> tuple[Conflict, ...]:
    """Different counts in one unit, from different records."""
    units: dict[str, list[Figure]] = {}
    for f in figures:
        if f.unit not in ("minutes", "percent"):
            units.setdefault(f.unit, []).append(f)
    found: list[Conflict] = []
    for unit, same in units.items():
        values = {f.value for f in same}
        if len(values) < 2 or len({e for f in same for e in f.evidence}) < 2:
            continue
        finals = [f for f in same if f.final]
        used = f"{_print(finals[0])}" if len({f.value for f in finals}) == 1 else None
        found.append(
            Conflict(
                about=f"how many {unit}" if unit != "money" else "money lost",
                accounts=tuple(
                    Account(value=f"{_print(f)} ({f.what})", evidence=f.evidence) for f in same[:5]
                ),
                used=used,
            )
        )
    return tuple(found)


def _print(f: Figure) -> str:
    return f"{f.value:,}" if isinstance(f.value, int | float) else str(f.value)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"
