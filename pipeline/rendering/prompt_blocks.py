"""Records and events as numbered lines for a prompt: one line each, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pipeline.models.base import Precision
from pipeline.models.case import Event
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

RECORD_FIELDS = "id | time | actor | text"
EVENT_FIELDS = "id | time | actor | records | classes | text, where it is not that of the first record"
_TOLD_ACTS = frozenset({"suspected", "ruled out", "planned", "decided"})
STATEMENT_PARTS = (
    "summary",
    "impact",
    "detection",
    "root_cause",
    "resolution",
    "went_well",
    "went_poorly",
    "lucky",
    "lessons",
)

# Every character that some reader takes for the end of a line: a record must not be able to begin
# another one.
_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def record_line(record: Record, longest: int | None = None) -> str:
    """`E12 | 06:20:15 | actor | text`; a text longer than `longest` says what is cut."""
    time = _clock(record.time, record.until, record.precision) if record.time else "-"
    return " | ".join((record.id, time, _field(record.actor or "-"), one_line(_text(record), longest)))


def place_line(record: Record, *, dated: bool = True) -> str:
    """`== file > heading > heading, 2026-03-18`: where and on which day the records below it stand."""
    section = f" > {_field(record.section)}" if record.section else ""
    day = f", {record.time:%Y-%m-%d}" if record.time and dated else ""
    return f"== {_field(record.source)}{section}{day}"


def event_line(event: Event, *, repeats: bool = False) -> str:
    """`V3 | 08:03:04 | actor | E52 E5 | ONS`, then what it was, but not its words where they are `repeats`
    of its first record's."""
    said = [] if repeats else [one_line(event.text)]
    if event.act in _TOLD_ACTS:
        refuted = f" by {event.refuted_by}" if event.refuted_by else ""
        said.insert(0, f"({event.act}{', ruled out' + refuted if refuted else ''})")
    fields = [
        event.id,
        _clock(event.time, event.until, event.precision),
        _field(event.actor),
        " ".join(event.evidence),
        " ".join(event.classes) or "-",
    ]
    return " | ".join([*fields, " ".join(said)] if said else fields)


def record_lines(records: Iterable[Record], longest: int | None = None) -> str:
    """Records under the line of the place and day that they share; a record begins with its id, never with
    `==`. One without a time changes no day."""
    lines: list[str] = []
    place = day = None
    for record in records:
        if (here := place_line(record, dated=False)) != place:
            place, day = here, None
        elif record.time is None or record.time.date() == day:
            lines.append(record_line(record, longest))
            continue
        day = record.time.date() if record.time else None
        lines += [place_line(record), record_line(record, longest)]
    return "\n".join(lines)


def event_lines(events: Iterable[tuple[Event, bool]]) -> str:
    """Events under the line of their day, each with whether its words repeat its first record's."""
    lines: list[str] = []
    day = None
    for event, repeats in events:
        if event.time.date() != day:
            day = event.time.date()
            lines.append(f"== {day}")
        lines.append(event_line(event, repeats=repeats))
    return "\n".join(lines)


def one_line(text: str, longest: int | None = None) -> str:
    flat = _CONTROLS.sub("", _BREAKS.sub(" ⏎ ", text.strip()))
    if longest is None or len(flat) <= longest:
        return flat
    return f"{flat[:longest]}… ({len(flat) - longest} characters more)"


def _text(record: Record) -> str:
    cells = " ".join(cell for _, cell in record.columns)
    if len(record.columns) > 1 and all(word in cells for word in record.text.replace(";", " ").split()):
        # A row's text is its cells joined; with their heads they say more. Other columns are attributes.
        return "; ".join(f"{head}: {cell}" if head else cell for head, cell in record.columns)
    checkbox = {True: "[x] ", False: "[ ] ", None: ""}[record.checked]
    return checkbox + record.text


def _clock(start: datetime, until: datetime | None, precision: Precision | None) -> str:
    """The time of day; the day of the end only where it is another."""
    end = ""
    if until:
        same = until.date() == start.date()
        end = f"–{_short(until)}" if same else f"–{until:%Y-%m-%d} {_short(until)}"
    return ("~" if precision == "approximate" else "") + _short(start) + end


def _short(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _field(text: str) -> str:
    return one_line(text).replace("|", "¦")


def narrative_lines(narrative: Narrative) -> str:
    """A postmortem's sentences by part, without its timeline, which repeats the events."""
    lines: list[str] = []
    for part in STATEMENT_PARTS:
        told = getattr(narrative, part)
        lines += [f"{part}: {one_line(s.text)} [{' '.join(s.evidence)}] {s.basis}" for s in told]
    for factor in narrative.contributing_factors:
        lines.append(
            f"{factor.id} | {factor.kind} | {one_line(factor.statement)} [{' '.join(factor.evidence)}]"
        )
    for fell in narrative.ruled_out:
        lines.append(f"ruled_out: {one_line(fell.statement)} [{' '.join(fell.evidence)}]")
    for measure in narrative.prevention:
        fields = (measure.id, measure.rank, measure.basis, " ".join(measure.addresses) or "-")
        lines.append(" | ".join((*fields, f"{one_line(measure.statement)} [{' '.join(measure.evidence)}]")))
    lines += [f"open question: {one_line(q.question)}" for q in narrative.open_questions]
    return "\n".join(lines)
