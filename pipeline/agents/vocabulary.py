"""The words of a sentence and of the records: what of them carries meaning, and what is known at all."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.lemmas import verb_forms
from pipeline.language.literals import find_literals
from pipeline.language.words import Token, tokens
from pipeline.models.case import Case
from pipeline.models.record import Record

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ")
_LISTED = re.compile(r"\s*[,;/]\s*")


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Lemmas of the words that carry meaning; of an identifier, the words in it."""
    found: set[str] = set()
    for token in tokens(text):
        if token.tag in _CONTENT and len(token.lemma) > 1:
            parts = _pieces(token.lower)
            found.update([token.lemma] if len(parts) < 2 else parts)
    return frozenset(found)


def record_content(record: Record) -> frozenset[str]:
    """Every word of a record, whatever its tag: a log line has no grammar to tag it by."""
    parts = [
        record.text,
        record.actor or "",
        record.section,
        record.source,
        *(c for col in record.columns for c in col),
    ]
    return _all_words("\n".join(parts))


@lru_cache(maxsize=16384)
def _all_words(text: str) -> frozenset[str]:
    return frozenset(t.lemma for t in tokens(text)) | frozenset(
        piece for t in tokens(text) for piece in _pieces(t.lower)
    )


def _pieces(word: str) -> list[str]:
    """The words inside an identifier: `checkout-api`, `pool_max`, `db.acquire`."""
    separated = "".join(c if c.isalnum() else " " for c in word)
    return [p for p in separated.split() if len(p) > 1]


def vocabulary(case: Case) -> frozenset[str]:
    """Every word of the records, kept with the tuple that it was made of: a copied case may hold another."""
    cached: tuple[tuple[Record, ...], frozenset[str]] | None = case.__dict__.get("_support_words")
    if cached is not None and cached[0] is case.records:
        return cached[1]
    found: set[str] = set()
    for record in case.records:
        found.update(w for t in tokens(record.text) for w in (t.lower, *_pieces(t.lower)))
        found.update(_pieces(f"{record.actor or ''} {record.source}".lower()))
    words = frozenset(found)
    case.__dict__["_support_words"] = (case.records, words)
    return words


def has_verb(text: str) -> bool:
    """Whether a text has a verb, as far as its words and their order tell."""
    words = tokens(text.replace("`", " "))  # a mark would stand between a subject and its verb
    if any(t.tag in ("VERB", "AUX", "MODAL") or "past" in verb_forms(t.lower) for t in words):
        return True
    return any(
        _takes_object(word, behind) or (words[0].tag == "WH" and _agrees(before, word, behind))
        for before, word, behind in zip(words, words[1:], words[2:], strict=False)
    )


def _takes_object(word: Token, behind: Token) -> bool:
    """ "takes a limit": no noun stands right before an article."""
    return (
        bool(verb_forms(word.lower) & {"s", "base"}) and behind.tag in ("DET", "POSS") and behind.text != "'s"
    )


def _agrees(subject: Token, word: Token, behind: Token) -> bool:
    """ "Which times hold: 15:09 or 15:10?", where nothing else of the question is its verb."""
    if subject.tag not in ("NOUN", "PROPN") or behind.tag != "PUNCT":
        return False
    return ("base" if subject.lemma != subject.lower else "s") in verb_forms(word.lower)


def without_literals(text: str) -> str:
    """The text with its times, numbers, identifiers and quotations blanked, and the commas between two of them;
    they are located, not read."""
    end = 0
    for literal in find_literals(text):
        start = end if end and _LISTED.fullmatch(text, end, literal.start) else literal.start
        end = literal.end
        text = text[:start] + " " * (end - start) + text[end:]
    return text
