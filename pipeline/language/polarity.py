"""Whether a stretch of a sentence is denied, hedged or asked."""

from __future__ import annotations

import re

from pipeline.language.closed_words import FINITE_AUX
from pipeline.language.lemmas import verb_forms
from pipeline.language.lexicon import word_set
from pipeline.language.sentences import split
from pipeline.language.words import Token, tokens

_DENIERS = word_set("not n't nt never no none nobody no-one noone nothing neither nor without hardly cannot")
# Verbs and adverbs whose complement is not claimed to hold.
_DENYING_VERBS = word_set("deny dispute reject rule avoid refute lack prevent exclude disprove")
_STOPS = frozenset(",;:—–()?!")
_TURNS = word_set("but although though because since while whereas however yet")
_HEDGES = word_set(
    "maybe perhaps possibly probably presumably apparently seemingly likely unlikely suspect guess think believe "
    "assume seem appear wonder might may could suspicion hypothesis theory hunch suspected seems appears potentially "
    "unsure unclear supposedly afaict iirc afaik imo suspecting possible plausible"
)
_HEDGING_PHRASES = re.compile(
    r"\b(?:looks? like|as far as (?:i|we) (?:know|can)|not (?:sure|certain|confirmed)|my (?:guess|bet|theory)"
    r"|could be|might be|may be|sort of|kind of|to be confirmed|tbc|if i had to)\b|\?\s*$",
    re.IGNORECASE,
)
_MODALS = word_set("will may might can could shall should would must")
_QUESTION_OPENERS = word_set(
    "who whom whose what why how when where which did do does is are was were has have had can could "
    "should shall will would may might must isn't aren't wasn't didn't doesn't don't won't couldn't shouldn't"
)


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether what stands at [start, end) of the sentence `text` is denied by a word before it in its clause."""
    return _denied_before([t for t in tokens(text) if t.start < start])


def _denied_before(before: list[Token]) -> bool:
    for token in reversed(before):
        if token.lower in _DENIERS or token.lemma in _DENYING_VERBS:
            return True
        if token.text in _STOPS or token.lower in _TURNS:
            return False
    return False


def is_hedged(text: str) -> bool:
    """Whether the sentence offers a guess rather than a fact."""
    if _HEDGING_PHRASES.search(text):
        return True
    return any(
        t.lower in _HEDGES and not (t.lower in ("may", "might", "could") and t.tag != "MODAL")
        for t in tokens(text)
    )


def opens_question(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) is the auxiliary that a question begins with, and not somebody's name:
    "Will the retries be changed?", but "Will restarted it?" and "Will, is it back?"."""
    if text[start:end].lower() not in _MODALS or not re.search(r"(?:^|[.?!:;]\s)\W*$", text[:start]):
        return False
    asked = next((text[s:e] for s, e in split(text) if s <= start < e), "")
    if not asked.rstrip(" \"'”’)*_").endswith("?") or not re.match(r"\s", text[end : end + 1]):
        return False
    behind = [t for t in tokens(text) if t.start >= end]
    while (
        behind and behind[0].tag == "PROPN"
    ):  # "Will Redis be": whoever is called Will would have a finite verb
        behind.pop(0)
    if not behind or behind[0].tag in ("PUNCT", "CONJ", "MODAL") or behind[0].lower in FINITE_AUX:
        return False
    forms = verb_forms(behind[0].lower)
    return not forms & {"past", "s"} or behind[0].tag in ("NOUN", "ADJ")


def is_question(text: str) -> bool:
    """Whether the sentence asks. Chat leaves the mark out: "did anyone deploy"."""
    stripped = text.rstrip(" \t\n\"'”’)*_")
    if stripped.endswith("?"):
        return True
    if stripped.endswith((".", "!", "…")):
        return False
    words = [t for t in tokens(text) if t.tag != "PUNCT"]
    if len(words) < 3 or words[0].lower not in _QUESTION_OPENERS:
        return False
    # An auxiliary or a question word before its subject; "Did not pause the importer" has no subject.
    inverted = words[0].tag in ("AUX", "MODAL") and words[1].tag in ("PRON", "DET", "POSS", "PROPN", "NOUN")
    asked = words[0].tag == "WH" and words[1].tag in ("AUX", "MODAL", "VERB")
    return inverted or asked
