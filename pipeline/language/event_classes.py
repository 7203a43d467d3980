"""What one sentence about an incident reports: the act, the classes it may carry, and how strongly it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language import event_lexicon as lex
from pipeline.language.clauses import clauses
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.language.words import Token, tokens
from pipeline.models.base import EventClass
from pipeline.models.case import Act

_SEVERITY = re.compile(r"\b(?:sev|severity|prio(?:rity)?)[ -]?[0-5]\b|\bp[01]\b", re.I)
_TECHNICAL = re.compile(
    r"\b(?:[a-z]+[-_.][a-z0-9_.-]*[a-z0-9]|[A-Z][a-z]+[A-Z]\w+|v\d+[\w.]*|\w*\d\w*|https?://\S+)\b|`[^`]+`|□"
)
_NUMBER = re.compile(r"\d")
_ALL_OF_THEM = re.compile(r"\b(?:all|every)\s+(?:of\s+)?(?:the\s+)?\d+\b|\b(\d+)\s?/\s?\1\b|\b100\s?%", re.I)
_POSTED = (["posted"], ["announced"], ["tweeted"])
_QUESTION_WORDS = ("who", "why", "what", "how", "where", "when", "which")
_BACKGROUND = frozenset(
    {"which", "who", "that", "after", "before", "since", "because", "if", "when", "until"}
)
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_SELF = frozenset({"", "i", "we"})
_NOBODY = People(())


@dataclass(frozen=True, slots=True)
class Reading:
    """`cues` holds the semantic classes that the words touch; `strength` is their weight, 0 and up."""

    act: Act
    cues: frozenset[str]
    strength: float
    question: bool
    future: bool
    failed: bool
    progressive: bool

    def has(self, *names: str) -> bool:
        return any(n in self.cues for n in names)


_LEXICA: dict[str, frozenset[str]] = {
    "intervene": lex.INTERVENE,
    "symptom": lex.SYMPTOM,
    "alert": lex.ALERT,
    "recover": lex.RECOVER,
    "close": lex.CLOSE,
    "declare": lex.DECLARE,
    "command": lex.COMMAND,
    "escalate": lex.ESCALATE,
    "hand over": lex.HAND_OVER,
    "communicate": lex.COMMUNICATE,
    "diagnose": lex.DIAGNOSE,
    "suspect": lex.SUSPECT,
    "rule out": lex.RULE_OUT,
    "decide": lex.DECIDE,
    "no effect": lex.NO_EFFECT,
    "trigger": lex.TRIGGER,
    "follow up": lex.FOLLOW_UP,
    "chatter": lex.CHATTER,
    "complete": lex.COMPLETE,
}
_WEIGHTS = {
    "intervene": 1.5,
    "symptom": 1.0,
    "alert": 1.0,
    "recover": 1.5,
    "close": 2.0,
    "declare": 2.5,
    "command": 1.5,
    "escalate": 1.0,
    "hand over": 2.0,
    "communicate": 1.5,
    "diagnose": 1.0,
    "suspect": 0.5,
    "rule out": 1.0,
    "decide": 1.5,
    "no effect": 1.0,
    "trigger": 0.5,
    "follow up": 1.0,
    "chatter": -2.0,
    "complete": 1.0,
    "report": 1.0,
    "denied": 0.3,
    "public": 0.5,
}


def grams(words: Iterable[Token]) -> frozenset[str]:
    """Every lemma, and every run of two to four lemmas, with the surface forms beside them."""
    kept = [w for w in words if w.lower.strip(".,;:!?\"'()[]")]
    found: set[str] = set()
    for size in (1, 2, 3, 4):
        for i in range(len(kept) - size + 1):
            found.add(" ".join(w.lemma.lower() for w in kept[i : i + size]))
            found.add(" ".join(w.lower for w in kept[i : i + size]))
    return frozenset(found)


@lru_cache(maxsize=4096)
def read_event(text: str) -> Reading:
    """Reads one sentence or message. Pure; knows no incident and no person."""
    words = tokens(text)
    seen = grams(words)
    lowered = [w.lower for w in words]
    technical = bool(_TECHNICAL.search(text))
    cues = {name for name, phrases in _LEXICA.items() if seen & phrases}
    cues.discard("intervene")
    if own_act := _own_act(words):
        cues.add(own_act)
    if _intervenes(text, words, technical=technical):
        cues.add("intervene")
    if "chatter" in cues and len(words) > 9 and words[0].lower not in lex.CHATTER:
        cues.discard("chatter")  # "exit 0 every night" is no small talk
    if _SEVERITY.search(text):
        cues.add("declare")
    if (seen & lex.PUBLIC and seen & lex.TELL_PUBLIC) or lowered[:1] in _POSTED:
        cues |= {"communicate", "public"}
    if seen & lex.REPORTER and seen & lex.TELL:
        cues.add("report")
    if _ALL_OF_THEM.search(text):
        cues.add("complete")
    if any(w.tag == "NEG" for w in words) or seen & {"no", "nothing", "none", "gone"}:
        cues.add("denied")
    sentences = [text[a:b].strip() for a, b in split(text)]
    question = bool(sentences) and (
        all(s.endswith("?") for s in sentences) or (len(sentences) == 1 and words[0].lower in _QUESTION_WORDS)
    )
    future = bool(
        seen & {"will", "i'll", "we'll", "going to", "shall", "to do", "tomorrow", "next week"}
    ) or any(w.endswith("'ll") for w in lowered)
    progressive = any(w.tag.startswith("V") and w.lower.endswith("ing") for w in words) or any(
        w.endswith("ing") and len(w) > 4 for w in lowered[:2]
    )
    failed = "no effect" in cues or _attempt_failed(text)
    strength = (
        sum(_WEIGHTS[c] for c in cues) + (0.7 if technical else 0) + (0.3 if _NUMBER.search(text) else 0)
    )
    if question:
        strength -= 1.0
    if len(words) <= 2:
        strength -= 0.5
    return Reading(
        act=_act(cues, question=question, future=future, lowered=lowered),
        cues=frozenset(cues),
        strength=strength,
        question=question,
        future=future,
        failed=failed,
        progressive=progressive,
    )


_SAID = frozenset(
    "post find ask tell read hear notice agree approve think forget get say see confirm verify announce tweet know "
    "expect mean decide talk write note report suspect learn guess hope".split()
)
_LOOKING = frozenset(
    [
        "look",
        "check",
        "read",
        "think",
        "wait",
        "investigate",
        "watch",
        "try",
        "see",
        "dig",
        "search",
        "debug",
        "verify",
        "test",
        "wonder",
        "listen",
        "follow",
        "compare",
        "ask",
    ]
)
_IDLE = frozenset(
    [
        "go",
        "come",
        "sit",
        "hope",
        "feel",
        "say",
        "be",
        "have",
        "get",
        "talk",
        "joke",
        "leave",
        "sleep",
        "eat",
        "join",
        "be",
        "miss",
        "make",
    ]
)


def _own_act(words: tuple[Token, ...]) -> str | None:
    """A message that opens with a bare verb form tells what its author does or did: changing, or looking."""
    if len(words) < 3:
        return None
    first = words[0]
    if first.tag == "VERB" and first.form in ("past", "part"):
        return None if first.lemma.lower() in _SAID | _LOOKING | _IDLE else "intervene"
    if not first.lower.endswith("ing") or first.form != "ing":
        return None
    verb = first.lemma.lower().removesuffix("ing")
    if any(verb.startswith(v) for v in _LOOKING):
        return "diagnose"
    return None if any(verb.startswith(v) for v in _IDLE) else "intervene"


def _intervenes(text: str, words: tuple[Token, ...], *, technical: bool) -> bool:
    """Whether somebody changed a system now: a clause whose verb does that, told as done or under way.

    What a system does by habit, what is denied, and what a relative clause tells of earlier days is no act.
    A verb that also means paperwork or small talk counts only beside something technical or a noun.
    """
    named = technical or any(w.tag in ("NOUN", "PROPN") for w in words)
    own = _QUOTED.sub(lambda m: " " * len(m.group()), text)
    found = clauses(own, _NOBODY)
    for clause, after in zip(found, (*found[1:], None), strict=False):
        if clause.implied and clause.object and after is not None and after.subject == clause.object:
            continue  # "uploaded PDFs are in the store": an adjective, not an act
        verb = f"{clause.verb} {clause.particle}".strip() if clause.particle else clause.verb
        if verb not in lex.INTERVENE or (verb in lex.WEAK_INTERVENE and not named):
            continue
        if clause.negated or clause.modal or clause.connective in _BACKGROUND:
            continue
        if clause.subject.lower() not in _SELF and (
            clause.perfect or (verb in lex.WEAK_INTERVENE and clause.human)
        ):
            continue  # "one lady has started again": somebody else's doing
        if clause.tense == "present" and not (clause.progressive or clause.perfect):
            continue
        return True
    for i, word in enumerate(words):
        if word.tag in ("NOUN", "PROPN", "ADJ") and {word.lower, word.lemma.lower()} & lex.INTERVENE:
            if any(w.lemma.lower() in lex.DONE or w.lower in lex.DONE for w in words[i + 1 : i + 4]):
                return True
    return False


_ATTEMPT = re.compile(
    r"\b(?:try|attempt|restart|rollback|failover|retry|reboot|deploy|restore|import|upload|fix|second one|first one)\b",
    re.I,
)


def _attempt_failed(text: str) -> bool:
    """ "The restart was refused", "second try hangs": what was tried is the subject of a verb of failing."""
    return any(
        c.verb in ("fail", "refuse", "hang", "reject", "abort", "time") and bool(_ATTEMPT.search(c.subject))
        for c in clauses(text, _NOBODY)
    )


def _act(cues: set[str], *, question: bool, future: bool, lowered: list[str]) -> Act:
    if "hand over" in cues:
        return "handed over"
    if "declare" in cues and not question:
        return "declared"
    if question:
        return "suspected" if "suspect" in cues else "asked"
    if "decide" in cues:
        return "decided"
    if "public" in cues or ("communicate" in cues and "diagnose" not in cues):
        return "posted"
    if "rule out" in cues:
        return "ruled out"
    if "intervene" in cues and not future and lowered[:1] and lowered[0].endswith("ing"):
        return "did"  # "purging the cache, maybe it picks up the new one" is an act first
    if "suspect" in cues and "recover" not in cues:
        return "suspected"
    if "intervene" in cues and not future:
        return "did"
    if future or "follow up" in cues:
        return "planned"
    if "diagnose" in cues:
        return "found"
    if cues & {"symptom", "recover", "alert", "close"}:
        return "observed"
    return "wrote"


def classes_of(text: str) -> tuple[EventClass, ...]:
    """The classes that a sentence carries by its own words, without knowing what came before it; at most two."""
    reading = read_event(text)
    ranked: list[EventClass] = []
    if reading.has("declare", "hand over", "command"):
        ranked.append("ESC")
    if reading.has("close"):
        ranked.append("RES")
    if reading.act == "posted":
        ranked.append("COM")
    if reading.has("recover") and not reading.failed:
        ranked.append("MIT")
    if reading.act == "did":
        ranked.append("ATT")
    if reading.has("alert") and "DET" not in ranked:
        ranked.append("DET")
    if reading.has("escalate"):
        ranked.append("ESC")
    if reading.has("diagnose", "rule out", "suspect") or reading.act in ("found", "suspected", "ruled out"):
        ranked.append("DIA")
    if reading.has("symptom") and not ranked:
        ranked.append("DET")
    if reading.act == "planned":
        ranked.append("FUP")
    return tuple(dict.fromkeys(ranked))[:2]
