"""A1: a norm held against conduct: what somebody should have done, was supposed to do, could have done."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, span, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party

_OBLIGED = word_set("suppose expect require oblige mean obligate")
_KNOWLEDGE = words("conduct", "knowledge")
_DUTY = words("conduct", "duty") | words("conduct", "omission")
# What happens to somebody rather than what they do; "we could have lost more" is luck.
_NOT_CONDUCT = word_set(
    "lose be have get cost suffer experience end need take become run_out happen face live afford"
)
_KNOWING = word_set(
    "know realise realize remember understand see notice think expect anticipate foresee learn"
)
_LOOKS = word_set("look glance check call read question mail message test minute second effort")
_CARE = word_set("care attention diligence effort thought discipline caution foresight sense")
_HABIT = word_set("before first always every whenever next")


def find_norms(reading: Reading) -> Iterator[Charge]:
    if not reading.question:
        for clause in reading.clauses:
            reason = _norm(reading, clause)
            if reason:
                yield _charge(reading, clause, reason)
    yield from _conditions(reading)
    yield from _glance(reading)
    yield from _obvious_to(reading)


def _charge(reading: Reading, clause: Clause, reason: str) -> Charge:
    start, end = span(reading, clause.first, clause.main)
    return Charge(start, end, "counterfactual", target_of(clause.party), "strong", reason)


def _may_act(clause: Clause) -> bool:
    """People, or a bullet without a subject whose verb is conduct."""
    return clause.human or (clause.implied and (clause.verb in _DUTY or clause.verb in _KNOWING))


def _norm(reading: Reading, clause: Clause) -> str | None:
    if clause.verb == "expect" and clause.passive and clause.modal == "would" and clause.perfect:
        return "an expectation is held against somebody" if clause.human else None
    if clause.verb == "need" and clause.tense == "past" and clause.human and not clause.negated:
        child = reading.child(clause)
        if child is not None and (child.perfect or (child.verb == "have" and reading.has("before"))):
            return "a need that was not met is held against people"
    foreign = clause.verb == "suppose" and not clause.negated  # "he supposed to check"
    if (
        clause.verb in _OBLIGED
        and clause.human
        and clause.tense == "past"
        and not clause.modal
        and (clause.passive or foreign)
    ):
        child = reading.child(clause)
        if (
            child is not None
            and not child.passive
            and child.verb not in ("be", "have", "see", "receive", "get")
        ):
            return "a duty is held against somebody who did otherwise"
        return None
    if not _may_act(clause) or clause.passive or clause.mood not in ("finite", "imperative"):
        return None
    if clause.modal in ("should", "ought") and _perfect(reading, clause):
        if clause.verb == "have" and _elliptic(reading, clause):
            return "a person is measured by what they should have done"
        if clause.verb == "have":
            return None  # "we should have had an alert": a property of the system
        return "a person is measured by what they should have done"
    if clause.modal in ("should", "could") and clause.verb == "have" and _elliptic(reading, clause):
        return "a person is measured by what they could have done"
    if clause.modal in ("should", "must") and clause.verb == "have" and reading.child(clause):
        return "a practice is held against people"  # "must have to check": meant as a norm
    by_now = "by now" in " ".join(reading.lowered[clause.main :])
    if clause.modal in ("should", "must", "ought") and (_single(clause.party) or by_now):
        if clause.verb in _KNOWING and not (clause.modal == "must" and clause.perfect):
            return "a person is told what they should know"
        if clause.verb in _DUTY and (_foreign_must(reading, clause) or _habitual(reading, clause)):
            return "a practice is held against one person"
    above = next((c for c in reading.clauses if c.main + 1 == clause.first), None)
    if above is not None and above.negated and above.verb in ("assume", "think", "believe", "say"):
        return None  # "do not assume we could have started it faster"
    if clause.modal == "could" and clause.perfect and not clause.negated and clause.verb not in _NOT_CONDUCT:
        if not _system_condition(reading, clause):
            return "a person is measured by what they could have done, and no condition of the system follows"
    if clause.modal == "would" and clause.perfect and clause.verb == "expect" and reading.child(clause):
        return "an expectation is held against somebody"
    return None


def _elliptic(reading: Reading, clause: Clause) -> bool:
    """ "Any of us could have.": the deed is the one before."""
    after = reading.words[clause.main + 1 : clause.main + 2]
    return not clause.negated and (not after or after[0].tag == "PUNCT") and clause.main > 3


def _perfect(reading: Reading, clause: Clause) -> bool:
    if clause.perfect:
        return True
    after = reading.lowered[clause.head : clause.main + 2]
    if "of" in after and reading.words[clause.main].tag in ("AUX", "MODAL"):
        return True  # "should of checked"
    child = reading.child(clause)
    return clause.modal == "ought" and child is not None and child.perfect


def _single(party: Party) -> bool:
    return party.target in ("person", "self") and party.kind in ("person", "role")


def _foreign_must(reading: Reading, clause: Clause) -> bool:
    """ "must to check", "must have to check"."""
    return "to" in reading.lowered[clause.head : clause.main]


def _habitual(reading: Reading, clause: Clause) -> bool:
    return any(t.lower in _HABIT for t in reading.words[clause.head :]) and clause.party.kind == "person"


def _system_condition(reading: Reading, clause: Clause) -> bool:
    """Whether "could have" hangs on something that people did not have in hand."""
    for other in reading.clauses:
        if other is clause:
            continue
        conditional = other.connective in ("if", "had", "unless") or _inverted(reading, other)
        if conditional:
            conduct = other.human and not other.passive and other.verb not in _KNOWLEDGE | {"pick"}
            return not conduct
    tail = reading.words[clause.main + 1 :]
    for i, token in enumerate(tail):
        if token.lower in ("with", "without", "because", "since", "but") and i + 1 < len(tail):
            found = reading.phrase_after(clause.main + 2 + i)
            return found is None or not reading.party(*found).human
    # "with better dashboards we could have ..."
    if any(low in _CARE for low in reading.lowered[:6]):
        return False  # "with a bit more care"
    return reading.lowered[:1] in (["with"], ["without"], ["given"])


def _inverted(reading: Reading, clause: Clause) -> bool:
    return reading.words[clause.head].lower == "had" and clause.first == clause.head and bool(clause.subject)


def _conditions(reading: Reading) -> Iterator[Charge]:
    """ "If only she had asked", "Had Sam checked, it would have been avoided"."""
    unreal = any(c.modal in ("would", "could", "might") for c in reading.clauses) or reading.has(
        "good", "better"
    )
    for clause in reading.clauses:
        conditional = clause.connective == "if" or (_inverted(reading, clause) and not reading.question)
        wished = _wished(reading, clause)
        blocked = clause.party.open == "body" and _inverted(reading, clause) and clause.verb not in _KNOWLEDGE
        if not (conditional or wished) or not (clause.human or blocked) or clause.passive:
            continue
        only = clause.connective == "if" and reading.lowered[clause.first - 1 : clause.first] == ["only"]
        pushed = any(t.lower in ("just", "simply", "only", "bothered", "actually") for t in reading.words)
        past = clause.perfect or _inverted(reading, clause) or (clause.verb == "bother")
        if not past or clause.verb in _KNOWLEDGE or clause.verb in ("have", "pick"):
            continue
        if only or wished or unreal or pushed:
            yield _charge(reading, clause, "the outcome is hung on what a person might have done")


def _wished(reading: Reading, clause: Clause) -> bool:
    before = reading.lemmas[max(0, clause.first - 2) : clause.first]
    return "wish" in before and clause.perfect


def _glance(reading: Reading) -> Iterator[Charge]:
    """ "A quick look by the actuary would have been enough"."""
    for clause in reading.clauses:
        if clause.modal != "would" or not clause.perfect or clause.negated or clause.human:
            continue
        for i in range(clause.first, clause.head):
            if reading.words[i].lemma in _LOOKS:
                owner = reading.owner(i)
                if owner.human:
                    start, end = span(reading, clause.first, clause.main)
                    reason = "a person is measured by what a look would have shown"
                    yield Charge(start, end, "counterfactual", target_of(owner), "strong", reason)
                    return


def _obvious_to(reading: Reading) -> Iterator[Charge]:
    """ "It should have been obvious to Lucia"."""
    for clause in reading.clauses:
        if (
            clause.modal not in ("should", "must")
            or not clause.perfect
            or clause.verb != "be"
            or clause.negated
        ):
            continue
        for i in range(clause.main + 1, len(reading.words) - 2):
            if (
                reading.lowered[i] in ("obvious", "clear", "evident", "apparent")
                and reading.lowered[i + 1] == "to"
            ):
                found = reading.phrase_after(i + 2)
                if found is not None and reading.party(*found).human:
                    start, end = span(reading, clause.head, i)
                    target = target_of(reading.party(*found))
                    yield Charge(
                        start,
                        end,
                        "counterfactual",
                        target,
                        "strong",
                        "a person is told what they should have seen",
                    )
