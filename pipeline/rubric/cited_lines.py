"""The lines and entries of a document that cite records, as units of a judge of grounding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.documents.spans import span_at
from pipeline.evidence.citations import cited_ids
from pipeline.models.document import Document, Part, Section
from pipeline.models.record import Record
from pipeline.rubric.criterion import JudgedUnit
from pipeline.rubric.means import Means
from pipeline.rubric.units import DEFINITION, entries_told, shown, with_actor

# Where a draft tells what happened. Plans, lessons and questions are no claims about records.
_TOLD: frozenset[Part] = frozenset(
    {
        "summary",
        "impact",
        "detection",
        "root cause",
        "ruled out",
        "resolution",
        "went well",
        "went poorly",
        "lucky",
    }
)
_LABEL = re.compile(r"^\s*(?:[-*+]\s+)?(?:\*\*[^*]+\*\*)?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# What may stand beside a quotation and says only that it is one. "Confirmed:" would be a claim.
_SAYING = re.compile(
    r"\W*(?:(?:reported|noted|said|wrote|posted|asked)(?: an announcement)?)?\W*", re.IGNORECASE
)


def cited_lines(document: Document, means: Means) -> Iterator[JudgedUnit]:
    """Entries and lines that cite records, but those that only repeat a record's words: code compares these."""
    if means.case is None:
        return
    known = {r.id: r for r in means.case.records}
    for entry in entries_told(document):
        row = document.text[entry.span.start : entry.span.end]
        records = [known[i] for i in cited_ids(row) if i in known]
        if records and not _repeats(entry.event, records):
            told = " | ".join(filter(None, (entry.time_text, with_actor(entry))))
            yield JudgedUnit(entry.span, told, (entry.span,), evidence=tuple(r.id for r in records))
    rows = [(e.span.start, e.span.end) for e in document.entries]
    for start, end in printed_lines(document):
        section = _section_at(document, start)
        line = document.text[start:end]
        if section is None or section.part not in _TOLD or line.lstrip().startswith("|"):
            continue
        records = [known[i] for i in cited_ids(line) if i in known]
        told = shown(_LABEL.sub("", line))
        if records and not any(s <= start < e for s, e in rows) and not _repeats(told, records):
            span = span_at(document, start, end)
            yield JudgedUnit(span, shown(line), (span,), evidence=tuple(r.id for r in records))


def printed_lines(document: Document) -> Iterator[tuple[int, int]]:
    """The lines below the first section heading, without the definitions of the marks."""
    begin = min((s.start for s in document.sections if s.level >= 2 and s.part != "review"), default=0)
    at = begin
    for line in document.text[begin:].splitlines(keepends=True):
        stripped = line.rstrip("\r\n")
        if stripped.strip() and not DEFINITION.match(stripped) and not re.match(r"\s*#", stripped):
            yield at, at + len(stripped)
        at += len(line)


def _section_at(document: Document, offset: int) -> Section | None:
    return next((s for s in reversed(document.sections) if s.start <= offset < s.end), None)


def _repeats(text: str, records: Sequence[Record]) -> bool:
    """Whether a text, or what it only quotes, stands in one of the records word by word: outside of quotation marks
    as a whole clause, since a cut one may say the opposite."""
    told = ["\n".join((r.text, *(cell for _, cell in r.columns))) for r in records]
    quotes = _QUOTED.findall(text)
    if quotes and _SAYING.fullmatch(_QUOTED.sub(" ", text)):
        return all(any(_run(quote).search(words) for words in told) for quote in quotes)
    clause = re.compile(rf"(?:\A|[.!?;:\n])\W*{_run(text).pattern}\W*?(?:\Z|[.!?;\n])", re.IGNORECASE)
    return any(clause.search(words) for words in told)


def _run(text: str) -> re.Pattern[str]:
    """The words of a text, one after the other, whatever stands between them."""
    words = re.findall(r"[^\W_]+", text)
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"(?![^\W_])", re.IGNORECASE)
