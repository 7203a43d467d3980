"""Whose words a record passes on: somebody of the response, or somebody outside it who assigns nobody any work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.incident import Person
from pipeline.models.record import Record

_PUBLIC = (
    r"(?:customers?|clients?|(?:end[ -]?)?users?|patients?|passengers?|guests?|visitors?|callers?|subscribers?|shoppers?|buyers?"
    r"|players?|students?|tenants?|residents?|citizens?|travell?ers?|requesters?|anonymous|(?:the )?public)"
)
_FORM = r"(?:(?:web|contact|feedback|complaints?|support|online)[ -]?forms?|app reviews?|surveys?|chat ?bot|feedback|complaints?)"
_OUTSIDE = re.compile(rf"\b(?:{_PUBLIC}|{_FORM})\b", re.I)
# "--- comment 2, web form, 08:29, portal user": a rule or a label, then who and when, apart by marks.
_HEADER = re.compile(
    r"^\s*(?:[-=]{2,}\s*|(?=(?:comment|reply|message|submission|feedback)\b[^\n]{0,6}[,:|(–—-]))(?P<head>[^\n]{3,110})",
    re.I,
)
_BY = re.compile(r"\b(?:who|author|from|by|reporter|requester|role|channel|via|source|submitted)\b", re.I)
_SPEAKER = re.compile(rf"\b(?:{_PUBLIC}|{_FORM})\W*\d*$", re.I)
_NAMED_SO = re.compile(rf"(?:^|[/_. -]){_FORM}(?=$|[/_. -])", re.I)
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?")
_WRITTEN = frozenset({"statement", "field", "text", "row", "task"})


def outside_voices(records: Iterable[Record], people: People) -> frozenset[str]:
    """The ids of the records that pass on what customers, users or a form said."""
    return frozenset(record.id for comment in outside_comments(records, people) for record in comment)


def outside_comments(records: Iterable[Record], people: People) -> list[list[Record]]:
    """The same, comment by comment: one that a header opens lasts until the next header of its file."""
    found: list[list[Record]] = []
    open_in: dict[str, list[Record] | None] = {}  # file -> the comment of an outsider that stands open in it
    for record in records:
        if record.document is not None or record.kind in ("page", "status", "change", "bot"):
            continue
        if record.kind in _WRITTEN and (header := _HEADER.match(record.text)):
            open_in[record.source] = [] if _is_outside(header["head"], people) else None
        if record.actor and people.find(record.actor) is not None:
            continue
        comment = open_in.get(record.source)
        if comment is not None:
            if not comment:
                found.append(comment)
            comment.append(record)
        elif _speaks_from_outside(record):
            found.append([record])
    return found


def _speaks_from_outside(record: Record) -> bool:
    """By its actor, by a column that says who wrote, or by the name of its file."""
    return bool(
        (record.actor and _SPEAKER.search(record.actor))
        or any(_BY.search(head) and _SPEAKER.search(cell.strip()) for head, cell in record.columns)
        or (record.kind in _WRITTEN and _NAMED_SO.search(f"{record.source} {record.section}"))
    )


def strangers_in(records: Iterable[Record], people: People, roster: Sequence[Person]) -> frozenset[str]:
    """Who writes from elsewhere (by mail), is on no roster and speaks in no channel; none where nobody is listed."""
    if not roster:
        return frozenset()
    spoken = [r for r in records if r.kind == "message" and r.actor]
    at_home = {r.actor for r in spoken if r.channel is not None}
    return frozenset(
        r.actor for r in spoken if r.actor and r.actor not in at_home and people.find(r.actor) is None
    )


def outside_of(case: Case, people: People) -> frozenset[str]:
    """As `outside_voices`, for a case; kept with the tuple that it was made of."""
    cached: tuple[tuple[Record, ...], frozenset[str]] | None = case.__dict__.get("_outside")
    if cached is None or cached[0] is not case.records:
        cached = (case.records, outside_voices(case.records, people))
        case.__dict__["_outside"] = cached
    return cached[1]


def _is_outside(head: str, people: People) -> bool:
    """A header that names an outsider before it names anybody of the response."""
    outside = _OUTSIDE.search(head)
    if outside is None:
        return False
    return not any(people.find(m.group()) for m in _NAME.finditer(head, 0, outside.start()))
