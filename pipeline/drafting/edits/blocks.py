"""An edited document cut into sections, and those into lines of prose, bullets and table rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.rendering.layout import HEADINGS, Part

_PARTS = {heading.lower(): part for part, heading in HEADINGS.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of prose, a bullet, a row or a thing of another kind; `raw` is its Markdown on one line.

    `line` and `end_line` are 1-based. `cells` maps a row's lower-case column heads to its cells; `first` says
    that a line of prose opens its paragraph.
    """

    kind: Literal["prose", "bullet", "row", "other"]
    line: int
    end_line: int
    raw: str
    cells: dict[str, str] = field(default_factory=dict)
    first: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """`part` is None for a heading that the data has no place for, "top" for what stands before the first."""

    part: Part | Literal["top"] | None
    heading: str
    line: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class EditedText:
    title: Unit | None
    sections: tuple[Section, ...]

    def units(self, part: Part | Literal["top"]) -> tuple[Unit, ...]:
        return tuple(u for s in self.sections if s.part == part for u in s.units)

    def has(self, part: Part) -> bool:
        return any(s.part == part for s in self.sections)


def cut(text: str) -> EditedText:
    """The structure that a Markdown reader sees; link definitions are no part of it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    title: Unit | None = None
    sections: list[tuple[Part | Literal["top"] | None, str, int, list[Unit]]] = [("top", "", 1, [])]
    stream = iter(range(len(tokens)))
    for at in stream:
        token = tokens[at]
        if token.type == "heading_open":
            heading = tokens[at + 1]
            line = (token.map or [0])[0] + 1
            if token.tag == "h1" and title is None:
                title = Unit("other", line, line, heading.content)
            elif token.tag in ("h1", "h2"):
                name = " ".join(heading.content.split())
                sections.append((_PARTS.get(name.lower()), name, line, []))
        elif token.type == "table_open":
            end = _closing(tokens, at)
            sections[-1][3].extend(_rows(tokens[at:end]))
            _skip(stream, end - at)
        elif token.type == "list_item_open":
            content = [t for t in tokens[at + 1 : _item_text_end(tokens, at)] if t.type == "inline"]
            if content:
                sections[-1][3].append(_bullet(content))
                _skip(stream, _item_text_end(tokens, at) - at - 1)
        elif token.type == "paragraph_open":
            sections[-1][3].extend(_prose(tokens[at + 1]))
            _skip(stream, 2)
        elif token.type in ("fence", "code_block", "html_block"):
            first, last = token.map or [0, 1]
            sections[-1][3].append(Unit("other", first + 1, last, token.content.strip()))
    return EditedText(title, tuple(Section(p, h, n, tuple(units)) for p, h, n, units in sections))


def _skip(stream: Iterator[int], count: int) -> None:
    for _ in range(count):
        next(stream, None)


def _closing(tokens: Sequence[Token], at: int) -> int:
    """The index of the token that closes the one at `at`."""
    level = tokens[at].level
    return next(i for i in range(at + 1, len(tokens)) if tokens[i].level == level and tokens[i].nesting == -1)


def _item_text_end(tokens: Sequence[Token], at: int) -> int:
    """Where a list item's own text ends: at its close, or before the list nested in it."""
    end = _closing(tokens, at)
    nested = ("bullet_list_open", "ordered_list_open", "table_open", "fence", "code_block", "html_block")
    return next((i for i in range(at + 1, end) if tokens[i].type in nested), end)


def _bullet(content: Sequence[Token]) -> Unit:
    maps = [t.map or [0, 1] for t in content]
    raw = " ".join(" ".join(t.content.split()) for t in content)
    return Unit("bullet", maps[0][0] + 1, maps[-1][1], raw)


def _prose(inline: Token) -> Iterator[Unit]:
    first = (inline.map or [0, 1])[0] + 1
    for n, raw in enumerate(inline.content.split("\n")):
        yield Unit("prose", first + n, first + n, raw.strip(), first=n == 0)


def _rows(tokens: Sequence[Token]) -> Iterator[Unit]:
    heads: list[str] = []
    cells: list[str] = []
    line = 0
    for token in tokens:
        if token.type == "tr_open":
            cells, line = [], (token.map or [0, 1])[0] + 1
        elif token.type == "inline":
            cells.append(token.content.strip())
        elif token.type == "tr_close":
            if not heads:
                heads = [c.lower() for c in cells]
            elif any(cells):
                named = dict(zip(heads, cells, strict=False))
                yield Unit("row", line, line, " | ".join(cells), named)
