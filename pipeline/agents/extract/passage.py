"""A passage: one sentence that a reader took from records, with their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.agents.extract.replies import PassageKind
from pipeline.models.case import Case
from pipeline.models.record import Record
from pipeline.models.removal import Dropped


@dataclass(frozen=True, slots=True)
class Passage:
    """`hedged`: told as settled, where the records only suspect it."""

    kind: PassageKind
    text: str
    records: tuple[str, ...]
    hedged: bool = False

    def as_record(self, case: Case) -> Record:
        """A line of a prompt: it stands where and when its first record does, and names all of them."""
        first = case.record(self.records[0])
        said = f"(only suspected) {self.text}" if self.hedged else self.text
        return first.model_copy(
            update={
                "id": " ".join(self.records),
                "text": f"{self.kind}: {said}",
                "columns": (),
                "checked": None,
            }
        )


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read and what came of it. `dropped` could not be located, or was more than was asked for;
    `chunks` counts the parts that were read."""

    passages: tuple[Passage, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    read: frozenset[str] = frozenset()
    chunks: int = 0

    def __add__(self, other: Extract) -> Extract:
        return Extract(
            self.passages + other.passages,
            self.dropped + other.dropped,
            self.read | other.read,
            self.chunks + other.chunks,
        )

    def of(self, case: Case, ids: Iterable[str]) -> Iterator[Passage]:
        """The passages that tell of one of these records, in the order of the records."""
        wanted = set(ids)
        place = {record.id: at for at, record in enumerate(case.records)}
        yield from sorted(
            (p for p in self.passages if wanted & set(p.records)), key=lambda p: place[p.records[0]]
        )
