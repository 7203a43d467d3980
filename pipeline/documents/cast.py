"""The people whom a document names itself: by full name, and by the initials or handles that it explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.documents.masking import plain
from pipeline.language.lemmas import is_common
from pipeline.language.lexicon import words as words_of
from pipeline.language.words import Token, tokens
from pipeline.models.incident import Person

_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir)\.?\s)?"
_FULL = rf"{_TITLE}(?P<{{0}}>{_WORD}(?:\s[A-Z]\.)?(?:\s(?:van|von|de|da|le|la|al|bin|der|den)){{{{0,2}}}}(?:\s{_WORD}){{{{1,2}}}})"
_SHORT = r"(?P<short>@[A-Za-z][\w.-]*\w|[A-Z]{2,4})"
_EXPLAINED = (  # "TN Thandi Nkosi", "@mere = Mere Tāmati"; "Thandi Nkosi (TN)"
    re.compile(rf"(?<![\w@]){_SHORT}\s*(?:=|:|is\b|for\b|[–—-])?\s*{_FULL.format('name')}"),
    re.compile(rf"{_FULL.format('name')}\s*(?:[(=,]|[–—-])\s*{_SHORT}(?![\w-])"),
)
_HAS_SHORT = re.compile(r"@[A-Za-z]|[A-Z]{2}")  # most lines hold none, and names are slow to look for
_MENTIONED = re.compile(rf"(?<![\w@]){_FULL.format('name')}")
_OF_A_ROLE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "POSS", "NUM"})
_FIRST_NAMES = words_of("given_names") | words_of("word_names")


def read_cast(surface: str) -> tuple[Person, ...]:
    """In the order in which they are named, each once."""
    text = "\n".join(plain(line) for line in surface.split("\n"))
    short: dict[str, list[str]] = {}
    for name, known_as in _explained(text):
        short.setdefault(name, []).append(known_as)
    named = dict.fromkeys([*short, *_mentioned(text)])
    return tuple(
        Person(name=name, handles=tuple(dict.fromkeys(short.get(name, ()))), source="document")
        for name in named
    )


def known_words(cast: tuple[Person, ...]) -> tuple[str, ...]:
    """All that they go by, first names included, the longest first."""
    words = {word for p in cast for word in (p.name, p.name.split()[0], *p.handles)}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def member_opening(event: str, known: tuple[str, ...]) -> str | None:
    """Who of them a text begins with, or comes to before its first verb: "Ground handling supervisor Dev Pillai …"."""
    for word in known:
        at = event.find(word)
        whole = (
            at >= 0
            and not re.match(r"[\w'’-]", event[at + len(word) :])
            and not re.search(r"[\w@]$", event[:at])
        )
        if whole and _is_of_a_role(tokens(event[:at])):
            return word
    return None


def _is_of_a_role(words: Sequence[Token]) -> bool:
    """Whether what stands before a name goes with it; "ground handling" is made of verbs' forms."""
    return all(
        t.tag in _OF_A_ROLE
        or t.form == "ing"
        or (t.tag == "VERB" and behind is not None and behind.form == "ing")
        for t, behind in zip_longest(words, words[1:])
        if t is not None
    )


def _explained(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        for pattern in _EXPLAINED if _HAS_SHORT.search(line) else ():
            for match in pattern.finditer(line):
                name, short = _trimmed(match["name"]), match["short"]
                if name and (short.startswith("@") or _spells(short, name)):
                    yield name, short


def _mentioned(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        at = 0
        while match := _MENTIONED.search(line, at):
            name = _trimmed(match["name"])
            if name and _is_somebody(name, text):
                yield name
                at = match.start("name") + len(name)
            else:
                at = match.start("name") + len(match["name"].split()[0])


def _is_somebody(name: str, text: str) -> bool:
    """Two words of which the first is a first name, or no dictionary's: then it stands alone elsewhere, as one speaks of
    somebody."""
    first, _, rest = name.partition(" ")
    if is_common(name.split()[-1].lower()) or name.endswith(" Time"):
        return False
    if first.lower() in _FIRST_NAMES:
        return True
    if any(is_common(word.lower()) for word in name.split()) or not name.replace(" ", "").isalpha():
        return False
    return re.search(rf"(?<![\w-]){first}(?![\w-]|\s+{re.escape(rest)})", text) is not None


def _trimmed(words: str) -> str | None:
    """The capitalised words at the beginning, if they are two or more."""
    kept: list[str] = []
    for word in words.split():
        if not word[0].isupper() and word not in (
            "van",
            "von",
            "de",
            "da",
            "le",
            "la",
            "al",
            "bin",
            "der",
            "den",
        ):
            break
        kept.append(word)
    return " ".join(kept) if len(kept) > 1 and kept[-1][0].isupper() else None


def _spells(short: str, name: str) -> bool:
    initials = "".join(word[0] for part in name.split() for word in part.split("-") if word[0].isupper())
    return short == initials or (short[0] == initials[0] and short[-1] == initials[-1] and len(short) == 2)
