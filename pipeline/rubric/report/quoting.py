"""Fits a sentence into the columns of a terminal: broken between words, cut where it is too long, its words marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from pipeline.rubric.report.excerpts import Excerpt

LINES = 3  # that a quoted sentence may fill
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def quoted(excerpt: Excerpt, width: int, paint: Callable[[str], str] | None) -> Iterator[str]:
    """The lines of a quotation. The words that are meant are painted; without paint a line of ^ stands below them,
    unless they are all there is."""
    before, meant, after = _fitted(excerpt, width * LINES)
    text = before + meant + after
    start, end = len(before), len(before) + len(meant)
    for first, last in _broken(text, width):
        left, right = max(first, start), min(last, end)
        if left >= right:
            yield text[first:last]
        elif paint is not None:
            yield text[first:left] + paint(text[left:right]) + text[right:last]
        else:
            yield text[first:last]
            if before.strip() or after.strip():
                yield " " * cells(text[first:left]) + "^" * cells(text[left:right].rstrip())


def wrapped(text: str, width: int, hang: str) -> Iterator[str]:
    """A text as lines, all but the first indented by `hang`; without a width it stays one line. Colours take no room."""
    if width <= 0 or cells(_COLOUR.sub("", text)) <= width:
        yield text
        return
    indent = text[: len(text) - len(text.lstrip(" "))]
    line, used = indent, len(indent)
    for number, word in enumerate(text.split()):
        room = cells(_COLOUR.sub("", word))
        if number and used + 1 + room > width:
            yield line
            line, used = hang + word, len(hang) + room
        else:
            line, used = line + " " * (number > 0) + word, used + (number > 0) + room
    yield line


def cells(text: str) -> int:
    """How many columns a terminal needs for it: ideographs and most emoji take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def _broken(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; a word that is wider than a line is broken where the line ends."""
    first = 0
    while first < len(text):
        last = first + len(cut(text[first:], width, ""))
        if last < len(text) and not text[last].isspace() and " " in text[first:last].strip():
            last = text.rindex(" ", first, last)
        last = max(last, first + 1)
        yield first, last
        first = last
        while first < len(text) and text[first] == " ":
            first += 1


def _fitted(excerpt: Excerpt, width: int) -> tuple[str, str, str]:
    """The words in the middle, and as much of what stands round them as there is room for."""
    before, meant, after = excerpt
    before, after = before.lstrip(), after.rstrip()
    meant = cut(meant.lstrip() if not before else meant.rstrip() if not after else meant, width)
    room = max(0, width - cells(meant))
    left = min(cells(before), max(room // 2, room - cells(after)))
    return cut(before[::-1], left)[::-1], meant, cut(after, room - left)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The text, at most `width` columns of it; an ellipsis says that it goes on."""
    if cells(text) <= width:
        return text
    kept, used = 0, len(ellipsis)
    for character in text:
        used += cells(character)
        if used > width:
            break
        kept += 1
    return text[:kept] + ellipsis if width > 0 else ""
