"""Records and events as numbered lines for a prompt: one line each, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pipeline.models.base import rfc3339
from pipeline.models.case import Event
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

RECORD_FIELDS = "id | time | actor | source | text"
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
    """`E12 | 2026-03-18T06:20:15Z | actor | source | text`; a text longer than `longest` says what is cut."""
    time = _span(record.time, record.until) if record.time else "no time"
    if record.precision == "approximate":
        time = f"~{time}"
    actor = record.actor or "nobody named"
    heading = f" > {record.section}" if record.section else ""
    source = f"{record.source}{heading}"
    return " | ".join((record.id, time, _field(actor), _field(source), one_line(_text(record), longest)))


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
    return "\n".join(record_line(record, longest) for record in records)


def event_lines(events: Iterable[Event]) -> str:
    return "\n".join(event_line(event) for event in events)


def one_line(text: str, longest: int | None = None) -> str:
    flat = _CONTROLS.sub("", _BREAKS.sub(" ⏎ ", text.strip()))
    if longest is None or len(flat) <= longest:
        return flat
    return f"{flat[:longest]}… ({len(flat) - longest} characters more)"


def _text(record: Record) -> str:
    if record.columns:
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
