"""Plain English for what the records show: timeline entries, moments and intervals."""

from __future__ import annotations

from datetime import datetime

from pipeline.models.case import Case, Event
from pipeline.models.postmortem import TimelineEntry

_VERBS = {
    "did": "Reported",
    "observed": "Reported",
    "found": "Found",
    "suspected": "Suspected",
    "ruled out": "Ruled out a cause",
    "decided": "Decided",
    "asked": "Asked",
    "posted": "Reported an announcement",
    "declared": "Declared the incident or took command",
    "handed over": "Handed over",
    "planned": "Announced",
    "wrote": "Reported",
}
_ROOM = 296
_JOINED = "” “"


def entry(case: Case, event: Event) -> TimelineEntry:
    """A timeline entry in words that any reader can check: an act, and the literal words behind it."""
    return TimelineEntry(
        time=event.time,
        until=event.until,
        precision=event.precision,
        actor=event.actor,
        actor_kind=event.actor_kind,
        event=event_words(event),
        classes=event.classes,
        evidence=event.evidence,
    )


def event_words(event: Event) -> str:
    """The entry's sentence. Quoted words stand in quotation marks after the act; a document's words stand as they are."""
    if not event.quoted:
        return event.text[:_ROOM]
    verb = _VERBS[event.act]
    if event.refuted_by:
        verb = "Suspected, later ruled out"
    return f"{verb}: “{quoted(event.text)}”"


def quoted(text: str) -> str:
    """Words that can stand inside quotation marks. Messages joined into one event stay quotations of their own."""
    inner = text if _JOINED in text else text.replace("“", "‘").replace("”", "’")
    return inner if len(inner) <= _ROOM - 50 else inner[: _ROOM - 52].rsplit(" ", 1)[0] + " …"


def said(event_actor: str, moment: datetime | None, text: str) -> str:
    """`Frank Oduya wrote at 12:40 UTC: “…”` for words that no document retells."""
    when = f" at {clock(moment)}" if moment else ""
    return f"{event_actor} wrote{when}: “{quoted(text)}”."


def clock(moment: datetime, *, seconds: bool = False) -> str:
    return moment.strftime("%H:%M:%S UTC" if seconds and moment.second else "%H:%M UTC")


def day(moment: datetime) -> str:
    return f"{moment.day} {moment.strftime('%B %Y')}"


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


def sentence(text: str) -> str:
    """A capital first and a full stop last; identifiers keep their case."""
    text = text.strip().lstrip("-*• ").strip()
    if not text:
        return text
    head = text.split(" ", 1)[0]
    if head.isalpha() and head.islower():
        text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…”" else text.rstrip(",;:") + "."
