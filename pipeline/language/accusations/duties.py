"""A1 without a modal verb: a duty is invoked, a trifle would have been enough, there was time, why not simply ask."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Target

_DUTY = words("conduct", "duty") | words("conduct", "omission")
# What costs nobody much: a person looks, asks, calls.
_TRIFLE = word_set("look glance call question mail message word phone-call peek reading email text chat")
_TIME = word_set("second minute moment hour")
_SHOWS = word_set(
    "tell show reveal prevent avoid catch save spare be do suffice settle spot find clear stop uncover take cost"
)
_LONG = word_set("week month year day weekend season")
_AMPLE = word_set("ample enough plenty all ages sufficient")
_SIMPLY = word_set("just simply even ever once")
_CARE = word_set(
    "care foresight attention thought diligence effort planning caution discipline goodwill thinking"
)


def find_duties(reading: Reading) -> Iterator[Charge]:
    yield from _trifles(reading)
    yield from _why_not(reading)
    yield from _with_care(reading)
    for clause in reading.clauses:
        yield from _cost(reading, clause)
        yield from _had_time(reading, clause)
        yield from _needed(reading, clause)
        yield from _is_their_job(reading, clause)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "counterfactual", target, reason)


def _trifles(reading: Reading) -> Iterator[Charge]:
    """ "A glance at the table would have told it", "one call, and the ship would not have left"."""
    for clause in reading.clauses:
        if clause.modal not in ("would", "could") or not clause.perfect:
            continue
        before = reading.words[: clause.head]
        small = [
            i
            for i, t in enumerate(before)
            if (t.lemma in _TRIFLE and t.tag in ("NOUN", "ADJ", "VERB"))
            or (t.lemma in _TIME and reading.lowered[i + 1 : i + 2] in (["with"], ["at"]))
        ]
        if not small or not (
            before[0].tag == "NUM" or before[0].lower in ("a", "just", "the", "even", "any", "half")
        ):
            continue
        begin, _ = reading.phrase_around(small[0])
        owner = reading.owner(small[0])
        first = begin == 0 or all(t.tag in ("ADV", "PUNCT") for t in before[:begin])
        joined = any(t.lower == "and" for t in before[small[0] :])
        if first and owner.kind != "system" and (joined or clause.verb in _SHOWS):
            reason = "people are measured by what a trifle would have done"
            yield _charge(reading, begin, clause.main, target_of(owner), reason)
            return


def _with_care(reading: Reading) -> Iterator[Charge]:
    """ "With a little foresight the depot could have avoided this"."""
    low = reading.lowered
    if low[:1] != ["with"]:
        return
    care = next((i for i in range(1, min(6, len(low))) if low[i] in _CARE), None)
    clause = next((c for c in reading.clauses if c.modal in ("could", "would", "might") and c.perfect), None)
    if care is not None and clause is not None and clause.party.kind != "system":
        reason = "people are said to have taken too little care"
        yield _charge(reading, 0, care, target_of(clause.party.as_people()), reason)


def _cost(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "It would have taken Oddny two minutes to read the notice"."""
    unreal = clause.modal in ("would", "could") and clause.perfect and not clause.negated
    if clause.verb not in ("take", "cost") or not unreal or clause.subject.lower() != "it":
        return
    tail = reading.lemmas[clause.main + 1 :]
    whose = reading.people.party_of(clause.object)
    child = next((c for c in reading.clauses if c.main > clause.main and c.mood == "infinitive"), None)
    small = any(w in _TIME | _TRIFLE for w in tail)
    named = whose.human or whose.open == "name"
    if small and (named or (child is not None and child.verb in _DUTY)):
        reason = "people are measured by what a trifle would have done"
        yield _charge(reading, clause.head, clause.main, target_of(whose.as_people()), reason)


def _had_time(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "They had three weeks to renew the permit"."""
    if clause.verb != "have" or clause.tense != "past" or clause.negated or clause.modal:
        return
    if not (clause.human or clause.party.open) or reading.question:
        return
    child = reading.child(clause)
    said = reading.words[clause.main + 1 : child.head if child is not None else clause.last]
    if child is None or child.verb not in _DUTY | {"order", "buy", "install", "repair"} or not said:
        return
    ample = any(t.lower in _AMPLE for t in said) and any(t.lemma in _LONG | {"time"} for t in said)
    counted = any(t.tag == "NUM" for t in said) and said[-1].lemma in _LONG
    if ample or counted:
        target = target_of(clause.party.as_people())
        yield _charge(reading, clause.first, child.main, target, "people are told that they had the time")


def _needed(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The manager really needed to call a hold"."""
    child = reading.child(clause)
    if clause.verb != "need" or clause.tense != "past" or not clause.human or child is None:
        return
    if clause.negated or child.passive:
        return
    stressed = {"really", "clearly", "simply", "only", "just"} & set(
        reading.lowered[clause.first : clause.main]
    )
    if stressed:
        reason = "a need that was not met is held against people"
        yield _charge(reading, clause.first, child.main, target_of(clause.party), reason)


def _why_not(reading: Reading) -> Iterator[Charge]:
    """ "Why did the rigger not simply ask?", "How do you miss an alarm?"."""
    if not reading.question and reading.lowered[:1] not in (["why"], ["how"]):
        return
    opening = reading.lowered[:1]
    for clause in reading.clauses:
        if not clause.human or clause.passive:
            continue
        inside = set(reading.lowered[: clause.main])
        if (
            opening == ["why"]
            and clause.negated
            and inside & _SIMPLY
            and clause.verb in _DUTY | {"press", "push"}
        ):
            reason = "a question holds against people what they could simply have done"
            yield _charge(reading, 0, clause.main, target_of(clause.party), reason)
            return
        careless = clause.verb in ("miss", "forget", "overlook", "ignore", "confuse")
        generic = clause.subject.lower() in ("you", "one", "anyone", "anybody", "somebody", "someone")
        if opening == ["how"] and careless and generic and not clause.negated:
            yield _charge(reading, 0, clause.main, "person", "a question in scorn")
            return


def _is_their_job(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Checking the rota is the manager's job, after all": a duty is recalled where it was not done."""
    if clause.verb != "be" or clause.negated or reading.question or clause.modal:
        return
    low = reading.lowered
    for i in range(clause.main + 1, min(clause.main + 8, len(reading.words))):
        if reading.lemmas[i] not in ("job", "duty", "responsibility") or not reading.owner(i).human:
            continue
        owner = reading.owner(i)
        recalled = any(low[k : k + 2] == ["after", "all"] for k in range(len(low)))
        stressed = any(
            w in ("only", "one", "whole", "very", "entire", "literally") for w in low[clause.main + 1 : i]
        )
        deed = clause.tense == "past" and low[i + 1 : i + 2] == ["to"]
        known = low[i + 1 : i + 2] == ["to"] and reading.lemmas[i + 2 : i + 3] in (
            ["know"],
            ["notice"],
            ["see"],
        )
        if recalled or stressed or deed or known:
            yield _charge(reading, clause.head, i, target_of(owner), "a duty is held against somebody")
        return
