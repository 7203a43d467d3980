"""Action items as data (schema `action-items/1`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from pipeline.models.base import Frozen
from pipeline.models.postmortem import Ids

Priority = Literal["P0", "P1", "P2", "P3"]
ItemType = Literal["quick win", "systemic"]
Category = Literal["prevent", "detect", "mitigate", "process"]
MissingPart = Literal["v", "o", "d"]


class Owner(Frozen):
    name: str
    kind: Literal["person", "role", "team"] = "person"


class Ticket(Frozen):
    """A reference to an entry of the team's tracker, as the artifact writes it."""

    key: str
    project: str | None = None
    url: str | None = None


class Because(Frozen):
    """What each field follows from, in words ("E54 says so"; "policy: P1 within 14 days")."""

    owner: str | None = None
    priority: str | None = None
    due: str | None = None
    tracking: str | None = None
    type: str | None = None


class ActionItem(Frozen):
    id: str  # A1, A2, ...
    title: str
    detail: str | None = None
    owner: Owner | None = None
    proposed_owner: str | None = None
    priority: Priority | None = None
    due: date | None = None
    tracking: Ticket | None = None
    type: ItemType
    category: Category
    addresses: tuple[str, ...] = ()
    basis: Literal["stated", "proposed"] = "stated"
    evidence: Ids = ()
    because: Because = Because()


class NeedsDetail(Frozen):
    id: str  # N1, N2, ...
    title: str
    missing: tuple[MissingPart, ...]
    question: str
    for_whom: str | None = Field(default=None, alias="for", serialization_alias="for")
    owner: Owner | None = None
    due: date | None = None
    tracking: Ticket | None = None
    evidence: Ids = ()

    model_config = ConfigDict(populate_by_name=True)


class Parked(Frozen):
    title: str
    reason: str
    evidence: Ids = ()


class Done(Frozen):
    title: str
    evidence: Ids = ()


class ActionItems(Frozen):
    """action-items.json."""

    schema_: Literal["action-items/1"] = Field(default="action-items/1", alias="schema")
    items: tuple[ActionItem, ...] = ()
    needs_detail: tuple[NeedsDetail, ...] = ()
    parked: tuple[Parked, ...] = ()
    done: tuple[Done, ...] = ()

    model_config = ConfigDict(populate_by_name=True)
