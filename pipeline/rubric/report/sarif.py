"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from pipeline.models.evaluation import DocumentResult, Finding
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.engine import load_criteria, rejects
from pipeline.rubric.profiles import PROFILES
from pipeline.rubric.report.evaluation import streamed
from pipeline.rubric.report.paths import as_uri
from pipeline.rubric.report.results import Results

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"  # what relative URIs hang from: the folder that the check was called in
LEVELS = {"blocks": "error", "blocks at publish": "warning", "advises": "note", "off": "none"}


def as_sarif(results: Results, unread: Sequence[dict[str, str]] = ()) -> Iterator[str]:
    """One run. What is waived is a suppressed result; what is wrong with a waiver, or can't be read, a notification."""
    driver = {
        "name": "postmortem",
        "version": version("postmortem-pipeline"),
        "rules": [_rule(c, results) for c in load_criteria()],
    }
    head = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "the folder that the check was called in"}}},
        "properties": {"gate": results.gate, "profile": results.profile, "verdict": results.verdict},
    }
    named: list[str] = []
    notices: list[dict[str, Any]] = []
    invocation = {
        "executionSuccessful": not unread,
        "toolExecutionNotifications": [_notification(r["path"], r["reason"], "error") for r in unread],
    }

    def tail() -> dict[str, Any]:
        return {
            "artifacts": [{"location": _location(path)} for path in named],
            "invocations": [{**invocation, "toolConfigurationNotifications": notices}],
        }

    yield f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    '
    yield from streamed(head, "results", _rows(results, named, notices), tail, depth=2)
    yield "\n  ]\n}\n"


def _rows(results: Results, named: list[str], notices: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The results; what is seen on the way of documents and notices is added to the lists."""
    index = {c.id: n for n, c in enumerate(load_criteria())}
    for checked in results:
        document = checked.result
        named.append(document.path)
        notices += [_notification(document.path, n.message, "warning", n.line) for n in document.notices]
        seen: Counter[str] = Counter()
        for finding in document.findings:
            yield _result(document, finding, results, index, seen)
        for waiver in document.waived:
            kind = "inSource" if waiver.line is not None else "external"
            suppression = {"kind": kind, "status": "accepted", "justification": waiver.reason}
            for finding in waiver.findings:
                yield {
                    **_result(document, finding, results, index, seen),
                    "suppressions": [suppression],
                }


def _rule(criterion: Criterion, results: Results) -> dict[str, Any]:
    standing = PROFILES[results.profile].standing(criterion.id, criterion.gate, criterion.severity)
    if results.gate == "publish" and standing == "blocks at publish":
        standing = "blocks"
    examples = f"**Bad**\n\n{_fenced(criterion.bad[0])}\n\n**Good**\n\n{_fenced(criterion.good[0])}"
    return {
        "id": criterion.id,
        "shortDescription": {"text": criterion.title},
        "fullDescription": {"text": criterion.rationale},
        "help": {
            "text": f"{criterion.rationale}\n\nWhat to do: {criterion.advice}",
            "markdown": f"{criterion.rationale}\n\n**What to do:** {criterion.advice}\n\n{examples}",
        },
        "defaultConfiguration": {"level": LEVELS[standing]},
    }


def _fenced(text: str) -> str:
    return f"````markdown\n{text.strip()}\n````"


def _location(path: str) -> dict[str, Any]:
    uri = as_uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": BASE}


def _physical(path: str, region: dict[str, Any]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _location(path), "region": region}}


def _notification(path: str, message: str, level: str, line: int | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _location(path)}
    if line is not None:
        place["region"] = {"startLine": line}
    return {"level": level, "message": {"text": message}, "locations": [{"physicalLocation": place}]}


def _result(
    document: DocumentResult,
    finding: Finding,
    results: Results,
    index: dict[str, int],
    seen: Counter[str],
) -> dict[str, Any]:
    words = " ".join(finding.text.split()) or finding.message
    seen[f"{finding.criterion} {words}"] += 1
    nth = seen[f"{finding.criterion} {words}"]
    told = f"{as_uri(document.path)}\n{finding.criterion}\n{words}\n{nth}"
    message = finding.message + (f". {finding.suggestion}" if finding.suggestion else "")
    return {
        "ruleId": finding.criterion,
        "ruleIndex": index[finding.criterion],
        "level": "error"
        if rejects(finding, results.gate)
        else "warning"
        if finding.severity == "blocking"
        else "note",
        "message": {"text": message},
        "locations": [_physical(document.path, _region(finding))],
        # Without the line, so that a finding stays the same one while lines move.
        "partialFingerprints": {"postmortemFinding/v1": sha256(told.encode()).hexdigest()[:32]},
    }


def _region(finding: Finding) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
    }
    if finding.text:
        _, broken, last = finding.text.rpartition("\n")
        region["endColumn"] = len(last) + (1 if broken else finding.column)
        region["snippet"] = {"text": finding.text}
    return region
