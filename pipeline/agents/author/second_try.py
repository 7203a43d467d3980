"""What did not hold in a model's first writing, shown to it once more with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.agents.author.checking import Fallen
from pipeline.agents.author.replies import AuthorReply, RevisionItem, RevisionReply
from pipeline.agents.hat import Hat
from pipeline.agents.support import fault_detail
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative
from pipeline.rendering.prompt_blocks import narrative_lines, one_line

_TARGETS = 40  # of one request; a model that needs more of them will not mend them either


def try_again(
    hat: Hat, case: Case, narrative: Narrative, reply: AuthorReply, fallen: Sequence[Fallen]
) -> AuthorReply:
    """The reply with what fell reworded in its place, or gone. Raises ModelError."""
    targets = {f"R{n}": fell for n, fell in enumerate(fallen[:_TARGETS], 1)}
    better = hat.ask(
        case,
        "author-revise",
        RevisionReply,
        data=("narrative", "targets"),
        narrative=narrative_lines(narrative),
        targets="\n".join(_line(target, fell, case) for target, fell in targets.items()),
    )
    answers = {answer.target: answer for answer in reversed(better.revisions)}
    parts: dict[str, list[Any]] = {}
    for target, fell in targets.items():
        answer = answers.get(target)
        if answer is not None and answer.action == "reword":
            pieces = parts.setdefault(fell.part, list(getattr(reply, fell.part)))
            pieces[fell.at] = _replaced(pieces[fell.at], answer)
    return reply.model_copy(update=parts)


def _replaced(piece: Any, answer: RevisionItem) -> Any:
    """The same piece in the answer's words and with its records; what else it was stays."""
    words = next(name for name in ("text", "statement", "question") if hasattr(piece, name))
    changes: dict[str, object] = {words: answer.text}
    if hasattr(piece, "evidence"):
        changes["evidence"] = answer.evidence
    if hasattr(piece, "basis"):
        proposable = words == "statement" and hasattr(piece, "rank")
        changes["basis"] = answer.basis if proposable or answer.basis != "proposed" else "inferred"
    return piece.model_copy(update=changes)


def _line(target: str, fell: Fallen, case: Case) -> str:
    """`R1 | place | text | records | why it is not printed`."""
    entry, question = fell.part == "timeline", fell.part == "open_questions"
    detail = fault_detail(
        fell.text, fell.ids, case, title=entry, question=question, wish=fell.part == "prevention"
    )
    fields = (target, fell.part, one_line(fell.text), " ".join(fell.ids), f"not printed: {one_line(detail)}")
    return " | ".join(fields)
