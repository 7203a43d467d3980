"""Findings for people at a terminal: place, criterion, message, the words in question, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from pipeline.models.evaluation import DocumentResult, Evaluation, Finding
from pipeline.rubric.engine import RULES_ALONE, rejects

Style = Literal["good", "bad", "warning", "dim", "strong"]
Paint = Callable[[str, Style], str]
_WIDTH = 100


def as_text(evaluation: Evaluation, paint: Paint, hidden: int = 0) -> str:
    """`hidden` is how many blocking findings were not selected for reporting and still count."""
    lines: list[str] = []
    advised: set[str] = set()
    for document in evaluation.documents:
        lines += _document(document, evaluation, paint, advised)
    lines += _unscored(evaluation, paint)
    return "\n".join([*lines, _summary(evaluation, paint, hidden)])


def _document(
    document: DocumentResult, evaluation: Evaluation, paint: Paint, advised: set[str]
) -> Iterator[str]:
    for finding in document.findings:
        yield from _finding(document.path, finding, evaluation, paint, advised)
    if not document.findings:
        yield f"{paint(document.path, 'strong')}: nothing found"
    yield ""


def _finding(
    path: str, finding: Finding, evaluation: Evaluation, paint: Paint, advised: set[str]
) -> Iterator[str]:
    blocks = rejects(finding, evaluation.gate)
    weight = "" if blocks else " (blocks at publish)" if finding.severity == "blocking" else " (advice)"
    place = f"{path}:{finding.line}:{finding.column}"
    code = paint(finding.criterion, "bad" if blocks else "warning")
    yield f"{paint(place, 'strong')} {code} {finding.message}{paint(weight, 'dim')}"
    if words := " ".join(finding.text.split()):
        yield paint(f"    | {words if len(words) <= _WIDTH else words[: _WIDTH - 1] + '…'}", "dim")
    if finding.suggestion and (key := finding.criterion + finding.suggestion) not in advised:
        advised.add(key)  # the same advice once is advice, fifty times is noise
        yield f"    = {finding.suggestion}"


def _unscored(evaluation: Evaluation, paint: Paint) -> Iterator[str]:
    reasons: dict[str, set[str]] = {}
    for document in evaluation.documents:
        for unscored in document.unscored:
            reasons.setdefault(unscored.reason, set()).add(unscored.criterion)
    for reason, criteria in reasons.items():
        what = "by rules alone" if reason in RULES_ALONE else "not scored"
        yield paint(f"{what}: {', '.join(sorted(criteria))} ({reason})", "dim")


def _summary(evaluation: Evaluation, paint: Paint, hidden: int) -> str:
    verdicts = Counter(d.verdict for d in evaluation.documents)
    findings = evaluation.findings
    blocking = sum(rejects(f, evaluation.gate) for f in findings)
    later = sum(f.severity == "blocking" and not rejects(f, evaluation.gate) for f in findings)
    counts = [
        f"{blocking} blocking",
        f"{later} blocking at publish" if later else "",
        f"{len(findings) - blocking - later} advice",
    ]
    total = len(evaluation.documents)
    verdict = paint(evaluation.verdict, "bad" if evaluation.verdict == "rejected" else "good")
    told = f"{verdict} at the gate {evaluation.gate} (profile {evaluation.profile}): " + ", ".join(
        c for c in counts if c
    )
    told += f"; {total} document{'s' * (total != 1)}, {verdicts['rejected']} rejected"
    if hidden:
        told += f"; {hidden} blocking not shown (--select filters what is reported, not what counts)"
    return told
