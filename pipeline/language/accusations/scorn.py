"""A7: scorn for somebody, named or not: "who lets Tomas near it", "whoever did this can't have read it"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_LETS = word_set("let give allow hire trust put hand grant leave invite promote employ")
_SNEER = word_set("clearly apparently obviously evidently still even seriously")
_BASIC = word_set(
    "read count spell type follow understand look listen think do tell use add write handle manage operate"
)
_DUTY = words("conduct", "duty") | words("conduct", "omission")


def find_scorn(reading: Reading) -> Iterator[Charge]:
    yield from _who_lets(reading)
    yield from _unable(reading)
    yield from _near(reading)
    yield from _asked_in_scorn(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "shaming", target, reason)


def _who_lets(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        if clause.subject.lower() not in ("who", "whoever") or clause.verb not in _LETS or clause.negated:
            continue
        at = clause.first
        relative = (at > 0 and reading.words[at - 1].tag in ("NOUN", "PROPN", "PRON")) or reading.words[
            at
        ].lower not in ("who", "whoever")
        party = reading.people.party_of(clause.object)
        named = [reading.people.party((t,)) for t in reading.words[clause.main + 1 : clause.main + 2]]
        if named and not party.human and named[0].target is None and named[0].open == "name":
            party = Party("person", "person")  # "who gives rob root"
        elif named and named[0].human:
            party = named[0]
        if not relative and party.human:
            yield _charge(reading, at, clause.main, target_of(party), "a rhetorical question mocks somebody")


def _unable(reading: Reading) -> Iterator[Charge]:
    """ "somebody clearly can't read an alert"."""
    for clause in reading.clauses:
        cannot = clause.modal in ("can", "could") and clause.negated and clause.human
        sneering = any(w in _SNEER for w in reading.lowered[: clause.main])
        if cannot and sneering and clause.verb in _BASIC:
            yield _charge(
                reading,
                clause.first,
                clause.main,
                target_of(clause.party),
                "somebody is said not to be able to do the simplest thing",
            )


def _near(reading: Reading) -> Iterator[Charge]:
    """ "letting Bram near DNS"."""
    for clause in reading.clauses:
        party = reading.people.party_of(clause.object)
        if (
            clause.verb == "let"
            and (party.human or party.open == "name")
            and "near" in reading.lowered[clause.main : clause.main + 5]
        ):
            yield _charge(
                reading, clause.main, clause.main + 1, target_of(party.as_people()), "somebody is mocked"
            )


def _asked_in_scorn(reading: Reading) -> Iterator[Charge]:
    """ "Do they even test their stuff?", "Whoever wrote this should stick to gardening"."""
    if reading.question and "even" in reading.lowered:
        clause = next((c for c in reading.clauses if c.human and c.verb in _DUTY | _BASIC), None)
        if clause is not None and "even" in reading.lowered[clause.head : clause.main]:
            yield _charge(reading, clause.head, clause.main, target_of(clause.party), "a question in scorn")
    if (
        reading.lowered[:1] == ["whoever"]
        and any(c.modal in ("should", "must") for c in reading.clauses)
        and any(c.tense == "past" for c in reading.clauses)
    ):
        yield _charge(reading, 0, 1, "person", "somebody unnamed is mocked")
