"""Edited prose as sentences: the program prints one a line, a person writes as people write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.drafting.edits.blocks import Unit
from pipeline.drafting.edits.matching import ALIKE, Known, likeness
from pipeline.language.sentences import split
from pipeline.rendering.marks import MARK

_LEADING_MARKS = re.compile(r"(?:\s*" + MARK.pattern + r")+")
_MARKED_END = re.compile(MARK.pattern + r"(?:[.?!](?=\s)|(?=\n))")


def cut_prose(units: Sequence[Unit], known: Sequence[Known]) -> list[Unit]:
    """Lines of prose as sentences: what the program printed is one sentence a line, a person may write more."""
    printed = {k.unit.raw for k in known}
    sentences: list[Unit] = []
    run: list[Unit] = []
    for unit in units:
        if run and (unit.first or unit.raw in printed):
            sentences += _cut_run(run, known)
            run = []
        if unit.raw in printed:
            sentences.append(unit)
        else:
            run.append(unit)
    return sentences + (_cut_run(run, known) if run else [])


def _cut_run(run: Sequence[Unit], known: Sequence[Known]) -> list[Unit]:
    joined = "\n".join(u.raw for u in run)
    pieces = _sentences(joined)
    if len(run) == 1:
        was = max(known, key=lambda k: likeness(run[0], k.unit), default=None)
        # A sentence of ours that holds a full stop inside stays one while it is recognisable.
        if was and likeness(run[0], was.unit) >= ALIKE and len(pieces) <= len(_sentences(was.unit.raw)):
            return list(run)
    found = []
    for start, end in pieces:
        first = run[0].line + joined.count("\n", 0, start)
        last = run[0].line + joined.count("\n", 0, end)
        found.append(Unit("prose", first, last, " ".join(joined[start:end].split())))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences. A mark before a stop or a line's end ends one; marks behind a stop are its."""
    spans: list[tuple[int, int]] = []
    ends = [*(m.end() for m in _MARKED_END.finditer(text)), len(text)]
    starts = [0, *ends[:-1]]
    pieces = [(a + s, a + e) for a, b in zip(starts, ends, strict=True) for s, e in split(text[a:b])]
    for start, end in pieces:
        marks = _LEADING_MARKS.match(text, start, end) if spans else None
        if marks:
            spans[-1] = (spans[-1][0], marks.end())
            start = marks.end() + len(text[marks.end() : end]) - len(text[marks.end() : end].lstrip())
        if start < end:
            spans.append((start, end))
    return spans
