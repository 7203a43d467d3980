"""Cuts text into sentences, as spans, without being fooled by abbreviations, versions, times and URLs."""

from __future__ import annotations

import re

from pipeline.language.lexicon import word_set

# A full stop after these never ends a sentence, whatever follows.
_BEFORE_CAPITAL = word_set(
    "e.g i.e eg ie cf vs viz approx dept fig figs eqs vol ed eds resp incl excl mr mrs ms dr prof sr jr st rev "
    "gen lt sgt hon gov jan feb apr jun jul aug sep sept oct nov dec tue tues thu thur thurs"
)
# A full stop after these does not end a sentence when a number follows.
_BEFORE_NUMBER = _BEFORE_CAPITAL | word_set("no nos nr sec ch eq p pp ca al ext tel ref mar mon wed fri")

_BREAK = re.compile(
    r"\n[ \t]*(?:\n\s*)+"  # blank line
    r"|\n(?=[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]))"  # the next list item
    r"|(?P<mark>[.!?…。！？]+)(?P<close>[\"'”’)\]»*_]*)(?=\s|$)"
)
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“‘/-])([^\s(\[\"'“‘/]*)$")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text`, in order, without surrounding white space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        if found["mark"] is not None and not _ends_here(text, start, found):
            continue
        _add(spans, text, start, found.end())
        start = found.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        left = start + len(piece) - len(piece.lstrip())
        spans.append((left, left + len(stripped)))


def _ends_here(text: str, start: int, found: re.Match[str]) -> bool:
    rest = text[found.end() :].lstrip(" \t\n\"'“‘([*_")
    following = rest[:1]
    if not following:
        return True
    if following.islower():
        return False  # the sentence goes on, whatever the mark was
    mark = found["mark"]
    if mark != ".":
        # An ellipsis goes on where the clause does; a capital after it begins something new.
        return True
    # Where an evidence mark was blanked, white space stands before the full stop.
    before = _LAST_WORD.search(text[start : found.start()].rstrip("\"'”’»)] \t"))
    word = before[1].lower() if before else ""
    if not word:
        return False
    if text[start : found.start()].strip().isdigit():
        return False  # "3. Restart the pod": the number of a list item
    if len(word) == 1 and word.isalpha() and word != "i":
        return False  # an initial: "J. Okafor"
    if word in _BEFORE_CAPITAL:
        return False
    return not (word in _BEFORE_NUMBER and (following.isdigit() or following == "#"))
