"""Finds the standing conditions that a sentence names: what was so before anything happened, and let it happen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.clause import Clause
from pipeline.language.clauses import clauses
from pipeline.language.lexicon import word_set
from pipeline.language.people import People
from pipeline.language.polarity import is_question
from pipeline.language.words import Token, tokens


@dataclass(frozen=True, slots=True)
class Condition:
    """`start`, `end`: the characters that name it."""

    start: int
    end: int


# What breaks, ends or is out of reach: said of a service it is the symptom, however it is put.
_SYMPTOMS = word_set(
    "crash fail stop die break restart hang freeze stall collapse exhaust overload timeout time respond reply "
    "load connect reach access open log sign start boot work function recover come go become finish complete "
    "deliver happen occur lose drop spike run serve process reconnect render print degrade escalate suffer"
)
_OUT_OF_REACH = word_set(
    "available unavailable able unable reachable unreachable accessible inaccessible up down offline online "
    "slow unresponsive responsive healthy unhealthy unusable usable possible impossible broken full wrong bad "
    "incorrect faulty overloaded ready confident sure sorry degraded affected responsible"
)
# Who says that there is a cause, or names the text itself, has named no condition yet.
_ABOUT_CAUSE = word_set(
    "cause causes root reason reasons issue problem incident outage trigger investigation analysis team culprit fault it "
    "this that postmortem report rca failure source origin details detail information hypothesis conclusion following"
)
# States rather than events: in the past tense, too, these say how things were.
_STATES = word_set(
    "have contain hold hang depend rely require need allow accept permit assume expect use treat cover "
    "include support consist share belong carry lack know mean trust want live point keep ignore lie stand watch "
    "measure list show compare select apply prefer match tolerate mask leave"
)
_ARRANGED = word_set(
    "share size design pin hard-code hardcode couple tie base intend mean limit restrict scope store locate host "
    "place build write wire document own maintain derive schedule link set configure enable disable"
)
# What is done about a cause, and says nothing of it.
_INQUIRY = word_set(
    "analyse analyze discuss review document describe record explain investigate examine study carry perform conduct gather promise "
    "list name lay evaluate assess summarise summarize present clarify complete identify determine establish define"
)
_YET_TO_COME = re.compile(
    r"\b(?:in the (?:coming|next) (?:days?|weeks?)|yet to be|still being)\b",
    re.IGNORECASE,
)
_LEADING = word_set(
    "cause lead result trigger make mean bring provoke create"
)  # a link of the chain, no condition
_MENTAL = word_set(
    "conclude think believe suspect find see regret apologise apologize know identify determine confirm be"
)
# What a team does as a way of working.
_PRACTICES = word_set(
    "have use run rely depend assume keep host lack trust store share expect believe ship allow treat"
)
_PERSONAL = word_set(
    "training awareness attention care knowledge experience understanding diligence vigilance skill skills discipline "
    "concentration focus caution carefulness responsibility ownership communication doubt impact information time idea "
    "warning one way"
)
_LACKING = word_set("no without missing lack lacks lacking absence absent never insufficient inadequate")
_LIMITING = word_set(
    "single hard shared hard-coded hardcoded unbounded unlimited untested unmonitored undocumented manual"
)
_SPARE = word_set("of a an any the proper own further")


@lru_cache(maxsize=2048)
def standing(text: str, people: People) -> tuple[Condition, ...]:
    """The conditions that one sentence names, in their order. A question names none."""
    if is_question(text) or _YET_TO_COME.search(text):
        return ()
    words, found = tokens(text), []
    read = clauses(text, people)
    for clause in read:
        if _stands(clause, words, people):
            found.append(Condition(clause.start, clause.end))
    for begin, end in _lacks(words, read):
        if not any(c.start <= begin < c.end for c in found):
            found.append(Condition(begin, end))
    return tuple(sorted(found, key=lambda c: c.start))


def _stands(clause: Clause, words: Sequence[Token], people: People) -> bool:
    if clause.mood == "gerund" and clause.negated:
        return not clause.human or clause.party.target == "self"  # "not having a test for it"
    if clause.mood != "finite" or clause.modal in ("will", "would", "shall", "should", "might"):
        return False
    meant = (
        clause.verb == "mean" and clause.tense == "past" and clause.connective != "which"
    )  # "meant as a backup"
    if (clause.verb in _LEADING and not meant) or (clause.progressive and clause.tense == "past"):
        return False
    if clause.connective in ("that", "which") and not clause.negated and clause.verb not in _STATES:
        return False  # "a command that deletes tables" says what somebody ran
    if clause.human:
        return _is_practice(clause, words)
    if _is_symptom(clause, words) or _speaks_of_the_cause(clause):
        return False
    if (
        clause.verb in _INQUIRY
        and (clause.passive or clause.implied or not clause.subject)
        and not clause.negated
    ):
        return False  # "They have been analysed in depth"
    if clause.modal in ("can", "could", "may", "must"):
        return True
    if clause.agent and people.party_of(clause.agent).human:
        return False  # "that had been entered by a clerk"
    if clause.negated or clause.perfect:
        return clause.tense == "past" or clause.negated or clause.passive
    if clause.tense == "present":
        return True
    if clause.passive:
        return clause.verb in _ARRANGED and _says_for_what(clause, words)
    return clause.verb in _STATES or (clause.verb == "be" and _measured(clause, words))


def _is_practice(clause: Clause, words: Sequence[Token]) -> bool:
    """How people work, as against what one of them did."""
    if clause.party.target == "person" and not clause.negated:
        return False
    if clause.party.target == "person":  # "nobody is alerted": nobody in particular
        return clause.subject.lower() in ("nobody", "no one", "noone", "no-one") and (
            clause.passive or clause.tense == "present"
        )
    if clause.party.target == "external":
        return False  # "our supplier had an outage"
    if clause.negated and clause.verb in ("receive", "get"):
        return clause.party.target == "self"  # "we got no alert"
    if (
        clause.party.target == "self"
        and clause.tense == "present"
        and not clause.modal
        and not clause.progressive
    ):
        return clause.verb not in _MENTAL and not clause.perfect  # how we do it, to this day
    return not clause.passive and clause.verb in _PRACTICES and (not clause.negated or clause.verb == "have")


def _is_symptom(clause: Clause, words: Sequence[Token]) -> bool:
    if clause.verb in _SYMPTOMS:
        return not (
            clause.tense == "present" and clause.verb in ("run", "serve", "process", "load", "start", "print")
        )
    if clause.verb == "be":
        after = [t for t in words[clause.main + 1 : clause.last] if t.tag not in ("ADV", "NEG", "DET")]
        return bool(after) and after[0].lemma in _OUT_OF_REACH | {"under"}
    return (
        clause.verb in ("overload", "overwhelm", "kill", "affect", "impact", "interrupt", "exhaust")
        and clause.passive
    )


def _speaks_of_the_cause(clause: Clause) -> bool:
    """ "The root cause is", "the issue has been identified"."""
    said = clause.subject.lower().split()
    return (not said and clause.verb != "be") or (bool(said) and said[-1] in _ABOUT_CAUSE)


def _says_for_what(clause: Clause, words: Sequence[Token]) -> bool:
    return any(t.tag in ("PREP", "TO", "NUM") for t in words[clause.main + 1 : clause.last])


def _measured(clause: Clause, words: Sequence[Token]) -> bool:
    after = words[clause.main + 1 : clause.main + 4]
    return any(
        t.tag == "NUM" or t.lower in ("only", "advisory", "optional", "part", "same", "in", "on")
        for t in after
    )


def _lacks(words: Sequence[Token], read: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Absences and restrictions that a noun phrase names: "without upper bound", "the missing limit"."""
    for i, word in enumerate(words):
        if word.lower not in _LACKING | _LIMITING:
            continue
        j = i + 1
        while j < len(words) and (words[j].lower in _SPARE or words[j].tag in ("ADJ", "ADV")):
            j += 1
        if j == len(words) or words[j].tag not in ("NOUN", "PROPN", "VERB"):
            continue
        if {words[j].lower, words[j].lemma, words[i].lower} & (_PERSONAL | _ABOUT_CAUSE):
            continue
        if word.lower == "never" and any(c.human and c.first <= i < c.last for c in read):
            continue
        yield word.start, words[j].end
