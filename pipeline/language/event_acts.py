"""What the clauses of a sentence say that somebody did: changed a system, looked, fetched somebody, took over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language import event_lexicon as lex
from pipeline.language.clause import Clause
from pipeline.language.lemmas import is_common
from pipeline.language.words import Token

BACKGROUND = frozenset(
    {"which", "who", "that", "after", "before", "since", "because", "if", "when", "until", "as", "why"}
)
_SELF = frozenset({"", "i", "we"})
_NAMED_ACTS = lex.INTERVENE - lex.WEAK_INTERVENE
_I_CALL = re.compile(
    r"\b(?:[Ii]|[Ww]e)(?: am| are|'m|'re)? (?:call|ring|phone|page|ping|wake)(?:ing)? ([A-ZÀ-Ý]\w+)"
    r"|(?:^|[.;,!]\s+)(?:rang|called|phoned|paged|woke|pinged|texted) ([A-ZÀ-Ý]\w+)"
)


def own(clause: Clause) -> bool:
    """Told of its author: "I restarted", "restarting", also after a full stop that chat writes small behind."""
    opens = clause.mood == "gerund" and clause.connective in (".", ";", "!", "?")
    return clause.implied or opens or clause.subject.lower() in _SELF


def intervenes(
    found: Sequence[Clause], words: Sequence[Token], *, technical: bool, reported: bool = False
) -> bool:
    """Whether somebody changed a system now: a clause whose verb does that, told as done or under way.

    What a system does by habit, what is denied, and what a relative clause tells of earlier days is no act.
    A verb that also means paperwork or small talk counts only beside something technical or a noun. `reported`:
    a document or a bot tells it, so that somebody else's act is the act.
    """
    named = technical or any(w.tag in ("NOUN", "PROPN") for w in words)
    if _opens_with_going_back(found):
        return True
    for clause, after in zip(found, (*found[1:], None), strict=False):
        if clause.implied and after is not None and _is_modifier(clause, after):
            continue
        verb = verb_of(clause)
        opens = clause.mood == "gerund" and clause.main == 0 and len(words) > 1
        if verb not in lex.INTERVENE or (verb in lex.WEAK_INTERVENE and not (named or opens)):
            continue
        if clause.verb in ("close", "resolve") and own(clause) and not _things(clause.object):
            continue  # "closing." ends the incident
        if clause.negated or clause.modal or clause.connective in BACKGROUND:
            continue
        if (
            clause.connective == ":"
            and clause.implied
            and clause.mood == "finite"
            and not _things(clause.object)
        ):
            continue  # "snapshots: enabled for web": a state
        if verb in lex.INCHOATIVE and clause.mood == "finite" and _happens(clause):
            continue  # "started about 15:06", "the import stopped": by itself
        if clause.parent is not None and clause.mood in ("infinitive", "gerund"):
            if found[clause.parent].verb not in lex.CARRIES_OUT and clause.parent != 0:
                continue
            if found[clause.parent].verb in lex.FALLS_SHORT:
                continue  # "failing to upload"
        changes = clause.tense == "past" and not clause.perfect and _things(clause.object)
        if not (own(clause) or reported or changes) and (
            clause.perfect or (verb in lex.WEAK_INTERVENE and clause.human)
        ):
            continue  # "one lady has started again": somebody else's doing
        settled = clause.implied and clause.verb in lex.SAME_IN_PAST and _things(clause.object)
        if clause.tense == "present" and not (clause.progressive or clause.perfect or settled):
            continue
        return True
    return _nominal_act(words) or _bare_act(found, words)


def _happens(clause: Clause) -> bool:
    """A verb of beginning or ending without an object, whose subject is no act ("rollback started" is one)."""
    if clause.passive or clause.subject.lower() in ("i", "we") or _things(clause.object):
        return False
    return not any(word in _NAMED_ACTS for word in re.findall(r"[a-z]+", clause.subject.lower()))


def _opens_with_going_back(found: Sequence[Clause]) -> bool:
    return any(c.verb == "go" and own(c) and c.mood == "gerund" and c.particle == "back" for c in found)


def _is_modifier(clause: Clause, after: Clause) -> bool:
    """ "uploaded PDFs are in the store", "clearing house has acknowledged": an adjective or a compound, no act."""
    if clause.object and after.subject == clause.object:
        return True
    return clause.mood == "gerund" and not after.connective and after.mood == "finite" and bool(clause.object)


def _bare_act(found: Sequence[Clause], words: Sequence[Token]) -> bool:
    """A message that opens with a bare verb form and its object tells what its author does or did."""
    if len(words) < 3 or not found or found[0].main != 0 or not _things(found[0].object):
        return False
    first = found[0]
    if len(found) > 1 and _is_modifier(first, found[1]):
        return False
    done = first.mood == "gerund" or (first.tense == "past" and first.implied)
    return done and verb_of(first) not in lex.NO_CHANGE and first.verb not in lex.NO_CHANGE


def _nominal_act(words: Sequence[Token]) -> bool:
    """ "restart done", "rollback is live": the act as a noun, and a word that says it was carried out."""
    for i, word in enumerate(words):
        if (
            word.tag in ("NOUN", "PROPN", "ADJ")
            and {
                word.lower,
                word.lemma.lower(),
            }
            & _NAMED_ACTS
        ):
            if any(w.lemma.lower() in lex.DONE or w.lower in lex.DONE for w in words[i + 1 : i + 4]):
                return True
    return False


def verb_of(clause: Clause) -> str:
    return f"{clause.verb} {clause.particle}".strip()


def _things(phrase: str) -> bool:
    return bool(re.search(r"[A-Za-z]", phrase))


def looks(found: Sequence[Clause]) -> bool:
    """ "looking at the gateway", "checking": its author investigates."""
    return any(
        own(c) and c.verb in lex.LOOKING and (c.mood == "gerund" or c.tense == "past") and not c.modal
        for c in found
    )


def contacts(found: Sequence[Clause], text: str) -> str | None:
    """Whom the author calls, pages or wakes, as written; "" where escalation alone is said."""
    for clause in found:
        if not own(clause) or clause.negated or clause.modal or clause.tense == "future":
            continue
        if clause.verb == "escalate":
            return clause.object
        if verb_of(clause) in lex.CONTACT or clause.verb in lex.CONTACT:
            name = clause.object.removeprefix("the ").strip()
            if name[:1].isupper() or name.startswith("@") or _is_name(name):
                return name
    if m := _I_CALL.search(text):
        return m[1] or m[2]
    return None


def _is_name(word: str) -> bool:
    """Chat writes names small; a single word that no dictionary has is one."""
    return word.isalpha() and len(word) > 2 and not is_common(word) and word not in lex.PUBLIC


def hands_over(found: Sequence[Clause]) -> bool:
    """ "handing off to June"; "hands off the keyboard" keeps hands away."""
    return any(
        c.verb == "hand" and c.particle in ("over", "off") and (own(c) or c.human) and not c.negated
        for c in found
    )


def decides(found: Sequence[Clause]) -> bool:
    """ "we move it to the other site": the plain present of an act is what the speaker has settled on."""
    return any(
        c.subject.lower() == "we"
        and c.tense == "present"
        and not (c.progressive or c.perfect or c.negated or c.modal or c.connective in BACKGROUND)
        and (verb_of(c) in lex.INTERVENE or c.verb in lex.INTERVENE)
        for c in found
    )


def takes_command(found: Sequence[Clause]) -> bool:
    """ "I lead", "I have command", "we coordinate from here"."""
    for clause in found:
        subject = clause.subject.lower()
        if clause.negated or clause.modal or not (subject in ("i", "we") or clause.human):
            continue
        if clause.verb in ("lead", "command", "coordinate"):
            return True
        if clause.verb in ("have", "take", "run") and re.search(
            r"\b(?:command|lead|coordination|incident)\b", clause.object, re.I
        ):
            return True
        if clause.verb == "run" and subject == "i" and clause.object.lower() in ("it", "this"):
            return True
    return False
