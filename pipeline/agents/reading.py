"""One incident as the hats of a model see it: whole where it fits, else read in parts once for all of them."""

from __future__ import annotations

from pipeline.agents.brief import Brief, select, whole_brief
from pipeline.agents.extract.extractor import Extractor
from pipeline.agents.extract.passage import Extract, Passage
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.errors import ModelError
from pipeline.llm.port import ChatModel
from pipeline.models.case import Case
from pipeline.models.record import Record
from pipeline.models.removal import Dropped
from pipeline.prompting.collection import Library
from pipeline.rendering.prompt_blocks import record_lines
from pipeline.tokens import count

_SHRINK = 0.6  # of the evidence, where the service says that the request is too long after all
_LEAST = 0.05


class Reading:
    """Shared by the hats of one incident, one after the other: so the evidence stands in the same words before
    each of their tasks, and what was extracted is paid for once."""

    def __init__(self, model: ChatModel, library: Library, room: Room = DEFAULT_ROOM) -> None:
        self.room = room
        self._name = model.name
        self._extractor = Extractor(model, library, room)
        self._records: tuple[Record, ...] = ()
        self._extract = Extract()
        self._reduced: dict[tuple[Passage, ...], Extract] = {}
        self._dropped: list[Dropped] = []
        self._share = 1.0

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What readers said that no record of theirs bears out."""
        return tuple(self._dropped)

    def shrink(self) -> bool:
        """The evidence was too long after all; False where it can't be made shorter."""
        self._share *= _SHRINK
        return self._share > _LEAST

    def brief(self, case: Case, budget: int) -> Brief:
        """The case in at most `budget` tokens. Raises ModelError where that can't be, or a reader's call failed."""
        if self._records is not case.records:
            self._records, self._extract, self._reduced = case.records, Extract(), {}
        budget = int(budget * self._share)
        whole = whole_brief(case, budget, self._name)
        if whole is not None:
            return whole
        selection = select(case, budget, self._name)
        hidden = [r for r in case.records if r.id not in selection.ids]
        self._read(case, [r for r in hidden if r.id not in self._extract.read], selection.room)
        passages = tuple(self._extract.of(case, (r.id for r in hidden)))
        if not self._fits(case, passages, selection.room):
            passages = self._fewer(case, passages, selection.room)
        if not self._fits(case, passages, selection.room):
            raise ModelError(
                f"{self._name}: what was extracted from {len(hidden)} records needs more than "
                f"{selection.room} tokens; use a model with a larger context, or set a larger context_tokens"
            )
        return selection.brief(case, [p.as_record(case) for p in passages])

    def _read(self, case: Case, records: list[Record], room: int) -> None:
        found = self._extractor.extract(case, records, room)
        # A record that says nothing, or only instructs its reader, was in no part; it is read all the same.
        self._extract += found + Extract(read=frozenset(r.id for r in records))
        self._dropped += found.dropped

    def _fewer(self, case: Case, passages: tuple[Passage, ...], room: int) -> tuple[Passage, ...]:
        if passages not in self._reduced:
            found = self._extractor.reduce(case, passages, room)
            self._reduced[passages] = found
            self._dropped += found.dropped
        return tuple(self._reduced[passages].of(case, (r.id for r in case.records)))

    def _fits(self, case: Case, passages: tuple[Passage, ...], room: int) -> bool:
        return count(record_lines(p.as_record(case) for p in passages), self._name) <= room
