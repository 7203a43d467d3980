"""Which candidates move the incident: the bar is low while it runs where it is handled, higher before and after."""

from __future__ import annotations

from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.phases import Phases

# Points of candidates.py. Chosen on development incidents; while responders work, little of what they say in
# their own channel is idle, and what they did must not be skipped.
_RUNNING, _ELSEWHERE, _BEFORE, _AFTER = 1.2, 2.2, 2.4, 3.0
_LEAD_IN = timedelta(minutes=10)
_WIND_DOWN = timedelta(minutes=10)


def drop_noise(found: list[Candidate], phases: Phases, aside: dict[str, str]) -> list[Candidate]:
    """Candidates over the bar; the others are set aside as small talk or detail."""
    kept: list[Candidate] = []
    for c in found:
        if _is_plan(c, phases):
            for record_id in c.records:
                aside.setdefault(record_id, "a follow-up; it is told among the action items")
        elif c.score >= _bar(c, phases):
            kept.append(c)
        else:
            for record_id in c.records:
                aside.setdefault(record_id, "says nothing that moves the incident")
    return kept


def _is_plan(c: Candidate, phases: Phases) -> bool:
    """After the close, what people say they will do is no event; what they did or announced is."""
    if phases.closed is None or c.time <= phases.closed or c.kind not in ("message", "text"):
        return False
    done = c.reading.has("intervene", "communicate", "recover") and not c.reading.future
    return not done


def _bar(c: Candidate, phases: Phases) -> float:
    if phases.detected and c.time < phases.detected - _LEAD_IN:
        return _BEFORE
    if phases.closed and c.time > phases.closed + _WIND_DOWN:
        return _AFTER
    return _RUNNING if c.at_home else _ELSEWHERE
