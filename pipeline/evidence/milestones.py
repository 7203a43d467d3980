"""Milestones and latencies: pure functions over events, each value with the records it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from pipeline.models.case import Event
from pipeline.models.postmortem import Latencies, Latency, Milestone, Milestones


def milestones(events: Sequence[Event]) -> Milestones:
    """The five milestones of the contract. Events are in time order."""
    onset = _first(events, lambda e: "ONS" in e.classes)
    detected = _first(
        events,
        lambda e: "DET" in e.classes and (onset is None or e.time >= onset.time - timedelta(minutes=1)),
    )
    if onset is not None and detected is onset:
        detected = _first(events, lambda e: "DET" in e.classes and e.time > onset.time) or onset
    declared = _first(events, lambda e: e.act == "declared" and "ESC" in e.classes)
    resolved = _last_close(events)
    mitigated = _recovery(events, resolved)
    return Milestones(
        onset=_reached(onset, "no record says when impact began"),
        detected=_reached(detected, "no record says when a signal reached a responder"),
        declared=_reached(declared, "no record says when the incident was declared"),
        mitigated=_reached(mitigated, "no record says when impact ended"),
        resolved=_reached(resolved, "no record says when the incident was closed"),
    )


def latencies(events: Sequence[Event], m: Milestones) -> Latencies:
    """Minutes between milestones, by the contract's definitions; None with a reason where one end is unknown."""
    lead = _first(
        events,
        lambda e: e.act in ("declared", "handed over") and "ESC" in e.classes and _names_a_lead(e),
    )
    attempt = _first(
        events,
        lambda e: (
            "ATT" in e.classes
            and (m.detected.time is None or e.time >= m.detected.time)
            and e.act != "planned"
        ),
    )
    told = (
        None
        if m.mitigated.time is None
        else _first(
            events,
            lambda e: "COM" in e.classes and m.mitigated.time is not None and e.time >= m.mitigated.time,
        )
    )
    lead_m, attempt_m, told_m = (
        _reached(lead, "no record names an incident lead"),
        _reached(attempt, "no record shows a mitigation attempt"),
        _reached(told, "no record shows a message to those affected after recovery"),
    )
    response = _between(m.declared, attempt_m, "the first attempt came before the declaration")
    return Latencies(
        detection=_between(m.onset, m.detected, "detection came before onset in the records"),
        coordination=_between(m.detected, lead_m, "a lead was named before detection"),
        response=response,
        mitigation=_between(attempt_m, m.mitigated, "recovery came before the first attempt"),
        communication=_between(m.mitigated, told_m, "no later message to those affected"),
    )


def _names_a_lead(event: Event) -> bool:
    lowered = f" {event.text.lower()} "
    return any(
        w in lowered
        for w in (
            " ic",
            "command",
            "coordinat",
            "lead",
            "in charge",
            "take it",
            "taking this",
            "incident manager",
        )
    )


def _first(events: Iterable[Event], test: Callable[[Event], bool]) -> Event | None:
    return next((e for e in events if test(e)), None)


def _last_close(events: Sequence[Event]) -> Event | None:
    """A person's close leads; a status page's or pager's own close stands in where nobody closed."""
    closes = [e for e in events if "RES" in e.classes]
    by_people = [e for e in closes if e.actor_kind in ("person", "role") and e.act != "posted"]
    last = by_people or closes
    return last[-1] if last else None


def _recovery(events: Sequence[Event], resolved: Event | None) -> Event | None:
    """What a document or a responder calls the end of impact; else the last recovery that people report.

    A pager's or status page's own close comes only where nobody reported: it follows recovery, late.
    """
    limit = resolved.time if resolved else None
    recoveries = [e for e in events if "MIT" in e.classes and (limit is None or e.time <= limit)]
    for e in recoveries:
        if e.act == "observed" and re.search(r"\b(?:mitigated|fixed|restored|recovered)\b", e.text, re.I):
            return e
    by_people = [e for e in recoveries if e.actor_kind != "system"]
    if by_people:
        before_close = [e for e in by_people if resolved is None or e.id != resolved.id]
        return (before_close or by_people)[-1]
    return recoveries[-1] if recoveries else resolved


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
