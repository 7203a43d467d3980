"""Milestones and latencies: pure functions over events, each value with the records it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.phases import Phases
from pipeline.language.event_classes import read_event
from pipeline.models.case import Event
from pipeline.models.postmortem import Latencies, Latency, Milestone, Milestones


def milestones(phases: Phases) -> Milestones:
    """The five milestones of the contract, each from the telling that shows it."""
    return Milestones(
        onset=_shown(phases.onset, "no record says when impact began"),
        detected=_shown(phases.detected, "no record says when a signal reached a responder"),
        declared=_shown(phases.declared, "no record says when the incident was declared"),
        mitigated=_shown(phases.recovered, "no record says when impact ended"),
        resolved=_shown(phases.closed, "no record says when the incident was closed"),
    )


def latencies(events: Sequence[Event], m: Milestones) -> Latencies:
    """Minutes between milestones, by the contract's definitions; None with a reason where one end is unknown."""
    lead = _first(events, lambda e: _from(m.detected, e) and _names_a_lead(e))
    attempt = _first(events, lambda e: _is_attempt(e, m))
    told = _first(
        events,
        lambda e: (
            "COM" in e.classes
            and m.mitigated.time is not None
            and e.time >= m.mitigated.time
            and e.evidence[:1] != m.mitigated.evidence[:1]
        ),
    )
    lead_m = _reached(lead, "no record names an incident lead")
    attempt_m = _reached(attempt, "no record shows a mitigation attempt")
    told_m = _reached(told, "no record shows a message to those affected after recovery")
    return Latencies(
        detection=_between(m.onset, m.detected, "detection came before onset in the records"),
        coordination=_between(m.detected, lead_m, "a lead was named before detection"),
        response=_between(m.declared, attempt_m, "the first attempt came before the declaration"),
        mitigation=_between(attempt_m, m.mitigated, "recovery came before the first attempt"),
        communication=_between(m.mitigated, told_m, "no later message to those affected"),
    )


def _names_a_lead(event: Event) -> bool:
    """Somebody takes command in their own words, or a document or a pager says who has it."""
    if "ESC" not in event.classes:
        return False
    reading = read_event(event.text)
    return reading.has("command", "hand over") or (event.act == "declared" and event.actor_kind == "person")


def _is_attempt(event: Event, m: Milestones) -> bool:
    """A change that a responder made to end the impact: after the first signal, and not the report of it."""
    if "ATT" not in event.classes or event.act in ("planned", "decided", "asked", "posted"):
        return False
    if m.detected.time is not None and event.time < m.detected.time:
        return False
    if set(event.evidence) & set(m.detected.evidence):
        return False
    if m.onset.time is not None and event.time <= m.onset.time:
        return False
    return _is_change(event)


def _is_change(event: Event) -> bool:
    """A retrospect ("I ran the script, it was 22:27") and a bare state are reports of a change, not the change."""
    reading = read_event(event.text)
    retrospect = event.quoted and event.act == "did" and event.text.lower().startswith("facts:")
    return not retrospect and (reading.has("intervene", "no effect") or not event.quoted)


def _from(start: Milestone, event: Event) -> bool:
    return start.time is None or event.time >= start.time


def _first(events: Iterable[Event], test: Callable[[Event], bool]) -> Event | None:
    return next((e for e in events if test(e)), None)


def _shown(c: Candidate | None, reason: str) -> Milestone:
    return Milestone(reason=reason) if c is None else Milestone(time=c.time, evidence=c.records[:2])


def _reached(event: Event | None, reason: str) -> Milestone:
    if event is None:
        return Milestone(reason=reason)
    return Milestone(time=event.time, evidence=event.evidence[:2])


def _between(start: Milestone, end: Milestone, backwards: str) -> Latency:
    if start.time is None or end.time is None:
        return Latency(reason=start.reason if start.time is None else end.reason)
    minutes = (end.time - start.time).total_seconds() / 60
    if minutes < 0:
        return Latency(reason=backwards)
    return Latency(
        minutes=round(minutes, 1),
        start=start.evidence[0] if start.evidence else None,
        to=end.evidence[0] if end.evidence else None,
    )
