"""Holds a document against the criteria: finds them, asks each, and says whether the gate lets it through."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Literal

from pipeline.documents.parse import parse
from pipeline.language.learned import read_ahead
from pipeline.language.people import People
from pipeline.models.document import Document
from pipeline.models.evaluation import (
    DocumentResult,
    Evaluation,
    Finding,
    Gate,
    ProfileName,
    Unscored,
    Verdict,
    Waiver,
)
from pipeline.rubric import criteria
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.judged import added, unanswered
from pipeline.rubric.means import Means
from pipeline.rubric.profiles import PROFILES
from pipeline.rubric.waivers import elsewhere, read_waivers, weigh

REVIEW = "DOC-REV"  # nobody can have reviewed what is being made
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
    profile: ProfileName = "lint",
    means: Means | None = None,
    waived: Sequence[Waiver] = (),
) -> DocumentResult:
    """Everything the rubric says of one document. `gate` is `draft` where none is named. `waived` is what was
    decided outside the document; its own comments are read too, but not those of a draft being made, whose text
    came from artifacts.

    A criterion that raises is a bug, and raises: it never passes for silence.
    """
    means = means or default_means()
    document = text
    if isinstance(document, str):
        document = parse(document, path, roster=means.roster, timezone=means.timezone)
    reached, asked = gate or "draft", PROFILES[profile]
    if document.english:  # together, for one by one takes twice the time
        read_ahead([*(s.text for s in document.sentences), *(item.title for item in document.items)])
    findings: list[Finding] = []
    unread: list[Finding] = []
    unscored: list[Unscored] = []
    for criterion in load_criteria():
        reason = _lacking(criterion, document, means)
        if reason is not None and criterion.id not in asked.off:
            unscored.append(Unscored(criterion=criterion.id, reason=REASONS[reason]))
        ruled = [] if reason in ("english", "review") else list(criterion.check(document, means))
        findings += ruled
        if criterion.question is not None and means.judgements is not None:
            findings += added(document, criterion, criterion.question, ruled, means)
            unread += unanswered(document, criterion, means)
    graded = [*(g for f in findings if (g := asked.grade(f, reached)) is not None), *unread]
    told = sorted(dict.fromkeys(graded), key=_place)
    made = means.postmortem is not None and not means.edited
    standing, notices = ([], []) if made else read_waivers(document, criteria_ids())
    looked_at = criteria_ids() - asked.off - {u.criterion for u in unscored if u.reason not in RULES_ALONE}
    weighed = weigh(told, [*elsewhere(waived), *standing], notices, reached, looked_at)
    return DocumentResult(
        path=document.path,
        verdict=verdict_of(weighed.findings, reached),
        findings=weighed.findings,
        unscored=tuple(unscored),
        waived=weighed.waived,
        notices=weighed.notices,
    )


def criteria_ids() -> frozenset[str]:
    return frozenset(c.id for c in load_criteria())


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


def verdict_of(findings: Iterable[Finding], gate: Gate) -> Verdict:
    """One blocking finding whose gate is reached rejects. See docs/decisions on gates."""
    return "rejected" if any(rejects(f, gate) for f in findings) else "accepted"


def rejects(finding: Finding, gate: Gate) -> bool:
    return finding.severity == "blocking" and (finding.gate == "draft" or gate == "publish")


def evaluate(documents: Sequence[DocumentResult], gate: Gate, profile: ProfileName) -> Evaluation:
    """The results of several documents as one; rejected if any is."""
    verdict: Verdict = "rejected" if any(d.verdict == "rejected" for d in documents) else "accepted"
    return Evaluation(verdict=verdict, gate=gate, profile=profile, documents=tuple(documents))


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.line, finding.column, finding.criterion
