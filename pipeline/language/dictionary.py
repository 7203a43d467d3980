"""The English dictionary that simplemma carries, as a table on disk: to unpack it takes longer than to check a document.

The table is made on first use in the user's cache folder and holds nothing but the dictionary; where it can't be
kept there, simplemma is asked directly. See docs/decisions/0010-what-is-kept-to-start-sooner.md.
"""

from __future__ import annotations

import mmap
import os
import re
import sys
import unicodedata
import zlib
from array import array
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from pipeline.assets import cache_folder

FORMAT = b"postmortem dictionary 1\n"
# The endings by which simplemma takes an English word apart that it does not know.
_PLURALS = ("doms", "isms", "ists", "ments", "nces", "ships", "tions", "ums")
_APOSTROPHES = "'’ʼ"
_CLITICS = ("n't", "'re", "'ve", "'ll", "'m", "'s", "'d")
_WHOLE = frozenset({"can't", "won't", "shan't"})
_HYPHEN = re.compile(r"([-_])")


def lemma_of(word: str) -> str:
    """What simplemma says is the lemma of an English word; a word that it does not know is its own."""
    word = unicodedata.normalize("NFC", word)
    if word.isnumeric():
        return word
    found = _found(word)
    if found is not None:
        return found
    return _of_contraction(word) or _of_compound(word) or _by_ending(word)


def is_known(word: str) -> bool:
    """Whether the word stands in the dictionary."""
    return _found(unicodedata.normalize("NFC", word)) is not None


def _found(word: str) -> str | None:
    """The word as it is written, in the other case, and with each way to write an apostrophe."""
    if not word:
        return None
    book = _book()
    straight = word.replace("’", "'").replace("ʼ", "'")
    for variant in (
        (word,) if "'" not in straight else (word, *(straight.replace("'", c) for c in _APOSTROPHES))
    ):
        found = book.find(variant)
        if found is None:
            found = book.find(variant.lower() if variant[0].isupper() else variant.capitalize())
        if found is not None:
            return found
    return None


def _of_contraction(word: str) -> str | None:
    """ "grafana's" goes by what stands before the clitic, if the dictionary has that."""
    stem = word.replace("’", "'").replace("ʼ", "'")
    if "'" not in stem or stem.lower() in _WHOLE:
        return None
    for _ in range(2):
        clitic = next((c for c in _CLITICS if stem.endswith(c) and len(stem) > len(c)), None)
        if clitic is None:
            return None
        stem = stem.removesuffix(clitic)
        found = _found(stem) or _found(_unaccented(stem))
        if found is not None:
            return found
    return None


def _unaccented(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def _of_compound(word: str) -> str | None:
    """ "quote_stale" goes by the word that it is without its joints, else by its last part."""
    if "_" not in word and "-" not in word:
        return None
    parts = _HYPHEN.split(word)
    if not parts[-1]:
        return None
    joined = "".join(p for p in parts if p not in "-_").lower()
    found = _found(joined.capitalize() if word[0].isupper() else joined)
    if found is not None:
        return found
    last = _found(parts[-1])
    return None if last is None else "".join(parts[:-1]) + last


def _by_ending(word: str) -> str:
    if len(word) > 7 and word.endswith("cies"):
        return word[:-3] + "y"
    if word.endswith(_PLURALS):
        return word[:-1]
    if word.endswith("ized"):
        return word[:-4] + "ize"
    if word.endswith("erves"):
        return word[:-1]
    return word


class Book(Protocol):
    def find(self, word: str) -> str | None: ...


class Loaded:
    """The dictionary in memory, as simplemma unpacks it."""

    def __init__(self) -> None:
        from simplemma.strategies.dictionaries import DefaultDictionaryFactory

        self.words = DefaultDictionaryFactory().get_dictionary("en")

    def find(self, word: str) -> str | None:
        return self.words.get(word)


class Table:
    """A hash table in a file: slots with the places of entries, entries as `word TAB lemma LF`."""

    def __init__(self, file: Path) -> None:
        """Raises OSError where there is none, ValueError where it is none that can be read."""
        with file.open("rb") as opened:
            self._data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        head = len(FORMAT)
        if self._data[:head] != FORMAT or len(self._data) < head + 8:
            raise ValueError(f"{file} is no table")
        total = int.from_bytes(self._data[head : head + 4], "little")
        self._slots = int.from_bytes(self._data[head + 4 : head + 8], "little")
        self._first = head + 8
        view = memoryview(self._data)
        if zlib.crc32(view[head + 4 :]) != total:
            raise ValueError(f"{file} is damaged")

    def find(self, word: str) -> str | None:
        key = word.encode() + b"\t"
        slot = zlib.crc32(key) % self._slots
        data = self._data
        while True:
            at = self._first + slot * 4
            place = int.from_bytes(data[at : at + 4], "little")
            if place == 0:
                return None
            start = place + len(key)
            if data[place:start] == key:
                return data[start : data.find(b"\n", start)].decode()
            slot = (slot + 1) % self._slots


def packed(words: dict[str, str]) -> bytes:
    """The bytes of a table."""
    slots = 2 * len(words) + 1
    places = array("I", bytes(4 * slots))
    at = len(FORMAT) + 8 + 4 * slots
    entries = []
    for word, lemma in words.items():
        key = word.encode() + b"\t"
        slot = zlib.crc32(key) % slots
        while places[slot]:
            slot = (slot + 1) % slots
        places[slot] = at
        entry = key + lemma.encode() + b"\n"
        entries.append(entry)
        at += len(entry)
    if sys.byteorder == "big":
        places.byteswap()
    body = slots.to_bytes(4, "little") + places.tobytes() + b"".join(entries)
    return FORMAT + zlib.crc32(body).to_bytes(4, "little") + body


@cache
def _book() -> Book:
    file = cache_folder(os.environ) / f"english-{_edition()}.table"
    try:
        return Table(file)
    except (OSError, ValueError):
        loaded = Loaded()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = file.with_name(f"{file.name}.{os.getpid()}")
        made.write_bytes(packed(dict(loaded.words)))
        made.replace(file)
    except OSError:
        pass  # a machine without a cache folder is slower, nothing else
    return loaded


def _edition() -> str:
    """What tells one simplemma from another without importing it: its version, else the date of its files."""
    spec = find_spec("simplemma")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    installed = sorted(package.parent.glob("simplemma-*.dist-info"))
    if len(installed) == 1:
        return installed[0].name.removeprefix("simplemma-").removesuffix(".dist-info")
    return str(int(package.stat().st_mtime))
