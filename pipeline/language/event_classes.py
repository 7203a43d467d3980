"""What one sentence about an incident reports: the act, the classes it may carry, and how strongly it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language import event_acts as acts
from pipeline.language import event_lexicon as lex
from pipeline.language import event_states as states
from pipeline.language.clauses import clauses
from pipeline.language.event_notices import posts
from pipeline.language.people import People
from pipeline.language.words import Token, tokens
from pipeline.models.base import EventClass
from pipeline.models.case import Act

_SEVERITY = re.compile(r"\b(?:sev|severity|prio(?:rity)?)[ -]?[0-5]\b(?! is)|\bp[01]\b", re.I)
_TECHNICAL = re.compile(
    r"\b(?:[a-z]+[-_.][a-z0-9_.-]*[a-z0-9]|[A-Z][a-z]+[A-Z]\w+|v\d+[\w.]*|\w*\d\w*|https?://\S+)\b|`[^`]+`|□"
)
_NUMBER = re.compile(r"\d")
_DEVIATES = re.compile(
    r"\bshould (?:be|have been) ~?\d|\binstead of ~?\d|\b(?:is|are|was|were|'s|far|way|much|runs?|gets?) too (?!bad\b|late\b|early\b)[a-z]+",
    re.I,
)
_ALL_OF_A_KIND = re.compile(r"^(?:ok,? |and |now )?(?:all|every|both) (?:of )?(?:the )?[a-z]+s?\b", re.I)
_IT_IS_THE_CAUSE = re.compile(
    r"(?:^|[.;,!]\s+)(?:so )?(?:it|that|this)(?:'s| is| was) (?:the|our|a|an) [a-z]", re.I
)
_IS_INCIDENT = re.compile(
    r"\b(?:this|it)(?:'s| is) (?:now )?(?:an?|our) (?:major |real )?(?:incident|emergency)\b", re.I
)
# A reading of something: a number with a unit, a share, a rate.
_MEASURE = re.compile(
    r"\d\s?(?:%|ms\b|s\b|sec|min\b|[kKMGT]i?[Bb]\b|[MG]bit|bar\b|dBm?\b|[kM]?[WV]\b|k?Hz|°C|req|rps|qps|x\b|/)|\bp(?:50|90|95|99)\b|\bper (?:second|minute|hour)\b|\d\w* (?:of|out of) \d",
    re.I,
)
_ALL_OF_THEM = re.compile(
    r"\b(?:all|every)\s+(?:of\s+)?(?:the\s+)?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|\b(\d+)\s?/\s?\1\b|\b(\d+) of \2\b|\b100\s?%"
    r"|\b(?:0|zero)\s+(?:new\s+)?[a-z]+s(?:\s+(?:left|waiting|remaining|failing|pending))?\b|\b(?:is|are|at) (?:0|zero)\b"
    r"|\bno (?:new|more) \w+(?: \w+)? since\b",
    re.I,
)
_PARTIAL = re.compile(r"\b(?:first|some|half|most|one of|only|partly|slowly)\b|\d\s?(?:of|/)\s?\d", re.I)
# "not hacked.", "not the network": a fragment that denies what somebody else said.
_DENIES = re.compile(
    r"(?:^|[.;,!]\s+)(?:so |it's |its |that's |it is |this is )?not (?!now\b|yet\b|me\b|sure\b|so\b|good\b|night\b|bad\b|really\b|much\b|only\b|even\b|that\b)(?:a |an |the )?\w{4,}",
    re.I,
)
# A link to a change that is proposed or made; a link to a remark in it is none.
_CHANGE_LINK = re.compile(r"https?://\S+/(?:pull|pulls|merge_requests|commit|changes)/\w+(?![\w#/-])")
_WORSENS = re.compile(
    r"\b(?:worse|falling|growing|rising|climbing|dropping|still (?:old|the|\d|failing|down|slow)|keeps? \w+ing)\b",
    re.I,
)
_QUESTION_WORDS = ("who", "why", "what", "how", "where", "when", "which")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_FRAGMENT = re.compile(r"[.;,!?–—]+\s+|\n")
_LATER = frozenset({"tomorrow", "later", "next week", "on monday", "then"})
_STOP = re.compile(r"(?<=[.!?])[”\"’']?\s+")
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+(?=\s|$)|$|[.!?](?=\S))+", re.S)
# "copy done", "the rebuild is finished": the act as a noun, and that it is over.
_IS_DONE = re.compile(
    r"(?:^|[.;,]\s+)(?:the )?[a-z][\w-]*(?: [\w-]+)? (?:is |are )?(?:done|finished|complete|completed)\b",
    re.I,
)
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
    contact: str | None = None  # whom the author says to fetch

    def has(self, *names: str) -> bool:
        return any(n in self.cues for n in names)


# Classes that words alone decide; the others are read from clauses (event_acts, event_states).
_LEXICA: dict[str, frozenset[str]] = {
    "alert": lex.ALERT,
    "command": lex.COMMAND,
    "escalate": lex.ESCALATE,
    "suspect": lex.SUSPECT,
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
    "communicate": 2.0,
    "diagnose": 1.0,
    "suspect": 0.5,
    "rule out": 1.0,
    "decide": 1.5,
    "no effect": 1.0,
    "trigger": 0.5,
    "follow up": 0.5,
    "chatter": -2.0,
    "complete": 1.0,
    "report": 1.0,
    "denied": 0.3,
    "denies": 0.7,
    "measure": 0.3,
    "hearsay": 0.3,
    "state": 0.5,
    "tells": 0.0,
    "general": -1.5,
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
def read_event(text: str, *, reported: bool = False) -> Reading:
    """Reads one sentence or message. Pure; knows no incident and no person. `reported`: somebody tells what
    others did (a document, a bot), so an act in the third person is the act."""
    words = tokens(text)
    seen = grams(_without_read_pages(words))
    lowered = [w.lower for w in words]
    found = clauses(_asserted(text), _NOBODY)
    technical = bool(_TECHNICAL.search(text))
    cues = {name for name, phrases in _LEXICA.items() if seen & phrases}
    if "on fire" in seen and not seen & (lex.ALERT - {"fire"}):
        cues.discard("alert")
    contact = acts.contacts(found, text)
    failed = states.no_effect(found, seen, text)
    framed = {
        "intervene": acts.intervenes(found, words, technical=technical, reported=reported)
        or bool(_CHANGE_LINK.search(text)),
        "rule out": bool(seen & lex.RULE_OUT) or states.clears(found, text),
        "diagnose": bool(seen & lex.DIAGNOSE or _IT_IS_THE_CAUSE.search(text)) or acts.looks(found),
        "escalate": contact is not None,
        "hand over": bool(seen & lex.HAND_OVER) or acts.hands_over(found),
        "command": acts.takes_command(found),
        "close": states.closes(_FRAGMENT.split(text), found)
        or bool(seen & lex.CLOSE - {"resolve", "resolved"}),
        "no effect": failed,
        "communicate": posts(text, found, reported=reported),
        "hearsay": bool(seen & lex.HEARSAY or (seen & lex.GRAPEVINES and seen & lex.TELL)),
        "report": bool(seen & lex.REPORTER and seen & lex.TELL),
        "decide": bool(seen & lex.DECIDE) or (acts.decides(found) and not seen & _LATER),
        "symptom": bool(seen & lex.SYMPTOM or _DEVIATES.search(text)) or states.is_off(found),
        "declare": bool(seen & lex.DECLARE or _SEVERITY.search(text) or _IS_INCIDENT.search(text)),
        "complete": _is_complete(text, failed=failed, ill=bool(seen & lex.SYMPTOM)),
        "measure": bool(_MEASURE.search(text)),
        "state": technical and states.identifies(found),
        "tells": states.tells(found),
        "general": states.is_general(found, text),
        "denies": bool(_DENIES.search(text)) or states.denies(found),
        "denied": any(w.tag == "NEG" for w in words) or bool(seen & {"no", "nothing", "none", "gone"}),
    }
    cues |= {name for name, holds in framed.items() if holds}
    if states.recovers(found, words, seen, text) and not failed and not _WORSENS.search(text):
        cues.add("recover")
        if not _PARTIAL.search(text) and seen & lex.RECOVER:
            cues.add("complete")
    if "intervene" in cues:
        cues.discard("general")
    if "chatter" in cues and len(words) > 9 and words[0].lower not in lex.CHATTER:
        cues.discard("chatter")  # "exit 0 every night" is no small talk
    # Chat goes on in small letters after a full stop, so sentences are cut at every stop here.
    sentences = [s for s in _STOP.split(text) if s.strip()]
    asked = [s.rstrip("”\"' ").endswith("?") for s in sentences]
    question = bool(sentences) and (all(asked) or (len(sentences) == 1 and _opens_as_question(words)))
    future = bool(
        seen & {"will", "i'll", "we'll", "going to", "shall", "to do", "tomorrow", "next week"}
    ) or any(w.endswith("'ll") for w in lowered)
    strength = (
        sum(_WEIGHTS[c] for c in cues) + (0.7 if technical else 0) + (0.3 if _NUMBER.search(text) else 0)
    )
    if question:
        strength -= 1.0
    elif asked and sum(asked) * 2 >= len(asked):
        strength -= 0.7
    if len(words) <= 2 and not cues & {"intervene", "close", "recover", "escalate"}:
        strength -= 0.5
    return Reading(
        act=_act(cues, question=question, future=future, lowered=lowered),
        cues=frozenset(cues),
        strength=strength,
        question=question,
        future=future,
        failed=failed,
        contact=contact,
    )


def _is_complete(text: str, *, failed: bool, ill: bool) -> bool:
    """All of them, none left, done: nothing of it is partial, and it is no complaint about all of them."""
    if _PARTIAL.search(text):
        return False
    if _ALL_OF_THEM.search(text):
        return True
    return not failed and bool(_IS_DONE.search(text) or (_ALL_OF_A_KIND.search(text) and not ill))


def _asserted(text: str) -> str:
    """The text with quotations, requests and (beside other sentences) questions blanked: nobody did those."""
    blank = _QUOTED.sub(lambda m: " " * len(m.group()), text)
    parts = [(m.start(), m.end()) for m in _SENTENCE.finditer(blank)]
    asked = [blank[a:b].rstrip().endswith("?") for a, b in parts]
    for (a, b), is_question in zip(parts, asked, strict=True):
        request = re.search(r"\bplease\b", blank[a:b], re.I)
        if (is_question and not all(asked)) or (request and len(parts) > 1):
            blank = blank[:a] + " " * (b - a) + blank[b:]
    return blank


def _opens_as_question(words: tuple[Token, ...]) -> bool:
    """ "who has the pager", without a question mark; "which we deleted" continues a statement."""
    return words[0].lower in _QUESTION_WORDS and not (len(words) > 1 and words[1].tag in ("PRON", "DET"))


def _without_read_pages(words: tuple[Token, ...]) -> list[Token]:
    """Without "page" where it is read, not sent: "status page", "page 31"."""
    kept = []
    for i, word in enumerate(words):
        if word.lower in ("page", "pages"):
            before = words[i - 1].lower if i else ""
            after = words[i + 1] if i + 1 < len(words) else None
            if before in lex.READ_PAGES or (after is not None and after.tag == "NUM"):
                continue
        kept.append(word)
    return kept


def _act(cues: set[str], *, question: bool, future: bool, lowered: list[str]) -> Act:
    if "hand over" in cues:
        return "handed over"
    if cues & {"declare", "command"} and not question:
        return "declared"
    if question:
        return "suspected" if "suspect" in cues else "asked"
    if "decide" in cues:
        return "decided"
    if "communicate" in cues:
        return "posted"
    if "rule out" in cues:
        return "ruled out"
    if "intervene" in cues and not future and lowered[:1] and lowered[0].endswith("ing"):
        return "did"  # "purging the cache, maybe it picks up the new one" is an act first
    if "suspect" in cues and "recover" not in cues:
        return "suspected"
    if "intervene" in cues and not future:
        return "did"
    if cues & {"recover", "complete", "close"} and not future:
        return "observed"
    if future or "follow up" in cues:
        return "planned"
    if "diagnose" in cues:
        return "found"
    if "escalate" in cues:
        return "did"
    if cues & {"symptom", "alert", "measure", "no effect", "report"}:
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
