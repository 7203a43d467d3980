"""A hat: it puts a task behind the evidence of a case, asks the model, and reads the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from pipeline.agents.brief import Brief, brief
from pipeline.llm.failure import CallFailed
from pipeline.llm.port import ChatModel, Message, Request
from pipeline.llm.schema import json_schema
from pipeline.llm.structured import ask
from pipeline.models.case import Case
from pipeline.prompting.collection import Library
from pipeline.prompting.fence import boundary_of
from pipeline.rendering.prompt_blocks import EVENT_FIELDS, RECORD_FIELDS
from pipeline.tokens import count

Typed = TypeVar("Typed", bound=BaseModel)

_SHRINK = 0.6  # of the evidence, where the service says that the request is too long after all
_SMALLEST = 1000


@dataclass(frozen=True, slots=True)
class Room:
    """Tokens of the model's context, and how many of them its reply may take."""

    context: int = 128_000
    reply: int = 16_000


DEFAULT_ROOM = Room()


class Hat:
    """Not shared between incidents: `notices` tells what this one's model was not shown."""

    def __init__(
        self, model: ChatModel, library: Library, room: Room = DEFAULT_ROOM, seed: int | None = None
    ):
        self._model = model
        self._library = library
        self._room = room
        self._seed = seed
        self._notices: dict[str, None] = {}
        self._hidden: dict[str, None] = {}

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(self._notices)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Ids of records that no call has shown, chatter not among them."""
        return tuple(self._hidden)

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
        while True:
            shown = brief(case, budget, self.name)
            try:
                answer = ask(self._model, self._request(shown, task, into), into)
            except CallFailed as failed:
                if failed.kind != "context" or budget < _SMALLEST:
                    raise
                budget = int(budget * _SHRINK)
                continue
            self._notices |= dict.fromkeys(shown.notices)
            self._hidden |= dict.fromkeys(shown.hidden)
            return answer

    def _budget(self, task: str, into: type[BaseModel]) -> int:
        """Tokens that are left for evidence."""
        shared = self._library["evidence"]
        fixed = "\n".join((shared.system, shared.user, task, str(json_schema(into))))
        return self._room.context - self._room.reply - count(fixed, self.name)

    def _request(self, shown: Brief, task: str, into: type[BaseModel]) -> Request:
        # The evidence comes first, the same for both hats and every round, so that a provider that keeps
        # prompts by their beginning charges for it once.
        evidence = {
            "incident": shown.incident,
            "computed": shown.computed,
            "events": shown.events,
            "records": shown.records,
        }
        filled = self._library["evidence"].fill(
            boundary=boundary_of(*evidence.values()),
            event_fields=EVENT_FIELDS,
            record_fields=RECORD_FIELDS,
            left_out=shown.left_out,
            **evidence,
        )
        # One user message: some chat templates refuse two in a row.
        messages = (Message("system", filled.system), Message("user", f"{filled.user}\n\n{task}"))
        return Request(messages, into, max_output_tokens=self._room.reply, seed=self._seed)
