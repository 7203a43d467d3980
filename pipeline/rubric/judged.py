"""What a judge adds to the rules' findings; it never takes one away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.documents.spans import line_starts, span_at
from pipeline.models.document import Document, Span
from pipeline.models.evaluation import Finding, Severity
from pipeline.models.judgement import Judgement
from pipeline.rubric.criterion import Criterion, JudgedUnit, Question, finding
from pipeline.rubric.means import Means

BY_JUDGE = "judge: "
NO_ANSWER = "the judge gave no answer that can be read: "


def added(
    document: Document, criterion: Criterion, question: Question, ruled: Sequence[Finding], means: Means
) -> Iterator[Finding]:
    """The judge's findings of one criterion, where its rule found nothing already."""
    assert means.judgements is not None
    for defect in means.judgements.defects:
        if defect.criterion == criterion.id and not is_ruled(document, (defect.span,), ruled):
            yield _finding(document, criterion, question, defect, means)


def unanswered(document: Document, criterion: Criterion, means: Means) -> Iterator[Finding]:
    """One finding where the judge was asked and could not be read. It is no profile's to soften."""
    assert means.judgements is not None
    severity: Severity = "advisory" if means.judge_advises else criterion.severity
    for name, reason in means.judgements.failed:
        if name == criterion.id:
            yield finding(document, span_at(document, 0, 0), criterion, NO_ANSWER + reason, severity=severity)


def is_unanswered(found: Finding) -> bool:
    return found.message.startswith(NO_ANSWER)


def units_left(
    document: Document, question: Question, ruled: Sequence[Finding], means: Means
) -> Iterator[JudgedUnit]:
    """The units that a judge is asked about: those that the rule of the same criterion is silent about."""
    for unit in question.units(document, means):
        if not is_ruled(document, (unit.span, *unit.places), ruled):
            yield unit


def is_ruled(document: Document, places: Iterable[Span], ruled: Sequence[Finding]) -> bool:
    """Whether one of the findings stands in, or at, one of the places. Advice shields nothing: a judge may block."""
    lines = document.lines or line_starts(document.text)
    for found in ruled:
        if found.severity != "blocking":
            continue
        start = lines[found.line - 1] + found.column - 1
        end = start + max(len(found.text), 1)
        if any(p.start < end and start < max(p.end, p.start + 1) for p in places):
            return True
    return False


def _finding(
    document: Document, criterion: Criterion, question: Question, defect: Judgement, means: Means
) -> Finding:
    kinds = tuple(kind for kind, _ in question.kinds if kind in defect.kinds)
    kind = None if question.lacks or not kinds else kinds[0]
    sorts = kinds or tuple(kind for kind, _ in question.kinds)  # one that names none may be of any
    advises = means.judge_advises or (bool(sorts) and question.minor.issuperset(sorts))
    return finding(
        document,
        defect.span,
        criterion,
        BY_JUDGE + (defect.reason or f"yes to “{question.asks}”"),
        severity="advisory" if advises else None,
        kind=kind,
        missing=kinds if question.lacks else (),
        suggestion=criterion.advice,
    )
