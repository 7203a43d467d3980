"""Records as numbered lines for a prompt: one line each, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from pipeline.models.base import Precision
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

RECORD_FIELDS = "id time actor | text"
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


def record_line(
    record: Record, longest: int | None = None, *, marks: Iterable[str] = (), dated: bool = True
) -> str:
    """`E12 2026-03-18 06:20:15 actor {mark} | text`, without what is unknown; a text longer than `longest`
    says what is cut. What code says of it stands left of the bar, where its text can't feign it."""
    fields = [record.id, record_clock(record, dated=dated), inline(record.actor or "")]
    fields += [f"{{{mark}}}" for mark in marks]
    return f"{' '.join(filter(None, fields))} | {one_line(_text(record), longest)}"


def record_lines(
    records: Iterable[Record], longest: int | None = None, marks: Mapping[str, tuple[str, ...]] | None = None
) -> str:
    """Records below the lines of their file and headings. The day stands where it is not that of the dated
    record before it in the same file."""
    lines: list[str] = []
    place: tuple[str, ...] = ()
    day: date | None = None
    for record in records:
        here = place_of(record)
        if here[:1] != place[:1]:
            day = None
        lines += new_headings(place, here)
        place = here
        dated = record.time is not None and record.time.date() != day
        day = record.time.date() if record.time else day
        lines.append(record_line(record, longest, marks=(marks or {}).get(record.id, ()), dated=dated))
    return "\n".join(lines)


def place_of(record: Record) -> tuple[str, ...]:
    """Its file, then the headings above it, outermost first."""
    headings = record.section.split(" > ") if record.section else []
    return tuple(map(inline, (record.source, *headings)))


def new_headings(before: tuple[str, ...], here: tuple[str, ...]) -> list[str]:
    """`== file`, `=== heading`, `==== heading below it`: those that a record below `before` adds."""
    if before == here:
        return []
    same = 0
    while same < min(len(before), len(here)) and before[same] == here[same]:
        same += 1
    same = min(same, len(here) - 1)  # back at an outer heading: it is said again
    return [f"{'=' * (2 + depth)} {here[depth]}" for depth in range(same, len(here))]


def record_clock(record: Record, *, dated: bool) -> str:
    return clock(record.time, record.until, record.precision, dated=dated) if record.time else ""


def clock(start: datetime, until: datetime | None, precision: Precision | None, *, dated: bool) -> str:
    """The time, with its day where it is `dated`; the day of the end only where it is another."""
    end = ""
    if until:
        same = until.date() == start.date()
        end = f"–{_short(until)}" if same else f"–{until:%Y-%m-%d} {_short(until)}"
    day = f"{start:%Y-%m-%d} " if dated else ""
    return ("~" if precision == "approximate" else "") + day + _short(start) + end


def inline(text: str) -> str:
    """A name that stands left of the bar, and can't feign a bar or a mark."""
    return one_line(text).replace("|", "¦").replace("{", "(").replace("}", ")")


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


def _short(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def narrative_lines(narrative: Narrative) -> str:
    """A postmortem's sentences by part, without its timeline, which repeats the events."""
    lines = [line for part in STATEMENT_PARTS for line in _statement_lines(narrative, part)]
    lines += _factor_lines(narrative)
    lines += [f"ruled_out: {_cited(fell.statement, fell.evidence)}" for fell in narrative.ruled_out]
    lines += _measure_lines(narrative)
    lines += [f"open question: {one_line(q.question)}" for q in narrative.open_questions]
    return "\n".join(lines)


def work_lines(narrative: Narrative) -> str:
    """What of a postmortem work follows from: the resolution, the factors and the measures."""
    lines = [
        *_statement_lines(narrative, "resolution"),
        *_factor_lines(narrative),
        *_measure_lines(narrative),
    ]
    return "\n".join(lines)


def _statement_lines(narrative: Narrative, part: str) -> list[str]:
    return [f"{part}: {_cited(s.text, s.evidence)} {s.basis}" for s in getattr(narrative, part)]


def _factor_lines(narrative: Narrative) -> list[str]:
    return [f"{f.id} | {f.kind} | {_cited(f.statement, f.evidence)}" for f in narrative.contributing_factors]


def _measure_lines(narrative: Narrative) -> list[str]:
    return [
        " | ".join((m.id, m.rank, m.basis, " ".join(m.addresses) or "-", _cited(m.statement, m.evidence)))
        for m in narrative.prevention
    ]


def _cited(text: str, ids: tuple[str, ...]) -> str:
    return f"{one_line(text)} [{' '.join(ids)}]"
