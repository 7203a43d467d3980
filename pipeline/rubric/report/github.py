"""Findings as workflow commands, which GitHub prints beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.models.evaluation import Finding, Gate
from pipeline.rubric.engine import rejects
from pipeline.rubric.report.paths import relative
from pipeline.rubric.report.results import Checked, Results


def as_github(results: Results, unread: Sequence[dict[str, str]] = ()) -> Iterator[str]:
    """One line for each finding; the verdict as a notice, so that a clean run says something too."""
    for row in unread:
        yield _command("error", row["reason"], file=relative(row["path"]))
    for checked in results:
        yield from _document(checked, results.gate)
    yield _command("notice", _verdict(results), title="postmortem")


def _document(checked: Checked, gate: Gate) -> Iterator[str]:
    result = checked.result
    file = relative(result.path)
    for finding in result.findings:
        yield _finding(_level(finding, gate), file, finding, finding.criterion, _message(finding))
    for waiver in result.waived:
        for finding in waiver.findings:
            title = f"{waiver.criterion} waived"
            yield _finding("notice", file, finding, title, f"{finding.message} (waived: {waiver.reason})")
    for notice in result.notices:
        yield _command("warning", notice.message, file=file, line=notice.line, title="waiver")


def _level(finding: Finding, gate: Gate) -> str:
    if rejects(finding, gate):
        return "error"
    return "warning" if finding.severity == "blocking" else "notice"


def _finding(level: str, file: str, finding: Finding, title: str, message: str) -> str:
    return _command(
        level,
        message,
        file=file,
        line=finding.line,
        endLine=finding.end_line,
        col=finding.column,
        title=title,
    )


def _verdict(results: Results) -> str:
    told = f"{results.verdict} at the gate {results.gate} (profile {results.profile})"
    plural = "s" * (results.documents != 1)
    counts = f"{results.documents} document{plural} checked, {results.blocking.total()} blocking"
    counts += f", {results.waived} waived" if results.waived else ""
    return f"{told}: {counts}" + (
        f", {results.foreign} not scored (not in English)" if results.foreign else ""
    )


def _message(finding: Finding) -> str:
    return finding.message + (f". {finding.suggestion}" if finding.suggestion else "")


def _command(level: str, message: str, **place: str | int) -> str:
    told = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    return f"::{level} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
