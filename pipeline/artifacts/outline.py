"""Text that is taken out of a document of another form: Markdown, and of each line where it stands in the original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.artifacts.reader import Opened


@dataclass(slots=True)
class Outline:
    """Blocks in order. Each is told by its kind and number, as a reader of the original can count them."""

    _lines: list[str] = field(default_factory=list)
    _places: list[str] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _in_table: bool = False

    def heading(self, level: int, text: str) -> None:
        if flat := _flat(text):
            self._block("heading", [f"{'#' * min(max(level, 1), 6)} {flat}"])

    def paragraph(self, text: str) -> None:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines:
            self._block("paragraph", lines)

    def item(self, depth: int, text: str, mark: str = "-") -> None:
        """An item of a list, `depth` 0 for the outermost."""
        if flat := _flat(text):
            self._block("list item", ["  " * min(depth, 8) + f"{mark} {flat}"], apart=False)

    def quote(self, text: str) -> None:
        lines = [f"> {line.strip()}" for line in text.split("\n") if line.strip()]
        if lines:
            self._block("quotation", lines)

    def code(self, text: str) -> None:
        if text.strip():
            self._block("code", ["```", *text.strip("\n").replace("```", "'''").split("\n"), "```"])

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """The first row is the header."""
        full = [[_flat(c).replace("|", "\\|") for c in row] for row in rows if any(c.strip() for c in row)]
        if not full:
            return
        self._counts["table"] += 1
        width = min(max(len(row) for row in full), 60)
        self._line("", "")
        for number, row in enumerate(full, 1):
            cells = [*row, *[""] * width][:width]
            place = f"table {self._counts['table']}, row {number}"
            self._line("| " + " | ".join(cells) + " |", place)
            if number == 1:
                self._line("|" + "---|" * width, place)
        self._line("", "")

    def opened(self) -> Opened:
        return Opened("\n".join(self._lines), tuple(self._places))

    def _block(self, kind: str, lines: Sequence[str], *, apart: bool = True) -> None:
        self._counts[kind] += 1
        place = f"{kind} {self._counts[kind]}"
        if apart or (self._places and not self._places[-1].startswith("list item")):
            self._line("", place)
        for line in lines:
            self._line(line, place)
        if apart:
            self._line("", place)

    def _line(self, text: str, place: str) -> None:
        if text or (self._lines and self._lines[-1]):
            self._lines.append(text)
            self._places.append(place)


def _flat(text: str) -> str:
    return " ".join(text.split())
