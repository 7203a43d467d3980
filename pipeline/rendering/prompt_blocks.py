"""Records and events as numbered lines for a prompt: one line each, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pipeline.models.base import rfc3339
from pipeline.models.case import Event
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

RECORD_FIELDS = "id | time | actor | text, below the place that they stand in"
EVENT_FIELDS = "id | time | actor | act | classes | records | text"

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
    """`E12 | 2026-03-18T06:20:15Z | actor | text`; a text longer than `longest` says what is cut."""
    time = _span(record.time, record.until) if record.time else "-"
    if record.precision == "approximate":
        time = f"~{time}"
    return " | ".join((record.id, time, _field(record.actor or "-"), one_line(_text(record), longest)))


def source_line(record: Record) -> str:
    """`== file > heading > heading`: where the records below it stand."""
    return f"== {_field(record.source)}" + (f" > {_field(record.section)}" if record.section else "")


def event_line(event: Event) -> str:
    refuted = f" (ruled out by {event.refuted_by})" if event.refuted_by else ""
    fields = (
        event.id,
        ("~" if event.precision == "approximate" else "") + _span(event.time, event.until),
        _field(event.actor),
        f"{event.act}{refuted}",
        " ".join(event.classes) or "-",
        " ".join(event.evidence),
        one_line(event.text),
    )
    return " | ".join(fields)


def record_lines(records: Iterable[Record], longest: int | None = None) -> str:
    """Records under the line of the place that they share; a record begins with its id, never with `==`."""
    lines: list[str] = []
    place = None
    for record in records:
        if source_line(record) != place:
            place = source_line(record)
            lines.append(place)
        lines.append(record_line(record, longest))
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


def _span(start: datetime, until: datetime | None) -> str:
    return rfc3339(start) + (f"–{rfc3339(until)}" if until else "")


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
