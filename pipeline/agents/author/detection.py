"""How it was found: by what, by whom, when relative to onset, and what an earlier signal did or did not do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pipeline.agents.author.passages import durations, passages, records_at
from pipeline.agents.author.phrases import apart, clock, quoted
from pipeline.evidence.likeness import overlap
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Statement
from pipeline.models.record import Record

_NEAR = timedelta(minutes=3)  # between the minute that a document gives and the alert's own second
_OTHERWISE = timedelta(minutes=10)
_AGREES = timedelta(seconds=90)
_TAKEN_UP = timedelta(minutes=60)
_ALERT_NAME = re.compile(r"(?<![\w/.-])[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+(?![\w/-])")
_PAGED = re.compile(r"^(?:Notified|Assigned to|Paged) (?P<who>[^.]+?)(?: (?:via|by) (?P<how>[^.]+))?\.?$")
_ACKNOWLEDGED = re.compile(r"^Acknowledged\b", re.I)
_FIRES = re.compile(r"\b(?:trigger\w*|fir(?:ed|ing)|incident \[?#|alerting)\b", re.I)


def detection(case: Case, people: People) -> tuple[Statement, ...]:
    """The first signal against onset and who took it up, in a sentence, and what the documents add to it."""
    written = list(passages(case, people, "detection"))
    told = [s for s in [_first_signal(case, _stated(written))] if s is not None]
    for s in written:
        if not any(set(s.evidence) <= set(t.evidence) or overlap(s.text, t.text) >= 0.75 for t in told):
            told.append(s)
    return tuple(told[:4])


def _stated(written: Sequence[Statement]) -> tuple[timedelta, ...]:
    """Durations that documents give for it; one of them has to agree before a computed one is told."""
    return tuple(d for s in written for d in durations(s.text))


def _first_signal(case: Case, stated: tuple[timedelta, ...]) -> Statement | None:
    detected = case.milestones.detected
    event = next((e for e in case.events if set(detected.evidence) & set(e.evidence)), None)
    if detected.time is None or event is None:
        return _first_message(case)
    if told_otherwise(case, detected.time):
        return None
    alert = _alert(case)
    if alert is not None and alert.time is not None and not (event.quoted and event.time < alert.time):
        return _alerted(case, alert, event, stated)
    since, evidence = _since_onset(case, event.time, stated)
    leading = case.record(event.evidence[0])
    if event.quoted:
        words = (
            f"The first signal was a message: {event.actor} reported at {clock(event.time)}{since}: "
            f"“{quoted(event.text)}”."
        )
    elif leading.document is not None:
        label, _, rest = event.text.partition(": ")
        told = rest if rest and len(label.split()) <= 3 else event.text
        words = f"Impact was first noticed at {clock(event.time)}{since}; the {leading.document} says: “{told.rstrip('.')}”."
    else:
        words = (
            f"The first signal reported was that of {event.actor} at {clock(event.time)}{since}: {event.text}"
        )
    return Statement(
        text=words, evidence=tuple(dict.fromkeys((*event.evidence, *evidence))), basis="observed"
    )


def _first_message(case: Case) -> Statement | None:
    """Where nothing says what the first signal was: the first message, told as just that."""
    event = next((e for e in case.events if e.quoted), None)
    if event is None:
        return None
    words = (
        f"No record says when impact began; the first report is that of a responder, {event.actor}, "
        f"at {clock(event.time)}: “{quoted(event.text)}”."
    )
    return Statement(text=words, evidence=event.evidence, basis="observed")


def told_otherwise(case: Case, detected: datetime) -> bool:
    """Whether a document gives another time for it than the records do; then its words stand alone."""
    return any(
        r.time is not None and r.document is not None and abs(r.time - detected) > _OTHERWISE
        for r in records_at(case, "detection", kinds=("field", "row"))
    )


def _alert(case: Case) -> Record | None:
    """The alert that made the detection: a system's signal at the time of it, by the earliest record of it."""
    detected = case.milestones.detected.time
    assert detected is not None
    near = [
        r
        for r in case.records
        if r.kind in ("page", "bot", "log")
        and r.actor_kind != "person"
        and r.time is not None
        and abs(r.time - detected) <= _NEAR
        and _FIRES.search(r.text)
    ]
    return min(near, key=lambda r: (r.time or detected, r.kind != "page", "status" in r.text), default=None)


def _alerted(case: Case, alert: Record, event: Event, stated: tuple[timedelta, ...]) -> Statement:
    """`The alert BookingsLow fired at 08:16:41 UTC, 13 min after onset at 08:03 UTC, and PagerDuty paged Mira Holt,
    who acknowledged at 08:19:05 UTC.`"""
    assert alert.time is not None
    detail = case.record(event.evidence[0])
    name = _ALERT_NAME.search(alert.text) or _ALERT_NAME.search(detail.text)
    title = f"The alert {name.group()}" if name else f"An alert of {alert.actor or 'a monitor'}"
    since, onset = _since_onset(case, alert.time, stated)
    evidence = [alert.id, *onset]
    words = f"{title} fired at {clock(alert.time, seconds=True)}{since}"
    paged = next(_taken(case, alert, _PAGED), None)
    acknowledged = next(_taken(case, alert, _ACKNOWLEDGED), None)
    if paged is not None:
        who = _PAGED.match(paged.text)
        assert who is not None
        words += f", and {paged.actor or 'the pager'} paged {who['who']}"
        evidence.append(paged.id)
    if acknowledged is not None and acknowledged.time is not None:
        same = paged is not None and acknowledged.actor is not None and acknowledged.actor in paged.text
        words += ", who acknowledged" if same else f"; {acknowledged.actor} acknowledged"
        words += f" at {clock(acknowledged.time, seconds=True)}"
        evidence.append(acknowledged.id)
    evidence += [i for i in event.evidence if case.record(i).document is not None]
    return Statement(text=f"{words}.", evidence=tuple(dict.fromkeys(evidence)), basis="observed")


def _taken(case: Case, alert: Record, what: re.Pattern[str]) -> Iterator[Record]:
    """Entries of the pager's log that follow an alert, in order of time."""
    assert alert.time is not None
    later = [
        r
        for r in case.records
        if r.kind == "page"
        and r.time is not None
        and timedelta(0) <= r.time - alert.time <= _TAKEN_UP
        and what.search(r.text)
    ]
    yield from sorted(later, key=lambda r: (r.time, r.text.startswith("Assigned")))


def _since_onset(case: Case, moment: datetime, stated: tuple[timedelta, ...]) -> tuple[str, tuple[str, ...]]:
    onset = case.milestones.onset
    if onset.time is None:
        return "", ()
    if stated and not any(abs(moment - onset.time - d) <= _AGREES for d in stated):
        return "", ()
    if moment <= onset.time:
        return ", at the onset of impact" if moment == onset.time else "", onset.evidence[:1]
    exact = clock(onset.time, seconds=True)
    return f", {apart(onset.time, moment)} after the onset of impact at {exact}", onset.evidence[:1]
