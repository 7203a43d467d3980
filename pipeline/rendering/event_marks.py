"""An event as a mark on the record that tells it, so that no prompt pays for its words twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.models.case import Event
from pipeline.models.record import Record
from pipeline.rendering.prompt_blocks import clock, inline, one_line

_TOLD_ACTS = frozenset({"suspected", "ruled out", "planned", "decided"})
# What stands between an event's words where some of a record's were left out, or several were joined.
_SEAMS = re.compile(r"[“”…]+|: ")
_MARKUP = re.compile(r"[*_`~]")


def event_marks(events: Iterable[Event], records: Mapping[str, Record]) -> dict[str, tuple[str, ...]]:
    """By record id: `V3 TRG + E9 E4`, an event that the record tells, with the event's other records."""
    found: dict[str, list[str]] = defaultdict(list)
    for event in events:
        told_by = [records[i] for i in event.evidence if i in records]
        if told_by:
            host = host_of(event, told_by)
            found[host.id].append(_mark(event, host, told_by))
    return {record_id: tuple(marks) for record_id, marks in found.items()}


def host_of(event: Event, told_by: list[Record]) -> Record:
    """The record that has an event's words, else the one that leads."""
    pieces = _pieces(event.text)
    return next((r for r in told_by if _says(r, pieces)), told_by[0])


def _mark(event: Event, host: Record, told_by: list[Record]) -> str:
    facts = [event.id]
    if (event.time, event.until) != (host.time, host.until):
        other_day = host.time is None or host.time.date() != event.time.date()
        facts.append(clock(event.time, event.until, event.precision, dated=other_day))
    facts += event.classes
    if event.actor.casefold() != (host.actor or "").casefold():
        facts.append(f"by {inline(event.actor)}")
    if event.act in _TOLD_ACTS:
        facts.append(event.act)
    if event.refuted_by:
        facts.append(f"fell with {event.refuted_by}")
    others = [r.id for r in told_by if r is not host]
    facts += ["+", *others] if others else []
    pieces = _pieces(event.text)
    if not all(any(_says(r, [piece]) for r in told_by) for piece in pieces):
        facts.append(f": {inline(one_line(event.text))}")
    return " ".join(facts)


def _says(record: Record, pieces: list[str]) -> bool:
    said = _flat(
        " ".join((record.text, record.section, *(cell for column in record.columns for cell in column)))
    )
    return all(piece in said for piece in pieces)


def _pieces(text: str) -> list[str]:
    return [flat for piece in _SEAMS.split(text) if (flat := _flat(piece).strip(" .,;:"))]


def _flat(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split()).casefold()
