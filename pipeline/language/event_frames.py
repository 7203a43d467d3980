"""What the clauses of a sentence say of an incident: who changes what, which state is seen, who is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.language import event_lexicon as lex
from pipeline.language.clause import Clause
from pipeline.language.lemmas import is_common
from pipeline.language.words import Token

_BACKGROUND = frozenset(
    {"which", "who", "that", "after", "before", "since", "because", "if", "when", "until", "as", "why"}
)
_CONDITIONS = frozenset({"if", "as", "unless", "when", "while"})
_SELF = frozenset({"", "i", "we"})
_COPULAS = frozenset({"be", "look", "seem", "stay", "come", "run", "get", "go", "'s", "'re"})
_MOVING_COPULAS = frozenset({"come", "run", "get", "go"})
_NAMED_ACTS = lex.INTERVENE - lex.WEAK_INTERVENE
_PLACEHOLDER = frozenset({"it", "this", "that", "incident", "the incident", "channel", "outage"})


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
        verb = _verb(clause)
        opens = clause.mood == "gerund" and clause.main == 0 and len(words) > 1
        if verb not in lex.INTERVENE or (verb in lex.WEAK_INTERVENE and not (named or opens)):
            continue
        if clause.verb in ("close", "resolve") and own(clause) and not _things(clause.object):
            continue  # "closing." ends the incident
        if clause.negated or clause.modal or clause.connective in _BACKGROUND:
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
    return done and _verb(first) not in lex.NO_CHANGE and first.verb not in lex.NO_CHANGE


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


def _verb(clause: Clause) -> str:
    return f"{clause.verb} {clause.particle}".strip()


def _things(phrase: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2}", phrase))


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
        if _verb(clause) in lex.CONTACT or clause.verb in lex.CONTACT:
            name = clause.object.removeprefix("the ").strip()
            if name[:1].isupper() or name.startswith("@") or _is_name(name):
                return name
    if m := _I_CALL.search(text):
        return m[1]
    return None


_I_CALL = re.compile(
    r"\b(?:[Ii]|[Ww]e)(?: am| are|'m|'re)? (?:call|ring|phone|page|ping|wake)(?:ing)? ([A-ZÀ-Ý]\w+)"
)


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
        and not (c.progressive or c.perfect or c.negated or c.modal or c.connective in _BACKGROUND)
        and (_verb(c) in lex.INTERVENE or c.verb in lex.INTERVENE)
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
    return False


def recovers(found: Sequence[Clause], words: Sequence[Token], seen: frozenset[str]) -> bool:
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
            if _verb(clause) in lex.MENDS or clause.verb in lex.MENDS:
                return True
            if (
                clause.tense == "past"
                and clause.verb in ("restart", "start")
                and clause.particle in ("", "on")
            ):
                return True
    if _short_state(words):
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
    if seen & lex.NO_EFFECT:
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
            now = clause.tense in ("past", "present") and not any(c.connective in _CONDITIONS for c in found)
            if (now or clause.perfect or _ATTEMPT.search(clause.subject)) and not clause.modal:
                return True
    return False


_ATTEMPT = re.compile(
    r"\b(?:try|attempt|restart|rollback|revert|failover|retry|reboot|deploy|restore|import|upload|fix|purge|flush|second one|first one)\b",
    re.I,
)


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


_CLOSING = re.compile(
    r"(?:(?:ok|okay|so|and|then|we are|we're|i am|i'm|this is|it is|it's|that's|incident(?: is)?|status)[\s:]+)*"
    r"(?:we(?:'re| are) done|(?:resolved|closed)(?: (?:at|after|since|again)\b.*)?|closing(?: (?:this|it|here|now))?|all[ -]clear|incident over|over and out|stand(?:ing)? down|"
    r"(?:i |we )?call(?:ing)? it(?: (?:done|resolved|over|closed))?|fully (?:recovered|restored))\s*[.!]*$",
    re.I,
)


def posts(text: str, found: Sequence[Clause], *, reported: bool = False) -> bool:
    """Whether those affected are told something by this side: by the author, or by a notice that is out.

    Where the public is the subject of a verb of telling, it is a report, not an announcement.
    """
    if _NOTICE.search(text) or (reported and _BARE_NOTICE.search(text)):
        return True
    for clause in found:
        if clause.negated or clause.modal or clause.tense == "future":
            continue
        rest = text[clause.start : clause.end].lower()
        told_public = any(re.search(rf"\b{re.escape(w)}s?\b", rest) for w in lex.PUBLIC)
        if clause.verb in lex.PUBLISH and own(clause) and (told_public or clause.verb in ("post", "tweet")):
            return True
        if clause.verb in lex.INFORMS and told_public:
            named = any(re.search(rf"\b{re.escape(w)}s?\b", clause.subject.lower()) for w in lex.PUBLIC)
            if (own(clause) and clause.tense != "present") or (
                named and (clause.passive or not clause.object)
            ):
                return True
    return False


_WELL_ALONE = frozenset("green back up live stable healthy normal online".split())
_STILL_ILL = re.compile(r"^(?:\W*(?:no|nope|hmm+)\W+)?still (?:no |not )?(\w+)", re.I)
_BROKEN = frozenset("down red broken slow dead failing stuck full gone unavailable".split())
_MEDIUM = r"(?:status ?page|statuspage|banner|notice|announcement|press release|newsletter|text messages?|sms(?:es)?|mailing|mails? to \w+|(?:facebook|instagram|insta|twitter|forum|discord|mastodon|blog|news) posts?|public (?:post|update|note)|status (?:post|update))"
# A medium, and that it is out, says something, or stands at a place; "status page: monitoring" says it with a colon.
_NOTICE = re.compile(
    rf"(?:^|[.;,!(]\s*|\band\s+|\bthe\s+){_MEDIUM}s?\s*(?::\s*\S|(?:is|are|was|were|has been|have been)?\s*(?:up\b|out\b|on\b|live\b|sent\b|posted\b|updated\b|published\b|changed\b|set\b|says?\b|moved\b|now\b)|and [\w ]{{0,30}}(?:told|informed|notified|updated))"
    rf"|(?:^|[.;,!]\s*){_MEDIUM}s? (?:at|in|on|to)\b|(?:^|[.;,!]\s*)status updated\b"
    rf"|\b(?:has|have|got|with) (?:a |the )?{_MEDIUM}s? (?:now|up|out|on|that|saying)\b|\b(?:updated|posted|set|changed|moved|wrote|put up|published) (?:on )?(?:the |our )?{_MEDIUM}",
    re.I,
)


def denies(found: Sequence[Clause]) -> bool:
    """ "nobody touched it": the subject itself says that it did not happen."""
    return any(
        c.subject.lower() in ("nobody", "no one", "nothing", "none") and c.tense == "past" for c in found
    )


def clears(found: Sequence[Clause], text: str) -> bool:
    """ "the network is fine": a suspect is told to be well; what "should be fine" is hope."""
    return any(
        c.verb == "be"
        and not (c.negated or c.modal or c.tense == "future" or c.human)
        and bool(_FINE.search(text[c.start : c.end]))
        for c in found
    )


_FINE = re.compile(r"\b(?:fine|ok|okay|green|innocent|intact)\b", re.I)


def identifies(found: Sequence[Clause]) -> bool:
    """ "prod is E1", "that is release 88": a thing is named or told to be another."""
    return any(
        c.verb in ("be", "have", "contain", "hold", "exist")
        and c.mood == "finite"
        and not (c.modal or c.connective in _BACKGROUND or (c.human and c.verb == "be"))
        and bool(c.subject and c.object)
        for c in found
    )


# A row of a log that is a noun phrase: "loudspeaker announcement, cards work again".
_BARE_NOTICE = re.compile(rf"^(?:[\w'’-]+ ){{0,3}}{_MEDIUM}s?\s*(?:[,.;:(“\"‘'-]|$)", re.I)


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
