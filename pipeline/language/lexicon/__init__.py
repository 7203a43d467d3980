"""Word classes as data: one text file a class, lemmas separated by white space, `#` begins a comment.

An underscore joins the words of a phrase. A line `name: …` puts what follows it under that name.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The named parts of the class file `name`.txt, in order; what stands before any name is under ''."""
    found: dict[str, list[str]] = {}
    current = ""
    for raw in files(__package__).joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        line = raw.split("#", 1)[0].strip()
        head, colon, rest = line.partition(":")
        if colon and " " not in head:
            current, line = head, rest
        found.setdefault(current, []).extend(w.replace("_", " ") for w in line.split())
    return {k: tuple(v) for k, v in found.items() if v}


@cache
def words(name: str, section: str | None = None) -> frozenset[str]:
    """The words of a class file, or of one part of it."""
    parts = sections(name)
    if section is not None:
        return frozenset(parts[section])
    return frozenset(w for part in parts.values() for w in part)


def word_set(text: str) -> frozenset[str]:
    """A small class written in the code that alone uses it."""
    return frozenset(text.split())
