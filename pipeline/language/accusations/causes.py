"""A5: a person, or a person's deficiency, as the cause: "caused by Sam", "Sam broke checkout", "human error"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pipeline.language.accusations.attribution import stands_as_cause
from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import UNKNOWN
from pipeline.language.words import Token

_HARM = words("harm")
_CLASSES = words("errors", "class")
_BREAKING = words("conduct", "breaking")
_CAUSING = word_set("cause trigger provoke precipitate break create")
_PARTICLES = {("take", "down"), ("set", "off"), ("bring", "about"), ("bring", "down"), ("knock", "out"), ("knock", "over"), ("blow", "up"), ("mess", "up"), ("screw", "up"), ("knock", "offline"), ("knock", "down"), ("lock", "out")}  # fmt: skip
# Whole services: to stop one of these is no maintenance.
_WHOLE = word_set(
    "whole entire region datacenter office floor plant prod production site website checkout everything service platform login api app shop system world all them it shop store portal exchange mill bridge"
)
_ROUTINE = word_set("kill destroy take bring knock lock")
_UNBROKEN = word_set(
    "deadlock loop cycle tie circuit record news glass change work task problem job rule silence build_up"
)


def find_causes(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _caused_by(reading, clause)
        yield from _broke(reading, clause)
        yield from _is_cause(reading, clause)
        yield from _thanked(reading, clause)
    yield from _because_of(reading)
    yield from _labelled(reading)
    yield from _again(reading)
    yield from _conduct(reading)


def _caused_by(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if not clause.passive or clause.negated or not clause.agent:
        return
    routine = clause.verb in _ROUTINE and not _WHOLE & {t.lemma for t in _subject_words(reading, clause)}
    breaking = clause.verb in _BREAKING or (clause.verb, clause.particle) in _PARTICLES
    if clause.verb in _CAUSING or (breaking and not routine):
        party = reading.doer(clause.agent)
        if party.human:
            yield accuse(
                reading,
                clause.main,
                clause.main + 2,
                "fault",
                target_of(party),
                "a person stands as the cause",
            )


def _subject_words(reading: Reading, clause: Clause) -> Sequence[Token]:
    return reading.words[clause.first : clause.head]


def _broke(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Sam broke checkout", "we took down production"."""
    if (
        not clause.human
        or clause.negated
        or clause.passive
        or clause.modal
        or clause.tense not in ("past", "present")
    ):
        return
    if clause.mood != "finite" or (clause.tense == "present" and not clause.perfect) or reading.question:
        return
    broke = clause.verb in _BREAKING and clause.particle not in ("down", "out", "into", "off")
    if not broke and (clause.verb, clause.particle) not in _PARTICLES:
        if not (clause.verb in ("take", "bring", "knock") and _particle_behind(reading, clause)):
            return
    object_ = [
        t
        for t in takewhile(lambda t: t.lower != "with", reading.words[clause.main + 1 : clause.last])
        if t.tag in ("NOUN", "PROPN", "PRON") or t.lower in ("whole", "entire")
    ]
    lemmas = {t.lemma for t in object_}
    if not object_ or lemmas & _UNBROKEN:
        return
    own_doing = any(
        a == "with" and b in ("his", "her", "their", "a", "an")
        for a, b in pairwise(reading.lowered[clause.main :])
    )
    if clause.verb in _ROUTINE and not own_doing and (not lemmas & _WHOLE or _for_a_purpose(reading, clause)):
        return
    yield accuse(
        reading, clause.first, clause.main, "fault", target_of(clause.party), "a person stands as the cause"
    )


def _particle_behind(reading: Reading, clause: Clause) -> bool:
    """ "took the site down"."""
    tail = reading.words[clause.main + 1 : clause.main + 7]
    return any(t.lower in ("down", "offline", "over") and t.tag in ("PREP", "ADV", "NOUN") for t in tail[1:])


def _for_a_purpose(reading: Reading, clause: Clause) -> bool:
    tail = reading.words[clause.main + 1 : clause.last + 3]
    return any(t.lower == "for" or (t.tag == "TO" and t is not tail[-1]) for t in tail)


def _is_cause(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The cause was an engineer who ..."."""
    if clause.verb != "be" or clause.negated or not clause.object:
        return
    heads = [t.lemma for t in reading.words[clause.first : clause.head]]
    if any(h in ("cause", "problem", "reason") for h in heads) and not any(h in _CLASSES for h in heads):
        party = reading.people.party_of(clause.object)
        party = party.as_people() if party.open in ("agent", "name") else party
        if party.human and not any(t.lower == "'s" for t in reading.words[clause.main : clause.main + 5]):
            yield accuse(
                reading,
                clause.first,
                clause.main + 1,
                "fault",
                target_of(party),
                "a person stands as the cause",
            )


def _thanked(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "We owe this mess to the desk", "we have Petra to thank for the empty tanks"."""
    party = UNKNOWN
    if clause.verb == "owe" and any(t.lemma in _HARM for t in reading.words[clause.main :]):
        to = next((i for i in range(clause.main + 1, len(reading.words)) if reading.lowered[i] == "to"), None)
        found = reading.phrase_after(to + 1) if to is not None else None
        party = reading.party(*found) if found else UNKNOWN
    elif clause.verb == "have" and "to thank for" in " ".join(reading.lowered[clause.main :]):
        party = reading.people.party_of(clause.object)
    party = party.as_people() if party.open in ("name", "body", "agent") else party
    if party.human and not clause.negated and not reading.question:
        reason = "a person stands as the cause"
        yield accuse(reading, clause.first, clause.main, "fault", target_of(party), reason)


def _because_of(reading: Reading) -> Iterator[Charge]:
    for i, low in enumerate(reading.lowered):
        after = None
        if (low == "because" and reading.lowered[i + 1 : i + 2] == ["of"]) or (
            low in ("due", "owing", "thanks") and reading.lowered[i + 1 : i + 2] == ["to"]
        ):
            after = i + 2
        if after is None:
            continue
        end = reading.phrase_after(after)
        if end is None or not reading.party(*end).human or reading.denied(i):
            continue
        stops = end[1] >= len(reading.words) or reading.words[end[1]].tag in ("PUNCT", "WH", "SUB", "CONJ")
        adverse = low != "thanks" or any(
            w in reading.lemmas
            for w in ("down", "outage", "lose", "break", "fail", "offline", "crash", "miss")
        )
        if stops and adverse:
            yield accuse(
                reading,
                i,
                end[1] - 1,
                "fault",
                target_of(reading.party(*end)),
                "a person stands as the cause",
            )


def _conduct(reading: Reading) -> Iterator[Charge]:
    """ "attributable to the conduct of the settlement officer"."""
    for i, token in enumerate(reading.words):
        if token.lemma not in (
            "conduct",
            "behaviour",
            "behavior",
            "action",
            "inaction",
            "omission",
            "intervention",
        ):
            continue
        begin, _ = reading.phrase_around(i)
        owner = reading.owner(i)
        if owner.human and stands_as_cause(reading, begin, i) and not reading.denied(i):
            yield accuse(
                reading, begin, i, "fault", target_of(owner), "the conduct of people stands as the cause"
            )


def _again(reading: Reading) -> Iterator[Charge]:
    """ "Lost bookings: the interns again"."""
    at = next((i for i, t in enumerate(reading.words) if t.text in (":", "—", "–")), None)
    if at is None or len(reading.words) - at > 8 or any(c.main > at for c in reading.clauses):
        return
    found = reading.phrase_after(at + 1)
    if found and reading.party(*found).human and reading.lowered[found[1] : found[1] + 1] == ["again"]:
        target = target_of(reading.party(*found))
        yield accuse(reading, found[0], found[1], "fault", target, "a person stands as the cause, once more")


def _labelled(reading: Reading) -> Iterator[Charge]:
    """ "Root cause: Sam", "Cause: an engineer ran the wrong command"."""
    for i, token in enumerate(reading.words[:6]):
        if (
            token.text == ":"
            and i
            and reading.lemmas[i - 1] in ("cause", "reason", "trigger")
            and token is not reading.words[0]
        ):
            found = reading.phrase_after(i + 1)
            if found is None or reading.lemmas[i - 1] == "trigger":
                return
            party = reading.party(*found)
            if party.human and not any(c.head >= found[1] and c.negated for c in reading.clauses):
                yield accuse(
                    reading, i - 1, found[1] - 1, "fault", target_of(party), "a person stands as the cause"
                )
            return
