"""Finds hindsight: an outcome called obvious or foreseeable, and certainty about a world that did not happen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.language.clause import Clause
from pipeline.language.clauses import clauses
from pipeline.language.learned import HINDSIGHT, read
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import People
from pipeline.language.polarity import is_hedged, is_question
from pipeline.language.words import Token, tokens

Kind = Literal["obvious", "avoidable", "counterfactual", "norm"]


@dataclass(frozen=True, slots=True)
class Hindsight:
    """`start`, `end`: the characters that carry it."""

    start: int
    end: int
    kind: Kind
    reason: str


_REASONS: dict[Kind, str] = {
    "obvious": "the outcome is called obvious or certain, as only those know who have seen it",
    "avoidable": "the incident is called avoidable, and nothing is said of how that is known",
    "counterfactual": "what did not happen is told as certain, without a test or a mechanism",
    "norm": "what was missing is told as what should have been",
}
# Fixed ways of saying that it had to come.
_FATED = re.compile(
    r"\b(?:(?:only |just |merely )?a (?:matter|question) of time|bound to|waiting to happen|sooner or later"
    r"|(?:warning |early )?signs (?:were|had been) (?:all |clearly |plainly |there)+|writing (?:was )?on the wall"
    r"|red flags?|(?:saw|seen) (?:it|this|that) coming|(?:no|hardly a) surprise|doomed|destined to|recipe for)",
    re.IGNORECASE,
)
_FORESEEABLE = word_set(
    "obvious foreseeable predictable inevitable unavoidable unsurprising self-evident glaring unmistakable"
)
_KNOWN_THEN = word_set("clear evident apparent certain plain")
_DANGERS = word_set("danger risk hazard outcome warning warnings sign signs weakness threat")
_IN_SIGHT = word_set("there visible")
_AVOIDABLE = word_set("avoidable preventable needless unnecessary")
_EASILY = word_set("easily simply trivially obviously")
_HINDSIGHT = re.compile(r"\b(?:hindsight|in retrospect|looking back)\b", re.IGNORECASE)
_CERTAINLY = word_set("obviously clearly plainly evidently inevitably certainly undoubtedly unsurprisingly")
_SHOWS = word_set(
    "show state say list tell name report mark indicate read describe document define separate see distinguish"
)
_STOPPING = word_set(
    "avoid prevent catch spare stop save detect notice spot eliminate contain rule preclude avert see"
)
_BETTER = word_set(
    "help reveal show allow enable shorten reduce limit mitigate make stay remain survive work keep succeed pass block "
    "refuse reject warn alert page tell flag bring solve fix cut halve give protect end let expose surface"
)
_NONE = re.compile(r"\b(?:nothing|nobody|none|no \w+)\b", re.IGNORECASE)
_LUCK = re.compile(r"\b(?:luck\w*|fortunate\w*|thankfully|worse)\b", re.IGNORECASE)
# What makes a statement about another world more than an opinion: a test, a measurement, the mechanism.
_BACKED = re.compile(
    r"\b(?:because|since|as (?:the|its|it|measured|tested|shown)|according to|tested|replay(?:ed)?|simulat\w+|measured|reproduc\w+"
    r"|experiment\w*|rehears\w+|drill)\b|[:;] ?\w|\b(?:when|where) \w+ (?:\w+ ){0,6}?\d|\bby \w+ing\b",
    re.IGNORECASE,
)
_OBSERVED = re.compile(
    r"[;—–]|\b(?:but|yet|however|instead|although|though|while|whereas)\b|, (?:and|so) ", re.IGNORECASE
)
_DUTIES = words("conduct", "duty") | word_set(
    "split raise lower change automate separate introduce place install allow limit fix"
)
_THINGS_TO_HAVE = word_set("be exist have")


@lru_cache(maxsize=2048)
def hindsight(text: str, people: People) -> tuple[Hindsight, ...]:
    """What one sentence says by hindsight. Questions, guesses, and luck that is told as such say none."""
    by_rule = ruled(text, people)
    if not HINDSIGHT.reached(read(text).hindsight, ruled=bool(by_rule)):
        return ()
    return by_rule or (_found(0, len(text), _likeliest(text, people)),)


def _likeliest(text: str, people: People) -> Kind:
    """The kind of what only the network sees: by the first modal of another world."""
    modals = [clause.modal for clause in clauses(text, people) if clause.modal]
    if "should" in modals or "ought" in modals:
        return "norm"
    return "counterfactual" if {"would", "could"} & set(modals) else "obvious"


def ruled(text: str, people: People) -> tuple[Hindsight, ...]:
    """What the rules alone say."""
    if is_question(text) or _LUCK.search(text):
        return ()
    found = [*_called_obvious(text, people)]
    if not is_hedged(_without_could(text)):
        found += _other_worlds(text, people)
    return tuple(sorted(found, key=lambda h: h.start))


def _without_could(text: str) -> str:
    """ "Could have been avoided" is no guess."""
    return re.sub(r"\bcould\b(?= (?:\w+ )?(?:have|be|of)\b)", "would", text, flags=re.IGNORECASE)


def _called_obvious(text: str, people: People) -> Iterator[Hindsight]:
    sentence = tokens(text)
    if (fated := _FATED.search(text)) and not _denied(sentence, fated.start()):
        yield _found(fated.start(), fated.end(), "obvious")
        return
    later = bool(_HINDSIGHT.search(text))
    for clause in clauses(text, people):
        if clause.mood != "finite" or clause.negated or clause.modal or not (clause.tense == "past" or later):
            continue
        told = sentence[clause.main : clause.last]
        if clause.verb == "be":
            adjective = _predicate(told[1:])
            if adjective is not None and _is_verdict(adjective, clause, later):
                yield _found(
                    clause.start, adjective.end, "avoidable" if adjective.lower in _AVOIDABLE else "obvious"
                )
                return
            if any(t.lower in _CERTAINLY for t in told) and any(t.lower in _IN_SIGHT for t in told):
                yield _found(clause.start, told[-1].end, "obvious")
                return
    first = next((t for t in sentence if t.tag != "PUNCT"), None)
    if (
        first is not None
        and first.lower in _CERTAINLY
        and not any(c.verb in _SHOWS for c in clauses(text, people))
    ):
        yield _found(first.start, sentence[-1].end, "obvious")


def _predicate(after: Sequence[Token]) -> Token | None:
    """The adjective that is said of the subject; "no obvious cause" and "an obvious choice" say it of another thing."""
    for n, token in enumerate(after):
        if token.tag in ("ADV", "NEG") or token.lower in ("a", "an", "all", "both"):
            continue
        following = after[n + 1] if n + 1 < len(after) else None
        attributive = following is not None and following.tag == "NOUN" and following.lemma not in _DANGERS
        return None if attributive or token.tag == "DET" else token
    return None


def _is_verdict(adjective: Token, clause: Clause, later: bool) -> bool:
    """ "By 14:10 it was clear that" tells what was known at the time; "the danger was clear" does not."""
    if adjective.lower in _KNOWN_THEN:
        return later or (
            clause.subject.lower().split()[-1:] != [] and clause.subject.lower().split()[-1] in _DANGERS
        )
    return adjective.lower in _FORESEEABLE | _AVOIDABLE


def _denied(sentence: tuple[Token, ...], at: int) -> bool:
    near = [t for t in sentence if t.end <= at][-4:]
    return any(t.tag == "NEG" for t in near)


def _other_worlds(text: str, people: People) -> Iterator[Hindsight]:
    told = clauses(text, people)
    for clause in told:
        if clause.mood not in ("finite", "imperative") and not clause.modal:
            continue
        kind = _kind_of(clause, text)
        if kind is not None:
            end = max(clause.end, clause.start + 1)
            yield _found(clause.start, min(end, len(text)), kind)
            return
    if (need := re.search(r"\b(?:need|did not have to|didn't have to|needn't) (?:never |not )?have happened\b|\bdid(?: not|n't) have to happen\b", text, re.I)):  # fmt: skip
        yield _found(need.start(), need.end(), "avoidable")


def _kind_of(clause: Clause, text: str) -> Kind | None:
    unreal = clause.perfect
    if clause.modal == "could" and not clause.negated:
        eased = any(t.lower in _EASILY for t in tokens(text))
        stopped = clause.verb in _STOPPING and clause.passive
        past = unreal or (eased and clause.passive)  # "could be easily avoided", as some write it
        return "avoidable" if past and stopped and not _BACKED.search(text) else None
    if clause.modal == "would" and unreal:
        better = clause.verb in _STOPPING | _BETTER or clause.negated or _NONE.search(text[: clause.end])
        return "counterfactual" if better and not _BACKED.search(text) else None
    if clause.modal in ("should", "ought"):
        return _norm(clause, text)
    return None


def _norm(clause: Clause, text: str) -> Kind | None:
    past_time = clause.perfect or (clause.passive and re.search(r"\bbefore\b[.,;]", text) is not None)
    if clause.human and clause.party.target != "self":
        return None  # a norm held against somebody is blame, or none
    if not past_time or clause.connective in ("that", "which", "who"):
        return None
    if clause.negated and clause.perfect:
        return "norm" if not _OBSERVED.search(text[clause.end :]) else None
    if _OBSERVED.search(text):
        return None  # designed so, and observed otherwise
    if clause.verb in _THINGS_TO_HAVE or (clause.passive and clause.verb in _DUTIES):
        return "norm"
    return None


def _found(start: int, end: int, kind: Kind) -> Hindsight:
    return Hindsight(start, end, kind, _REASONS[kind])
