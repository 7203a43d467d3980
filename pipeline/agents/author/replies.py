"""What a model in the author's hat is asked to return; none of it is believed before it is checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pipeline.llm.schema import ReplyModel, sent_pattern
from pipeline.models.base import Basis, EventClass
from pipeline.models.postmortem import FactorKind, Rank

RecordId = Annotated[str, sent_pattern("^E[0-9]{1,7}$")]
EntryId = Annotated[str, sent_pattern("^[VE][0-9]{1,7}$")]
FactorId = Annotated[str, sent_pattern("^F[0-9]{1,2}$")]
TargetId = Annotated[str, sent_pattern("^R[0-9]{1,3}$")]
BasisOfMeasure = Literal["observed", "stated", "inferred", "disputed", "proposed"]


class StatementReply(ReplyModel):
    text: str
    evidence: list[RecordId]
    basis: Basis


class EntryReply(ReplyModel):
    """`event` is one of code's events, or a record that is lifted into the timeline."""

    event: EntryId
    text: str
    classes: list[EventClass]


class FactorReply(ReplyModel):
    statement: str
    kind: FactorKind
    basis: Basis
    evidence: list[RecordId]


class RuledOutReply(ReplyModel):
    statement: str
    evidence: list[RecordId]


class MeasureReply(ReplyModel):
    statement: str
    addresses: list[FactorId]
    rank: Rank
    basis: BasisOfMeasure
    evidence: list[RecordId]


class QuestionReply(ReplyModel):
    question: str
    for_role: str | None
    evidence: list[RecordId]


class AuthorReply(ReplyModel):
    title: str
    summary: list[StatementReply]
    impact: list[StatementReply]
    detection: list[StatementReply]
    timeline: list[EntryReply]
    root_cause: list[StatementReply]
    contributing_factors: list[FactorReply]
    ruled_out: list[RuledOutReply]
    resolution: list[StatementReply]
    prevention: list[MeasureReply]
    went_well: list[StatementReply]
    went_poorly: list[StatementReply]
    lucky: list[StatementReply]
    lessons: list[StatementReply]
    open_questions: list[QuestionReply]


class RevisionItem(ReplyModel):
    target: TargetId
    action: Literal["reword", "drop"]
    text: str
    evidence: list[RecordId]
    basis: BasisOfMeasure
    kind: FactorKind | None
    rank: Rank | None
    addresses: list[FactorId]


class RevisionReply(ReplyModel):
    revisions: list[RevisionItem]
