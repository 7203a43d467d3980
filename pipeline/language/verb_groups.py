"""Finds the verb groups of a tagged sentence: auxiliaries, negation and main verb, as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.language.lexicon import word_set
from pipeline.language.noun_phrases import phrase_end
from pipeline.language.words import Token

Mood = Literal["finite", "imperative", "infinitive", "gerund", "participle"]
Tense = Literal["past", "present", "future", "none"]

PARTICLES = word_set("up off out down over back away on in aside apart offline")
_PASSIVE_AUX = word_set("be get")
_OPENERS = frozenset({"SUB", "CONJ", "WH"})


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """`first`..`last` are token indices; `main` is the main verb's. `inverted` is a subject that stands
    inside ("had Sam checked"), as token indices."""

    first: int
    last: int
    main: int
    mood: Mood
    tense: Tense
    modal: str
    negated: bool
    perfect: bool
    passive: bool
    progressive: bool
    particle: str
    inverted: tuple[int, int] | None = None


def verb_groups(words: Sequence[Token]) -> list[VerbGroup]:
    found: list[VerbGroup] = []
    i = 0
    while i < len(words):
        group = _group_at(words, i)
        if group is None:
            i += 1
            continue
        found.append(group)
        i = group.last + 1
    return found


def _group_at(words: Sequence[Token], i: int) -> VerbGroup | None:
    token = words[i]
    infinitive = token.tag == "TO" and _verb_follows(words, i + 1)
    if token.tag not in ("MODAL", "AUX", "VERB") and not infinitive:
        return None
    auxiliaries: list[Token] = []
    modal, negated = "", _denied_before(words, i)
    main: int | None = None
    inverted: tuple[int, int] | None = None
    j = i + 1 if infinitive else i
    if infinitive and i and words[i - 1].tag == "NEG":
        negated = True  # "chose not to fail over"
    while j < len(words):
        word = words[j]
        if word.tag == "MODAL":
            if modal or auxiliaries or main is not None:
                break
            modal = word.lemma
        elif word.tag == "AUX":
            auxiliaries.append(word)
            main = j
        elif word.tag == "NEG":
            negated = True
        elif word.tag == "VERB":
            main = j
            break
        elif word.tag == "TO" and modal and not auxiliaries and words[j - 1].tag in ("MODAL", "NEG"):
            pass  # "must to verify", as some write it
        elif word.text == "(" and main is not None and _parenthesis(words, j):
            j += 2  # "has (expectedly) failed"
        elif word.tag == "ADV" or (word.tag == "PUNCT" and word.text in "\"'*_"):
            if word.tag == "PUNCT" and not _verb_follows(words, j + 1):
                break
        elif inverted is None and (modal or auxiliaries) and _opens(words, i) and main in (None, i):
            stop = phrase_end(words, j)
            if stop == j or not _predicate_follows(words, stop):
                break
            inverted = (j, stop)
            j = stop
            continue
        else:
            break
        j += 1
    if main is None:
        return None
    return _describe(words, i, main, infinitive, modal, auxiliaries, negated, inverted)


def _describe(
    words: Sequence[Token],
    first: int,
    main: int,
    infinitive: bool,
    modal: str,
    auxiliaries: list[Token],
    negated: bool,
    inverted: tuple[int, int] | None,
) -> VerbGroup:
    verb = words[main]
    helpers = auxiliaries if verb.tag == "VERB" else auxiliaries[:-1]
    lemmas = [a.lemma for a in helpers]
    participle = verb.form in ("part", "past")
    passive = bool(lemmas) and lemmas[-1] in _PASSIVE_AUX and participle and verb.tag == "VERB"
    perfect = "have" in lemmas and (participle or "been" in [a.lower for a in helpers])
    progressive = bool(lemmas) and lemmas[-1] == "be" and verb.form == "ing"
    head = words[first] if not infinitive else words[first + 1]
    mood: Mood
    tense: Tense = "none"
    if infinitive:
        mood = "infinitive"
    elif modal:
        mood, tense = "finite", "future" if modal in ("will", "shall") else "present"
    elif head.tag == "AUX" or verb.form in ("past", "s"):
        form = head.form
        if form in ("ing", "part") and head.tag == "AUX":
            mood = "gerund" if form == "ing" else "participle"
        elif form == "base":
            mood = "imperative"
        else:
            mood, tense = "finite", "past" if form == "past" else "present"
    elif verb.form == "base":
        mood, tense = "finite", "present"
    elif verb.form == "ing":
        mood = "gerund"
    else:
        mood = "participle"
        passive = True
    last = main
    particle = ""
    after = words[main + 1] if main + 1 < len(words) else None
    if after is not None and after.tag in ("PREP", "ADV") and after.lower in PARTICLES and verb.tag == "VERB":
        particle = after.lower
    return VerbGroup(
        first, last, main, mood, tense, modal, negated, perfect, passive, progressive, particle, inverted
    )


def _verb_follows(words: Sequence[Token], i: int) -> bool:
    while i < len(words) and words[i].tag in ("ADV", "NEG"):
        i += 1
    return i < len(words) and words[i].tag in ("VERB", "AUX") and words[i].form != "s"


def _denied_before(words: Sequence[Token], i: int) -> bool:
    """ "never tested", "not telling": the denial stands before the group."""
    while i > 0 and words[i - 1].tag == "ADV":
        i -= 1
    return i > 0 and words[i - 1].tag == "NEG" and words[i - 1].lower in ("never", "not")


def _parenthesis(words: Sequence[Token], i: int) -> bool:
    return i + 3 < len(words) and words[i + 1].tag == "ADV" and words[i + 2].text == ")"


def _predicate_follows(words: Sequence[Token], i: int) -> bool:
    while i < len(words) and words[i].tag in ("ADV", "NEG"):
        i += 1
    return i < len(words) and words[i].tag in ("VERB", "AUX", "ADJ", "PREP", "DET", "SUB")


def _opens(words: Sequence[Token], i: int) -> bool:
    """Whether the auxiliary at `i` opens its clause, so that its subject may follow it."""
    while i > 0 and words[i - 1].tag in ("ADV", "NEG"):
        i -= 1
    return i == 0 or words[i - 1].tag in _OPENERS or words[i - 1].tag == "PUNCT" or words[i - 1].tag == "PREP"
