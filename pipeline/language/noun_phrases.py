"""Finds where a noun phrase begins and ends in a tagged sentence."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.lexicon import word_set
from pipeline.language.words import Token

_HEADS = frozenset({"NOUN", "PROPN", "NUM"})
_INSIDE = frozenset({"DET", "POSS", "ADJ", "NOUN", "PROPN", "NUM"})
_QUOTES = frozenset("\"'“”‘’`«»*_")
_WHEN = word_set("today yesterday tomorrow now then there here least most first last once")
_NO_MODIFIER = word_set(
    "due able unable aware unaware sure likely unlikely ready willing responsible accountable"
)


def phrase_end(words: Sequence[Token], start: int) -> int:
    """Index after the noun phrase that begins at `start`; `start` itself where none does."""
    i, last = start, start
    if start < len(words) and _is_clock(words[start]):
        while i < len(words) and words[i].tag == "NUM":
            i += 1  # "14:02 UTC" is a phrase of its own, whoever stands behind it
        return i
    while i < len(words):
        token = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if (
            token.tag == "PRON"
            and i == start
            and following is not None
            and following.lower == "'s"
            and following.tag == "POSS"
        ):
            i += 1  # "somebody's mistake"
            continue
        if token.tag == "PRON":
            # A pronoun is a phrase of its own ("no one", "she").
            return i + 1 if i == start or (last == start and token.lower == "one") else last
        if token.tag == "DET" and i > start and words[i - 1].tag not in ("DET", "PUNCT"):
            break
        if token.tag == "POSS" and not token.lower.startswith("'") and last > start:
            break  # "the deploy his"
        if token.tag in _INSIDE and not (
            token.tag == "ADJ" and token.lower in _NO_MODIFIER and not _head_follows(words, i)
        ):
            if token.tag == "ADJ" and last > start and not _head_follows(words, i):
                break
            if token.tag in _HEADS:
                last = i + 1
            i += 1
        elif i + 1 < len(words) and (
            (token.text in _QUOTES and words[i + 1].tag in _INSIDE)
            or (token.tag == "ADV" and words[i + 1].tag == "ADJ")
            or (token.lower in ("only", "more", "less") and words[i + 1].tag == "NOUN" and i > start)
        ):
            i += 1
        else:
            break
    if last == start and i > start and words[i - 1].tag in ("DET", "ADJ"):
        return i if words[start].tag in ("DET", "POSS") else start
    if last < len(words) and last > start and words[last].text in _QUOTES and words[start].text in _QUOTES:
        return last + 1
    return last


def _is_clock(token: Token) -> bool:
    return token.tag == "NUM" and (":" in token.text or token.text.count("-") == 2)


def _head_follows(words: Sequence[Token], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].tag in ("NOUN", "PROPN", "ADJ")


Phrase = tuple[int, int, str]
# The sentence that was cut last, whole: many questions about one sentence follow each other.
_last: tuple[Sequence[Token], list[Phrase]] = ((), [])


def phrases(words: Sequence[Token], start: int, end: int) -> list[Phrase]:
    """(begin, end, governing preposition or "") of the noun phrases in words[start:end]."""
    global _last
    if start or end != len(words):
        return _phrases(words, start, end)
    known, found = _last
    if known is not words:
        found = _phrases(words, start, end)
        _last = words, found
    return found


def _phrases(words: Sequence[Token], start: int, end: int) -> list[Phrase]:
    found: list[Phrase] = []
    governor = ""
    i = start
    while i < end:
        token = words[i]
        if token.tag == "PREP" or (token.tag == "TO"):
            governor = token.lower
            i += 1
            continue
        if (
            token.tag == "ADV"
            and token.lower in _WHEN
            and governor
            and i > start
            and words[i - 1].tag == "PREP"
        ):
            governor = ""  # "from today the interns ..."
        if token.tag == "ADV" and token.lower in ("once", "now", "good") and governor == "for":
            governor = ""  # "for once the vendor answered"
        stop = min(phrase_end(words, i), end)
        if stop > i:
            found.append((i, stop, governor))
            # "the owner of the box": what "of" governs belongs to the phrase before it.
            governor = ""
            i = stop
            continue
        if token.tag in ("VERB", "AUX", "SUB", "CONJ", "WH") or token.text in ",;:—–":
            governor = ""
        i += 1
    return found
