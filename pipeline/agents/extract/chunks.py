"""Chunks: records in their order, in parts that a model can read at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.language.sentences import split
from pipeline.models.record import Record
from pipeline.rendering.prompt_blocks import new_headings, place_of, record_line, record_lines
from pipeline.tokens import count

_SHORTEST = 200  # characters of a record's text that is not cut further


@dataclass(frozen=True)
class Chunk:
    """Records that are read at once; of a long one perhaps only a part, under the same id."""

    records: tuple[Record, ...]

    @cached_property
    def lines(self) -> str:
        return record_lines(self.records)

    @cached_property
    def ids(self) -> frozenset[str]:
        """A passage that is read again names several."""
        return frozenset(i for record in self.records for i in record.id.split())

    def halves(self) -> tuple[Chunk, Chunk] | None:
        """Both halves, or None where it is one short record."""
        if len(self.records) > 1:
            middle = len(self.records) // 2
            return Chunk(self.records[:middle]), Chunk(self.records[middle:])
        parts = _halved(self.records[0])
        return (Chunk((parts[0],)), Chunk((parts[1],))) if parts else None


def chunks_of(records: Iterable[Record], size: int, model: str) -> list[Chunk]:
    """Whole records, as many as `size` tokens hold; one that is longer is cut between sentences."""
    found: list[list[Record]] = []
    used = 0
    place: tuple[str, ...] = ()
    for record in _cut(records, size, model):
        here = place_of(record)
        headed = _cost(record, model, new_headings(place, here))
        if not found or used + headed > size:
            found.append([])
            used, headed = 0, _cost(record, model, new_headings((), here))
        found[-1].append(record)
        used += headed
        place = here
    return [Chunk(tuple(chunk)) for chunk in found]


def _cut(records: Iterable[Record], size: int, model: str) -> list[Record]:
    found: list[Record] = []
    waiting = list(records)[::-1]
    while waiting:
        record = waiting.pop()
        too_long = _cost(record, model, new_headings((), place_of(record))) > size
        parts = _halved(record) if too_long else None
        if parts is None:
            found.append(record)
        else:
            waiting += parts[::-1]
    return found


def _cost(record: Record, model: str, headings: list[str]) -> int:
    return sum(count(line, model) + 1 for line in (*headings, record_line(record)))


def _halved(record: Record) -> tuple[Record, Record] | None:
    """Cut between the sentences nearest to the middle, else between lines or words, else anywhere."""
    text = record.text
    if len(text) <= _SHORTEST:
        return None
    middle = len(text) // 2
    starts = [start for start, _ in split(text)][1:]
    if not starts:
        starts = [at + 1 for at, c in enumerate(text) if c == "\n"] or [
            at + 1 for at, c in enumerate(text) if c == " "
        ]
    cut = min((s for s in starts if 0 < s < len(text)), key=lambda s: abs(s - middle), default=middle)
    # Cells only repeat the text of a row, which has none that is so long.
    first, second = ({"text": part.strip(), "columns": ()} for part in (text[:cut], text[cut:]))
    return record.model_copy(update=first), record.model_copy(update=second)
