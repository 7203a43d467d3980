"""What the judge's model is asked to return, and what of it can be taken for an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.llm.schema import ReplyModel, sent_pattern
from pipeline.rendering.escaping import flatten

_REASON = 200  # characters of a reason that are printed


class UnitReply(ReplyModel):
    unit: str = sent_pattern("^U[0-9]{1,3}$")
    defect: bool
    span: str
    kinds: list[str]
    reason: str


class JudgeReply(ReplyModel):
    judgements: list[UnitReply]


@dataclass(frozen=True, slots=True)
class Answer:
    """About one unit. `words` are those that show the defect, as the judge wrote them."""

    defect: bool
    words: str = ""
    reason: str = ""
    kinds: tuple[str, ...] = ()


def answers_in(reply: JudgeReply, numbers: Sequence[str]) -> dict[str, Answer]:
    """The answers to the units of those numbers that were answered exactly once. What else there is, is none."""
    times = Counter(told.unit for told in reply.judgements)
    return {
        told.unit: _answer(told)
        for told in reply.judgements
        if times[told.unit] == 1 and told.unit in numbers
    }


def _answer(told: UnitReply) -> Answer:
    if not told.defect:
        return Answer(False)
    reason = flatten(told.reason)
    if len(reason) > _REASON:
        reason = reason[: _REASON - 1].rstrip() + "…"
    return Answer(True, told.span, reason, tuple(told.kinds))
