"""How alike two texts are in what they are about: shared content lemmas, numbers and identifiers."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.words import tokens

_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "not",
        "no",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "my",
        "our",
        "your",
        "their",
        "me",
        "us",
        "him",
        "her",
        "them",
        "as",
        "if",
        "so",
        "then",
        "than",
        "there",
        "here",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "done",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "just",
        "very",
        "more",
        "most",
        "some",
        "any",
        "all",
        "also",
        "only",
        "own",
        "same",
        "other",
        "into",
        "out",
        "up",
        "down",
        "over",
        "under",
        "about",
        "after",
        "before",
        "since",
        "until",
        "again",
        "now",
        "still",
        "yet",
        "too",
        "get",
        "got",
        "go",
        "going",
        "s",
        "t",
        "ve",
        "ll",
        "re",
        "m",
        "d",
        "what",
        "which",
        "who",
        "when",
        "where",
        "how",
        "why",
        "ok",
        "yes",
        "please",
        "utc",
    ]
)
_MARK = re.compile(r"#?\d[\d.,:]*\d|#?\d+|\b[A-Z]{2,}[A-Z0-9]*-\d+\b|\b[a-z]+[-_.][\w.-]*\w\b|\bv\d[\w.]*")


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Content lemmas of a text, lower case."""
    return frozenset(
        w.lemma.lower()
        for w in tokens(text)
        if len(w.lower) > 1 and w.lower not in _STOP and w.lower[0].isalnum()
    )


@lru_cache(maxsize=8192)
def marks(text: str) -> frozenset[str]:
    """Numbers and identifiers, which two tellings of one event rarely share by chance."""
    return frozenset(m.group().strip(".,:").replace(",", "").lower() for m in _MARK.finditer(text))


def overlap(a: str, b: str) -> float:
    """0..1: the share of the shorter text's content that the other has too."""
    x, y = content(a), content(b)
    if not x or not y:
        return 0.0
    return len(x & y) / min(len(x), len(y))


def shared(a: str, b: str) -> int:
    return len(content(a) & content(b))
