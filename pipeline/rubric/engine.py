"""Holds a document against the criteria: finds them, asks each, and says whether the gate lets it through."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Literal

from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.models.document import Document
from pipeline.models.evaluation import (
    DocumentResult,
    Evaluation,
    Finding,
    Gate,
    Unscored,
    Verdict,
    Waiver,
)
from pipeline.rubric import criteria
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.judged import added, unanswered
from pipeline.rubric.means import Means

Profile = Literal["lint", "haiku"]
PROFILES: tuple[Profile, ...] = ("lint", "haiku")
LINT_BLOCKS = frozenset({"BLM", "AI-PUN", "AI-SPEC", "TL-ORD"})  # contract §3: suits text that people wrote
REVIEW = "DOC-REV"  # nobody can have reviewed what is being made
UNWAIVABLE = frozenset({"BLM", "AI-SPEC", "GRD"})  # no profile, baseline or waiver removes them at publish
Lack = Literal["english", "evidence", "marks", "judge", "review"]
REASONS: dict[Lack, str] = {
    "english": "the document is not in English; this criterion reads English only",
    "evidence": "no evidence was given; name the incident with --evidence",
    "review": "no review yet: the draft is being made",
    "marks": "no line carries evidence marks, so rules alone compared the document with the records",
    "judge": "no judge was asked; name a model with --model",
}
RULES_ALONE = frozenset({REASONS["judge"], REASONS["marks"]})  # all that was missing is a judge


@cache
def load_criteria() -> tuple[Criterion, ...]:
    """Every criterion, by id: one `CRITERION` from each module of rubric/criteria."""
    found = []
    for module in pkgutil.iter_modules(criteria.__path__):
        found.append(importlib.import_module(f"{criteria.__name__}.{module.name}").CRITERION)
    return tuple(sorted(found, key=lambda c: c.id))


def default_means(today: date | None = None) -> Means:
    return Means(today=today or date.today(), people=People(()))


def check(
    text: str | Document,
    *,
    path: str = "-",
    gate: Gate | None = None,
    profile: Profile = "lint",
    means: Means | None = None,
    waived: Sequence[Waiver] = (),
) -> DocumentResult:
    """Everything the rubric says of one document. `gate` is `draft` where none is named.

    A criterion that raises is a bug, and raises: it never passes for silence.
    """
    means = means or default_means()
    document = text
    if isinstance(document, str):
        document = parse(document, path, roster=means.roster, timezone=means.timezone)
    findings: list[Finding] = []
    unread: list[Finding] = []
    unscored: list[Unscored] = []
    for criterion in load_criteria():
        reason = _lacking(criterion, document, means)
        if reason is not None:
            unscored.append(Unscored(criterion=criterion.id, reason=REASONS[reason]))
        ruled = [] if reason in ("english", "review") else list(criterion.check(document, means))
        findings += ruled
        if criterion.question is not None and means.judgements is not None:
            findings += added(document, criterion, criterion.question, ruled, means)
            unread += unanswered(document, criterion, means)
    graded = [*(grade(f, profile) for f in findings), *unread]
    told = tuple(sorted(dict.fromkeys(graded), key=_place))
    removed = {w.criterion for w in waived} - (UNWAIVABLE if gate == "publish" else frozenset())
    counted = [f for f in told if f.criterion not in removed]
    return DocumentResult(
        path=document.path,
        verdict=verdict_of(counted, gate or "draft"),
        findings=told,
        unscored=tuple(unscored),
        waived=tuple(w for w in waived if w.criterion in removed),
    )


def _lacking(criterion: Criterion, document: Document, means: Means) -> Lack | None:
    """Which means a criterion has to do without."""
    if criterion.id == REVIEW and means.postmortem is not None:
        return "review"
    if criterion.needs == "english" and not document.english:
        return "english"
    if criterion.needs == "evidence" and means.case is None:
        return "evidence"
    asked = means.judgements is not None and means.judgements.complete
    if asked and criterion.needs == "evidence" and not document.machine_made:
        return "marks"
    return None if asked or criterion.question is None else "judge"


def grade(finding: Finding, profile: Profile) -> Finding:
    """The finding with the severity of a profile; a profile never makes one graver."""
    if profile == "lint" and finding.criterion not in LINT_BLOCKS and finding.severity == "blocking":
        return finding.model_copy(update={"severity": "advisory"})
    return finding


def verdict_of(findings: Iterable[Finding], gate: Gate) -> Verdict:
    """One blocking finding whose gate is reached rejects. See docs/decisions on gates."""
    return "rejected" if any(rejects(f, gate) for f in findings) else "accepted"


def rejects(finding: Finding, gate: Gate) -> bool:
    return finding.severity == "blocking" and (finding.gate == "draft" or gate == "publish")


def evaluate(documents: Sequence[DocumentResult], gate: Gate, profile: Profile) -> Evaluation:
    """The results of several documents as one; rejected if any is."""
    verdict: Verdict = "rejected" if any(d.verdict == "rejected" for d in documents) else "accepted"
    return Evaluation(verdict=verdict, gate=gate, profile=profile, documents=tuple(documents))


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.line, finding.column, finding.criterion
