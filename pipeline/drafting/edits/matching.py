"""Which unit of an edited document is which unit of the document that the program wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.drafting.edits.blocks import Unit
from pipeline.rendering.marks import read_sentence

# Below this, two sentences share little more than their form.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A unit as the program printed it; `index` is its place in the list of the data that it came from."""

    unit: Unit
    index: int


def pair(units: Sequence[Unit], known: Sequence[Known], key: str | None = None) -> list[Known | None]:
    """For each unit the known one that it is, or None for a new one; none is used twice.

    Equal text decides first; then, in tables with a column `key`, an equal cell there; then marks and likeness.
    """
    found: list[Known | None] = [None] * len(units)
    free = list(known)

    def take(at: int, chosen: Known) -> None:
        found[at] = chosen
        free.remove(chosen)

    for at, unit in enumerate(units):
        same = next((k for k in free if k.unit.raw == unit.raw), None)
        if same:
            take(at, same)
    if key is not None:
        for at, unit in enumerate(units):
            cell = unit.cells.get(key)
            same = next((k for k in free if cell and k.unit.cells.get(key) == cell), None)
            if same and found[at] is None:
                take(at, same)
        return found
    ours = {at: _Features.of(unit) for at, unit in enumerate(units) if found[at] is None}
    theirs = {k.index: _Features.of(k.unit) for k in free}
    scored = [
        (mine.likeness(theirs[k.index]), -at, -k.index, at, k) for at, mine in ours.items() for k in free
    ]
    for score, _, _, at, k in sorted(scored, key=lambda s: s[:3], reverse=True):
        if score < ALIKE:
            break
        if found[at] is None and k in free:
            take(at, k)
    return found


def likeness(one: Unit, other: Unit) -> float:
    """0 to 1 by shared words, raised where the marks or the first cell are the same."""
    return _Features.of(one).likeness(_Features.of(other))


@dataclass(frozen=True, slots=True)
class _Features:
    words: tuple[str, ...]
    marks: frozenset[str]
    first_cell: str | None

    @classmethod
    def of(cls, unit: Unit) -> _Features:
        said = read_sentence(unit.raw)
        first = next(iter(unit.cells.values()), None)
        return cls(tuple(said.text.lower().split()), frozenset(said.evidence), first)

    def likeness(self, other: _Features) -> float:
        raised = 0.0
        if self.marks and other.marks:
            raised += 0.3 * len(self.marks & other.marks) / len(self.marks | other.marks)
        if self.first_cell and self.first_cell == other.first_cell:
            raised += 0.3
        matcher = SequenceMatcher(None, self.words, other.words, autojunk=False)
        if matcher.quick_ratio() + raised < ALIKE:  # the upper bound is cheap, the ratio is not
            return 0.0
        return min(matcher.ratio() + raised, 1.0)
