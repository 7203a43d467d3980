"""Defects in one entry of the timeline: no time, no actor, no event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.cast import known_words, member_opening
from pipeline.language.zones import ABBREVIATION_PATTERN
from pipeline.models.document import Document, Entry
from pipeline.suites.mutations.defect import Defect, Edit, Ground, defect

_SOURCE = re.compile(r"\s*[\[(][^\[\]()]*[\])][.\s]*$")
_ZONE = re.compile(
    rf"\s*\b(?:[A-Z][a-z]+ ){{1,2}}(?:Standard |Daylight |Summer )?[Tt]ime\b|\s*\(?\b(?:UTC|GMT)(?:\s?[+−-]\s?\d{{1,2}}(?::\d\d)?)?\b\)?|\s*\(?\b(?:{ABBREVIATION_PATTERN})\b\)?|(?<=\d)Z\b"
)


def mutate(ground: Ground) -> Iterator[Defect]:
    document, inner = ground.document, ground.document.entries[1:-1]
    entry = ground.random.choice(inner)
    if (time := _time_place(document, entry)) is not None:
        yield _at(
            document,
            entry,
            "TL-TIME",
            "time made vague",
            [(*time, ground.word("time") + _mark(document, time))],
        )
    yield from _zoneless(document)
    entry = ground.random.choice(inner)
    yield _at(
        document, entry, "TL-ACTOR", "actor removed", _actorless(document, entry, ground.word("actorless"))
    )
    known = known_words(document.cast)
    people = [e for e in inner if e.actor and e.actor in _row(document, e) and member_opening(e.actor, known)]
    entry = ground.random.choice(people or inner)
    yield _at(document, entry, "TL-EVENT", "event removed", _eventless(ground, entry))


def _at(document: Document, entry: Entry, criterion: str, kind: str, edits: list[Edit]) -> Defect:
    return defect(criterion, kind, document, edits, (entry.span.start, entry.span.end))


def _row(document: Document, entry: Entry) -> str:
    return document.text[entry.span.start : entry.span.end]


def _time_place(document: Document, entry: Entry) -> tuple[int, int] | None:
    at = document.text.find(entry.time_text, entry.span.start, entry.span.end) if entry.time_text else -1
    return (at, at + len(entry.time_text)) if at >= 0 else None


def _mark(document: Document, time: tuple[int, int]) -> str:
    """A colon between words in the place of a time and what they tell of, where nothing else parts them."""
    return "" if re.match(r"\**\s*(?:[|:,.–—-]|\n|$)", document.text[time[1] :]) else ":"


def _zoneless(document: Document) -> Iterator[Defect]:
    """The document without any zone."""
    edits = [(m.start(), m.end(), "") for m in _ZONE.finditer(document.text)]
    if edits and document.entries:
        first, last = document.entries[0], document.entries[-1]
        yield defect("TL-TIME", "zones removed", document, edits, (first.span.start, last.span.end))


def _event(document: Document, entry: Entry) -> tuple[int, int]:
    """Where the event stands, without the pointer behind it."""
    start, end = entry.event_span.start, entry.event_span.end
    source = _SOURCE.search(document.text[start:end])
    return start, (start + source.start() if source else end)


def _cell(document: Document, entry: Entry) -> tuple[int, int] | None:
    """The cell of a table that holds nothing but the actor."""
    row = _row(document, entry)
    if not row.lstrip().startswith("|") or not entry.actor:
        return None
    match = re.search(rf"\|\s*(?P<who>[*_]*{re.escape(entry.actor)}[*_]*)\s*\|", row)
    return (entry.span.start + match.start("who"), entry.span.start + match.end("who")) if match else None


def _actorless(document: Document, entry: Entry, said: str) -> list[Edit]:
    start, end = _event(document, entry)
    edits: list[Edit] = []
    if (cell := _cell(document, entry)) is not None:
        edits.append((*cell, "—"))
    else:
        label = document.text.find(entry.actor, entry.span.start, start) if entry.actor else -1
        start = label if label >= 0 else start
    return [*edits, (start, end, said)]


def _eventless(ground: Ground, entry: Entry) -> list[Edit]:
    start, end = _event(ground.document, entry)
    told = ground.document.text[start:end]
    labelled = _cell(ground.document, entry) is not None or not entry.actor or entry.actor not in told
    said = ground.word("eventless_alone") if labelled else f"{entry.actor} {ground.word('eventless')}"
    return [(start, end, said)]
