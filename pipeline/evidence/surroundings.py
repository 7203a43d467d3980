"""What the records around a record tell of how to read it: how its file writes numbers, and whom its pronoun means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.evidence.facts import decimal_commas, plain
from pipeline.evidence.instructions import without_instructions
from pipeline.evidence.naming import Directory, Known, directory_of
from pipeline.language.clauses import clauses
from pipeline.language.literals import find_literals
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.models.case import Case
from pipeline.models.record import Record

_THING = re.compile(r"(?:it|its|they|their)\b", re.I)
_PERSON = re.compile(r"(?:he|she|his|her|they|their)\b", re.I)
_NAMES = frozenset({"identifier", "ticket", "code"})
_BACK = 3  # records; further back a reader has lost what "it" was


@dataclass(frozen=True, slots=True)
class Meant:
    """What the pronoun at the head of a record may stand for. Names only: a value belongs to the record it is in."""

    things: frozenset[str] = frozenset()
    people: frozenset[Known] = frozenset()


class Surroundings:
    """The records of a case, each in its place."""

    def __init__(self, records: Sequence[Record], directory: Directory, people: People) -> None:
        self._records = tuple(records)
        self._directory = directory
        self._people = people

    def has_decimal_commas(self, record: Record) -> bool:
        """Whether the record's file writes "7,5 s" somewhere, so that its "1,204" may be 1.204."""
        return record.source in self._commaed

    def meant_by_pronoun(self, record: Record) -> Meant:
        """By the records just before it in the same running text, back to the first that names anything."""
        subject = self._pronoun(record.text)
        at = self._places.get(record.id)
        if not subject or at is None:
            return Meant()
        for earlier in reversed(self._records[max(0, at - _BACK) : at]):
            if _hand(earlier) != _hand(record):
                break
            text = without_instructions(earlier.text)
            things, people = _things(text), frozenset(m.known for m in self._directory.mentions(text))
            if things or people:
                return Meant(
                    things if _THING.match(subject) else frozenset(),
                    people if _PERSON.match(subject) else frozenset(),
                )
        return Meant()

    def _pronoun(self, text: str) -> str:
        """The subject of the record's first sentence, where it is a pronoun and nothing is named before it."""
        start, end = next(iter(split(text)), (0, 0))
        sentence = text[start:end]
        first = next((c for c in clauses(sentence, self._people) if c.mood == "finite"), None)
        if first is None or not (_THING.match(first.subject) or _PERSON.match(first.subject)):
            return ""
        before = sentence[: sentence.find(first.subject)]
        return "" if _things(before) or self._directory.mentions(before) else first.subject

    @cached_property
    def _places(self) -> dict[str, int]:
        return {r.id: n for n, r in enumerate(self._records)}

    @cached_property
    def _commaed(self) -> frozenset[str]:
        shown: dict[str, set[bool]] = {}
        for record in self._records:
            if "," in record.text:
                found = {decimal_commas(t) for t in (record.text, *(cell for _, cell in record.columns))}
                shown.setdefault(record.source, set()).update(x for x in found if x is not None)
        return frozenset(source for source, ways in shown.items() if ways == {True})


def surroundings_of(case: Case, people: People) -> Surroundings:
    """Those of a case, kept with the tuple that they were made of: a copied case may hold another."""
    cached: tuple[tuple[Record, ...], Surroundings] | None = case.__dict__.get("_surroundings")
    if cached is not None and cached[0] is case.records:
        return cached[1]
    found = Surroundings(case.records, directory_of(case), people)
    case.__dict__["_surroundings"] = (case.records, found)
    return found


def _hand(record: Record) -> tuple[str, str, str | None]:
    return record.source, record.section, record.actor


def _things(text: str) -> frozenset[str]:
    return _values(x.value for x in find_literals(text) if x.kind in _NAMES)


def _values(found: Iterable[object]) -> frozenset[str]:
    return frozenset(plain(str(value)) for value in found)
