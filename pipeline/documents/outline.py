"""From blocks to sections: real headings, bold lines and labels such as `Impact:` that stand for headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.documents.blocks import Block
from pipeline.documents.heading_families import family_of, is_clause
from pipeline.documents.headings import GROUPING, coverage, leading_part, part_below, parts_of
from pipeline.documents.masking import mask, plain
from pipeline.documents.placeholders import is_empty_text
from pipeline.documents.spans import make_span
from pipeline.language.times import find_times
from pipeline.models.document import Part, Section

_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<label>[^*\n]{2,80}?)(?:\*\*|__)\s*:?\s*$")
_BOLD_LEAD = re.compile(r"(?:\*\*|__)(?P<label>[^*\n]{2,60}?)\s*[:.?]?\s*(?:\*\*|__)\s*[:–—-]?\s*(?=\S)")
# Capitals are the bold of plain text: "WHO WAS HIT. 212 pallets …".
_CAPS_LINE = re.compile(r"(?P<label>[A-Z][A-Z /&'’,-]{1,60}[A-Z](?:\s*\([^()\n]*\))?)\s*[.:]?\s*$")
_CAPS_LEAD = re.compile(r"(?P<label>[A-Z][A-Z /&'’,-]{1,60}[A-Z](?:\s*\([^()\n]*\))?)[.:]\s+(?=\S)")
_PLAIN_LINE = re.compile(r"(?P<label>[A-Za-z][\w /&'’,()?-]{2,60}?)\s*:?\s*$")
_PLAIN_LEAD = re.compile(r"(?P<label>[A-Za-z][\w /&'’-]{2,40}?)\s*:\s+(?=\S)")
_GROUP_ONLY = 0.75  # a label without markup must be nearly nothing but the part's own words
_PARAGRAPH_LEVEL = 10
_ITEM_LEVEL = 20


@dataclass(frozen=True, slots=True)
class Label:
    """A stand-in heading inside a block's line. `body` is where what it announces begins."""

    start: int
    end: int
    body: int
    level: int
    alone: bool  # the line holds nothing else
    bold: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int  # of the heading's words
    end: int
    body: int
    level: int
    part: Part
    title: str


def read_label(text: str, block: Block, line: tuple[int, int]) -> Label | None:
    """The label that a line of a block begins with, or is."""
    level = _PARAGRAPH_LEVEL if block.kind != "item" else _ITEM_LEVEL + block.level
    for pattern, alone, bold in (
        (_BOLD_LINE, True, True),
        (_BOLD_LEAD, False, True),
        (_CAPS_LINE, True, True),
        (_CAPS_LEAD, False, True),
        (_PLAIN_LINE, True, False),
        (_PLAIN_LEAD, False, False),
    ):
        if match := pattern.match(text, *line):
            start, end = match.span("label")
            return Label(start, end, match.end(), level, alone, bold)
    return None


def split_at_labels(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Paragraphs cut where a line announces a part, so that what follows it is a block of that part."""
    found: list[Block] = []
    moved: dict[int, int] = {}
    for number, block in enumerate(blocks):
        moved[number] = len(found)
        if block.kind != "paragraph" or len(block.lines) == 1:
            found.append(block)
            continue
        begins = [n for n, line in enumerate(block.lines) if _announces(text, block, line)]
        cuts = sorted(
            {0, *begins, *(n + 1 for n in begins if _announces(text, block, block.lines[n]) == "alone")}
        )
        for start, end in zip(cuts, [*cuts[1:], len(block.lines)], strict=True):
            if start < end:
                found.append(replace(block, lines=block.lines[start:end]))
    for block in found:
        block.parent = None if block.parent is None else moved[block.parent]
        block.children = [moved[child] for child in block.children]
    return tuple(found)


def _announces(text: str, block: Block, line: tuple[int, int]) -> str | None:
    """ "alone" or "lead" where a line is the label of a part."""
    label = read_label(text, block, line)
    if label is None or _label_part(text, block, label, "other") is None:
        return None
    return "alone" if label.alone else "lead"


def outline(text: str, blocks: Sequence[Block], lines: tuple[int, ...]) -> tuple[Section, ...]:
    """The sections in order. The first stands for what comes before any heading."""
    marks = list(_marks(text, blocks))
    sections: list[Section] = []
    first = marks[0].start if marks else len(text)
    sections.append(_section(text, lines, "", 0, "other", (0, 0), 0, first))
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(text)
        sections.append(
            _section(text, lines, mark.title, mark.level, mark.part, (mark.start, mark.end), mark.body, end)
        )
    return _reread_went_wrong(tuple(sections))


def _section(
    text: str,
    lines: tuple[int, ...],
    title: str,
    level: int,
    part: Part,
    head: tuple[int, int],
    start: int,
    end: int,
) -> Section:
    start = min(start, end)
    return Section(title, level, part, make_span(lines, *head), start, end, is_empty_text(text[start:end]))


def _marks(text: str, blocks: Sequence[Block]) -> Iterator[_Mark]:
    open_marks: list[tuple[int, Part]] = []  # (level, part) of the headings above

    def push(level: int, part: Part) -> None:
        while open_marks and open_marks[-1][0] >= level:
            open_marks.pop()
        open_marks.append((level, part))

    def above(level: int) -> Part:
        return next((p for lv, p in reversed(open_marks) if lv < level), "other")

    seen_heading = False
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            title = plain(text[block.start : block.end])
            parent = above(block.level)
            part = _heading_part(title, block.level, parent, first=not seen_heading)
            if parent == "timeline" and part == "timeline" and not _holds_times(text, blocks[number + 1 :]):
                part = leading_part(parts_of(title)) or part  # no phase of the timeline: a part of its own
            seen_heading = True
            push(block.level, part)
            yield _Mark(block.start, block.end, block.end, block.level, part, title)
        elif block.kind in ("paragraph", "item"):
            for line in block.lines:
                label = read_label(text, block, line)
                if label is None:
                    continue
                level, enclosing = label.level, above(label.level)
                told = _label_part(text, block, label, enclosing)
                if told is not None:
                    push(level, told)
                    yield _Mark(
                        line[0], label.end, label.body, level, told, plain(text[label.start : label.end])
                    )


def _holds_times(text: str, following: Sequence[Block]) -> bool:
    """Whether a line below a heading, up to the next, opens with a clock time."""
    for block in following:
        if block.kind == "heading":
            return False
        for start, end in block.lines:
            if any(m.clock and m.start < 16 for m in find_times(mask(text[start : min(end, start + 60)]))):
                return True
    return False


def _heading_part(title: str, level: int, parent: Part, *, first: bool) -> Part:
    if (mentions := find_times(title)) and not parts_of(title):
        # A day or an hour groups what stands below it; an hour tells it.
        return "timeline" if parent in ("other", "summary") and any(m.clock for m in mentions) else parent
    part = part_below(parent, title)
    if first and level == 1 and coverage(title) < 1:
        return "other"
    if part is not None:
        return part
    if parent == "other" and (family := family_of(title)):
        return family
    if parent in GROUPING or parent in ("lessons", "went well", "went poorly", "lucky"):
        return parent
    # A heading of its own below a known part ("Database" below "Impact") goes on with it.
    return parent if leading_part(parts_of(title)) is None or coverage(title) < 0.5 else "other"


def _label_part(text: str, block: Block, label: Label, enclosing: Part) -> Part | None:
    if enclosing in GROUPING and not label.alone:
        return None
    title = text[label.start : label.end]
    if enclosing == "other" and label.bold and block.kind == "paragraph" and coverage(title) < 0.5:
        # Whatever its words, a line that asks something in bold stands for a heading.
        return family_of(title) or (
            "other" if label.alone and len(block.lines) == 1 and is_clause(title) else None
        )
    covered = coverage(title)
    if covered < (0.5 if label.bold else _GROUP_ONLY) or len(_unbracketed(title).split()) > 7:
        return None
    if block.kind == "item" and enclosing not in ("other", "summary", "lessons", "impact"):
        return None  # a bullet with a bold lead is a bullet of its section
    return part_below(enclosing, title)


def _unbracketed(title: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", title)


def _reread_went_wrong(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """`What went wrong` beside no `what went well`, in a document that names no cause, tells the cause."""
    parts = {s.part for s in sections}
    if "root cause" in parts or "went well" in parts or "lessons" in parts:
        return sections
    return tuple(
        Section(s.heading, s.level, "root cause", s.span, s.start, s.end, s.empty)
        if s.part == "went poorly"
        else s
        for s in sections
    )
