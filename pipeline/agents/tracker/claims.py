"""A claim: one telling, in one record, of something that is owed, done or declined."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.models.actions import Owner, Priority, Ticket
from pipeline.models.record import Record

State = Literal["open", "done", "declined"]
# By what form the record tells it; the earlier, the better a source of owner and date.
Frame = Literal[
    "action list",  # a document's or an issue's list of actions
    "assignment",  # somebody gives it to somebody
    "promise",  # somebody takes it
    "round",  # an answer to "what do you take"
    "cleanup",  # what the mitigation left behind
    "elsewhere",  # the same defect in another place
    "test",  # a regression test that is owed
    "ticket",  # work that a tracker already holds
    "need",  # somebody says that it must be done
]


@dataclass(frozen=True, slots=True)
class Claim:
    """`words` is what the record says of it, its fields cut away; `because` tells where each field is from."""

    words: str
    record: Record
    frame: Frame
    state: State = "open"
    owner: Owner | None = None
    asked: str | None = None  # asked by name, without an answer
    due: date | None = None
    ticket: Ticket | None = None
    priority: Priority | None = None
    reason: str = ""  # why it was declined
    condition: str = ""  # "if the budget allows"
    before: str = ""  # what was said right before, where the words lean on it
    because: dict[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    points_to: str | None = None  # "see her": who holds the action that this is about
    depends_on: tuple[str, ...] = ()  # tickets it waits for
