"""Passages of the artifacts by what they are there for, fair to people and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from pipeline.agents.author.phrases import sentence
from pipeline.agents.author.places import Place, heading_of, place
from pipeline.evidence.instructions import addresses_reader
from pipeline.evidence.wording import clean
from pipeline.language.blame import charges, without_blame
from pipeline.language.literals import find_literals
from pipeline.language.people import People
from pipeline.language.times import find_times
from pipeline.language.words import tokens
from pipeline.models.case import Case
from pipeline.models.postmortem import Statement
from pipeline.models.record import Record

DOCUMENT_KINDS = ("statement", "row", "field", "task")
_EMPTY = re.compile(
    r"^\W*(?:tbd|n/?a|none(?: \w+)?|todo|unknown|pending|to be (?:done|written|filled in))?\W*$", re.I
)
_NAMES_THE_PART = re.compile(r"^\W*(?:final |total )?(?:impact|root cause|cause)(?:, final)?\W*$", re.I)
_FRAGMENT = 3  # words; shorter is a label
# A sentence about its own document: who wrote it, and which clock its times are read on.
_ABOUT_TIMES = re.compile(
    r"^\W*(?:all )?(?:clock )?times?\b|\b(?:all|the|these) times\b|^\W*\w+ time\b\W*(?:utc|gmt)", re.I
)
_WRITTEN = re.compile(r"^\W*(?:written|kept|compiled|prepared|drafted|collected|updated|copied)\b", re.I)
_BYLINE = frozenset(
    "by and for on at in of the all am pm time times utc gmt author authors date draft version status final".split()
)


def passages(
    case: Case, people: People, *places: Place, kinds: tuple[str, ...] = DOCUMENT_KINDS
) -> Iterator[Statement]:
    """Statements of the documents at those places, in their order; blame is cut, instructions are skipped."""
    for record in records_at(case, *places, kinds=kinds):
        made = statement(record, people)
        if made is not None:
            yield made


def records_at(case: Case, *places: Place, kinds: tuple[str, ...] = DOCUMENT_KINDS) -> Iterator[Record]:
    return (r for r in case.records if r.kind in kinds and place(r) in places)


def statement(record: Record, people: People) -> Statement | None:
    """A record's words as a statement, or None where nothing of it may be printed."""
    words = _words(record)
    if len(words.split()) < _FRAGMENT or addresses_reader(words) or is_about_itself(words, people):
        return None
    if charges(words, people):
        fair = without_blame(words, people, quoted=False)
        if fair is None or len(fair.split()) < _FRAGMENT:
            return None
        words = fair
    return Statement(text=sentence(words), evidence=(record.id,), basis="stated")


def _words(record: Record) -> str:
    """A field with its name, a row by its cells, and what has no predicate with the heading that it completes."""
    if record.kind == "field" and record.columns:
        name, value = record.columns[0]
        if _EMPTY.match(value):
            return ""
        return clean(value) if _NAMES_THE_PART.match(name) else f"{clean(name)}: {clean(value)}"
    words = clean(record.text)
    if _EMPTY.match(words):
        return ""
    if record.kind == "statement" and not record.columns and not has_predicate(words):
        label = heading_of(record)
        if record.section.count(" > ") and place(record) in ("scope", "detection", "impact so far"):
            return f"{label}: {words}"
    return words


def has_predicate(text: str) -> bool:
    return any(t.tag in ("VERB", "AUX", "MODAL") and t.form != "ing" for t in tokens(text))


def is_about_itself(text: str, people: People) -> bool:
    """Whether a sentence tells of its document, not of the incident: byline, date, clock, who kept it."""
    outside = re.sub(r"\([^)]*\)?", " ", text) if not text.startswith("(") else text
    if _ABOUT_TIMES.search(outside) and _names_a_zone(outside):
        return True
    if _WRITTEN.match(outside):
        return True
    rest = text
    for mention in sorted(find_times(text), key=lambda m: -m.start):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    left = [t for t in tokens(rest) if t.tag not in ("PUNCT", "NUM") and t.lower not in _BYLINE]
    return all(t.text[0].isupper() and people.kind_of(t.text) in ("person", "unknown") for t in left)


def _names_a_zone(text: str) -> bool:
    return bool(re.search(r"\b(?:utc|gmt|local|zone|[A-Z]{2,4}T|[A-Z][a-z]+(?: time)?)\b", text, re.I))


def tells_duration(text: str) -> bool:
    """Whether a sentence says how long something lasted: a duration, or a stretch of time."""
    return any(d >= timedelta(minutes=1) for d in durations(text)) or any(
        m.until_clock is not None for m in find_times(text)
    )


def durations(text: str) -> tuple[timedelta, ...]:
    return tuple(x.value for x in find_literals(text) if isinstance(x.value, timedelta))
