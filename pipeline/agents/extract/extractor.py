"""The extractor: what doesn't fit a model's context is read in parts, each to passages that name their records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.agents.crew import Crew
from pipeline.agents.extract.chunks import Chunk, chunks_of
from pipeline.agents.extract.passage import Extract, Passage
from pipeline.agents.extract.replies import ExtractReply, PassageReply
from pipeline.agents.overview import computed_lines, incident_lines, milestone_records
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.agents.support import admissible, cited, fault_of, overstates, plain
from pipeline.llm.failure import CallFailed
from pipeline.llm.port import ChatModel, Message, Request
from pipeline.llm.schema import json_schema
from pipeline.llm.structured import ask
from pipeline.models.case import Case
from pipeline.models.record import Record
from pipeline.models.removal import Dropped
from pipeline.prompting.collection import Library
from pipeline.prompting.fence import boundary_of
from pipeline.rendering.prompt_blocks import record_lines
from pipeline.tokens import count

PART = "extract"  # of what is dropped here, in run.json
# Tokens of one part. Smaller parts are read by more calls at once, and with more attention each; the
# instructions, some 800 tokens, are paid for with each.
_LARGEST, _SMALLEST = 12_000, 300
_A_PASSAGE = 45  # tokens of its line, about; in a reply it takes some 65
_A_LONG_PASSAGE = 70  # of forty words, its place and its ids
_DENSEST = 120  # tokens of records for one passage, at least; denser, the records themselves say it better
_A_REPLY = 1.5  # tokens of records that the passages of one reply may come from, for each of its own
_FEWEST = 6
_LENIENCE = (
    2  # times as many as were asked for: the last of them, in order of time, may be the ones that matter
)
_READERS = 4  # parts that are read at once
_UNLOCATED = "cites a record that the reader did not see"
_TOO_MANY = "was more than the number of passages asked for"


class Extractor:
    """Knows no incident: whoever shares one keeps what was extracted."""

    def __init__(
        self, model: ChatModel, library: Library, room: Room = DEFAULT_ROOM, readers: int = _READERS
    ) -> None:
        self._model, self._library, self._room, self._readers = model, library, room, readers

    def extract(self, case: Case, records: Iterable[Record], room: int) -> Extract:
        """Passages of these records of the case, what instructs the reader left out, about as many as `room`
        tokens hold. Raises ModelError."""
        kept = [a for r in records if (a := admissible(r)).text.strip() or a.columns]
        reader = self._reader(case)
        chunks = chunks_of(kept, self._size(reader), self._model.name)
        sizes = [count(chunk.lines, self._model.name) for chunk in chunks]
        share = min(1 / _DENSEST, room / _A_PASSAGE / max(1, sum(sizes)))
        caps = (max(_FEWEST, int(size * share)) for size in sizes)
        return self._read_all(reader, list(zip(chunks, caps, strict=True)))

    def reduce(self, case: Case, extract: Sequence[Passage], room: int) -> Extract:
        """The passages once more, as few as `room` tokens hold. Raises ModelError."""
        lines = [passage.as_record(case) for passage in extract]
        reader = self._reader(case)
        chunks = chunks_of(lines, self._size(reader), self._model.name)
        reader.lenience = 1
        share = max(1, room // _A_LONG_PASSAGE // max(1, len(chunks)))
        return self._read_all(reader, [(chunk, share) for chunk in chunks])

    def _reader(self, case: Case) -> _Reader:
        return _Reader(self._model, self._library, self._room, case)

    def _size(self, reader: _Reader) -> int:
        left = self._room.context - self._room.answer - reader.overhead
        return max(_SMALLEST, min(_LARGEST, left, int(_A_REPLY * self._room.answer)))

    def _read_all(self, reader: _Reader, work: Sequence[tuple[Chunk, int]]) -> Extract:
        """All parts, several at once; the first failure goes up once the calls under way have ended."""
        crew = Crew((partial(reader.read, chunk, cap) for chunk, cap in work), self._readers)
        try:
            parts = dict(crew.results())
        finally:
            reader.stopped = True  # a part that was left alone may be about to be read in halves
        return sum((parts[number] for number in range(len(parts))), Extract())


@dataclass
class _Reader:
    """Reads parts of one case. `longest` shrinks with what the service finds too long, so that a part which
    is as long is not sent in vain."""

    model: ChatModel
    library: Library
    room: Room
    case: Case
    longest: int | None = None
    lenience: int = _LENIENCE
    stopped: bool = False

    def __post_init__(self) -> None:
        self._incident = incident_lines(self.case)
        self._computed = f"{computed_lines(self.case)}\n{milestone_records(self.case)}".strip()
        # One word for all parts of a case: it stands before them, in what they share.
        self._boundary = boundary_of(self._incident, self._computed, record_lines(self.case.records))

    @property
    def overhead(self) -> int:
        """Tokens of a request besides its records."""
        prompt = self.library["extract"]
        fixed = (prompt.system, prompt.user, self._incident, self._computed, str(json_schema(ExtractReply)))
        return count("\n".join(fixed), self.model.name)

    def read(self, chunk: Chunk, cap: int) -> Extract:
        if self.stopped:
            return Extract()
        halves = chunk.halves()
        if halves and self.longest is not None and len(chunk.lines) > self.longest:
            return self._read_halves(halves, cap)
        try:
            reply = ask(self.model, self.request(chunk, cap), ExtractReply)
        except CallFailed as failed:
            if failed.kind != "context" or halves is None:
                self.stopped = True
                raise
            self.longest = min(self.longest or len(chunk.lines), len(chunk.lines) - 1)
            return self._read_halves(halves, cap)
        return self._located(chunk, reply, cap)

    def _read_halves(self, halves: tuple[Chunk, Chunk], cap: int) -> Extract:
        first, second = (self.read(half, max(1, -(-cap // 2))) for half in halves)
        return first + second

    def request(self, chunk: Chunk, cap: int) -> Request:
        filled = self.library["extract"].fill(
            boundary=self._boundary,
            incident=self._incident,
            computed=self._computed,
            records=chunk.lines,
            cap=str(cap),
        )
        messages = (Message("system", filled.system), Message("user", filled.user))
        return Request(messages, ExtractReply, max_output_tokens=self.room.answer)

    def _located(self, chunk: Chunk, reply: ExtractReply, cap: int) -> Extract:
        """What of a reply the records of its part bear out."""
        kept: dict[tuple[str, tuple[str, ...]], Passage] = {}
        dropped: list[Dropped] = []
        for passage in reply.passages:
            text, ids = plain(passage.text), tuple(dict.fromkeys(passage.records))
            fault = self._fault(chunk, text, ids)
            if fault is None and len(kept) >= cap * self.lenience:
                fault = _TOO_MANY
            if fault is None:
                kept.setdefault((text, ids), self._passage(passage, text, ids))
            else:
                known = tuple(record.id for record in cited(self.case, ids))
                dropped.append(Dropped(PART, text, fault, known))
        return Extract(tuple(kept.values()), tuple(dropped), chunk.ids, 1)

    def _fault(self, chunk: Chunk, text: str, ids: tuple[str, ...]) -> str | None:
        if not set(ids) <= chunk.ids:
            return _UNLOCATED
        return fault_of(text, ids, self.case)

    def _passage(self, reply: PassageReply, text: str, ids: tuple[str, ...]) -> Passage:
        return Passage(reply.kind, text, ids, hedged=overstates(text, ids, self.case))
