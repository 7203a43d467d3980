"""A3: failings named as nouns, manners and states: carelessness, lack of care, with no thought, asleep."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.lexicon import words
from pipeline.language.people import Target

_PERSON = words("traits", "person")
_THING_TOO = words("traits", "thing_too")
_NOUN = words("traits", "noun")
_LACKING = words("traits", "lacking")
_POOR = words("traits", "poor")
_LITTLE = (["with", "no"], ["with", "little"], ["with", "insufficient"], ["with", "scant"])


def find_failings(reading: Reading) -> Iterator[Charge]:
    yield from _nouns(reading)
    yield from _manner(reading)
    yield from _verbless(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "character", target, reason)


def _nouns(reading: Reading) -> Iterator[Charge]:
    for i, token in enumerate(reading.words):
        low = token.lower
        if (low in _NOUN or _is_trait_noun(low)) and token.tag in ("NOUN", "PROPN", "ADJ"):
            if low == "haste" and reading.lowered[i - 1 : i] != ["in"] and not reading.owner(i).human:
                continue
            modifies = i + 1 < len(reading.words) and reading.words[i + 1].tag == "NOUN"
            if modifies or reading.denied(i) or _is_rhetoric(reading, i):
                continue
            yield _charge(reading, i, i, target_of(reading.owner(i)), "a failing of character is named")
        elif low in ("lack", "absence", "shortage", "want", "deficit") and reading.lowered[i + 1 : i + 2] == [
            "of"
        ]:
            found = reading.phrase_after(i + 2)
            if found and reading.words[found[1] - 1].lower in _LACKING and not reading.denied(i):
                of_people = reading.words[found[1] - 1].lower not in (
                    "experience",
                    "skill",
                    "ownership",
                    "focus",
                    "accountability",
                )
                if of_people or reading.owner(found[1] - 1).human:
                    owner = reading.owner(i) if reading.owner(i).human else reading.owner(found[1] - 1)
                    yield _charge(
                        reading, i, found[1] - 1, target_of(owner), "people are said to lack a virtue"
                    )
        elif low in ("poor", "bad", "terrible", "awful", "weak", "wrong") and token.tag == "ADJ":
            begin, end = reading.phrase_around(i)
            head = reading.words[end - 1]
            owner = reading.owner(end - 1)
            judged = head.lower in (
                "judgement",
                "judgment",
                "attitude",
                "discipline",
                "decision-making",
                "workmanship",
            )
            if i < end - 1 and head.lower in _POOR and (owner.human or judged) and not reading.denied(i):
                yield _charge(reading, begin, end - 1, target_of(owner), "what people did is judged")


def _verbless(reading: Reading) -> Iterator[Charge]:
    """ "Release manager asleep, no one there", "how immature the ops group is"."""
    for i, token in enumerate(reading.words):
        if token.lower not in _PERSON or token.tag != "ADJ":
            continue
        begin, end = reading.phrase_around(i - 1) if i else (0, 0)
        stops = i + 1 == len(reading.words) or reading.words[i + 1].tag == "PUNCT"
        if i and end == i and stops and reading.party(begin, end).human and reading.clause_of(i) is None:
            yield _charge(
                reading, begin, i, target_of(reading.party(begin, end)), "a trait of a person is charged"
            )
        if i and reading.lowered[i - 1] == "how":
            clause = next((c for c in reading.clauses if c.head > i and c.verb == "be" and c.human), None)
            if clause is not None:
                yield _charge(
                    reading, i - 1, clause.main, target_of(clause.party), "a trait of a person is charged"
                )


def _is_trait_noun(word: str) -> bool:
    """ "stubbornness": a trait of persons and -ness."""
    if not word.endswith("ness"):
        return False
    stem = word[:-4]
    stem = stem[:-1] + "y" if stem.endswith("i") else stem
    return stem in _PERSON and stem not in _THING_TOO - {"stubborn", "lazy", "sloppy", "foolish", "stupid"}


def _manner(reading: Reading) -> Iterator[Charge]:
    """ "with no attention", "without due care", "a casual attitude"."""
    for i, low in enumerate(reading.lowered):
        after = i + 1 if low == "without" else i + 2 if reading.lowered[i : i + 2] in _LITTLE else None
        if after is not None:
            found = reading.phrase_after(after)
            if found is not None and reading.lowered[found[1] - 1] in _LACKING - {
                "experience",
                "ownership",
                "interest",
            }:
                clause = reading.clause_of(i)
                if clause is not None and (
                    clause.human or clause.passive or clause.implied or clause.party.open
                ):
                    yield _charge(
                        reading,
                        i,
                        found[1] - 1,
                        target_of(clause.party),
                        "people are said to have taken no care",
                    )
        if low == "attitude":
            begin, _ = reading.phrase_around(i)
            owner = reading.owner(i)
            if owner.human and any(t.tag == "ADJ" for t in reading.words[begin:i]):
                yield _charge(reading, begin, i, target_of(owner), "an attitude is charged")


def _is_rhetoric(reading: Reading, i: int) -> bool:
    return reading.lowered[i + 1 : i + 2] == ["of"] and reading.has("machine")
