"""What a judge is shown of a document, a unit at a time: sentences with their neighbours, items, whole parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.documents.spans import heading_span, span_at
from pipeline.evidence.citations import blank_marks
from pipeline.language.lemmas import verb_forms
from pipeline.language.words import tokens
from pipeline.models.document import Document, Entry, Part, Section, Sentence, Span
from pipeline.rendering.clock import read_date_line
from pipeline.rendering.escaping import flatten, plain
from pipeline.rendering.layout import TEMPLATE_LINES
from pipeline.rubric.criterion import JudgedUnit
from pipeline.rubric.items import open_items
from pipeline.rubric.means import Means
from pipeline.rubric.passages import below, headed

# What code computes and prints in a draft, or says about the draft itself.
_COMPUTED: frozenset[Part] = frozenset({"latencies", "conflicts", "inputs", "review"})
DEFINITION = re.compile(r"\s{0,3}\[E\d+\]:\s")
_RULE = re.compile(r"[\s|:-]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_STRAY = re.compile(r"\*(?=\()|(?<=\))\*")  # half of what is slanted: "*(proposed, not agreed)*"
_FIELD = 5  # words of an item's field that is only that


def told_sentences(document: Document, means: Means) -> Iterator[JudgedUnit]:
    """Timeline entries with their actors, and all sentences beside them that say something."""
    found = [
        JudgedUnit(e.span, with_actor(e), (e.event_span,))
        for e in entries_told(document)
        if _WORD.search(e.event)
    ]
    rows = [(e.span.start, e.span.end) for e in document.entries]
    printed = document.text.split("\n")
    for sentence in document.sentences:
        at = sentence.span
        boilerplate = document.machine_made and printed[at.line - 1] in TEMPLATE_LINES
        if not boilerplate and not any(s <= at.start < e for s, e in rows) and _speaks(document, sentence):
            near = (_neighbour(document, sentence.before), _neighbour(document, sentence.after))
            found.append(JudgedUnit(at, shown(document.text[at.start : at.end]), (at,), *near))
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


def whole_parts(
    home: tuple[Part, ...], beside: tuple[Part, ...]
) -> Callable[[Document, Means], Iterable[JudgedUnit]]:
    """One unit: the parts `home`, where the answer belongs, and those `beside` that may hold some of it; all of a
    document that has no such part."""

    def units(document: Document, means: Means) -> Iterator[JudgedUnit]:
        named = headed(document, *home)
        wanted = {id(inner) for s in headed(document, *home, *beside) for inner in below(document, s)}
        begin = 0 if document.machine_made else _beginning(document)
        sections = [s for n, s in enumerate(document.sections) if n < begin or id(s) in wanted]
        sections = sections if named else [s for s in document.sections if s.part not in _COMPUTED]
        text = "\n".join(_lines_of(document, sections))
        if text:
            places = tuple(span_at(document, s.start, s.end) for s in sections)
            yield JudgedUnit(heading_span(document, *home), text, places)

    return units


def shown(markdown: str) -> str:
    """The words on one line as a reader sees them, without the marks, which are told beside them."""
    # A sentence may end within what is bold, and hold half of the pair of asterisks.
    words = _STRAY.sub("", flatten(plain(blank_marks(markdown))).replace("**", ""))
    return re.sub(r"\s+(?=[.?!]$)", "", words)


def in_shown_words(document: Document) -> str:
    """All of a document line by line as a reader sees it: marks of Markdown may part a word."""
    return "\n".join(map(shown, document.text.split("\n")))


def entries_told(document: Document) -> Iterator[Entry]:
    """The entries of the timeline; below its table a draft lists the stretches without any, which code computes."""
    for entry in document.entries:
        start = entry.span.start - entry.span.column + 1
        if not document.machine_made or document.text[start : entry.span.end].lstrip().startswith("|"):
            yield entry


def with_actor(entry: Entry) -> str:
    """What happened, and who did it, where the words do not begin with that."""
    if not entry.actor or entry.event.casefold().startswith(entry.actor.casefold()):
        return entry.event
    return f"{entry.actor}: {entry.event}"


def _speaks(document: Document, sentence: Sentence) -> bool:
    """Whether it is anybody's wording, and more than a name or a label."""
    part, cell = document.sections[sentence.section].part, sentence.block == "cell"
    if sentence.block == "heading" or (document.machine_made and part in _COMPUTED):
        return False
    if document.machine_made and part == "impact" and cell:
        return False  # the figures, which repeat sentences
    if document.machine_made and (_is_label(document, sentence.span) or not _predicates(sentence.text)):
        return False
    words = len(_WORD.findall(sentence.text))
    if words <= _FIELD and _is_field(document, sentence.span):
        return False
    return words >= (3 if document.machine_made or cell else 2)


def _is_label(document: Document, span: Span) -> bool:
    """Whether it is in bold as a whole, as "**Factor 4 · process.**" is, or the line that names the timeline's day."""
    line = document.text[span.start - span.column + 1 : span.end + 2]
    bold = document.text[: span.start].endswith("**") or document.text.startswith("**", span.start)
    return (bold and line.endswith(("**", "** "))) or read_date_line(line.strip()) is not None


def _predicates(text: str) -> bool:
    return any(t.tag in ("VERB", "AUX", "MODAL") or verb_forms(t.lower) for t in tokens(text))


def _is_field(document: Document, span: Span) -> bool:
    """Whether an item's owner, date or the like is printed there."""
    places = (place for item in document.items for _, place in item.fields)
    return any(span.start <= place.start < span.end for place in places)


def _neighbour(document: Document, index: int | None) -> str:
    if index is None:
        return ""
    span = document.sentences[index].span
    return shown(document.text[span.start : span.end])


def _beginning(document: Document) -> int:
    """How many sections stand before the first part by name: many a summary has no heading."""
    parts = (n for n, s in enumerate(document.sections) if s.part not in ("other", "review"))
    return next(parts, len(document.sections))


def _lines_of(document: Document, sections: Sequence[Section]) -> Iterator[str]:
    """The printed lines of those sections with their headings, but no rules of tables and no definitions."""
    headings = {s.span.line for s in sections}
    numbers = set(headings)
    for section in sections:
        body = span_at(document, section.start, section.end)
        numbers |= set(range(body.line, body.end_line + 1))
    others = {s.span.line for s in document.sections if s.heading} - headings
    lines = document.text.split("\n")
    for line in (lines[n - 1] for n in sorted(numbers - others)):
        if line.strip() and not DEFINITION.match(line) and not _RULE.fullmatch(line):
            yield re.sub(r"(?:\s*\|)+$", " |", shown(line))
