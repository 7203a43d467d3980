"""Findings as JUnit XML: a suite for each document, a case for each criterion, a failure where it rejects."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from pipeline.models.evaluation import DocumentResult, Evaluation, Finding
from pipeline.rubric.engine import RULES_ALONE, load_criteria, rejects

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(evaluation: Evaluation) -> str:
    root = ElementTree.Element("testsuites", name="postmortem")
    for document in evaluation.documents:
        _suite(root, document, evaluation)
    for count in ("tests", "failures", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, document: DocumentResult, evaluation: Evaluation) -> None:
    criteria = load_criteria()
    suite = ElementTree.SubElement(root, "testsuite", name=_clean(document.path), errors="0")
    failures = skipped = 0
    # Where only a judge is missing, the rule has decided.
    reasons = {u.criterion: u.reason for u in document.unscored if u.reason not in RULES_ALONE}
    for criterion in criteria:
        case = ElementTree.SubElement(suite, "testcase", classname=_clean(document.path), name=criterion.id)
        found = [f for f in document.findings if f.criterion == criterion.id]
        blocking = [f for f in found if rejects(f, evaluation.gate)]
        if blocking:
            failures += 1
            failure = ElementTree.SubElement(
                case, "failure", message=_clean(_told(blocking)), type=criterion.id
            )
            failure.text = _clean("\n".join(_line(document.path, f) for f in blocking))
        elif criterion.id in reasons:
            skipped += 1
            ElementTree.SubElement(case, "skipped", message=_clean(reasons[criterion.id]))
        advice = [f for f in found if f not in blocking]
        if advice:
            ElementTree.SubElement(case, "system-out").text = _clean(
                "\n".join(_line(document.path, f) for f in advice)
            )
    suite.set("tests", str(len(criteria)))
    suite.set("failures", str(failures))
    suite.set("skipped", str(skipped))


def _told(findings: list[Finding]) -> str:
    return findings[0].message if len(findings) == 1 else f"{len(findings)} findings"


def _line(path: str, finding: Finding) -> str:
    words = " ".join(finding.text.split())
    return f"{path}:{finding.line}:{finding.column} {finding.message}" + (f" | {words}" if words else "")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
