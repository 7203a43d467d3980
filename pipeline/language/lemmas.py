"""What a single word can be, out of context: its lemma, and the verb forms that it may stand for."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.dictionary import is_known, lemma_of
from pipeline.language.lexicon import sections, words

Form = str  # "base", "s", "past", "part" (participle of the same look as the past: both), "ing"


def _irregular() -> tuple[dict[str, str], dict[str, str]]:
    past: dict[str, str] = {}
    participle: dict[str, str] = {}
    for entry in words("irregular_verbs"):
        base, simple, *rest = entry.split("/")
        past[simple] = base
        participle[rest[0] if rest else simple] = base
    return past, participle


_PAST, _PARTICIPLE = _irregular()
_IRREGULAR_BASES = frozenset(_PAST.values())
# "fix", "mix", "play", "guard", "craft", "thank", "proclaim": letters after which a base takes no -e.
_ENDS_A_BASE = re.compile(r"[xwy]$|(?:[^aeiou](?<![sx])[dfkmnpt]|ch|sh)$|[aeiou]{2}[mp]$")
_NOT_A_VERB = words("word_shapes", "not_a_verb")
_MAINLY_NOUN = words("word_shapes", "mainly_noun")
_ADJECTIVES = words("word_shapes", "adjective")
_ADJECTIVE_ENDINGS = (
    "ous",
    "ful",
    "less",
    "able",
    "ible",
    "ical",
    "ive",
    "ish",
    "ary",
    "some",
    "worthy",
    "ic",
)
_CONTRACTED = {
    "'m": "be", "'re": "be", "'ve": "have", "'ll": "will", "n't": "not", "nt": "not", "ca": "can",
    "wo": "will", "sha": "shall", "cannot": "can", "no-one": "nobody", "noone": "nobody", "u": "you",
}  # fmt: skip
_AUXILIARIES = {
    **dict.fromkeys(("am", "is", "are", "was", "were", "been", "being"), "be"),
    **dict.fromkeys(("has", "had", "having"), "have"),
    **dict.fromkeys(("does", "did", "done", "doing"), "do"),
}
_CLOSED = {word: tag for tag, group in sections("closed_class").items() for word in group}


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """The dictionary form of a lower-case word, verbs first: "broke" is "break", "alerts" is "alert"."""
    if not word:
        return ""
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    if word in _CLOSED:
        return _AUXILIARIES.get(word, word)
    base = _PAST.get(word) or _PARTICIPLE.get(word)
    if base:
        return base
    if word in _ADJECTIVES or word in _NOT_A_VERB:
        return word
    if "-" in word:
        head, _, last = word.rpartition("-")
        return f"{head}-{lemma(last)}" if head and last else word
    return _corrected(word, lemma_of(word).lower())


def _corrected(word: str, base: str) -> str:
    """ "fixed" is of "fix", though the dictionary says "fixe": no base ends in -e after such letters."""
    if (
        word.endswith("er")
        and base in (word[:-2], word[:-1])
        and base not in _ADJECTIVES
        and can_be_verb(base)
    ):
        return word  # "prompter": one who prompts, not more prompt
    if word.endswith("wives"):
        return word[:-3] + "fe"
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and base == stem + "e" and len(stem) > 2 and is_known(stem):
            return stem if _ENDS_A_BASE.search(stem) or stem in _IRREGULAR_BASES else base
    return base


@lru_cache(maxsize=16384)
def verb_lemma(word: str) -> str:
    """The lemma of a word that is known to be a verb: "handling", which the dictionary lists as a noun."""
    base = lemma(word)
    if base != word or not word.endswith("ing") or len(word) < 6:
        return base
    stem = word[:-3]
    for candidate in (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else ""):
        if candidate and is_common(candidate) and can_be_verb(candidate):
            return candidate
    return base


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """Whether a lower-case word stands in the dictionary."""
    return word in _CLOSED or is_known(word)


def is_adjective(word: str) -> bool:
    if word in _ADJECTIVES:
        return True
    return len(word) > 5 and word.endswith(_ADJECTIVE_ENDINGS) and word not in _NOT_A_VERB


@lru_cache(maxsize=16384)
def can_be_verb(base: str) -> bool:
    """Whether the dictionary knows an -ing or -ed form of `base` that goes back to it."""
    if base in _IRREGULAR_BASES or base in _PARTICIPLE.values():
        return True
    last = base.rpartition("-")[2] or base
    if len(last) < 2:
        return False
    stems = [last + "ing", last + last[-1] + "ing", last + "ed", last + last[-1] + "ed"]
    if last.endswith("e") and not last.endswith(("ee", "ye", "oe")):
        stems += [last[:-1] + "ing", last + "d"]
    return any(is_known(s) and lemma(s) == last for s in stems)


@lru_cache(maxsize=16384)
def verb_forms(word: str) -> frozenset[Form]:
    """The verb forms that a lower-case word may be; empty where it is no verb."""
    if word in _CLOSED or word in _NOT_A_VERB:
        return frozenset()
    found: set[Form] = set()
    if word in _PAST:
        found.add("past")
    if word in _PARTICIPLE:
        found.add("part")
    base = lemma(word)
    last = word.rpartition("-")[2]
    if base == word:
        if word not in _MAINLY_NOUN and word not in _ADJECTIVES and can_be_verb(word):
            found.add("base")
        if word.endswith("ing") and len(word) > 5 and word not in _ADJECTIVES:
            found.add("ing")  # "building", "indexing": the dictionary lists them as nouns
        elif last.endswith("ed") and len(last) > 4 and not is_common(last):
            found |= {"past", "part"}  # "yoloed", "borked": unknown to the dictionary
        return frozenset(found)
    if last.endswith("ing"):
        found.add("ing")
    elif last.endswith(("ed", "'d")):
        found |= {"past", "part"}
    elif last.endswith("s") and base not in _MAINLY_NOUN and can_be_verb(base):
        found.add("s")
    elif base in (
        "put",
        "set",
        "cut",
        "hit",
        "let",
        "shut",
        "split",
        "read",
        "reset",
        "quit",
        "cost",
        "spread",
    ):
        found.add("base")
    return frozenset(found)
