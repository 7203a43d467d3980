"""B3: something done wrongly: by mistake, misread, the wrong cue pressed, the store left unlocked."""

from __future__ import annotations

from itertools import pairwise

from pipeline.language.accusations.reading import Reading
from pipeline.language.clauses import Clause
from pipeline.language.lemmas import can_be_verb
from pipeline.language.lexicon import word_set, words

_MIS = words("conduct", "mis")
_WRONGLY = word_set(
    "incorrectly wrongly mistakenly improperly erroneously inappropriately inadequately insufficiently prematurely"
)
_BELIEF = word_set(
    "assume believe think expect understand conclude suspect suppose presume be interpret read_as"
)
# In what state nobody leaves a thing on purpose.
_BARED = word_set(
    "unlocked unattended unguarded unanswered unread untested unpatched unmonitored unsupervised unsecured unwatched"
)
_PASSING = word_set("sign approve merge ship release deploy send publish pass accept push forward")
_UNSEEN = word_set("unread untested unchecked unseen unreviewed unsigned unopened")
_RECEIVING = word_set(
    "receive see find notice report spot return suggest have be hear show catch detect discover show"
)


def told_as_done(clause: Clause) -> bool:
    if clause.mood != "finite" or clause.modal:
        return False
    return clause.tense == "past" or (clause.tense == "present" and clause.perfect)


def wrongly(reading: Reading, clause: Clause) -> str | None:
    """B3: wrongly, by mistake; misread, misconfigured."""
    human = clause.human
    if clause.passive:
        human = bool(clause.agent) and reading.doer(clause.agent).human
    if not human or clause.negated:
        return None
    told = told_as_done(clause) or (clause.mood == "gerund" and clause.parent is not None)
    if not told or clause.verb in _BELIEF:
        return None
    if clause.verb in _MIS or _is_mis_verb(clause.verb):
        return f"a person is charged with having done something wrongly ({clause.verb})"
    confused = clause.verb in ("mix", "muddle", "jumble") and reading.lowered[
        clause.main + 1 : clause.main + 2
    ] == ["up"]
    if confused and clause.human and not clause.passive and clause.party.target != "self":
        return "a person is charged with having confused things"
    around = reading.lowered[clause.first : clause.last]
    joined = " ".join(around)
    if any(w in _WRONGLY for w in around) or " by mistake" in joined or " in error" in joined:
        if clause.verb not in ("find", "see", "notice", "report", "discover", "observe"):
            return "a person is charged with having done something wrongly"
    return None


def amiss(reading: Reading, clause: Clause) -> str | None:
    """B3 told by the object: "pressed the wrong cue", "got the point wrong", "left the store unlocked"."""
    third = clause.human and clause.party.target not in ("self", "external") and clause.tense == "past"
    if not third or clause.passive or clause.negated or clause.modal or clause.mood != "finite":
        return None
    inside = reading.lowered[clause.main + 1 : clause.last]
    if {"accidentally", "inadvertently", "unintentionally", "decided", "chose"} & set(reading.lowered):
        return None
    tail = reading.words[clause.main + 1 : clause.main + 8]
    if clause.verb == "leave":
        bared = next((t.lower for t in tail if t.lower in _BARED), None)
        return f"a person is charged with having left something {bared}" if bared else None
    if clause.verb in _RECEIVING:
        return None
    if clause.verb in _PASSING and any(t.lower in _UNSEEN for t in tail):
        return "a person is said to have passed something unseen"
    if any(a == "the" and b == "wrong" for a, b in pairwise(inside)) or (
        clause.verb == "get" and "wrong" in inside
    ):
        return "a person is charged with having done something wrongly"
    return None


def _is_mis_verb(verb: str) -> bool:
    return (
        verb.startswith("mis") and len(verb) > 6 and verb != "mislead" and can_be_verb(verb[3:].lstrip("-"))
    )
