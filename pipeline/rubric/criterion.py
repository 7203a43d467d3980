"""What a criterion is: one question about a document, with its reasons, its examples, its check, and what a judge is asked."""

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
class JudgedUnit:
    """What a judge answers one question about.

    `text` is what it is shown, `before` and `after` the neighbours that help to read it, `evidence` the ids of
    the records that it leans on. Words that the judge names are looked up in `places`; where it names none,
    the finding stands at `span`.
    """

    span: Span
    text: str
    places: tuple[Span, ...]
    before: str = ""
    after: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question to a judge, where yes is the defect. `bad` and `good` are examples with their reason.

    `kinds` names the sorts of the defect, each with what it means, the one that outranks the others first; where
    `lacks`, they name the parts that a unit is short of. `minor` kinds advise.
    """

    asks: str
    rule: str
    bad: str
    good: str
    units: Callable[[Document, Means], Iterable[JudgedUnit]]
    kinds: tuple[tuple[str, str], ...] = ()
    lacks: bool = False
    minor: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Criterion:
    """`bad` and `good` are texts that `documents.parse` reads: each bad one is flagged, no good one is.

    `severity` is the highest a finding may have, `gate` the first at which it must hold. `needs` names
    the means without which the rule says so under `unscored`: English text, or the evidence of a case.
    `question` is put to a judge, where one is asked, about each unit that the rule is silent about.
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
    question: Question | None = None


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
