"""Which unit of an edited document is which unit of the document that the program wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.drafting.edits.blocks import Unit
from pipeline.rendering.marks import MARK, read_sentence

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
    scored = [
        (likeness(unit, k.unit), -at, -k.index, at, k)
        for at, unit in enumerate(units)
        if found[at] is None
        for k in free
    ]
    for score, _, _, at, k in sorted(scored, key=lambda s: s[:3], reverse=True):
        if score < ALIKE:
            break
        if found[at] is None and k in free:
            take(at, k)
    return found


def likeness(one: Unit, other: Unit) -> float:
    """0 to 1 by shared words, raised where the marks or the first cell are the same."""
    ours, theirs = (read_sentence(u.raw).text.lower().split() for u in (one, other))
    score = SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
    marks, others = (set(MARK.findall(u.raw)) for u in (one, other))
    if marks and others:
        score += 0.3 * len(marks & others) / len(marks | others)
    if one.cells and next(iter(one.cells.values())) == next(iter(other.cells.values()), None):
        score += 0.3
    return min(score, 1.0)
