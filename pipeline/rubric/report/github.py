"""Findings as workflow commands, which GitHub prints beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.models.evaluation import Evaluation, Finding
from pipeline.rubric.engine import rejects


def as_github(evaluation: Evaluation) -> str:
    """One line for each finding; the verdict as a notice, so that a clean run says something too."""
    return "\n".join([*_lines(evaluation), f"::notice title=postmortem::{_data(_verdict(evaluation))}"])


def _lines(evaluation: Evaluation) -> Iterator[str]:
    for document in evaluation.documents:
        for finding in document.findings:
            level = "error" if rejects(finding, evaluation.gate) else "warning"
            place = {
                "file": Path(document.path).as_posix(),
                "line": finding.line,
                "endLine": finding.end_line,
                "col": finding.column,
                "title": finding.criterion,
            }
            told = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
            yield f"::{level} {told}::{_data(_message(finding))}"


def _verdict(evaluation: Evaluation) -> str:
    total = len(evaluation.documents)
    return f"{evaluation.verdict} at the gate {evaluation.gate}: {total} document{'s' * (total != 1)} checked"


def _message(finding: Finding) -> str:
    return finding.message + (f". {finding.suggestion}" if finding.suggestion else "")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
