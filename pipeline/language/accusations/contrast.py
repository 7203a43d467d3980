"""A7: praise by contrast and against the weakest: "unlike the previous shift", "actually read it this time"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_DUTY = words("conduct", "duty") | words("conduct", "omission") | {"do", "show", "turn", "notice"}
_LUCK = word_set("thankfully luckily fortunately surprisingly miraculously finally amazingly mercifully")
_THIS_TIME = re.compile(r"\b(?:this time|for once|for a change|for the first time in)\b", re.IGNORECASE)
_WEAKEST = word_set(
    "cat dog hamster mother mum grandpa uncle junior intern child kid toddler grandmother grandma monkey trainee student newbie beginner blind rookie"
)
_CREATURES = word_set(
    "parrot monkey ape chimp goldfish hamster toddler child kid dog cat grandmother potato five-year-old"
)
_EXPLETIVES = word_set("surprisingly amazingly astonishingly miraculously incredibly")


def find_contrasts(reading: Reading) -> Iterator[Charge]:
    yield from _contrast(reading)
    yield from _at_least(reading)
    yield from _even(reading)
    yield from _all_but(reading)
    for clause in reading.clauses:
        yield from _actually(reading, clause)
        yield from _could_not(reading, clause)
        yield from _creature(reading, clause)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "shaming", target, reason)


def _contrast(reading: Reading) -> Iterator[Charge]:
    """ "Unlike the previous shift, ...": praise by contrast with somebody worse."""
    for i, low in enumerate(reading.lowered):
        opening = low == "unlike" or reading.lowered[i : i + 3] in (
            ["in", "contrast", "to"],
            ["as", "opposed", "to"],
        )
        if not opening:
            continue
        found = reading.phrase_after(i + (1 if low == "unlike" else 3))
        contrasted = reading.party(*found) if found is not None else Party("unknown")
        if found is None or not (contrasted.human or contrasted.open in ("body", "agent")):
            continue
        if any(
            (c.human or c.party.open) and not c.negated
            for c in reading.clauses
            if not (found[0] <= c.first < found[1])
        ):
            yield _charge(
                reading,
                i,
                found[1] - 1,
                target_of(reading.party(*found)),
                "praise by contrast with somebody worse",
            )
    joined = " ".join(reading.lowered)
    for phrase in (
        "one of the others",
        "cannot be said of",
        "can not be said of",
        "can n't be said of",
        "unlike some",
        "unlike others",
    ):
        if phrase in joined and any(c.human or c.party.open for c in reading.clauses):
            at = next(i for i, low in enumerate(reading.lowered) if low == phrase.split()[0])
            yield _charge(reading, at, at, "team", "praise by contrast with somebody worse")
            return
    first = reading.lowered[:2]
    people_follow = bool(reading.clauses) and reading.clauses[0].human
    if first in (["where", "others"], ["while", "others"]) or (
        first == ["at", "least"] and people_follow and reading.words[2].tag != "NUM"
    ):
        yield _charge(reading, 0, 1, "team", "praise by contrast with somebody worse")


def _at_least(reading: Reading) -> Iterator[Charge]:
    """ "The day crew, at least, knows how to read a gauge"."""
    low = reading.lowered
    for i in range(2, len(low) - 3):
        if low[i : i + 2] == ["at", "least"] and low[i - 1] == "," and low[i + 2] == ",":
            begin, end = reading.phrase_around(i - 2)
            if reading.party(begin, end).human:
                yield _charge(
                    reading,
                    begin,
                    i + 1,
                    target_of(reading.party(begin, end)),
                    "praise by contrast with somebody worse",
                )


def _even(reading: Reading) -> Iterator[Charge]:
    for i, low in enumerate(reading.lowered):
        if low != "even":
            continue
        found = reading.phrase_after(i + 1)
        if found is None or not any(t.lemma in _WEAKEST for t in reading.words[found[0] : found[1]]):
            continue
        clause = next(
            (c for c in reading.clauses if c.first <= found[0] < c.main or c.first == found[0]), None
        )
        if clause is not None and (clause.modal in ("can", "could", "would") or clause.verb == "know"):
            yield _charge(
                reading, i, found[1] - 1, "implied", "the one who acted is measured against the weakest"
            )


def _actually(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Thankfully Dana actually read the runbook this time"."""
    if (
        not clause.human
        or clause.negated
        or clause.modal
        or clause.tense != "past"
        or clause.verb not in _DUTY | {"bother", "remember"}
    ):
        return
    low = reading.lowered
    grudging = any(w in ("actually", "even", "finally") for w in low[max(0, clause.first - 2) : clause.main])
    lucky = bool(low) and any(w in _LUCK for w in low[: clause.main])
    surprised = bool(low) and low[0] in _EXPLETIVES and clause is reading.clauses[0]
    timed = bool(_THIS_TIME.search(reading.text))
    bothered = clause.verb in ("bother", "remember") and (grudging or timed)
    if (
        bothered
        or surprised
        or (timed and (grudging or lucky))
        or ("actually" in low[: clause.main] and lucky)
        or (timed and "for once" in reading.text.lower())
    ):
        yield _charge(reading, clause.first, clause.main, target_of(clause.party), "back-handed praise")


def _all_but(reading: Reading) -> Iterator[Charge]:
    """ "Everyone except the pharmacy got the memo"."""
    low = reading.lowered
    if low[:1] in (["everyone"], ["everybody"]) and low[1:2] in (["except"], ["but"]):
        found = reading.phrase_after(2)
        party = reading.party(*found) if found is not None else Party("unknown")
        told = any(c.tense == "past" and not c.passive for c in reading.clauses)
        if found is not None and told and (party.human or party.open):
            yield _charge(reading, 0, found[1] - 1, target_of(party.as_people()), "somebody is singled out")


def _could_not(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The day crew managed what the night crew could not", "can at least tell left from right"."""
    low = reading.lowered
    managed = clause.verb == "manage" and clause.human and low[clause.main + 1 : clause.main + 2] == ["what"]
    denied = any(c.negated and c.human and c.main > clause.main for c in reading.clauses) or (
        managed and any(t.tag == "NEG" for t in reading.words[clause.main :])
    )
    inside = low[clause.head : clause.main + 3]
    able = clause.modal in ("can", "could") or clause.verb == "know"
    at_least = clause.human and able and any(inside[k : k + 2] == ["at", "least"] for k in range(len(inside)))
    if (managed and denied) or (at_least and clause.party.target in ("team", "person")):
        target = target_of(clause.party)
        yield _charge(reading, clause.first, clause.main, target, "praise by contrast with somebody worse")


def _creature(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "A trained parrot would have done better"."""
    said = [t for t in reading.words[clause.first : clause.head] if t.tag != "PUNCT"]
    unreal = clause.modal in ("could", "would", "can") and not clause.negated
    if (
        unreal
        and said
        and said[-1].lemma in _CREATURES
        and said[0].lower in ("a", "any", "my", "your", "our")
    ):
        yield _charge(
            reading, clause.first, clause.main, "person", "the one who acted is measured against a creature"
        )
