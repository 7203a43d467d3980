"""A hat: it puts a task behind the evidence of a case, asks the model, and reads the answer."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from pipeline.agents.brief import Brief
from pipeline.agents.reading import Reading
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.errors import ModelError
from pipeline.llm.failure import CallFailed
from pipeline.llm.port import ChatModel, Message, Reply, Request
from pipeline.llm.schema import json_schema
from pipeline.llm.structured import ask
from pipeline.models.case import Case
from pipeline.models.removal import Dropped
from pipeline.prompting.collection import Library
from pipeline.prompting.fence import boundary_of
from pipeline.rendering.prompt_blocks import RECORD_FIELDS
from pipeline.tokens import count

Typed = TypeVar("Typed", bound=BaseModel)

# Tokens that are kept for any task and its schema, so that a longer one finds the evidence in the same words
# as a shorter one, and a provider's kept beginning of it.
_TASK = 6_000


class Hat:
    """Not shared between incidents: `notices` tells what this one's model was not shown.

    Hats of one incident share its `reading`. `house` holds the organisation's own wishes for what is written.
    """

    def __init__(
        self,
        model: ChatModel,
        library: Library,
        room: Room = DEFAULT_ROOM,
        seed: int | None = None,
        *,
        reading: Reading | None = None,
        house: str = "",
    ) -> None:
        self._model = model
        self._library = library
        self._reading = reading or Reading(model, library, room)
        self._room = self._reading.room
        self._seed = seed
        self._house = house.strip()
        self._notices: dict[str, None] = {}
        self._answered: dict[str, None] = {}
        self._dropped: list[Dropped] = []

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def writers(self) -> tuple[str, ...]:
        """The models that answered: more than one where one stood in for another."""
        return tuple(self._answered) or (self.name,)

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(self._notices)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What fell while records were extracted for this hat's calls; told by one hat of those that share it."""
        return tuple(self._dropped)

    def ask(
        self, case: Case, prompt: str, into: type[Typed], data: tuple[str, ...] = (), **slots: str
    ) -> Typed:
        """The model's answer to the task `prompt`. Those of its slots that hold `data` are fenced as one.

        Raises ModelError.
        """
        if data:
            slots["boundary"] = boundary_of(*(slots[name] for name in data))
        task = self._library[prompt].fill(**slots).user
        budget = self._budget(task, into)
        if budget <= 0:
            raise ModelError(
                f"{self.name}: a context of {self._room.context} tokens has no room for records beside the "
                "instructions and the reply; use a model with a larger context, or set a larger context_tokens"
            )
        while True:
            shown = self._brief(case, budget)
            try:
                answer = ask(self._model, self.request(shown, task, into), into, self._heard)
            except CallFailed as failed:
                if failed.kind != "context" or not self._reading.shrink():
                    raise
                continue
            self._notices |= dict.fromkeys(shown.notices)
            return answer

    def _heard(self, reply: Reply) -> None:
        self._answered[reply.asked or self.name] = None

    def _brief(self, case: Case, budget: int) -> Brief:
        before = len(self._reading.dropped)
        shown = self._reading.brief(case, budget)
        self._dropped += self._reading.dropped[before:]
        return shown

    def _budget(self, task: str, into: type[BaseModel]) -> int:
        """Tokens that are left for evidence."""
        shared = self._library["evidence"]
        fixed = count("\n".join((shared.system, self._house, shared.user)), self.name)
        own = count(f"{task}\n{json_schema(into)}", self.name)
        kept = min(_TASK, self._room.context // 4)
        return self._room.context - self._room.answer - fixed - max(own, kept)

    def request(self, shown: Brief, task: str, into: type[BaseModel]) -> Request:
        """What is sent: the same for the same case, task and settings."""
        # The evidence comes first, the same for both hats and every round, so that a provider that keeps
        # prompts by their beginning charges for it once.
        evidence = {"incident": shown.incident, "computed": shown.computed, "records": shown.records}
        filled = self._library["evidence"].fill(
            boundary=boundary_of(*evidence.values()),
            house=f"\n\nThe organisation that you write for asks:\n{self._house}" if self._house else "",
            record_fields=RECORD_FIELDS,
            left_out=shown.left_out,
            **evidence,
        )
        # One user message: some chat templates refuse two in a row.
        messages = (Message("system", filled.system), Message("user", f"{filled.user}\n\n{task}"))
        return Request(messages, into, max_output_tokens=self._room.answer, seed=self._seed)
