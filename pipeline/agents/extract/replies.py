"""What a model that reads a part of the records is asked to return."""

from __future__ import annotations

from typing import Annotated, Literal

from pipeline.llm.schema import ReplyModel, sent_pattern

RecordId = Annotated[str, sent_pattern("^E[0-9]{1,7}$")]
PassageKind = Literal["event", "impact", "cause", "suspicion", "decision", "owed", "response", "open"]


class PassageReply(ReplyModel):
    kind: PassageKind
    text: str
    records: list[RecordId]


class ExtractReply(ReplyModel):
    passages: list[PassageReply]
