"""A draft is rendered as people will read it, checked as a person's text is, and each finding gets its `where`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipeline.agents.judge.judge import Judge
from pipeline.config import Settings
from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.base import rfc3339
from pipeline.models.case import Case
from pipeline.models.document import Document
from pipeline.models.evaluation import DocumentResult, Evaluation, Finding, Gate, ProfileName
from pipeline.models.postmortem import Postmortem
from pipeline.models.record import Record
from pipeline.rendering.markdown import Rendered, render
from pipeline.rubric.engine import check, rejects
from pipeline.rubric.means import Means

PROFILE: ProfileName = "haiku"


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft as printed, with its verdict."""

    postmortem: Postmortem
    items: ActionItems
    rendered: Rendered
    evaluation: Evaluation

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that reject at the gate asked for."""
        return tuple(f for f in self.evaluation.findings if rejects(f, self.evaluation.gate))


def judge(
    case: Case,
    people: People,
    postmortem: Postmortem,
    items: ActionItems,
    *,
    gate: Gate,
    today: date,
    settings: Settings,
    asked: Judge | None = None,
) -> Judged:
    """Renders and checks, by the rules and by the judge that is asked, if any. A rejected draft is rendered again
    with its first line saying so, and checked as that. Raises ModelError where the judge's service failed."""
    means = means_of(case, people, today=today, settings=settings, postmortem=postmortem, items=items)
    judged = _judge(postmortem, items, means, gate, asked)
    accepted = judged.evaluation.verdict == "accepted"
    status = ("ready" if gate == "publish" else "draft") if accepted else "rejected"
    if status != judged.postmortem.status:
        judged = _judge(postmortem.model_copy(update={"status": status}), items, means, gate, asked)
    return judged


def means_of(
    case: Case,
    people: People,
    *,
    today: date,
    settings: Settings,
    postmortem: Postmortem | None,
    items: ActionItems,
) -> Means:
    return Means(
        today=today,
        people=people,
        roster=case.incident.roster,
        services=case.incident.services,
        timezone=case.incident.timezone,
        case=case,
        postmortem=postmortem,
        items=items,
        item_cap=settings.item_cap,
        judge_advises=settings.judge == "advise",
    )


def _judge(
    postmortem: Postmortem, items: ActionItems, means: Means, gate: Gate, asked: Judge | None
) -> Judged:
    assert means.case is not None
    rendered = render(postmortem, items, mark_titles(means.case.records), timezone=means.timezone)
    document = parse(rendered.text, "postmortem.md", roster=means.roster, timezone=means.timezone)
    result = hold(document, means, gate, PROFILE, asked)
    return Judged(postmortem, items, rendered, _located(result, rendered, gate))


def hold(
    document: Document, means: Means, gate: Gate, profile: ProfileName, asked: Judge | None
) -> DocumentResult:
    """What the rules say of a document, and the judge about what the rules are silent about. Raises ModelError."""
    result = check(document, gate=gate, profile=profile, means=means)
    if asked is None:
        return result
    # A profile softens findings; what a rule has found is found all the same.
    ruled = result if profile == PROFILE else check(document, gate=gate, profile=PROFILE, means=means)
    judgements = asked.judge(document, means, ruled.findings)
    return check(document, gate=gate, profile=profile, means=replace(means, judgements=judgements))


def _located(result: DocumentResult, rendered: Rendered, gate: Gate) -> Evaluation:
    findings = tuple(_with_pointer(f, rendered) for f in result.findings)
    document = result.model_copy(update={"findings": findings})
    return Evaluation(verdict=document.verdict, gate=gate, profile=PROFILE, documents=(document,))


def _with_pointer(finding: Finding, rendered: Rendered) -> Finding:
    return finding.model_copy(update={"where": rendered.pointer_at(finding.line, finding.column)})


def mark_titles(records: tuple[Record, ...]) -> dict[str, str]:
    """What the definition of an evidence mark says: file, place, time."""
    return {r.id: f"{r.source}, {r.locator}, {_when(r)}" for r in records}


def _when(record: Record) -> str:
    return "no time" if record.time is None else rfc3339(record.time).replace("T", " ").replace("Z", " UTC")
