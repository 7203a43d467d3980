"""Cuts a text into blocks: headings, lines of prose, list items and table rows, nested as Markdown nests them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.documents.spans import line_starts

Kind = Literal["heading", "paragraph", "item", "row", "quote"]
_CHECKBOX = re.compile(r"\[(?P<mark>[ xX✓✔-])\][ \t]+")
_ATX = re.compile(r"[ \t>]*#{1,6}[ \t]*")
_BULLET = re.compile(r"[ \t>]*(?:[-*+•–—·]|\d{1,3}[.)])(?:[ \t]+|$)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_LOOSE_BULLET = re.compile(r"[ \t]*[-*+•·][ \t]+")
# "10. Review" above a line of dashes: Markdown reads an item and a rule, and its writer meant a heading.
_UNDERLINED_NUMBER = re.compile(
    r"(?<![^\n])[ \t]*(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)[.)][ \t]+(?=\S[^\n]{1,78}\n[ \t]*(?:={3,}|-{3,})[ \t]*(?:\n|\Z))"
)
_FOREIGN_BULLET = re.compile(r"[ \t]*[•·–—][ \t]+")  # bullets that Markdown does not know


@dataclass(slots=True)
class Block:
    """One block. `start:end` is its own text, without marker and without the blocks nested in it.

    `lines` are the (start, end) of each of its lines, markers and indentation cut off.
    """

    kind: Kind
    lines: tuple[tuple[int, int], ...]
    level: int = 0  # of a heading; nesting depth of an item
    parent: int | None = None  # index of the item that this block stands in
    group: int = 0  # number of its list or table
    ordered: bool = False
    checked: bool | None = None
    cells: tuple[tuple[int, int], ...] = ()
    head: bool = False  # the header row of a table
    quoted: bool = False
    children: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


@cache
def _markdown() -> MarkdownIt:
    # Indented code is off: people indent lists and logs, and a plain text knows no such rule. What stands inside
    # the blocks is read elsewhere.
    off = ["code", "html_block", "fence", "reference", "inline", "text_join"]
    return MarkdownIt("commonmark").disable(off).enable("table")


def cut_blocks(surface: str) -> tuple[Block, ...]:
    """The blocks of a surface in order; a nested block follows the item that holds it."""
    numbered = _UNDERLINED_NUMBER.sub(lambda m: "x" * len(m[0]), surface)
    return tuple(_Cutter(surface).cut(_markdown().parse(numbered)))


class _Cutter:
    def __init__(self, text: str) -> None:
        self.text, self.starts = text, line_starts(text)
        self.blocks: list[Block] = []
        self.group = 0

    def cut(self, tokens: list[Token]) -> list[Block]:
        items: list[int | None] = []  # the open list items; None until its first paragraph came
        lists: list[tuple[int, bool]] = []
        quotes = 0
        head = False
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self.group += 1
                    lists.append((self.group, token.type == "ordered_list_open"))
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "list_item_open":
                    items.append(None)
                case "list_item_close":
                    items.pop()
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "table_open":
                    self.group += 1
                case "thead_open":
                    head = True
                case "thead_close":
                    head = False
                case "tr_open":
                    self._row(token, head, self._parent(items))
                case "heading_open":
                    self._heading(token)
                case "paragraph_open" if token.map:
                    if items and items[-1] is None:
                        items[-1] = self._item(token.map, lists, self._parent(items), quotes > 0)
                    else:
                        self._paragraph(token.map, self._parent(items), quotes > 0)
                case _:
                    pass
        return self.blocks

    @staticmethod
    def _parent(items: list[int | None]) -> int | None:
        return next((i for i in reversed(items) if i is not None), None)

    def _add(self, block: Block) -> int:
        self.blocks.append(block)
        if block.parent is not None:
            self.blocks[block.parent].children.append(len(self.blocks) - 1)
        return len(self.blocks) - 1

    def _line(self, number: int) -> tuple[int, int]:
        start = self.starts[number]
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return start, end

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        raw = self.text[start:end]
        if not raw.strip():
            return start, start
        return start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))

    def _contents(self, first: int, last: int, marker: re.Pattern[str] | None) -> list[tuple[int, int]]:
        """The lines `first` to `last`, the marker cut off the first, quotation marks off all."""
        found = []
        for number in range(first, last):
            start, end = self._line(number)
            if (number == first and marker and (match := marker.match(self.text, start, end))) or (
                match := _QUOTE.match(self.text, start, end)
            ):
                start = match.end()
            start, end = self._trim(start, end)
            if end > start:
                found.append((start, end))
        return found

    def _heading(self, token: Token) -> None:
        assert token.map
        first, last = token.map
        if token.markup in ("-", "="):
            lines = self._contents(first, last - 1, None)
        else:
            start, end = self._contents(first, last, _ATX)[0] if self._contents(first, last, _ATX) else (0, 0)
            closed = re.search(r"[ \t]+#+[ \t]*$", self.text[start:end])
            lines = [self._trim(start, start + closed.start() if closed else end)]
        if lines and lines[0][1] > lines[0][0]:
            self._add(Block("heading", tuple(lines), level=int(token.tag[1])))

    def _item(
        self, lines: list[int], lists: list[tuple[int, bool]], parent: int | None, quoted: bool
    ) -> int | None:
        start, end = self._line(lines[0])
        at = start
        while match := _BULLET.match(self.text, at, end):  # "- - x", "- 1. x": the innermost counts
            at = match.end()
        checked = None
        if box := _CHECKBOX.match(self.text, at, end):
            checked, at = box["mark"] in "xX✓✔", box.end()
        own = [self._trim(at, end)] if self._trim(at, end)[1] > at else []
        own += self._contents(lines[0] + 1, lines[1], None)
        own = [(s, e) for s, e in own if e > s]
        if not own:
            return None
        group, ordered = lists[-1]
        item = Block("item", (own[0],), len(lists), parent, group, ordered, checked, quoted=quoted)
        index = self._add(item)
        item.lines = tuple(self._split_loose(own, index, quoted))
        return index

    def _split_loose(
        self, lines: list[tuple[int, int]], parent: int | None, quoted: bool
    ) -> Iterator[tuple[int, int]]:
        """Lines that look like bullets but hang in a paragraph (too deep, no blank line) become items."""
        loose = 0
        for number, (start, end) in enumerate(lines):
            match = _LOOSE_BULLET.match(self.text, start, end) if number else None
            if match and match.end() < end:
                self.group += not loose
                loose += 1
                at, checked = match.end(), None
                if box := _CHECKBOX.match(self.text, at, end):
                    checked, at = box["mark"] in "xX✓✔", box.end()
                level = self.blocks[parent].level + 1 if parent is not None else 1
                self._add(
                    Block("item", ((at, end),), level, parent, self.group, checked=checked, quoted=quoted)
                )
            elif loose:
                last = self.blocks[-1]
                last.lines = (*last.lines, (start, end))
            else:
                yield start, end

    def _paragraph(self, lines: list[int], parent: int | None, quoted: bool) -> None:
        own = self._contents(lines[0], lines[1], None)
        if not own:
            return
        first = _FOREIGN_BULLET.match(self.text, *own[0])
        if first and parent is None and not quoted:
            self.group += 1
            own[0] = (first.end(), own[0][1])
            block = Block("item", (own[0],), 1, None, self.group)
        else:
            block = Block("quote" if quoted else "paragraph", (own[0],), 0, parent, quoted=quoted)
        index = self._add(block)
        before = len(self.blocks)
        block.lines = tuple(self._split_loose(own, parent, quoted))
        if block.kind == "item":
            for other in self.blocks[before:]:
                other.group = self.blocks[index].group

    def _row(self, token: Token, head: bool, parent: int | None) -> None:
        assert token.map
        start, end = self._trim(*self._line(token.map[0]))
        cells = tuple(self._cells(start, end))
        if cells:
            self._add(Block("row", ((start, end),), 0, parent, self.group, cells=cells, head=head))

    def _cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        text = self.text
        if text[start:end].startswith("|"):
            start += 1
        if text[start:end].endswith("|") and not text[start:end].endswith("\\|"):
            end -= 1
        at = start
        for position in range(start, end + 1):
            if position == end or (text[position] == "|" and text[position - 1] != "\\"):
                yield self._trim(at, position)
                at = position + 1
