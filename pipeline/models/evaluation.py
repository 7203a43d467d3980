"""What the rubric says of a document (schema `evaluation/1`)."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from pipeline.models.base import Frozen

Severity = Literal["blocking", "advisory"]
Gate = Literal["draft", "publish"]
Verdict = Literal["accepted", "rejected"]
ProfileName = Literal[
    "lint", "haiku", "google", "pagerduty", "etsy"
]  # what each asks for: rubric/profiles.py
Scope = Literal["place", "section", "document"]


class Finding(Frozen):
    """One defect: where it stands, why it is one, and what to write instead.

    `line`, `end_line`, `column` are 1-based in the checked text; `text` is the shortest span that
    justifies the finding; `where` is a JSON pointer into postmortem.json (items: `/items/0/...` of
    action-items.json) for drafts.
    """

    criterion: str
    severity: Severity
    gate: Gate
    line: int = 1
    end_line: int = 1
    column: int = 1
    text: str = ""
    where: str | None = None
    message: str
    kind: str | None = None
    target: str | None = None
    missing: tuple[str, ...] = ()
    suggestion: str | None = None


class Unscored(Frozen):
    criterion: str
    reason: str


class Waiver(Frozen):
    """A decision to let findings of one criterion stand, and why.

    `line` is where the document itself says so; None for a decision that was taken elsewhere, by `by`.
    `findings` is what it waives; they count for nothing.
    """

    criterion: str
    reason: str
    by: str | None = None
    scope: Scope = "document"
    line: int | None = None
    findings: tuple[Finding, ...] = ()


class Notice(Frozen):
    """Something about a document that is no defect of it: a waiver that can't be read, or waives nothing."""

    line: int
    message: str


class DocumentResult(Frozen):
    """`findings` is what counts; what is waived stands under `waived`, and `known` is how many a baseline hides."""

    path: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    unscored: tuple[Unscored, ...] = ()
    waived: tuple[Waiver, ...] = ()
    notices: tuple[Notice, ...] = ()
    known: int = 0

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "blocking")


class Evaluation(Frozen):
    """evaluation.json, and `check --format json`."""

    schema_: Literal["evaluation/1"] = Field(default="evaluation/1", alias="schema")
    verdict: Verdict
    gate: Gate
    profile: str
    documents: tuple[DocumentResult, ...]

    model_config = ConfigDict(populate_by_name=True)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for d in self.documents for f in d.findings)
