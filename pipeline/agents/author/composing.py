"""From a model's reply to the narrative: piece by piece, and only what its records bear out."""

from __future__ import annotations

from pipeline.agents.author.checking import Checking
from pipeline.agents.author.phrases import sentence, stopped
from pipeline.agents.author.replies import AuthorReply, FactorReply, MeasureReply, RuledOutReply
from pipeline.agents.author.timeline import entries
from pipeline.agents.support import is_title, plain
from pipeline.models.case import Case
from pipeline.models.postmortem import Factor, Narrative, Prevention, RuledOut
from pipeline.models.removal import Dropped
from pipeline.rendering.prompt_blocks import STATEMENT_PARTS


def compose(checking: Checking, case: Case, reply: AuthorReply) -> Narrative:
    """The narrative without what fell, which `checking` remembers."""
    factors, new_ids = _factors(checking, reply.contributing_factors)
    return Narrative(
        title=_title(checking, case, reply.title),
        timeline=entries(checking, case, reply.timeline),
        contributing_factors=factors,
        ruled_out=_ruled_out(checking, case, reply.ruled_out),
        prevention=_prevention(checking, reply.prevention, new_ids),
        open_questions=checking.questions(reply.open_questions),
        **{part: checking.statements(part, getattr(reply, part)) for part in STATEMENT_PARTS},
    )


def _title(checking: Checking, case: Case, proposed: str) -> str:
    if case.incident.title:
        return case.incident.title
    title = plain(proposed).rstrip(".")
    if is_title(title, case):
        return title
    checking.dropped.append(Dropped("title", title, "is not about what the records are about"))
    return case.incident.id


def _factors(checking: Checking, replies: list[FactorReply]) -> tuple[tuple[Factor, ...], dict[str, str]]:
    """The factors that hold, renumbered, and what became of the model's own numbers."""
    kept: list[Factor] = []
    new_ids: dict[str, str] = {}
    for at, reply in enumerate(replies, 1):
        text = stopped(plain(reply.statement))
        if not checking.keeps("contributing_factors", text, reply.evidence, at - 1):
            continue
        ids = tuple(dict.fromkeys(reply.evidence))
        new_ids[f"F{at}"] = f"F{len(kept) + 1}"
        kept.append(
            Factor(
                id=new_ids[f"F{at}"],
                statement=text,
                kind=reply.kind,
                basis=checking.basis(text, reply.basis, ids),
                evidence=ids,
            )
        )
    return tuple(kept), new_ids


def _prevention(
    checking: Checking, replies: list[MeasureReply], new_ids: dict[str, str]
) -> tuple[Prevention, ...]:
    kept: list[Prevention] = []
    for at, reply in enumerate(replies):
        text = stopped(plain(reply.statement))
        if not checking.keeps("prevention", text, reply.evidence, at):
            continue
        ids = tuple(dict.fromkeys(reply.evidence))
        kept.append(
            Prevention(
                id=f"P{len(kept) + 1}",
                statement=text,
                addresses=tuple(dict.fromkeys(new_ids[f] for f in reply.addresses if f in new_ids)),
                rank=reply.rank,
                basis=checking.basis_of_measure(text, reply.basis, ids),
                evidence=ids,
            )
        )
    return tuple(kept)


def _ruled_out(checking: Checking, case: Case, replies: list[RuledOutReply]) -> tuple[RuledOut, ...]:
    """The model's, and of those that a document rules out each that none of the model's tells. What code took
    for one in chat, and the model did not, was a guess."""
    kept = []
    for at, reply in enumerate(replies):
        text = stopped(plain(reply.statement))
        if checking.keeps("ruled_out", text, reply.evidence, at):
            kept.append(RuledOut(statement=text, evidence=tuple(dict.fromkeys(reply.evidence))))
    told = {i for fell in kept for i in fell.evidence}
    for found in case.ruled_out:
        written = all(case.record(i).document is not None for i in found.evidence)
        if written and not told & set(found.evidence):
            kept.append(RuledOut(statement=sentence(found.text), evidence=found.evidence))
    return tuple(kept)
