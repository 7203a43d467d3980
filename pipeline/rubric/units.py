"""What a judge is shown of a document, a unit at a time: sentences, items, lines with their records, whole parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.documents.spans import heading_span, span_at
from pipeline.evidence.citations import blank_marks, cited_ids
from pipeline.models.document import Document, Entry, Part, Section, Sentence, Span
from pipeline.models.record import Record
from pipeline.rendering.escaping import flatten, plain
from pipeline.rendering.layout import TEMPLATE_LINES
from pipeline.rubric.criterion import JudgedUnit
from pipeline.rubric.items import open_items
from pipeline.rubric.means import Means
from pipeline.rubric.passages import below, headed

# What code computes and prints in a draft, or says about the draft itself.
_COMPUTED: frozenset[Part] = frozenset({"latencies", "conflicts", "inputs", "review"})
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
_DEFINITION = re.compile(r"\s{0,3}\[E\d+\]:\s")
_RULE = re.compile(r"[\s|:-]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"^\s*(?:[-*+]\s+)?(?:\*\*[^*]+\*\*)?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_LEAD = 4  # words before a quotation that only say that it is one: "Reported an announcement:"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or in a draft one of the lines that it was read from. `prose` is its text with code masked."""

    sentence: Sentence
    span: Span
    text: str
    prose: str


def told_sentences(document: Document, means: Means) -> Iterator[JudgedUnit]:
    """Timeline entries with their actors, and all sentences beside them that say something."""
    found = [
        JudgedUnit(e.span, f"{e.actor}: {e.event}" if e.actor else e.event, (e.event_span,))
        for e in _entries(document)
        if _WORD.search(e.event)
    ]
    rows = [(e.span.start, e.span.end) for e in document.entries]
    pieces = [
        _Piece(sentence, span, shown(document.text[span.start : span.end]), _prose(sentence, span))
        for sentence in document.sentences
        if sentence.block != "heading" and not any(s <= sentence.span.start < e for s, e in rows)
        for span in _spans(document, sentence)
    ]
    for at, piece in enumerate(pieces):
        if _speaks(document, piece):
            near = _beside(pieces, at) if document.machine_made else _linked(document, piece.sentence)
            found.append(JudgedUnit(piece.span, piece.text, (piece.span,), *near))
    yield from sorted(found, key=lambda unit: unit.span.start)


def items_to_do(document: Document, means: Means) -> Iterator[JudgedUnit]:
    """The items that are still to be done, by their titles."""
    for item in open_items(document):
        yield JudgedUnit(item.title_span, shown(item.title), (item.title_span,))


def items_not_parked(document: Document, means: Means) -> Iterator[JudgedUnit]:
    """The items that are to be done or were done, by their titles."""
    for item in document.items:
        if item.state in ("open", "done"):
            yield JudgedUnit(item.title_span, shown(item.title), (item.title_span,))


def cited_lines(document: Document, means: Means) -> Iterator[JudgedUnit]:
    """Entries and lines that cite records, but those that only repeat a record's words: code compares these."""
    if means.case is None:
        return
    known = {r.id: r for r in means.case.records}
    for entry in _entries(document):
        row = document.text[entry.span.start : entry.span.end]
        records = [known[i] for i in cited_ids(row) if i in known]
        if records and not _repeats(entry.event, records):
            told = " | ".join(filter(None, (entry.time_text, entry.actor, entry.event)))
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


def whole_parts(
    home: tuple[Part, ...], beside: tuple[Part, ...]
) -> Callable[[Document, Means], Iterable[JudgedUnit]]:
    """One unit: the parts `home`, where the answer belongs, and those `beside` that may hold some of it; all of a
    document that has no such part."""

    def units(document: Document, means: Means) -> Iterator[JudgedUnit]:
        named = headed(document, *home)
        wanted = {id(inner) for s in headed(document, *home, *beside) for inner in below(document, s)}
        sections = [s for s in document.sections if id(s) in wanted] if named else _all_told(document)
        text = "\n".join(_lines_of(document, sections))
        if text:
            places = tuple(span_at(document, s.start, s.end) for s in sections)
            yield JudgedUnit(heading_span(document, *home), text, places)

    return units


def printed_lines(document: Document) -> Iterator[tuple[int, int]]:
    """The lines below the first section heading, without the definitions of the marks."""
    begin = min((s.start for s in document.sections if s.level >= 2 and s.part != "review"), default=0)
    at = begin
    for line in document.text[begin:].splitlines(keepends=True):
        stripped = line.rstrip("\r\n")
        if stripped.strip() and not _DEFINITION.match(stripped) and not re.match(r"\s*#", stripped):
            yield at, at + len(stripped)
        at += len(line)


def shown(markdown: str) -> str:
    """The words on one line as a reader sees them, without the marks, which are told beside them."""
    words = flatten(plain(blank_marks(markdown)))
    return re.sub(r"\s+(?=[.?!]$)", "", words)


def _entries(document: Document) -> Iterator[Entry]:
    """The entries of the timeline; below its table a draft lists the stretches without any, which code computes."""
    for entry in document.entries:
        start = entry.span.start - entry.span.column + 1
        if not document.machine_made or document.text[start : entry.span.end].lstrip().startswith("|"):
            yield entry


def _spans(document: Document, sentence: Sentence) -> Iterator[Span]:
    """The sentence; in a draft, where each has a line of its own, its lines."""
    if not document.machine_made:
        yield sentence.span
        return
    at = sentence.span.start
    for line in document.text[at : sentence.span.end].splitlines(keepends=True):
        if _WORD.search(line):
            yield span_at(document, at, at + len(line.rstrip()))
        at += len(line)


def _prose(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]


def _speaks(document: Document, piece: _Piece) -> bool:
    """Whether it is anybody's wording, and more than a name or a label."""
    part, cell = document.sections[piece.sentence.section].part, piece.sentence.block == "cell"
    if document.machine_made and (part in _COMPUTED or piece.text in TEMPLATE_LINES):
        return False
    if document.machine_made and part == "impact" and cell:
        return False  # the figures, which repeat sentences
    return len(_WORD.findall(piece.prose)) >= (3 if document.machine_made or cell else 2)


def _linked(document: Document, sentence: Sentence) -> tuple[str, str]:
    """The sentences before and after it in its paragraph or list."""
    found = (None if at is None else document.sentences[at].span for at in (sentence.before, sentence.after))
    before, after = ("" if s is None else shown(document.text[s.start : s.end]) for s in found)
    return before, after


def _beside(pieces: Sequence[_Piece], at: int) -> tuple[str, str]:
    """The lines of a draft before and after it, in the same section."""
    here = pieces[at].sentence
    if here.block == "cell":
        return "", ""
    near = (pieces[n] if 0 <= n < len(pieces) else None for n in (at - 1, at + 1))
    before, after = (p.text if p and p.sentence.section == here.section else "" for p in near)
    return before, after


def _section_at(document: Document, offset: int) -> Section | None:
    return next((s for s in reversed(document.sections) if s.start <= offset < s.end), None)


def _all_told(document: Document) -> list[Section]:
    return [s for s in document.sections if s.part not in _COMPUTED]


def _lines_of(document: Document, sections: Iterable[Section]) -> Iterator[str]:
    """The printed lines of those sections with their headings, but no rules of tables and no definitions."""
    numbers: set[int] = set()
    for section in sections:
        numbers |= set(range(section.span.line, span_at(document, section.start, section.end).end_line + 1))
    lines = document.text.split("\n")
    for line in (lines[n - 1] for n in sorted(numbers)):
        if line.strip() and not _DEFINITION.match(line) and not _RULE.fullmatch(line):
            yield re.sub(r"(?:\s*\|)+$", " |", shown(line))


def _repeats(text: str, records: Sequence[Record]) -> bool:
    """Whether a text, or what it quotes and names as quoted, stands in one of the records word by word: outside of
    quotation marks as a whole clause, since a cut one may say the opposite."""
    told = ["\n".join((r.text, *(cell for _, cell in r.columns))) for r in records]
    quotes = _QUOTED.findall(text)
    if quotes and len(_WORD.findall(_QUOTED.sub(" ", text))) <= _LEAD:
        return all(any(_run(quote).search(words) for words in told) for quote in quotes)
    clause = re.compile(rf"(?:\A|[.!?;:\n])\W*{_run(text).pattern}\W*?(?:\Z|[.!?;\n])", re.IGNORECASE)
    return any(clause.search(words) for words in told)


def _run(text: str) -> re.Pattern[str]:
    """The words of a text, one after the other, whatever stands between them."""
    words = re.findall(r"[^\W_]+", text)
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"(?![^\W_])", re.IGNORECASE)
