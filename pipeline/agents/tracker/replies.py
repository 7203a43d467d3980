"""What a model in the tracker's hat is asked to return; none of it is believed before it is checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pipeline.agents.author.replies import RecordId, TargetId
from pipeline.llm.schema import ReplyModel, sent_pattern
from pipeline.models.actions import MissingPart, Priority

PartId = Annotated[str, sent_pattern("^[FP][0-9]{1,2}$")]
Day = Annotated[str, sent_pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class ItemReply(ReplyModel):
    title: str
    owner: str | None
    due: Day | None
    ticket: str | None
    priority: Priority | None
    addresses: list[PartId]
    basis: Literal["stated", "proposed"]
    evidence: list[RecordId]


class NeedsReply(ReplyModel):
    title: str
    missing: list[MissingPart]
    question: str
    for_role: str | None
    owner: str | None
    due: Day | None
    ticket: str | None
    addresses: list[PartId]
    evidence: list[RecordId]


class ParkedReply(ReplyModel):
    title: str
    reason: str
    addresses: list[PartId]
    evidence: list[RecordId]


class DoneReply(ReplyModel):
    title: str
    addresses: list[PartId]
    evidence: list[RecordId]


class TrackerReply(ReplyModel):
    items: list[ItemReply]
    needs_detail: list[NeedsReply]
    parked: list[ParkedReply]
    done: list[DoneReply]


class ItemRevision(ReplyModel):
    """`title` None: the records don't say enough; it is asked about instead."""

    target: TargetId
    title: str | None
    evidence: list[RecordId]


class ItemRevisionReply(ReplyModel):
    revisions: list[ItemRevision]
