"""Plain English for what the records show: timeline entries, moments and intervals."""

from __future__ import annotations

import re
from datetime import datetime

from pipeline.agents.author.places import above, place_of, step_of
from pipeline.language.event_classes import read_event
from pipeline.models.case import Act, Case, Event
from pipeline.models.postmortem import TimelineEntry
from pipeline.models.record import Record

_VERBS: dict[Act, str] = {
    "did": "Reported",
    "observed": "Reported",
    "found": "Found",
    "suspected": "Suspected",
    "ruled out": "Ruled out a cause",
    "decided": "Decided",
    "asked": "Asked",
    "posted": "Reported an announcement",
    "declared": "Declared the incident",
    "handed over": "Handed over",
    "planned": "Announced what comes next",
    "wrote": "Reported",
}
_ROOM = 296
_JOINED = "” “"
_TAKES_OVER = re.compile(
    r"\b(?:i have (?:it|the)|i(?:'ll| will)? take|i['’]ve got|taking (?:it|over)|with me)\b", re.I
)
_FINDS = re.compile(
    r"\b(?:found|got it|turns out|because|root cause|explains|that(?:['’]s| is) (?:it|why))\b|(?:^|[.;,] )so ",
    re.I,
)
_ACTS = re.compile(r"^(?:\w+[,. ]+){0,2}?\w{2,}ing\b", re.I)
# How this program's readers word a pager's entries, and how a document words them.
_PAGER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^Acknowledged by .+?\.?$"), "Acknowledged the page."),
    (re.compile(r"^Notified (.+?) (?:via|by) (.+?)\.?$"), r"Paged \1 by \2."),
    (re.compile(r"^(Escalated|Reassigned|Delegated) to (.+?) by .+?\.?$"), r"\1 to \2."),
    (
        re.compile(r"^(?:Incident )?\[(#\w+)\] (.+?) triggered on (.+?)(?: \(.*\))?\.?$"),
        r"Opened \1 on \3: \2.",
    ),
    # The status in an export is that of the day it was made, not of the moment.
    (
        re.compile(r"^Incident \[(#\w+)\] (.+?) on (\S+) \(status \w+, (.+)\)\.?$"),
        r"Opened \1 on \3: \2 (\4).",
    ),
    (re.compile(r"^\[(#\w+)\] (.+?): Resolved through the API\.?$"), r"Resolved \1: \2."),
    (re.compile(r"^Note: (.+?)\.?$"), r"Noted: “\1”"),
)


def entry(case: Case, event: Event) -> TimelineEntry:
    """A timeline entry in words that any reader can check: an act, and the literal words behind it."""
    return TimelineEntry(
        time=event.time,
        until=event.until,
        precision=event.precision,
        actor=event.actor,
        actor_kind=event.actor_kind,
        event=event_words(case, event),
        classes=event.classes,
        evidence=_evidence(case, event),
    )


def _evidence(case: Case, event: Event) -> tuple[str, ...]:
    """With the record of the step that a field is told as a part of."""
    record = case.record(event.evidence[0])
    stands_under = above(case, record) if record.kind == "field" and _is_step(record) else None
    return event.evidence if stands_under is None else (*event.evidence, stands_under.id)


def event_words(case: Case, event: Event) -> str:
    """The entry's sentence. A person's words stand in quotation marks after the act; a document's and a pager's
    are a report already."""
    if event.quoted:
        return f"{_verb(event)}: “{quoted(event.text)}”"
    record = case.record(event.evidence[0])
    words = event.text
    if record.kind == "page":
        words = pager_words(words)
    elif record.kind == "field":
        words = _with_heading(record, words)
    return words if len(words) <= _ROOM else words[: _ROOM - 2].rsplit(" ", 1)[0] + " …"


def _verb(event: Event) -> str:
    if event.refuted_by:
        return "Suspected, later ruled out"
    if event.act in ("asked", "suspected", "ruled out", "decided", "posted"):
        return _VERBS[event.act]
    reading = read_event(event.text)
    if "RES" in event.classes and event.actor_kind != "system" and reading.has("close"):
        return "Closed the incident"
    if event.act == "declared":
        commands, declares = reading.has("command"), reading.has("declare")
        if commands and declares:
            return "Declared the incident and took command"
        return "Took command" if commands else _VERBS["declared"]
    if event.act == "handed over" and _TAKES_OVER.search(event.text):
        return "Took over"
    if event.act == "did" and "ATT" in event.classes and _ACTS.search(event.text):
        return "Reported, while acting"
    if event.act == "found" and ("MIT" in event.classes or not _FINDS.search(event.text)):
        return "Reported"
    return _VERBS[event.act]


def pager_words(text: str) -> str:
    for pattern, words in _PAGER:
        if pattern.match(text):
            return pattern.sub(words, text)
    return text


def _with_heading(record: Record, words: str) -> str:
    """A field below a heading of its own ("18:31 half of the traffic to hsm-a") says what it is a field of."""
    return f"{capital(step_of(record))}. {words}" if _is_step(record) else words


def _is_step(record: Record) -> bool:
    step = step_of(record)
    return bool(record.section.count(" > ")) and len(step.split()) > 1 and place_of(step) is None


def quoted(text: str) -> str:
    """Words that can stand inside quotation marks. Messages joined into one event stay quotations of their own."""
    inner = text if _JOINED in text else text.replace("“", "‘").replace("”", "’")
    return inner if len(inner) <= _ROOM - 50 else inner[: _ROOM - 52].rsplit(" ", 1)[0] + " …"


def said(actor: str, moment: datetime | None, text: str) -> str:
    """`Frank Oduya wrote at 12:40 UTC: “…”` for words that no document retells."""
    when = f" at {clock(moment)}" if moment else ""
    return f"{actor} wrote{when}: “{quoted(text)}”."


def clock(moment: datetime, *, seconds: bool = False) -> str:
    return moment.strftime("%H:%M:%S UTC" if seconds and moment.second else "%H:%M UTC")


def day(moment: datetime) -> str:
    return f"{moment.day} {moment.strftime('%B %Y')}"


def apart(start: datetime, end: datetime) -> str:
    """The interval in words; to the minute where either time is."""
    seconds = (end - start).total_seconds()
    exact = start.second and end.second
    return minutes(seconds / 60 if exact else round(seconds / 60) or seconds / 60)


def minutes(value: float) -> str:
    """`44 s`, `17 min`, `1 h 16 min`, `15 h 43 min`."""
    seconds = round(value * 60)
    if seconds < 60:
        return f"{seconds} s"
    hours, rest = divmod(seconds, 3600)
    mins, secs = divmod(rest, 60)
    parts = [f"{hours} h"] if hours else []
    if mins:
        parts.append(f"{mins} min")
    if secs and not hours:
        parts.append(f"{secs} s")
    return " ".join(parts)


def capital(text: str) -> str:
    """A capital first, but identifiers keep their case."""
    head = text.split(" ", 1)[0]
    return text[0].upper() + text[1:] if head.isalpha() and head.islower() else text


def sentence(text: str) -> str:
    """A capital first and a full stop last; identifiers keep their case."""
    text = text.strip().lstrip("-*• ").strip()
    return stopped(capital(text)) if text else text


def stopped(text: str) -> str:
    """A full stop last. A model's own first letter stays: it may be a service's that is written small."""
    text = text.strip().lstrip("-*• ").strip()
    return text if not text or text[-1] in ".!?…”" else text.rstrip(",;:") + "."
