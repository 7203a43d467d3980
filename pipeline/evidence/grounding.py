"""Locates what a statement says in the records that it cites; what can't be located, or is contradicted, is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pipeline.evidence.assertions import wrong_assertions
from pipeline.evidence.citations import blank_marks
from pipeline.evidence.clock_grounds import ClockGrounds
from pipeline.evidence.computed import computed_for
from pipeline.evidence.derived import (
    duration_adds_up,
    duration_follows,
    duration_grain,
    is_approximate,
    number_follows,
    percent_follows,
    quantity_follows,
    rounds_to,
    same_clock,
)
from pipeline.evidence.facts import facts_of, in_order, plain, unit_behind
from pipeline.evidence.naming import Known, directory_of
from pipeline.evidence.presence import present
from pipeline.evidence.support import FEW, Support
from pipeline.evidence.surroundings import surroundings_of
from pipeline.language.lemmas import verb_forms
from pipeline.language.literals import Literal_, find_literals
from pipeline.language.people import People
from pipeline.language.polarity import opens_question
from pipeline.language.times import TimeMention
from pipeline.language.words import Token, tokens
from pipeline.models.case import Case
from pipeline.models.postmortem import Milestones
from pipeline.models.record import Record

Kind = Literal[
    "time",
    "date",
    "number",
    "percent",
    "duration",
    "identifier",
    "ticket",
    "url",
    "quote",
    "code",
    "name",
    "actor",  # the named person is not who did or said it
    "polarity",  # the records say the opposite
    "certainty",  # told as settled, only suspected in the records
    "instruction",  # its only support is text that instructs the reader
]
# What is the reading of a text and not the text itself; a reader may see it otherwise.
INTERPRETATION: frozenset[Kind] = frozenset({"certainty"})
_OWN_ID = re.compile(r"^(?:[AFNPV]\d{1,2}|Factor \d+)$")
_AS_WRITTEN = re.compile(r"\bwritten\W*$")
_NUMBERED = re.compile(r"\b([A-Za-z]{3,})(?: (?:no\.|number|nr\.?))? $")  # "ticket 4471"
_CUT = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?|\[[^\]]{0,40}\])\s*")


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """`start`, `end` are characters of the statement."""

    start: int
    end: int
    kind: Kind
    text: str
    reason: str

    @property
    def is_interpretation(self) -> bool:
        return self.kind in INTERPRETATION


def ungrounded(text: str, evidence: Sequence[Record], case: Case | None = None) -> tuple[Ungrounded, ...]:
    """What of `text` the records of `evidence` do not bear out, in order; none where all of it stands.

    Zone conversion, rounding to the minute, marked rounding, counts and plain arithmetic over cited values
    count as borne out; so do facts that code computed for `case`, where one of their records is cited.
    """
    return Grounds(evidence, case).check(text)


def wanted(found: Iterable[Ungrounded]) -> list[Ungrounded]:
    """What is wrong of a measure or an item: it wants the opposite of what its records tell, so that is no fault."""
    return [u for u in found if u.kind != "polarity"]


class Grounds:
    """The records that statements may lean on; made once for many statements over the same records."""

    def __init__(
        self,
        evidence: Sequence[Record],
        case: Case | None = None,
        zone: str | None = None,
        *,
        lasting_between: Sequence[datetime] = (),
    ) -> None:
        """`zone`: what a document says its bare times are in, besides UTC and the incident's own.

        `lasting_between`: instants that a document tells and whose distances it may state; those of a few
        records are taken anyway.
        """
        self._told = tuple(lasting_between)
        self._case = case
        timezone = case.incident.timezone if case else None
        around = surroundings_of(case, people_of(case)) if case else None
        self._support = Support(evidence, timezone, around)
        self._ids = frozenset(r.id for r in evidence)
        self._few = len(self._support.records) <= FEW
        self._computed = computed_for(case, self._ids)
        self._clocks = ClockGrounds(self._support, self._computed, timezone, zone)
        self._check: dict[str, Callable[[Literal_, str], str | None]] = {
            "time": self._time,
            "date": self._date,
            "number": self._number,
            "percent": self._percent,
            "duration": self._duration,
            "quote": self._quote,
        }

    def check(self, text: str) -> tuple[Ungrounded, ...]:
        """As `ungrounded`, for these records."""
        text = blank_marks(text)
        found = [*self._literals(text), *self._names(text)]
        if not self._few:  # of a whole incident somebody always said the opposite
            return tuple(sorted(found, key=lambda u: (u.start, u.end)))
        wrong = wrong_assertions(text, self._support, self._case, people_of(self._case))
        found += [Ungrounded(w.start, w.end, w.kind, text[w.start : w.end], w.reason) for w in wrong]
        return tuple(sorted(found, key=lambda u: (u.start, u.end)))

    def names(self, name: str) -> bool:
        """Does a record name this person or team, by whatever form of the name?"""
        if plain(name.strip("@")) in self._support.words:
            return True
        if self._case is None:
            return False
        directory = directory_of(self._case)
        known = directory.who(name)
        return known is not None and known in self._present

    @cached_property
    def _present(self) -> frozenset[Known]:
        return present(self._support, self._case, people_of(self._case)) if self._case else frozenset()

    def _literals(self, text: str) -> Iterator[Ungrounded]:
        for literal in find_literals(text):
            check = self._check.get(literal.kind, self._identifier)
            reason = check(literal, text)
            if reason is not None:
                yield Ungrounded(literal.start, literal.end, literal.kind, literal.text, reason)

    # Times and dates

    def _time(self, literal: Literal_, text: str) -> str | None:
        mention = literal.value
        assert isinstance(mention, TimeMention)
        if mention.clock in self._support.shown and _AS_WRITTEN.search(text, 0, literal.start):
            return None
        return None if self._clocks.bear_out(mention) else "no cited record has this time"

    def _date(self, literal: Literal_, text: str) -> str | None:
        mention = literal.value
        assert isinstance(mention, TimeMention)
        return None if self._clocks.have_day(mention) else "no cited record has this date"

    # Amounts

    def _number(self, literal: Literal_, text: str) -> str | None:
        value = literal.value
        assert isinstance(value, Decimal)
        known = self._support.numbers | self._computed.numbers
        marked = is_approximate(text[: literal.start], literal.text)
        if any(rounds_to(n, value, marked=marked) for n in known):
            return None
        if re.search(
            r"\b(?:Factor|Item|Measure|Question|Step) $|\b(?:UTC|GMT)\s?[+−-]?$", text[: literal.start]
        ):
            return None  # the document's own numbering; an offset
        named = _NUMBERED.search(text, 0, literal.start)
        if named and self._support.is_named_by_file(named[1].lower(), literal.text):
            return None
        if value in self._counts() or value in {Decimal(d.year) for d in self._support.days}:
            return None
        here = facts_of(text[: literal.start] + " " * len(literal.text) + text[literal.end :]).amounts
        operands = self._support.amounts if self._few else self._support.amounts & here
        if number_follows(value, operands, here):
            return None
        if self._few and (unit := unit_behind(text, literal)):
            if quantity_follows(value, (n for n, u in self._support.quantities if u == unit)):
                return None
        return "no cited record has this number, and it follows from none"

    def _counts(self) -> set[Decimal]:
        records = self._support.records
        if not self._few:
            return set()
        return {
            Decimal(len(records)),
            Decimal(len({r.actor for r in records if r.actor})),
            Decimal(len({r.source for r in records})),
        }

    def _percent(self, literal: Literal_, text: str) -> str | None:
        value = literal.value
        assert isinstance(value, Decimal)
        known = self._support.numbers | self._computed.numbers
        marked = is_approximate(text[: literal.start], literal.text)
        if any(rounds_to(n, value, marked=marked) for n in known):
            return None
        amounts = self._support.amounts
        if percent_follows(value, amounts if self._few else amounts & facts_of(text).amounts):
            return None
        return "no cited record has this percentage, and it follows from none"

    def _duration(self, literal: Literal_, text: str) -> str | None:
        value = literal.value
        assert isinstance(value, timedelta)
        grain = duration_grain(literal.text)
        if is_approximate(text[: literal.start], literal.text):
            grain = max(grain, value * 0.1)
        written = (*self._support.durations, *self._computed.durations)
        if any(abs(d - value) <= min(grain, timedelta(minutes=1)) or d == value for d in written):
            return None
        if self._few and duration_adds_up(value, written):
            return None
        instants = self._support.instants if self._few else (*self._told, *self._instants_in(text))
        told = ((*instants, *self._computed.instants), *(self._support.undated if self._few else ()))
        if any(duration_follows(value, moments, grain) for moments in told):
            return None
        if facts_of(literal.text).numbers <= self._support.numbers and _stands(
            literal.text, self._support.words
        ):
            return None
        return "no cited record has this duration, and it follows from no two cited times"

    def _instants_in(self, text: str) -> list[datetime]:
        """Of many records, only the instants that the sentence itself names."""
        clocks = {c for m in facts_of(text).mentions for c in (m.clock, m.until_clock) if c}
        return [
            i
            for i in self._support.instants
            if any(
                same_clock(i.astimezone(z), c, bool(c.second), timedelta(0))
                for c in clocks
                for z in (UTC, self._support.local)
            )
        ]

    # Words

    def _identifier(self, literal: Literal_, text: str) -> str | None:
        value = plain(str(literal.value))
        if _OWN_ID.match(literal.text) or (self._case is not None and literal.text in self._case_ids()):
            return None
        bounded = re.compile(rf"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9])")
        if bounded.search(self._support.words) or bounded.search(self._computed.words):
            return None
        squeezed = re.sub(r"[\s_\-./]", "", value)
        loose = re.compile(rf"(?<![a-z0-9]){re.escape(squeezed)}(?![0-9])")
        if (
            literal.kind not in ("ticket", "url")
            and len(squeezed) > 3
            and (
                loose.search(self._support.squeezed)
                or loose.search(re.sub(r"[\s_\-./]", "", self._computed.words))
            )
        ):
            return None
        if value in self._support.meant.things:
            return None
        digits = re.fullmatch(r"#(\d+)", value)
        if digits and re.search(rf"(?<!\d){digits[1]}(?!\d)", self._support.words):
            return None
        return f"no cited record has this {literal.kind}"

    def _case_ids(self) -> frozenset[str]:
        return self._computed.record_ids

    def _quote(self, literal: Literal_, text: str) -> str | None:
        said = str(literal.value).strip(" .,;:!?")
        if said in Milestones.model_fields:
            return None  # the document's own word, as a word
        pieces = [plain(p).strip(" .,;:!?'\"") for p in _CUT.split(said)]
        pieces = [p for p in pieces if p]
        if not pieces:
            return None
        for record_text in (*map(plain, self._support.texts), self._computed.words):
            if in_order(pieces, record_text) or in_order(
                [p.strip("*_`") for p in pieces], re.sub(r"[*_`]", "", record_text)
            ):
                return None
        if len(self._support.records) and in_order(pieces, self._support.words) and len(said.split()) <= 3:
            return None
        return "no cited record has these words"

    def _names(self, text: str) -> Iterator[Ungrounded]:
        """Known people who are in no cited record, and names of people that nobody knows."""
        directory = directory_of(self._case) if self._case is not None else None
        seen: list[tuple[int, int]] = []
        quotes = [(x.start, x.end) for x in find_literals(text) if x.kind in ("quote", "code", "url")]
        if directory is not None:
            for mention in directory.mentions(text):
                seen.append((mention.start, mention.end))
                if mention.known.kind != "person" or _inside(mention.start, quotes):
                    continue
                if (
                    mention.known not in self._present | self._support.meant.people
                    and plain(mention.text) not in self._support.words.split()
                ):
                    yield Ungrounded(
                        mention.start, mention.end, "name", mention.text, "no cited record names this person"
                    )
        people = people_of(self._case)
        for token in tokens(text):
            if token.tag != "PROPN" or _inside(token.start, quotes) or _inside(token.start, seen):
                continue
            if people.kind_of(token.text) != "person" or _opens_with_verb(text, token):
                continue
            if opens_question(text, token.start, token.end):
                continue
            if not re.search(rf"\b{re.escape(plain(token.text.lstrip('@')))}\b", self._support.words):
                yield Ungrounded(
                    token.start, token.end, "name", token.text, "no cited record names this person"
                )


def _stands(literal: str, words: str) -> bool:
    """Whether it is written there, and not as the end of a longer number."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(plain(literal))}(?!\w)", words))


def _opens_with_verb(text: str, token: Token) -> bool:
    """ "Said the cache was stale": the capital is the sentence's, and the word tells what somebody did."""
    opens = re.search(r"(?:^|[.:;|!?—–-])\s*$", text[: token.start])
    return bool(opens) and "past" in verb_forms(token.lower)


def people_of(case: Case | None) -> People:
    """The people of a case as language/ knows them, made once."""
    if case is None:
        return People()
    cached: People | None = case.__dict__.get("_people")
    if cached is None:
        cached = People.from_roster(case.incident.roster, case.incident.services)
        case.__dict__["_people"] = cached
    return cached


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(s <= at < e for s, e in spans)
