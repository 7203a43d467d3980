"""What a criterion is: one question about a document, with its reasons, its examples and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.models.document import Document, Span
from pipeline.models.evaluation import Finding, Gate, Severity
from pipeline.rubric.means import Means

Unit = Literal["sentence", "item", "entry", "list", "document", "claim"]
Needs = Literal["english", "evidence"]
Check = Callable[[Document, Means], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """`bad` and `good` are texts that `documents.parse` reads: each bad one is flagged, no good one is.

    `severity` is the highest a finding may have, `gate` the first at which it must hold. `needs` names
    the means without which the rule says so under `unscored`: English text, or the evidence of a case.
    """

    id: str
    title: str
    unit: Unit
    severity: Severity
    gate: Gate
    rationale: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    advice: str
    check: Check
    needs: Needs | None = None


def finding(
    document: Document,
    span: Span,
    criterion: Criterion,
    message: str,
    *,
    severity: Severity | None = None,
    gate: Gate | None = None,
    kind: str | None = None,
    target: str | None = None,
    missing: tuple[str, ...] = (),
    suggestion: str | None = None,
) -> Finding:
    """A finding at `span`, which is the shortest that justifies it; severity and gate are the criterion's
    unless told (a criterion may advise where it usually blocks, never the other way round)."""
    return Finding(
        criterion=criterion.id,
        severity=severity or criterion.severity,
        gate=gate or criterion.gate,
        line=span.line,
        end_line=span.end_line,
        column=span.column,
        text=document.text[span.start : span.end],
        message=message,
        kind=kind,
        target=target,
        missing=missing,
        suggestion=suggestion,
    )
