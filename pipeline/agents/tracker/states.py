"""Whether the words of an action say that it is open, done or declined, and why."""

from __future__ import annotations

import re

from pipeline.agents.tracker.claims import State
from pipeline.agents.tracker.lexicon import COMMANDS, DONE, OPEN
from pipeline.agents.tracker.titles import base_form, is_command
from pipeline.language.words import Token, tokens

_STILL = re.compile(
    r"\b(?:not yet|still|in progress|ongoing|under way|to be \w+(?:ed|n)|yet to|remains?|remaining|half done|partly|partially)\b",
    re.I,
)
_DECLINED = re.compile(
    r"^\s*parked\b|[;.]\s*(?:dropped|declined|rejected|parked)\W*$|\b(?:won['’]?t|will not|wo n't|not going to|decided (?:against|not to)|declined|rejected|not worth|no plans? to|not planned"
    r"|out of scope|wont ?fix|not doing|we (?:don['’]t|do not) (?:want|need)|dropped (?:it|this|the idea)|against it"
    r"|too (?:expensive|costly|risky|much effort|complex|invasive)|no budget|turned down|overkill|vetoed|accepted (?:the |this |as a )?risk|risk accepted|not needed|no need)\b",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|n't|never|isn['’]t|wasn['’]t|un)\b", re.I)
_STRUCK = re.compile(r"^\s*~~.*~~\s*$")
_TICK = re.compile(r"^\s*(?:✅|☑|✔|✓|\[x\]|\(x\)|:white_check_mark:|:heavy_check_mark:|:done:)\s*", re.I)


def state_of(text: str, checked: bool | None = None, *, status: str = "") -> State:
    """What the words themselves say. A box or a status column decides before them."""
    if checked is True or _TICK.match(text):
        return "done"
    if status:
        said = _status(status)
        if said is not None:
            return said
    if _STRUCK.match(text):
        return "declined"
    if _DECLINED.search(text):
        return "declined"
    if checked is False:
        return "open"
    words = tokens(text)
    if any(w.lower in OPEN for w in words) or _STILL.search(text):
        return "open"
    return "done" if _tells_completion(words, text) else "open"


def _status(status: str) -> State | None:
    low = status.lower()
    if re.search(r"won'?t|wont|declin|reject|cancel|duplicate|obsolete|parked|dropped", low):
        return "declined"
    if re.search(
        r"\b(?:not|to ?do|open|in progress|pending|new|backlog|started|scheduled|blocked|review|planned)\b",
        low,
    ):
        return "open"
    if re.search(r"\b(?:done|closed|complete|completed|resolved|fixed|merged|shipped|finished|live)\b", low):
        return "done"
    return None


def _tells_completion(words: tuple[Token, ...], text: str) -> bool:
    """A finished act as the main predicate: "done", "fixed on the 13th", "analytics was moved", "Added a test"."""
    plain = [w for w in words if w.tag != "PUNCT"]
    if not plain or _NEGATED.search(text):
        return False
    if plain[-1].lower in DONE or (plain[0].lower in DONE and len(plain) < 6):
        return True
    if re.search(r"[(\[–—-]\s*(?:already )?(?:done|fixed|completed?|merged|shipped|closed)\b", text, re.I):
        return True
    if any(w.tag == "MODAL" for w in plain):
        return False
    if re.search(r"\bback to normal\b", text, re.I):
        return True
    if is_command(text):
        return False
    first = plain[0]
    if (
        first.tag == "VERB"
        and first.form in ("past", "part")
        and len(plain) > 1
        and plain[1].tag in ("DET", "NOUN", "PROPN", "NUM", "ADJ", "POSS", "PREP")
    ):
        return True
    for i, word in enumerate(plain):
        if (
            word.tag == "AUX"
            and word.lower in ("was", "were", "been")
            and any(w.form == "part" for w in plain[i + 1 : i + 4])
        ):
            return True
        if word.tag == "VERB" and word.form in ("past", "part") and i <= 4:
            following = plain[i + 1].lower if i + 1 < len(plain) else ""
            remedied = base_form(word.lower) in COMMANDS or word.lower in DONE
            dated = following in ("", "on", "at", "since", "by", "yesterday", "today", "already")
            if (remedied and dated) or (
                word.lower in ("went", "came") and following in ("back", "live", "out", "away")
            ):
                return True
    return False


def decline_reason(text: str) -> str:
    """The clause that declines, or gives the reason for it."""
    match = re.search(r"\b(?:because|since|as it|due to|too |no budget|not worth)\b.*", text, re.I)
    if match:
        return match.group().strip(" .)")
    found = _DECLINED.search(text)
    return text[found.start() :].strip(" .;)") if found else ""


def without_refusal(text: str) -> str:
    """What was declined, without the clause that declines it."""
    found = _DECLINED.search(text)
    return text[: found.start()].strip(" ,;:–—-") or text if found else text
