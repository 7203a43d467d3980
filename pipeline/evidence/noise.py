"""Which candidates move the incident: the bar is low while it runs where it is handled, higher before and after."""

from __future__ import annotations

from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.likeness import content, marks, overlap
from pipeline.evidence.phases import Phases

# Points of candidates.py. Chosen on development incidents; while responders work, little of what they say in
# their own channel is idle, and what they did must not be skipped.
_RUNNING, _ELSEWHERE, _BEFORE, _AFTER = 1.2, 2.2, 2.4, 3.0
# A timeline is read, not searched: past this many entries the bar for what one message alone tells rises.
_READABLE, _STEP = 45, 0.2
_LEAD_IN = timedelta(minutes=10)
_WIND_DOWN = timedelta(minutes=10)


def drop_noise(found: list[Candidate], phases: Phases, aside: dict[str, str]) -> list[Candidate]:
    """Candidates over the bar; the others are set aside as small talk or detail."""
    found = _without_echoes(found, aside)
    kept: list[Candidate] = []
    raised = 0.0
    while _over(found, phases, raised) > _READABLE and raised < 2.4:
        raised += _STEP
    for c in found:
        if _is_plan(c, phases):
            for record_id in c.records:
                aside.setdefault(record_id, "a follow-up; it is told among the action items")
        elif _stands_out(c, phases) or c.score >= _bar(c, phases) + raised:
            kept.append(c)
        else:
            for record_id in c.records:
                aside.setdefault(record_id, "says nothing that moves the incident")
    return kept


def _over(found: list[Candidate], phases: Phases, raised: float) -> int:
    return sum(
        not _is_plan(c, phases) and (_stands_out(c, phases) or c.score >= _bar(c, phases) + raised)
        for c in found
    )


def _stands_out(c: Candidate, phases: Phases) -> bool:
    """What is kept at any length: a pager, a status page, a document's own log, decisions, the act at onset."""
    if c.declares or c.kind in ("status", "row", "field", "page"):
        return True
    if c.kind == "command":
        return phases.onset is not None and abs(c.time - phases.onset) <= timedelta(seconds=90)
    steering = c.reading.act in ("decided", "declared", "handed over") and len(content(c.text)) > 3
    return steering and c.at_home and c.kind == "message"


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


def _without_echoes(found: list[Candidate], aside: dict[str, str]) -> list[Candidate]:
    """Without what a bot repeats in chat of a pager's log that is there itself."""
    pages = [c for c in found if c.kind == "page"]
    kept = []
    for c in found:
        if c.kind == "bot" and any(
            overlap(c.text, p.text) >= 0.6 and marks(c.text) & marks(p.text) for p in pages
        ):
            for record_id in c.records:
                aside.setdefault(record_id, "repeats the pager's own log")
        else:
            kept.append(c)
    return kept
