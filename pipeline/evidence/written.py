"""Which dated lines of documents tell events: rows of logs, declared milestones, and what led to the incident."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.documents.headings import parts_of
from pipeline.evidence.actors import Actors
from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import is_first, label_of, label_of_sentence, names_role
from pipeline.evidence.wording import clean, quotable, told
from pipeline.language.event_classes import read_event
from pipeline.language.people import People
from pipeline.language.times import find_times
from pipeline.models.base import EventClass
from pipeline.models.case import Act
from pipeline.models.record import Record

_TIMED_PARTS = re.compile(r"timeline|chronolog|\blog\b|times|what happened|sequence", re.I)
_CAUSE_PARTS = re.compile(
    r"cause|what happened|chain|mechanism|evidence|trigger|first (?:failure|error|symptom)|background|timeline|statement",
    re.I,
)
_AUTHORSHIP = re.compile(
    r"(?:written|kept|compiled|prepared|noted|collected|exported|last (?:edited|updated)|author|scribe)\b|\(UTC[+-]",
    re.I,
)
_TELLING_PARTS = frozenset({"timeline", "root cause", "resolution", "detection", "summary", "other"})
_EVENT_COLUMN = re.compile(r"event|what|action|description|happen|step|details?|message|note|entry", re.I)
_RESULT_COLUMN = re.compile(r"result|outcome|effect|after", re.I)
# Columns that place a row rather than tell of it, and the way back, which names what did not happen.
_PLACING_COLUMN = re.compile(r"^(?:#|no\.?|nr|id)$|time|when|date|who|actor|\bby\b|undo|back|revert", re.I)
_FIGURE = re.compile(r"[-+~]?[\d.,:%]+\s?\w{0,4}")
# Who acted, before a colon: what follows is read as a sentence.
_NAME_FIRST = re.compile(r"^[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?\s*:\s+")
_LEADS_UP = ("trigger", "intervene", "symptom", "alert")


def from_document(record: Record, people: People, actors: Actors, *, live: bool) -> Candidate | str:
    """A candidate, or why the line tells no event. `live` says that chat or a pager recorded the incident too:
    then a sentence of a document is evidence behind what was recorded, and stands alone only for what led up
    to it or for a milestone that it declares."""
    if record.kind == "task" or not _may_tell_events(record):
        return "part of a document that tells no event"
    if _AUTHORSHIP.match(clean(record.text)):
        return "about the document itself"
    words = _row_words(record)
    if not words:
        return "empty"
    if record.columns and record.kind == "row" and _only_figures(record):
        return "a measurement; it is told where somebody acted on it"
    fair = quotable(words, people, limit=280)
    if fair is None:
        return "about tone or people, says nothing about the incident"
    made = _made(record, fair, actors)
    if record.kind == "row":
        return made
    if made.declares or not live:
        return made
    if record.kind == "field" and names_role(fair):
        return replace(made, score=1.0)
    if record.document == "mitigation log":
        return replace(made, score=1.0)  # evidence behind what was recorded, and never told alone
    if is_cause_part(record) and made.reading.has(*_LEADS_UP) and made.reading.act != "planned":
        return replace(made, score=2.0)
    return "a sentence of a document; it stands behind what was recorded as it happened"


def _made(record: Record, fair: str, actors: Actors) -> Candidate:
    assert record.time is not None
    text = told(fair)
    reading = read_event(_NAME_FIRST.sub("", text), reported=True)
    if record.document == "mitigation log" and record.kind == "row":
        reading = replace(reading, act="did", cues=reading.cues | {"intervene"})
    label = label_of(fair) or _label_of_heading(record)
    if label is None and record.kind == "statement" and record.document in ("incident brief", None):
        label = label_of_sentence(fair)
    declares = label[0] if label else None
    if (
        declares is None
        and is_cause_part(record)
        and is_first(f"{record.section.split(' > ')[-1]}. {record.text}")
    ):
        declares = "ONS"
    actor, kind = actors.of(record, text)
    table = _is_table_of_figures(record)
    return Candidate(
        records=(record.id,),
        sources=frozenset({record.source}),
        time=record.time,
        until=record.until,
        precision=record.precision or "minute",
        actor=actor,
        actor_kind=kind,
        text=text,
        quoted=False,
        reading=reading,
        kind=record.kind,
        score=3.0 if (record.kind == "row" and not table) or declares else 2.0,
        by_hand=True,
        logged=record.kind == "row" and not table,
        declares=declares,
        context=_around(record),
        written=_clock_as_written(record),
    )


def _label_of_heading(record: Record) -> tuple[EventClass, Act] | None:
    """ "**Detected:** 07:55 at the desk": where the label was read as a heading, the line below it is its value."""
    heading = record.section.split(" > ")[-1]
    named = re.fullmatch(
        r"(?:started|start|onset|detected|detection|declared|fixed|mitigated|resolved)", heading, re.I
    )
    return label_of(heading) if named else None


def _around(record: Record) -> str:
    """The heading above, and the cells of a row that its sentence leaves out."""
    heading = record.section.split(" > ")[-1] if " > " in record.section else ""
    cells = [cell for header, cell in record.columns if not _PLACING_COLUMN.search(header)]
    return f"{heading} {' '.join(cells)}".strip()


def _clock_as_written(record: Record) -> str:
    if not record.offset_minutes:
        return ""
    return next((m.text for m in find_times(record.text) if m.clock is not None), "")


def is_cause_part(record: Record) -> bool:
    """Whether a line stands where a document tells what led to the incident."""
    if record.document == "root cause":
        return not re.search(r"ruled out|latenc|contributing", record.section, re.I)
    return record.document is None and bool(_CAUSE_PARTS.search(record.section))


def _may_tell_events(record: Record) -> bool:
    """A dated row of a log may stand anywhere; a sentence tells an event only in a part that tells events."""
    last = record.section.split(" > ")[-1]
    if _TIMED_PARTS.search(last) or (record.document == "mitigation log" and record.columns):
        return True
    found = [p for heading in record.section.split(" > ")[-2:] for p in parts_of(heading) if p != "other"]
    return not found or found[-1] in _TELLING_PARTS


def _only_figures(record: Record) -> bool:
    """A row of numbers, such as a progress or metrics table, with no more than a word of remark."""
    cells = [cell for _, cell in record.columns[1:] if cell.strip()]
    words = [c for c in cells if not _FIGURE.fullmatch(c.strip())]
    return bool(cells) and (not words or (len(cells) > 1 and all(len(w.split()) < 2 for w in words)))


def _is_table_of_figures(record: Record) -> bool:
    """A table that a program fills, with a remark here and there: most of its cells are numbers."""
    cells = [cell for _, cell in record.columns[1:] if cell.strip()]
    return sum(bool(_FIGURE.fullmatch(c.strip())) for c in cells) * 2 >= len(cells) > 1


def _row_words(record: Record) -> str:
    """A table row told as a sentence: what was done, and with what result."""
    if not record.columns or record.kind == "field":
        return clean(record.text)
    event = [cell for header, cell in record.columns if _EVENT_COLUMN.search(header) and cell]
    result = [cell for header, cell in record.columns if _RESULT_COLUMN.search(header) and cell]
    if not event:
        return clean(record.text)
    words = clean(event[0]).rstrip(".")
    outcome = clean(result[0]) if result else ""
    return f"{words}: {outcome}" if outcome and outcome.lower() not in ("ok", "n/a", "-") else words
