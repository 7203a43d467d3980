"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.models.evaluation import Evaluation, Finding
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.engine import load_criteria, rejects

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(evaluation: Evaluation) -> dict[str, Any]:
    criteria = load_criteria()
    index = {c.id: n for n, c in enumerate(criteria)}
    results = [
        _result(document.path, finding, evaluation, index)
        for document in evaluation.documents
        for finding in document.findings
    ]
    driver = {
        "name": "postmortem",
        "version": version("postmortem-pipeline"),
        "rules": [_rule(c) for c in criteria],
    }
    artifacts = [{"location": {"uri": Path(d.path).as_posix()}} for d in evaluation.documents]
    run = {
        "tool": {"driver": driver},
        "artifacts": artifacts,
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {"gate": evaluation.gate, "profile": evaluation.profile, "verdict": evaluation.verdict},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "shortDescription": {"text": criterion.title},
        "fullDescription": {"text": criterion.rationale},
        "help": {"text": criterion.advice},
        "defaultConfiguration": {"level": "error" if criterion.severity == "blocking" else "note"},
    }


def _result(path: str, finding: Finding, evaluation: Evaluation, index: dict[str, int]) -> dict[str, Any]:
    level = (
        "error"
        if rejects(finding, evaluation.gate)
        else "warning"
        if finding.severity == "blocking"
        else "note"
    )
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
    }
    if finding.text:
        region["snippet"] = {"text": finding.text}
    message = finding.message + (f". {finding.suggestion}" if finding.suggestion else "")
    result: dict[str, Any] = {
        "ruleId": finding.criterion,
        "level": level,
        "message": {"text": message},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": Path(path).as_posix()}, "region": region}}
        ],
    }
    if finding.criterion in index:
        result["ruleIndex"] = index[finding.criterion]
    return result
