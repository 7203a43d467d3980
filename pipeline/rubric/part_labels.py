"""Which part a line's own label announces where the outline sees no heading: a row, a lead, a bracket behind, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.heading_families import family_of
from pipeline.documents.headings import coverage, parts_of
from pipeline.documents.placeholders import is_empty_text
from pipeline.models.document import Document, Part
from pipeline.rubric.detection_lag import PLANS
from pipeline.rubric.passages import is_hollow

_HEAD = re.compile(r"\s{0,3}#{1,6}\s+(?P<label>[^\n]+?)\s*#*\s*(?P<rest>)$")
_ROW = re.compile(r"\s*\|\s*(?P<label>[^|\n]{2,60}?)\s*\|\s*(?P<rest>[^|\n]+?)\s*\|\s*$")
_LEAD = re.compile(
    r"\s*(?:[-*+•]\s+|\d+[.)]\s+|[^\w\s*_|#<>`-]+\s*)?(?P<mark>\*\*|__|\*|_)(?P<label>[^*_\n]{2,60}?)\s*(?P=mark)\s*[.:–—-]?\s*(?P<rest>.*)$"
)
_BEHIND = re.compile(r"\s*(?P<rest>.*?)\s*[*_]+\((?P<label>[a-z][a-z ]{2,30})\)[*_]+\s*$")
_LISTED = re.compile(r"\s*(?:[-*+•]\s|\d+[.)]\s|\|)")
_ORDINAL = re.compile(
    r"^\W*(?:chapter|scene|act|part|section|card|step|slide|question|epilogue|prologue)\b\W*(?:(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b)?\W*"
    r"(?:in which |on |the )?",
    re.IGNORECASE,
)
# Plain words for a part that a list of headings does not hold; where the outline reads them it has the first say.
_WORDS_OF: tuple[tuple[Part, str], ...] = (
    ("lessons", r"insights?|takeaways?|morals?|maxims?|wisdom|learnt|learned|what sticks|keep in mind"),
    ("summary", r"stor(?:y|ies)|in (?:plain words|brief|short|a nutshell)|what was it about|history of the (?:occurrence|event)|what happened"),
    ("detection", r"detect\w*|notic(?:ed|ing)|found by|(?:who|that|was) (?:\w+ )?(?:saw|seen|noticed)|how we knew|alerting|first observer|means of discovery"),
    ("resolution", r"cures?|remed(?:y|ies)(?! for the future)|corrections?|repairs|treatment|put right(?: by)?|return to service|what fixed it|got us back|way out|out of it|ended it|it ends"),
    ("prevention", r"prevent\w*|recurrence|(?:never|not) again(?: because)?|next time|keeps it fixed|stop it|remedies for the future"),
    ("root cause", r"causes?|reasons?|aetiology|etiology|why|(?:lay|lies|stood) (?:beneath|behind|under)"),
    ("impact", r"harm|hurt|felt|affected|damage|loss(?:es)?|lost|impact"),
    ("actions", r"work|jobs|tasks|duties|homework|to-?do|actions|orders|care plan"),
)  # fmt: skip
_WORDS = tuple((part, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for part, words in _WORDS_OF)
_LONGEST = 9  # words; more are a sentence


def announced(document: Document) -> frozenset[Part]:
    """The parts that a label of a line announces and something below or beside it tells."""
    lines = document.text.split("\n")
    taken = _entries_and_plans(document)
    return frozenset(
        part
        for number, line in enumerate(lines)
        if number + 1 not in taken
        for label, rest in _labels(line)
        if _tells(rest or _following(lines, number))
        for part in _parts(label)
    )


def _entries_and_plans(document: Document) -> set[int]:
    """Lines whose bold words name an event or a task, and no part."""
    spans = [*(e.span for e in document.entries), *(i.span for i in document.items)]
    taken = {line for span in spans for line in range(span.line, span.end_line + 1)}
    lines = document.text.split("\n")
    for section in document.sections:
        if section.heading and section.part in (*PLANS, "timeline"):
            last = section.span.line + document.text.count("\n", section.span.start, section.end)
            taken.update(n for n in range(section.span.line + 1, last) if _LISTED.match(lines[n - 1]))
    return taken


def _labels(line: str) -> Iterator[tuple[str, str]]:
    for pattern in (_HEAD, _ROW, _LEAD, _BEHIND):
        if match := pattern.match(line):
            yield match["label"], match["rest"]


def _following(lines: list[str], number: int) -> str:
    """What stands below a label alone on its line, up to the next heading or the next label."""
    body: list[str] = []
    for line in lines[number + 1 :]:
        if _HEAD.match(line) or (_LEAD.match(line) and any(body)):
            break
        body.append(line.strip())
    return "\n".join(body).strip()


def _tells(text: str) -> bool:
    lines = [line.strip(" *_-|") for line in text.split("\n") if re.search(r"\w", line)]
    return bool(lines) and not is_empty_text(text) and not all(map(is_hollow, lines))


def _parts(label: str) -> set[Part]:
    words = _ORDINAL.sub("", label).strip(" \"'“”.:?!*_")
    if not words or len(words.split()) > _LONGEST:
        return set()
    found: set[Part] = {part for part, pattern in _WORDS if pattern.search(words)}
    if coverage(words) >= 0.5:
        found.update(parts_of(words))
    if family := family_of(words):
        found.add(family)
    return found
