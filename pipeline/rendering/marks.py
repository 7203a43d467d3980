"""A sentence with its evidence marks, printed and read back: `The alert fired *(inferred)* [E1] [E2].`"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.models.postmortem import Ids
from pipeline.rendering.escaping import escape, flatten, plain

# What the document says of a sentence's basis; observed and stated are not told apart in print.
NOTES = {"inferred": "inferred", "disputed": "disputed", "proposed": "proposed, not agreed"}
_BASES = {note: basis for basis, note in NOTES.items()}

MARK = re.compile(r"(?<!\\)\[(E\d+)\](?![\[(:])")
_MARK_AND_SPACE = re.compile(r"\s*" + MARK.pattern)
_NOTE = re.compile(r"\s*(?P<star>[*_])\((?P<note>" + "|".join(map(re.escape, _BASES)) + r")\)(?P=star)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Printed:
    """What one printed sentence, bullet or cell says. `basis` is None where print does not tell it."""

    text: str
    evidence: Ids = ()
    basis: str | None = None


def by_number(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids in the order of their numbers, each once."""
    return tuple(sorted(set(ids), key=lambda i: (int(m[0]) if (m := _NUMBER.search(i)) else 0, i)))


def print_marks(evidence: Iterable[str]) -> str:
    """`[E1] [E2]`; the space between keeps two links from becoming one."""
    return " ".join(f"[{i}]" for i in by_number(evidence))


def cut_stop(text: str) -> tuple[str, str]:
    """The text without its final stop, and the stop, behind which nothing may stand."""
    if text[-1:] in (".", "?", "!") and text[-2:-1] not in (".", "?", "!", " ", ""):
        return text[:-1], text[-1]
    return text, ""


def print_sentence(text: str, evidence: Iterable[str] = (), basis: str | None = None) -> str:
    """The text, its note and its marks, which stand before the final stop so that they move with it."""
    head, stop = cut_stop(flatten(text))
    note = f"*({NOTES[basis]})*" if basis in NOTES else ""
    return " ".join(filter(None, (escape(head), note, print_marks(evidence)))) + stop


def read_sentence(markdown: str) -> Printed:
    """The opposite of `print_sentence`, wherever in the sentence a person has put marks and note."""
    note = _NOTE.search(markdown)
    without = _MARK_AND_SPACE.sub("", _NOTE.sub("", markdown))
    return Printed(
        text=plain(without),
        evidence=tuple(dict.fromkeys(MARK.findall(markdown))),
        basis=_BASES[note["note"]] if note else None,
    )
