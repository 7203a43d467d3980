"""A narrative mended by a model: only what a finding points at, and only with what records bear out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.agents.author.checking import Checking
from pipeline.agents.author.mending import mend
from pipeline.agents.author.phrases import stopped
from pipeline.agents.author.replies import RevisionItem, RevisionReply
from pipeline.agents.hat import Hat
from pipeline.agents.support import plain
from pipeline.language.people import People
from pipeline.models.base import Basis
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import (
    Factor,
    Ids,
    Narrative,
    OpenQuestion,
    Prevention,
    RuledOut,
    Statement,
    TimelineEntry,
)
from pipeline.models.removal import Dropped
from pipeline.rendering.prompt_blocks import STATEMENT_PARTS, narrative_lines, one_line

Piece = Statement | Factor | RuledOut | Prevention | TimelineEntry | OpenQuestion

_WHERE = re.compile(r"^/(?P<part>[a-z_]+)(?:/statements)?(?:/(?P<index>[0-9]+)(?:/.*)?)?$")
_PARTS = (*STATEMENT_PARTS, "contributing_factors", "ruled_out", "prevention", "timeline", "open_questions")
# Where a criterion finds that something is missing, and points at no place, this is the place.
_HOMES = {
    "DET": "detection",
    "IMP": "impact",
    "RCA": "contributing_factors",
    "PRV": "prevention",
    "LRN": "lessons",
}
_TARGETS = 40  # of one pass; what is left over is found again in the next round, or rejects


@dataclass(frozen=True, slots=True)
class Target:
    """A place with findings: one piece of a part, or (`index` None) a part that lacks something."""

    id: str
    part: str
    index: int | None
    findings: tuple[Finding, ...] = field(repr=False)


def revise(
    hat: Hat,
    case: Case,
    narrative: Narrative,
    findings: Iterable[Finding],
    checking: Checking,
    people: People,
) -> Narrative:
    """The narrative with its targets reworded, added to, or dropped into open questions."""
    targets = _targets(narrative, findings)
    if not targets:
        return narrative
    reply = hat.ask(
        case,
        "author-revise",
        RevisionReply,
        data=("narrative", "targets"),
        narrative=narrative_lines(narrative),
        targets="\n".join(_line(narrative, target) for target in targets),
    )
    answers: dict[str, list[RevisionItem]] = defaultdict(list)
    factors = {f.id for f in narrative.contributing_factors}
    for answer in reply.revisions:
        # What a measure addresses is printed, so it may be nothing but a factor's id.
        addresses = [a for a in answer.addresses if a in factors]
        answers[answer.target].append(answer.model_copy(update={"addresses": addresses}))
    parts: dict[str, tuple[Piece, ...]] = {}
    left: list[Finding] = []
    for part in dict.fromkeys(target.part for target in targets):
        here = [target for target in targets if target.part == part]
        pieces, unmended = _mended(part, getattr(narrative, part), here, answers, checking)
        parts[part] = pieces
        left += unmended
    changed = narrative.model_copy(update=parts)
    changed = _without_dangling(changed)
    asked = tuple(dict.fromkeys((*changed.open_questions, *checking.asked(changed))))
    changed = changed.model_copy(update={"open_questions": asked})
    # An event is never dropped by a model; what code alone can do for its entry, it does.
    return mend(case, changed, left, people, checking.dropped) if left else changed


def _targets(narrative: Narrative, findings: Iterable[Finding]) -> list[Target]:
    places: dict[tuple[str, int | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity != "blocking":
            continue
        where = _WHERE.match(finding.where) if finding.where else None
        part = where["part"] if where else _HOMES.get(finding.criterion, "")
        if part not in _PARTS:
            continue
        index = int(where["index"]) if where and where["index"] else None
        if index is None or index < len(getattr(narrative, part)):
            places[part, index].append(finding)
    numbered = enumerate(list(places.items())[:_TARGETS], 1)
    return [Target(f"R{n}", part, index, tuple(found)) for n, ((part, index), found) in numbered]


def _line(narrative: Narrative, target: Target) -> str:
    """`R1 | place | text | records | what was found`."""
    text, ids = "(the whole part)", ""
    if target.index is not None:
        piece = getattr(narrative, target.part)[target.index]
        text, ids = _text(piece), " ".join(piece.evidence)
    found = "; ".join(
        f"{f.criterion}: {f.message}" + (f" («{f.text}»)" if f.text else "") for f in target.findings
    )
    return " | ".join((target.id, target.part, one_line(text), ids, one_line(found)))


def _mended(
    part: str,
    pieces: tuple[Piece, ...],
    targets: list[Target],
    answers: dict[str, list[RevisionItem]],
    checking: Checking,
) -> tuple[tuple[Piece, ...], list[Finding]]:
    """The part's pieces after revision, and the findings on timeline entries that the model left unmended."""
    by_index = {target.index: target for target in targets}
    kept: list[Piece] = []
    unmended: list[Finding] = []
    for index, piece in enumerate(pieces):
        target = by_index.get(index)
        if target is None:
            kept.append(piece)
            continue
        better = next(
            (_reworded(part, piece, a, checking) for a in answers[target.id][:1] if a.action == "reword"),
            None,
        )
        if better is not None:
            kept.append(better)
        elif isinstance(piece, TimelineEntry):
            # mend() finds an entry by the place in the finding, which holds: no entry falls here.
            unmended += target.findings
            kept.append(piece)
        else:
            checking.dropped.append(Dropped(part, _text(piece), "was found fault with", piece.evidence))
    whole = by_index.get(None)
    for answer in answers[whole.id] if whole else ():
        added = _added(part, answer, kept, checking) if answer.action == "reword" else None
        kept += [added] if added is not None else []
    return tuple(kept), unmended


def _reworded(part: str, piece: Piece, answer: RevisionItem, checking: Checking) -> Piece | None:
    text = stopped(plain(answer.text))
    if isinstance(piece, TimelineEntry):
        fits = len(text) <= 300 and checking.keeps(part, text, piece.evidence)
        return piece.model_copy(update={"event": text}) if fits else None
    if isinstance(piece, OpenQuestion):
        held = checking.question(text, answer.evidence)
        return piece.model_copy(update={"question": text, "evidence": held}) if held is not None else None
    if not checking.keeps(part, text, answer.evidence):
        return None
    ids: Ids = tuple(dict.fromkeys(answer.evidence))
    changes: dict[str, object] = {"evidence": ids}
    changes["text" if isinstance(piece, Statement) else "statement"] = text
    if isinstance(piece, Prevention):
        basis = checking.basis_of_measure(text, answer.basis, ids)
        changes |= {"basis": basis, "rank": answer.rank or piece.rank}
        changes |= {"addresses": tuple(answer.addresses) or piece.addresses}
    elif not isinstance(piece, RuledOut):
        changes["basis"] = checking.basis(text, _basis(answer), ids)
    return piece.model_copy(update=changes)


def _added(part: str, answer: RevisionItem, pieces: list[Piece], checking: Checking) -> Piece | None:
    text = stopped(plain(answer.text))
    if part in ("timeline", "open_questions") or not checking.keeps(part, text, answer.evidence):
        return None
    ids: Ids = tuple(dict.fromkeys(answer.evidence))
    if part == "prevention":
        return Prevention(
            id=_next_id("P", pieces),
            statement=text,
            addresses=tuple(answer.addresses),
            rank=answer.rank or "administrative",
            basis=checking.basis_of_measure(text, answer.basis, ids),
            evidence=ids,
        )
    if part == "ruled_out":
        return RuledOut(statement=text, evidence=ids)
    basis = checking.basis(text, _basis(answer), ids)
    if part == "contributing_factors":
        kind = answer.kind or "technical"
        return Factor(id=_next_id("F", pieces), statement=text, kind=kind, basis=basis, evidence=ids)
    return Statement(text=text, evidence=ids, basis=basis)


def _without_dangling(narrative: Narrative) -> Narrative:
    """No measure addresses a factor that is not there."""
    factors = {f.id for f in narrative.contributing_factors}
    measures = tuple(
        p.model_copy(update={"addresses": tuple(a for a in p.addresses if a in factors or a[:1] != "F")})
        for p in narrative.prevention
    )
    return narrative.model_copy(update={"prevention": measures})


def _basis(answer: RevisionItem) -> Basis:
    """Only a measure can be proposed; anything else that a model puts forward is its inference."""
    return "inferred" if answer.basis == "proposed" else answer.basis


def _next_id(letter: Literal["F", "P"], pieces: list[Piece]) -> str:
    taken = [int(p.id[1:]) for p in pieces if isinstance(p, Factor | Prevention)]
    return f"{letter}{max(taken, default=0) + 1}"


def _text(piece: Piece) -> str:
    if isinstance(piece, Statement):
        return piece.text
    if isinstance(piece, OpenQuestion):
        return piece.question
    return piece.event if isinstance(piece, TimelineEntry) else piece.statement
