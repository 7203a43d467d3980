"""Cuts a text into words, each with a coarse tag, a verb form and a lemma."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.lemmas import lemma, verb_lemma
from pipeline.language.lexicon import word_set
from pipeline.language.tagging import tag_words


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `tag` is NOUN, PROPN, PRON, POSS, DET, ADJ, ADV, VERB, AUX, MODAL, TO, PREP, SUB, CONJ, WH,
    NEG, NUM or PUNCT; `form` is base, s, past, part or ing for verbs, else empty."""

    text: str
    lower: str
    lemma: str
    tag: str
    start: int
    end: int
    form: str = ""


_WORD = re.compile(
    r"https?://\S+"
    r"|□+"
    r"|@[A-Za-z0-9][\w.-]*\w"
    r"|[A-Za-zÀ-ÿ0-9_#$€£][\wÀ-ÿ]*(?:(?:[-.:/@+][\wÀ-ÿ]+|['’][A-Za-z]+|&[A-Z])*)"
    r"|\.{2,}|…|--|\S"
)
_CLITIC = re.compile(r"(?i)^(.+?)((?:n['’]t)|(?:['’](?:s|re|ve|ll|d|m)))$")
_BARE_NOT = word_set(
    "didnt doesnt dont isnt wasnt arent werent hasnt havent hadnt wont wouldnt shouldnt couldnt cant mustnt"
)
_BARE_HAVE = {
    "shoulda": "should",
    "coulda": "could",
    "woulda": "would",
    "shouldve": "should",
    "couldve": "could",
}
_BEFORE_HAVE = word_set("should could would must might")
_BARE_BE = {"im": "'m", "ive": "'ve", "theyre": "'re", "youre": "'re", "weve": "'ve", "theyve": "'ve"}


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a sentence (or of a whole text) with their places in it."""
    pieces: list[tuple[str, str, int, int]] = []  # surface, reading, start, end
    for found in _WORD.finditer(text):
        pieces.extend(_split(found.group(), found.start()))
    lowered = [reading.lower().replace("’", "'") for _, reading, _, _ in pieces]
    for i in range(1, len(lowered)):
        if lowered[i] == "of" and lowered[i - 1] in _BEFORE_HAVE:
            lowered[i] = "have"  # "should of checked"
    tags = tag_words([surface for surface, _, _, _ in pieces], lowered)
    return tuple(
        Token(surface, low, _lemma(low, tag, form), tag, start, end, form)
        for (surface, _, start, end), low, (tag, form) in zip(pieces, lowered, tags, strict=True)
    )


def _split(word: str, at: int) -> list[tuple[str, str, int, int]]:
    """Contractions as two words, also as chat writes them; "should've", "didnt", "shoulda"."""
    low = word.lower()
    end = at + len(word)
    if low in _BARE_NOT:
        stem = low[:-2]
        return [(word[:-2], stem, at, end - 2), (word[-2:], "nt", end - 2, end)]
    if low in _BARE_HAVE:
        cut = at + len(_BARE_HAVE[low])
        return [(word[: cut - at], _BARE_HAVE[low], at, cut), (word[cut - at :], "have", cut, end)]
    if low in _BARE_BE:
        cut = end - len(_BARE_BE[low]) + 1
        return [(word[: cut - at], word[: cut - at], at, cut), (word[cut - at :], _BARE_BE[low], cut, end)]
    clitic = _CLITIC.match(word)
    if clitic and not word.startswith(("http", "@")):
        cut = at + clitic.end(1)
        cut_short = {"ca": "can", "wo": "will", "sha": "shall"}.get(clitic[1].lower())
        if cut_short is not None and clitic[2].lower().startswith("n"):
            return [(clitic[1], cut_short, at, cut), (clitic[2], clitic[2], cut, end)]
        return [*_split(clitic[1], at), (clitic[2], clitic[2], cut, end)]
    if low == "cannot":
        return [(word[:3], "can", at, at + 3), (word[3:], "not", at + 3, end)]
    return [(word, word, at, end)]


def _lemma(low: str, tag: str, form: str) -> str:
    if tag == "AUX" and low == "'s":
        return "be"
    if tag == "PUNCT" or not low:
        return low
    if low == "'d":
        return "have" if tag == "AUX" else "would"
    if tag == "ADJ" and form == "":
        return low
    if tag == "PROPN":
        return low
    return verb_lemma(low) if tag == "VERB" else lemma(low)
