"""Where sources disagree: two times for one milestone or event, two counts of one thing, told side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.counts import Count
from pipeline.evidence.impact import things
from pipeline.evidence.likeness import content
from pipeline.models.base import rfc3339
from pipeline.models.postmortem import Account, Conflict, Milestones

_AGREE = timedelta(seconds=90)
_ROUND = timedelta(seconds=100)  # a clock told to the minute may lie this far from the exact one
_SINCE = timedelta(minutes=15)
_NAMED: dict[str, str] = {
    "ONS": "onset",
    "DET": "detected",
    "ESC": "declared",
    "MIT": "mitigated",
    "RES": "resolved",
}


def time_conflict(kept: Candidate, other: Candidate) -> Conflict | None:
    """Two tellings of one event whose times differ by more than their precision allows."""
    apart = abs(kept.time - other.time)
    if other.kind in ("page", "bot") or "approximate" in (kept.precision, other.precision):
        return None
    if kept.kind in ("page", "status") or not (other.by_hand or kept.by_hand):
        return None
    if kept.until and kept.time <= other.time <= kept.until:
        return None
    if rfc3339(other.time)[11:16] in kept.text or (other.written and other.written in kept.text):
        return None  # the later telling gives the other's time itself
    exact = kept.precision == other.precision == "exact"
    if apart <= (_AGREE if exact else _ROUND) and not _tells_time(other):
        return None
    if apart <= timedelta(seconds=60):
        return None
    return Conflict(
        about=f"time of: {_short(kept.text)}",
        accounts=(
            Account(value=clock(kept), evidence=kept.records[:1]),
            Account(value=clock(other), evidence=other.records[:1]),
        ),
        used=clock(kept),
    )


def _tells_time(c: Candidate) -> bool:
    """A row of a log is written to give the time; a sentence may round it."""
    return c.logged


def milestone_conflicts(found: Sequence[Candidate], m: Milestones) -> tuple[Conflict, ...]:
    """Every time that a document or a message states for a milestone, where they differ from the one used."""
    conflicts = []
    for event_class, name in _NAMED.items():
        reached = getattr(m, name)
        if reached.time is None:
            continue
        stated = [c for c in found if _states(c, event_class, reached.time)]
        others = [c for c in stated if abs(c.time - reached.time) > _AGREE]
        if not others:
            continue
        used = rfc3339(reached.time)[11:16] + " UTC"
        agreeing = next((c.written for c in stated if c not in others and c.written), "")
        accounts = {used: Account(value=_as_written(used, agreeing), evidence=reached.evidence[:1])}
        for c in others:
            accounts.setdefault(clock(c), Account(value=clock(c), evidence=c.records[:1]))
        conflicts.append(
            Conflict(about=f"time of the milestone {name}", accounts=tuple(accounts.values())[:4], used=used)
        )
    return tuple(conflicts)


def _states(c: Candidate, event_class: str, reached: datetime) -> bool:
    if c.declares == event_class:
        return not c.text.lower().startswith(("opened", "ticket"))
    since = event_class == "ONS" and c.kind == "stated" and c.reading.has("symptom")
    return since and abs(c.time - reached) <= _SINCE


def clock(c: Candidate) -> str:
    stamp = rfc3339(c.time)[11:19]
    return _as_written((stamp if c.precision == "exact" else stamp[:5]) + " UTC", c.written)


def _as_written(stamp: str, written: str) -> str:
    return f"{stamp} (written {written})" if written and not stamp.startswith(written) else stamp


def count_conflicts(counts: Sequence[Count]) -> tuple[Conflict, ...]:
    """Different counts of one thing, from different records."""
    found: list[Conflict] = []
    for same in things([c for c in counts if not c.total]):
        unit = next((c.unit for c in same if c.unit), "")
        if unit == "percent":
            continue
        lead = max(same, key=lambda c: (not c.interim, c.in_part, c.rank))
        rivals = [
            c for c in same if c.value != lead.value and c.record != lead.record and _same_thing(c, lead)
        ]
        if not rivals:
            continue
        accounts = {
            c.value: Account(value=f"{_print(c)} ({c.what})", evidence=(c.record,)) for c in [*rivals, lead]
        }
        settled = not lead.interim and all(c.interim or c.rank < lead.rank for c in rivals)
        found.append(
            Conflict(
                about=f"how many {unit}s" if unit != "money" else "money lost",
                accounts=(accounts.pop(lead.value), *list(accounts.values())[:4]),
                used=_print(lead) if settled else None,
            )
        )
    return tuple(found)


def _same_thing(a: Count, b: Count) -> bool:
    """Both stand where impact is told, or their words share what happened to the counted thing."""
    if (a.in_part and b.in_part) or a.unit == "money":
        return True
    here, there = content(a.what) - set(a.nouns), content(b.what) - set(b.nouns)
    return bool(here & there) or len(here) <= 4 or set(a.nouns) == set(b.nouns)


def _print(c: Count) -> str:
    return f"{c.value:,}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"
