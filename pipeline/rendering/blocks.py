"""What a document consists of before it is Markdown or a page: lines, tables and standard sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.models.postmortem import Ids


@dataclass(frozen=True, slots=True)
class Said:
    """Words, what they rest on, and the label that stands before them (`Factor 1 · technical`, ending in `.`)."""

    text: str
    evidence: Ids = ()
    basis: str | None = None
    label: str | None = None
    label_end: str = "."


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a paragraph, or a bullet."""

    said: Said
    pointer: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one field of a table: mostly one saying, several joined by `joint` where accounts differ."""

    pieces: tuple[Said, ...]
    joint: str = "; "


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    pointer: str


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that no artifact and no author wrote."""

    text: str


Block = Line | Table | Note


@dataclass(slots=True)
class Blocks:
    """The blocks of one part, as they are gathered."""

    found: list[Block] = field(default_factory=list)

    def line(self, said: Said, pointer: str, *, bullet: bool = False) -> None:
        self.found.append(Line(said, pointer, bullet))

    def note(self, text: str) -> None:
        self.found.append(Note(text))

    def table(self, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]], pointer: str) -> None:
        """One row for each thing in the list at `pointer`; nothing where there is none."""
        if rows:
            self.found.append(Table(columns, tuple(Row(r, f"{pointer}/{n}") for n, r in enumerate(rows))))


def cell(text: str, basis: str | None = None) -> Cell:
    return Cell((Said(text, (), basis),))


def source(evidence: Ids) -> Cell:
    return Cell((Said("", evidence),))
