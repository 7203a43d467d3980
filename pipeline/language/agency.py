"""Settles from the predicate who is meant where the noun leaves it open whether a person acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.clause import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party
from pipeline.language.words import Token, tokens

_ONLY_HUMAN = words("conduct", "only_human")
_MENTAL = words("conduct", "mental") | _ONLY_HUMAN
# Said of machines too, in a manner of speaking: "the reflector failed to notice".
_PERCEIVING = word_set(
    "notice see hear know learn read look listen remember confuse misread mistake assume expect consider trust feel "
    "understand recognise acknowledge ack sign review misinterpret think decide believe"
)
_DUTIES = (
    words("conduct", "omission")
    | words("conduct", "mis")
    | words("conduct", "slip")
    | words("conduct", "breach")
)
_MACHINE = words("conduct", "machine")
_HUMAN_PATIENT = (
    words("conduct", "sanction") | words("conduct", "retrain") | words("conduct", "remind")
) - word_set("fire suspend terminate dismiss ban reassign school fine bench sanction tell advise")
_PUNISHED = words("conduct", "sanction") - word_set("fire suspend terminate ban")
_PERSONAL = words("traits", "person")
_TRAITS = (words("traits", "person") - words("traits", "thing_too")) | (
    words("traits", "virtue") - word_set("alert responsible")
)
_SHARED_BREACHES = words("conduct", "breach_shared") | {"miss", "skip", "overlook"}
_SPEAKS_TO_PEOPLE = words("people_objects")
_STATES = word_set("be become get seem have do")
_WRECKS = {("take", "down"), ("bring", "down"), ("take", "offline"), ("screw", "up"), ("mess", "up")}
_OPS = word_set("break cause deploy push merge roll restart stop start approve")
_SELF_WILLED = word_set(
    "mistakenly wrongly carelessly deliberately knowingly accidentally inadvertently hastily incorrectly"
)
_ERRORS = ("mistake", "mistakes", "error", "errors", "blunder")


def settle(clauses: Sequence[Clause], sentence: Sequence[Token]) -> list[Clause]:
    """The clauses with every subject that turns out human read as people, wherever it stands as a subject."""
    found = [_settled(i, clauses, sentence) for i in range(len(clauses))]
    people = {c.subject: c.party for c, was in zip(found, clauses, strict=True) if c.party != was.party}
    return [replace(c, party=people[c.subject]) if c.subject in people else c for c in found]


def _settled(i: int, clauses: Sequence[Clause], sentence: Sequence[Token]) -> Clause:
    clause = clauses[i]
    if clause.party.human or not clause.subject or not _is_human_act(i, clauses, sentence):
        return clause
    return replace(clause, party=clause.party.as_people())


def _is_human_act(i: int, clauses: Sequence[Clause], sentence: Sequence[Token]) -> bool:
    clause = clauses[i]
    party = clause.party
    if party.kind == "system" and not party.open:
        return False
    if clause.passive:
        return _suffers_as_people(clause, party)
    child = _child(i, clauses)
    verbs = (clause.verb, child.verb if child is not None else "")
    manner = any(t.lower in _SELF_WILLED for t in sentence[clause.head : clause.last])
    if not party.open:
        return clause.verb in _ONLY_HUMAN
    if clause.connective in ("who", "whoever"):
        return True
    if clause.object.lower().startswith(("his ", "her ")) and clause.tense == "past":
        return True  # "the guard left his post": what has a "his" of its own is somebody
    if clause.verb in ("make", "commit") and clause.object.lower().endswith(_ERRORS):
        return True
    if clause.verb in ("be", "become", "get", "seem"):
        said = {t.lower for t in sentence[clause.main + 1 : clause.last][:4]}
        people_or_things = party.open == "agent" or party.plural
        return bool(said & (_TRAITS | _PERSONAL if people_or_things else _TRAITS))
    if clause.verb in _SHARED_BREACHES and clause.object and speaks_to_people(clause.object):
        return True
    habit = clause.tense == "present" and not clause.perfect and not clause.modal
    if party.open == "either":
        lost = clause.verb == "forget" and child is None  # "the broker forgot its offsets"
        seen = child if child is not None else clause
        spoken_to = (
            any(v in _PERCEIVING for v in verbs) and bool(seen.object) and speaks_to_people(seen.object)
        )
        return (any(v in _MENTAL - _PERCEIVING for v in verbs) or spoken_to) and not habit and not lost
    if party.open == "agent":
        plain = _MENTAL - _PERCEIVING
        return any(v in (plain | _DUTIES if party.plural else plain) for v in verbs) or manner
    if party.open == "body":
        wreck = (clause.verb, clause.particle) in _WRECKS or (clause.verb in _OPS and _bare(clause))
        named = _bare(clause) and (child.verb if child is not None else clause.verb) not in _MACHINE | _STATES
        duty = any(
            t.lower in ("duty", "duties", "responsibility") for t in sentence[clause.main : clause.last]
        )
        return any(v in _MENTAL | _DUTIES for v in verbs) or wreck or manner or named or duty
    # a name in small letters acts in the past; any other name, and "they", unless a machine does that
    if clause.subject.islower() and party.open == "name":
        return clause.tense == "past" and clause.verb not in _MACHINE
    if clause.verb in _STATES and child is None:
        return False
    decisive = child.verb if child is not None else clause.verb
    return manner or decisive not in _MACHINE


def _bare(clause: Clause) -> bool:
    """A department's name without article: "Engineering broke it"."""
    return len(clause.subject.split()) == 1 and not clause.subject.islower()


def _suffers_as_people(clause: Clause, party: Party) -> bool:
    if not party.open:
        return False
    obliged = clause.verb in ("suppose", "expect") and party.open in ("they", "name", "agent", "body")
    punished = party.open in ("agent", "name", "they") and clause.verb in _PUNISHED
    return obliged or punished or clause.verb in _HUMAN_PATIENT


def _child(i: int, clauses: Sequence[Clause]) -> Clause | None:
    """What an infinitive or an adjoining gerund says: "failed to notice", "kept ignoring"."""
    if i + 1 < len(clauses) and clauses[i + 1].parent == i:
        following = clauses[i + 1]
        adjoins = following.head <= clauses[i].main + 2
        if following.mood == "infinitive" or (following.mood == "gerund" and adjoins):
            return following
    return None


def speaks_to_people(noun_phrase: str) -> bool:
    """Whether the thing named is addressed to people: an alert, a warning, a report, a policy, a checklist."""
    heads = [t for t in tokens(noun_phrase) if t.tag in ("NOUN", "PROPN", "ADJ", "VERB")]
    return bool(heads) and (heads[-1].lemma in _SPEAKS_TO_PEOPLE or heads[-1].lower in _SPEAKS_TO_PEOPLE)
