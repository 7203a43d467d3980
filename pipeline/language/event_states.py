"""What the clauses of a sentence say of states: well again, unchanged, over, cleared of suspicion, merely possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.language import event_lexicon as lex
from pipeline.language.clause import Clause
from pipeline.language.event_acts import BACKGROUND, own, verb_of
from pipeline.language.words import Token

_CONDITIONS = frozenset({"if", "as", "unless", "when", "while"})
_COPULAS = frozenset({"be", "look", "seem", "stay", "come", "run", "get", "go", "'s", "'re"})
_MOVING_COPULAS = frozenset({"come", "run", "get", "go"})
_PLACEHOLDER = frozenset({"it", "this", "that", "incident", "the incident", "channel", "outage"})
_WELL_ALONE = frozenset("green back up live stable healthy normal online".split())
_BROKEN = frozenset("down red broken slow dead failing stuck full gone unavailable".split())
_STILL_ILL = re.compile(r"^(?:\W*(?:no|nope|hmm+)\W+)?still (?:no |not )?(\w+)", re.I)
_ATTEMPT = re.compile(
    r"\b(?:try|attempt|restart|rollback|revert|failover|retry|reboot|deploy|restore|import|upload|fix|purge|flush|second one|first one)\b",
    re.I,
)
_OPEN_AGAIN = re.compile(r"\b(?:open|online|available|reachable|live|running) again\b", re.I)
_ILL_AGAIN = re.compile(
    r"\b(?:stop|fail|drop|crash|die|fall|break|hang)(?:s|ped|ped|ed|es|ing)?\b(?: \w+){0,2} again\b", re.I
)
_CLOSING = re.compile(
    r"(?:(?:ok|okay|so|and|then|we are|we're|i am|i'm|this is|it is|it's|that's|incident(?: is)?|status)[\s:]+)*"
    r"(?:we(?:'re| are) done|(?:resolved|closed)(?: (?:at|after|since|again)\b.*)?|closing(?: (?:this|it|here|now))?|all[ -]clear|incident over|over and out|stand(?:ing)? down|"
    r"(?:i |we )?call(?:ing)? it(?: (?:done|resolved|over|closed))?|fully (?:recovered|restored))\s*[.!]*$",
    re.I,
)
_FINE = re.compile(r"\b(?:fine|ok|okay|green|innocent|intact)\b", re.I)


def recovers(found: Sequence[Clause], words: Sequence[Token], seen: frozenset[str], text: str) -> bool:
    """Whether a system is told to be well again: a state after a copula, a verb of recovering, or a set phrase."""
    if seen & lex.RECOVER:
        return True
    for i, word in enumerate(words):
        if word.lemma.lower() not in _COPULAS:
            continue
        if word.lemma in _MOVING_COPULAS and (
            i == 0 or word.form in ("base", "s") or words[i - 1].tag not in ("NOUN", "PROPN", "PRON", "AUX")
        ):
            continue
        if _reaches_state(words[i + 1 : i + 5]):
            return True
    for clause in found:
        if clause.negated or clause.modal or clause.tense == "future" or clause.connective in ("if", "when"):
            continue
        if clause.mood == "finite" and clause.subject and not clause.human:
            if verb_of(clause) in lex.MENDS or clause.verb in lex.MENDS:
                return True
            ill = clause.verb in lex.SYMPTOM or clause.verb in ("stop", "die", "fall")
            rest = text[clause.start : clause.end]
            if not ill and re.search(r"\bagain\b", rest, re.I):
                return True
            if clause.verb in ("run", "work") and re.search(r"\b(?:since|for) \d+ ?(?:min|h)", rest, re.I):
                return True
            if (
                clause.tense == "past"
                and clause.verb in ("restart", "start")
                and clause.particle in ("", "on")
            ):
                return True
    if _short_state(words) or _OPEN_AGAIN.search(text):
        return True
    last = [w for w in words if w.tag != "PUNCT"][-1:]
    return bool(len(words) > 1 and last and last[0].text.endswith("s") and last[0].lemma in lex.MENDS)


def _short_state(words: Sequence[Token]) -> bool:
    """ "gate 2 green", "api back": a thing and its state, without a verb."""
    said = [w for w in words if w.tag != "PUNCT"]
    return (
        1 < len(said) <= 4
        and said[-1].lower in _WELL_ALONE
        and (said[0].tag in ("NOUN", "PROPN") or (said[0].form == "base" and said[1].tag == "NUM"))
        and not any(w.tag in ("VERB", "AUX", "MODAL", "NEG") or w.lower == "still" for w in said[1:])
    )


def _reaches_state(after: Sequence[Token]) -> bool:
    if any(w.lower == "again" for w in after[1:4]) and not any(
        w.tag == "NEG" or w.lower in _BROKEN for w in after
    ):
        return True
    for i, word in enumerate(after):
        if word.lower in ("not", "n't", "still", "no", "never", "only") or word.tag == "PUNCT":
            return False
        if word.lower in lex.WELL or word.lemma in lex.WELL:
            rest = after[i + 1 : i + 2]
            return word.tag in ("ADJ", "ADV", "PREP", "NOUN", "NUM", "VERB") and not (
                rest and rest[0].tag in ("NOUN", "PROPN")
            )
    return False


def no_effect(found: Sequence[Clause], seen: frozenset[str], text: str) -> bool:
    """What was tried did not help; a general truth ("does not help as long as") is no such report."""
    if seen & lex.NO_EFFECT or _ILL_AGAIN.search(text):
        return True
    still = _STILL_ILL.match(text)
    if still and (still[1].lower() in _BROKEN or still[1].lower() in lex.SYMPTOM):
        return True
    for clause in found:
        if clause.verb in ("fail", "refuse", "hang", "reject", "abort", "time") and _ATTEMPT.search(
            clause.subject
        ):
            return True
        if clause.negated and clause.verb in ("help", "work", "improve", "fix"):
            now = clause.tense == "past" or (clause.tense == "present" and not clause.object)
            now = now and not any(c.connective in _CONDITIONS for c in found)
            if (now or clause.perfect or _ATTEMPT.search(clause.subject)) and not clause.modal:
                return True
    return False


def closes(fragments: Iterable[str], found: Sequence[Clause]) -> bool:
    """Whether the incident itself is said to be over: a word that stands alone, or an incident as its object."""
    if any(_CLOSING.match(f.strip()) for f in fragments):
        return True
    for clause in found:
        if clause.verb not in ("resolve", "close", "end") or clause.negated or clause.modal:
            continue
        about = (clause.object if own(clause) else clause.subject).lower()
        if about in _PLACEHOLDER or re.search(r"\b(?:incident|outage|bridge)\b", about):
            return True
    return False


def denies(found: Sequence[Clause]) -> bool:
    """ "nobody touched it": the subject itself says that it did not happen."""
    return any(
        c.subject.lower() in ("nobody", "no one", "nothing", "none")
        and c.tense == "past"
        and c.verb not in ("have", "be", "know", "read", "notice", "see", "tell", "say", "own")
        for c in found
    )


def clears(found: Sequence[Clause], text: str) -> bool:
    """ "the network is fine": a suspect is told to be well; what "should be fine" is hope."""
    return any(
        c.verb == "be"
        and not (c.negated or c.modal or c.tense == "future" or c.human)
        and bool(_FINE.search(text[c.start : c.end]))
        for c in found
    )


def is_off(found: Sequence[Clause]) -> bool:
    """ "compressor B is off": a thing stands still; a person who is off has gone home."""
    return any(
        c.verb == "be"
        and c.particle == "off"
        and c.mood == "finite"
        and not (c.human or c.negated or c.modal)
        for c in found
    )


def identifies(found: Sequence[Clause]) -> bool:
    """ "prod is E1", "that is release 88": a thing is named or told to be another."""
    return any(
        c.verb in ("be", "have", "contain", "hold", "exist")
        and c.mood == "finite"
        and not (c.modal or c.connective in BACKGROUND or (c.human and c.verb == "be"))
        and bool(c.subject and c.object)
        for c in found
    )


def tells(found: Sequence[Clause]) -> bool:
    """A whole statement about something, not a bare reading: a subject and a verb other than "be"."""
    return any(
        c.mood == "finite" and c.subject and c.verb != "be" and not c.human and not c.modal for c in found
    )


def is_general(found: Sequence[Clause], text: str) -> bool:
    """A condition, an ability, advice: every clause is modal, conditional or about "you", so nothing happened."""
    finite = [c for c in found if c.mood == "finite"]
    if not finite:
        return False
    return all(
        bool(c.modal)
        or c.tense == "future"
        or c.connective in ("if", "unless", "as long as")
        or c.subject.lower() in ("you", "one")
        or text[max(0, c.start - 3) : c.start].lower().endswith("if ")
        for c in finite
    )
