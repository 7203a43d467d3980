"""A Markdown text that knows which field of the data each of its places came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Segment:
    """`start_column` up to, but not including, `end_column` of `line` came from `pointer`; all 1-based."""

    line: int
    start_column: int
    end_column: int
    pointer: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """`pointer` is a JSON pointer into postmortem.json; `/items/…`, `/needs_detail/…`, `/parked/…` and
    `/done/…` point into action-items.json. A heading's pointer is that of its whole part."""

    text: str
    segments: tuple[Segment, ...]

    def pointer_at(self, line: int, column: int = 1) -> str | None:
        """The field that this place came from; None for what the program itself wrote."""
        here = [s for s in self.segments if s.line == line]
        inside = [s for s in here if s.start_column <= column < s.end_column]
        nearest = min(inside or here, key=lambda s: s.end_column - s.start_column, default=None)
        return nearest.pointer if nearest else None


@dataclass(slots=True)
class Sheet:
    """Lines as they are written, one field a line, so that a line is all that a place needs to be known by."""

    lines: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def line(self, text: str, pointer: str | None = None) -> None:
        self.lines.append(text)
        if pointer is not None:
            self.segments.append(Segment(len(self.lines), 1, len(text) + 1, pointer))

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def table(self, columns: Sequence[str], rows: Iterable[tuple[Sequence[str], str]]) -> None:
        """Rows come with their pointers; their cells are Markdown already."""
        self.blank()
        self.line(print_row(columns))
        self.line(print_row(["---"] * len(columns)))
        for cells, pointer in rows:
            self.line(print_row(cells), pointer)
        self.blank()

    def done(self) -> Rendered:
        return Rendered("\n".join(self.lines).rstrip("\n") + "\n", tuple(self.segments))


def print_row(cells: Iterable[str]) -> str:
    return f"|{'|'.join(f' {c} ' if c else ' ' for c in cells)}|"
