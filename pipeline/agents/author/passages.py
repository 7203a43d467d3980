"""Passages of the artifacts by the part of a postmortem that they belong to, fair to people and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.agents.author.phrases import sentence
from pipeline.documents.headings import parts_of
from pipeline.evidence.instructions import addresses_reader
from pipeline.evidence.wording import clean
from pipeline.language.blame import charges, without_blame
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.document import Part
from pipeline.models.postmortem import Statement
from pipeline.models.record import Record

_EMPTY = re.compile(
    r"^\W*(?:tbd|n/?a|none|todo|unknown|\?+|-+|to be (?:done|written|filled in)|pending)\W*$", re.I
)
_FRAGMENT = 3  # words; shorter is a label


def part(record: Record) -> Part:
    """The part that a document's record belongs to: by the innermost heading that names one."""
    for heading in reversed(record.section.split(" > ")):
        found = [p for p in parts_of(heading) if p != "other"]
        if found:
            return found[0]
    return "other"


def passages(
    case: Case, people: People, *parts: Part, kinds: tuple[str, ...] = ("statement", "row", "field", "task")
) -> Iterator[Statement]:
    """Statements of the documents under those parts, in their order; blame is cut, instructions are skipped."""
    for record in case.records:
        if record.kind not in kinds or part(record) not in parts:
            continue
        made = statement(record, people)
        if made is not None:
            yield made


def statement(record: Record, people: People) -> Statement | None:
    """A record's words as a statement, or None where nothing of it may be printed."""
    words = clean(record.text)
    if record.columns:
        words = "; ".join(cell for _, cell in record.columns if cell and len(cell) > 1) or words
    if len(words.split()) < _FRAGMENT or _EMPTY.match(words) or addresses_reader(words):
        return None
    if charges(words, people):
        fair = without_blame(words, people)
        if fair is None or len(fair.split()) < _FRAGMENT:
            return None
        words = fair
    return Statement(text=sentence(words), evidence=(record.id,), basis="stated")
