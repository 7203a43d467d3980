"""From blocks to sentences, each with its span, its section and its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.blocks import Block
from pipeline.documents.masking import MASK, mask
from pipeline.documents.spans import make_span
from pipeline.language.sentences import split
from pipeline.language.times import find_times
from pipeline.models.document import Block as Form
from pipeline.models.document import Section, Sentence
from pipeline.rendering.layout import STATUS_LABELS

_FIELD = re.compile(r"[\s*_]*[A-Z][\w /&'’-]{1,30}?[*_]*\s*:[*_]*\s")
_OFFSET = re.compile(r"[\s*_\[(]*T\s?[+−-]\s?\d")  # "T+12 min"
_CLOSED = re.compile(r"[.!?:;][*_)\]\"'”’]*$")
_STATUS = tuple(STATUS_LABELS.values())
_LETTERS = re.compile(rf"[^\W\d_]{{2,}}|{MASK}{{2,}}")
_RAW = re.compile(
    r"\b(?:chat ?logs?|transcript|raw (?:logs?|data|material)|log (?:output|excerpt)|appendi\w+)\b", re.I
)


def read_sentences(
    surface: str,
    blocks: Sequence[Block],
    sections: Sequence[Section],
    lines: tuple[int, ...],
    *,
    machine_made: bool = False,
) -> tuple[Sentence, ...]:
    """Every sentence, bullet and cell that says something. Raw chat in an appendix is no text of the author's.

    In a draft, which is `machine_made`, the words in bold at the top ("Draft. Not reviewed.") are the program's, and
    left out, and what a line ends ends a sentence, whatever the next begins with.
    """
    found: list[Sentence] = []
    previous: tuple[tuple[int, ...], int] | None = None  # (paragraph or list, index of its last sentence)
    starts = [min(s.span.start, s.start) for s in sections]
    for block in blocks:
        section = max(0, bisect_right(starts, block.start) - 1)
        if block.quoted and _is_raw(sections, section):
            continue
        if machine_made and surface.startswith(_STATUS, block.start):
            continue
        for form, start, end in _pieces(surface, block, apart=machine_made):
            run = (0, block.group, block.level) if block.kind == "item" else (1, block.start)
            masked = mask(surface[start:end])
            for left, right in split(masked):
                if not _LETTERS.search(masked[left:right]):
                    continue
                place = make_span(lines, start + left, start + right)
                inside = max(section, bisect_right(starts, start + left) - 1)
                before = previous[1] if previous and previous[0] == run and form != "cell" else None
                found.append(Sentence(masked[left:right], place, form, inside, before))
                if before is not None:
                    found[before] = replace(found[before], after=len(found) - 1)
                previous = (run, len(found) - 1)
    return tuple(found)


def _pieces(surface: str, block: Block, *, apart: bool) -> Iterator[tuple[Form, int, int]]:
    if block.kind == "heading":
        yield "heading", block.start, block.end
    elif block.kind == "row":
        if not block.head:
            for start, end in block.cells:
                if end > start:
                    yield "cell", start, end
    else:
        for start, end in runs(surface, block, apart=apart):
            form: Form = "bullet" if block.kind == "item" else "prose"
            yield ("field" if _FIELD.match(surface, start, end) else form), start, end


def runs(surface: str, block: Block, *, apart: bool = False) -> Iterator[tuple[int, int]]:
    """A block's lines joined where they are one hard-wrapped text, apart where each says its own thing; with
    `apart` also where a line is closed by its full stop."""
    start, end = block.lines[0]
    log_like = _begins_anew(surface, (start, end))
    for line in block.lines[1:]:
        closed = _CLOSED.search(surface[start:end])
        if (closed and apart) or ((closed or log_like) and _begins_anew(surface, line)):
            yield start, end
            start, end = line
        else:
            end = line[1]
    yield start, end


def _begins_anew(surface: str, line: tuple[int, int]) -> bool:
    """Whether a line opens with a label or a time, as the lines of a log do."""
    shown = surface[line[0] : line[1]]
    if _FIELD.match(shown) and not shown.lstrip().lower().startswith(("http", "note that")):
        return True
    if _OFFSET.match(shown):
        return True
    lead = shown.lstrip("*_[(~ ")
    offset = len(shown) - len(lead)
    return any(t.start <= offset + 1 and t.clock for t in find_times(shown[: offset + 60]))


def _is_raw(sections: Sequence[Section], index: int) -> bool:
    own = sections[index]
    above = [s for s in sections[: index + 1] if s.level < own.level or s is own]
    return any(_RAW.search(s.heading) for s in above[-3:])
