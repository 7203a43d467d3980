"""A3: trait, competence or motive: careless, complacent, "not careful enough", "a better engineer would have"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_PERSON = words("traits", "person")
_THING_TOO = words("traits", "thing_too")
_VIRTUE = words("traits", "virtue")
_EXCESS = words("traits", "excess")
_ADVERB = words("traits", "adverb")
_ADVERB_SHARED = words("traits", "adverb_shared")
_LACKING = words("traits", "lacking")
_ACT = words("traits", "act")
_STATUS = words("traits", "status")
_COPULA = word_set("be become get seem act feel grow appear look sound remain stay prove")
_COMPARATIVE = word_set("more better smarter wiser stronger sharper abler senior competent careful")
_ABLE = _VIRTUE | word_set(
    "good real proper decent sensible smart wise senior half-decent reasonable sane capable"
)
_HELPED = word_set("give train tell grant show ask invite include page inform onboard brief")
_EXPERTS = word_set("professional pro grown-up adult expert specialist craftsman")
_INDEFINITE = word_set("anyone anybody someone somebody everyone everybody")


def find_traits(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _predicated(reading, clause)
        yield from _better(reading, clause)
        yield from _status(reading, clause)
        yield from _extraposed(reading, clause)
        yield from _lacked(reading, clause)
        yield from _reputed(reading, clause)
    yield from _attributed(reading)
    yield from _adverbs(reading)
    yield from _with_better(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "character", target, reason)


def _predicated(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Sam was careless", "the team has become complacent", "we were not careful enough"."""
    if clause.verb not in _COPULA or not clause.human:
        return
    first = clause.main + 1
    tail = range(first, min(first + 6, clause.last))
    for i in tail:
        low = reading.words[i].lower
        if reading.words[i].text in ",;:" or reading.words[i].tag in ("SUB", "WH"):
            return
        before = reading.lowered[first:i]
        if low in _PERSON and not clause.negated and clause.modal not in ("must", "should", "can", "may"):
            if low == "distracted" or (low == "asleep" and "on" not in reading.lowered[i + 1 : i + 2]):
                if "by" in reading.lowered[i + 1 : i + 2]:
                    return
            yield _charge(reading, clause.first, i, target_of(clause.party), "a trait of a person is charged")
            return
        if low in _VIRTUE and not (clause.modal and not clause.perfect):
            if clause.negated and (
                low not in ("alert", "trained", "qualified", "interested")
                or "enough" in reading.lowered[i : i + 2]
            ):
                yield _charge(
                    reading, clause.first, i, target_of(clause.party), "people are said to lack a virtue"
                )
                return
            if any(b in ("insufficiently", "hardly", "barely", "less") for b in before):
                yield _charge(
                    reading, clause.first, i, target_of(clause.party), "people are said to lack a virtue"
                )
                return
        if low in _EXCESS and before[-1:] in (["too"], ["overly"], ["far"]) and not clause.negated:
            yield _charge(
                reading, clause.first, i, target_of(clause.party), "an excess of character is charged"
            )
            return


def _lacked(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The team lacked discipline", "showed no interest"."""
    if clause.passive or not (clause.human or clause.party.open) or not clause.object:
        return
    lacking = clause.verb == "lack" and not clause.negated
    shown = clause.verb in ("show", "have", "display", "exercise", "take") and (
        clause.object.lower().startswith(("no ", "little ")) or clause.negated
    )
    head = clause.object.split()[-1].lower()
    personal = _LACKING - {
        "experience",
        "ownership",
        "interest",
        "focus",
        "skill",
        "accountability",
        "responsibility",
    }
    told = clause.tense == "past" or (lacking and clause.tense == "present")
    if (lacking or shown) and head in personal and told and not clause.modal:
        yield _charge(
            reading, clause.first, clause.main, target_of(clause.party), "people are said to lack a virtue"
        )


def _reputed(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The night librarian is known for cutting things short"."""
    known = (
        clause.passive
        and clause.verb == "know"
        and reading.lowered[clause.main + 1 : clause.main + 2] == ["for"]
    )
    deed = reading.words[clause.main + 2 : clause.main + 3]
    if clause.human and known and not clause.negated and deed and deed[0].lower.endswith("ing"):
        reason = "a reputation is held against somebody"
        yield _charge(reading, clause.first, clause.main + 2, target_of(clause.party), reason)


def _extraposed(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "It was negligent to leave the port open"."""
    if clause.verb != "be" or clause.subject.lower() not in ("it", "that", "this") or clause.negated:
        return
    for i in range(clause.main + 1, min(clause.main + 4, clause.last)):
        if reading.words[i].lower in _PERSON and reading.lowered[i + 1 : i + 2] in (["to"], ["of"]):
            yield _charge(reading, clause.main, i, "implied", "what people did is called by a trait")


def _better(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "A more experienced responder would have spotted this", "any competent admin knows"."""
    same = reading.has("same", "likewise")
    subject = reading.words[clause.first : clause.head]
    expert = any(t.lemma in _EXPERTS for t in subject)
    unreal = clause.modal in ("would", "could") and (not clause.negated or expert)
    if not clause.human or same:
        return
    lows = [t.lower for t in subject]
    graded = any(t.lower in ("more", "less") and n.tag == "ADJ" for t, n in pairwise(subject))
    comparative = graded or any(w in _COMPARATIVE for w in lows)
    able = any(w in _ABLE for w in lows)
    anyone = bool(lows) and (lows[0] in ("any", "every") or lows[0] in _INDEFINITE)
    anyone = anyone or (bool(lows) and lows[0] in ("a", "an") and able and clause.perfect)
    qualified = anyone and (able or "with" in lows or "who" in lows or any(t.form == "ing" for t in subject))
    known = (
        clause.verb in ("know", "see", "notice", "check", "spot", "realise", "realize") and able and anyone
    )
    if (
        unreal and (clause.perfect or able) and (comparative or (able and anyone) or qualified or expert)
    ) or known:
        yield _charge(
            reading,
            clause.first,
            clause.main,
            "person",
            "the one who acted is measured against a better person",
        )
    elif (
        unreal
        and clause.perfect
        and anyone
        and clause.verb in ("know", "see", "notice", "spot", "check", "catch")
    ):
        yield _charge(
            reading, clause.first, clause.main, "person", "the one who acted is measured against anyone"
        )


def _status(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "because a junior did it": status as the explanation."""
    being = clause.mood == "gerund" and reading.words[clause.main].lower == "being"
    if not being and (
        clause.connective not in ("because", "since", "as", "due to", "given") or not clause.human
    ):
        return
    if (clause.passive and clause.verb in _HELPED) or clause.negated:
        return  # "because the new engineer had not been given access"
    for i in range(clause.first, clause.last):
        if reading.words[i].lemma in _STATUS or reading.words[i].lower in _STATUS:
            begin, end = reading.phrase_around(i)
            predicate = i > clause.main and clause.verb in _COPULA
            if reading.party(begin, end).human or predicate:
                last = max(clause.main, i)
                yield _charge(
                    reading, clause.first, last, target_of(clause.party), "status stands as the explanation"
                )
                return


def _attributed(reading: Reading) -> Iterator[Charge]:
    """ "a careless copy-paste by Wei", "the sloppy night shift"."""
    for i, token in enumerate(reading.words):
        if token.lower not in _PERSON or reading.denied(i):
            continue
        begin, end = reading.phrase_around(i)
        if not begin <= i < end - 1:
            continue
        head = reading.words[end - 1]
        party = reading.party(begin, end)
        if party.human and token.tag != "PROPN":
            if token.lower in ("inexperienced", "unqualified") or _is_compared(reading, begin):
                if not _explaining(reading, begin):
                    continue
            yield _charge(reading, begin, end - 1, target_of(party), "a trait of a person is charged")
        elif head.lemma in _ACT or head.lower in _ACT:
            owner = reading.owner(end - 1)
            owner = owner.as_people() if owner.open in ("either", "agent") else owner
            if owner.kind == "system" or (token.lower in _THING_TOO and not owner.human):
                continue
            yield _charge(reading, begin, end - 1, target_of(owner), "what somebody did is called by a trait")


def _is_compared(reading: Reading, begin: int) -> bool:
    return reading.lowered[begin : begin + 2] in (["a", "more"], ["a", "less"])


def _explaining(reading: Reading, begin: int) -> bool:
    before = reading.lowered[max(0, begin - 3) : begin]
    return any(w in ("to", "of", "because", "by") for w in before)


def _adverbs(reading: Reading) -> Iterator[Charge]:
    for i, token in enumerate(reading.words):
        shared = token.lower in _ADVERB_SHARED
        if not shared and token.lower not in _ADVERB:
            continue
        clause = reading.clause_of(i)
        party = clause.party if clause is not None else Party("unknown")
        if clause is not None and clause.passive:
            party = reading.doer(clause.agent)
        if reading.denied(i) or (party.kind == "system" and not (clause and clause.passive)):
            continue
        if shared and not party.human:
            continue
        yield _charge(reading, i, i, target_of(party), "the way somebody acted is called by a trait")


def _with_better(reading: Reading) -> Iterator[Charge]:
    """ "With someone competent at the desk this would have been a non-event"."""
    low = reading.lowered
    at = low.index("with") + 1 if "with" in low else 3 if low[:3] == ["had", "there", "been"] else None
    unreal = any(c.modal in ("would", "could") and c.perfect for c in reading.clauses)
    if at is None or not unreal:
        return
    near = reading.words[at : at + 5]
    someone = any(t.lower in _INDEFINITE for t in near) or any(reading.people.party((t,)).human for t in near)
    if someone and any(
        t.lower in _ABLE | _COMPARATIVE | {"experienced", "seasoned", "qualified"} for t in near
    ):
        reason = "the one who acted is measured against a better person"
        yield _charge(reading, at - 1, at + 1, "person", reason)
