"""Findings as JUnit XML: a suite for each document, a case for each criterion, a failure where it rejects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from pipeline.models.evaluation import DocumentResult, Finding
from pipeline.rubric.engine import RULES_ALONE, load_criteria, rejects
from pipeline.rubric.profiles import PROFILES
from pipeline.rubric.report.results import Results

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(results: Results, unread: Sequence[dict[str, str]] = ()) -> Iterator[str]:
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in _suites(results, unread):
        for name in counts:
            counts[name] += int(suite.get(name, "0"))
    root = ElementTree.Element("testsuites", {"name": "postmortem", **{k: str(v) for k, v in counts.items()}})
    shell = ElementTree.tostring(root, encoding="unicode")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + shell.removesuffix(" />").removesuffix("/>") + ">\n"
    for suite in _suites(results, unread):
        ElementTree.indent(suite, level=1)
        yield "  " + ElementTree.tostring(suite, encoding="unicode") + "\n"
    yield "</testsuites>\n"


def _suites(results: Results, unread: Sequence[dict[str, str]]) -> Iterator[ElementTree.Element]:
    for row in unread:
        yield _unread(row["path"], row["reason"])
    for checked in results:
        yield _suite(checked.result, results)


def _unread(path: str, reason: str) -> ElementTree.Element:
    suite = _named(path, tests=1, failures=0, errors=1, skipped=0)
    case = ElementTree.SubElement(suite, "testcase", classname=_clean(path), name="read")
    ElementTree.SubElement(case, "error", message=_clean(reason), type="unread")
    return suite


def _suite(document: DocumentResult, results: Results) -> ElementTree.Element:
    off = PROFILES[results.profile].off
    ids = [c.id for c in load_criteria() if c.id in results.shown and c.id not in off]
    suite = _named(document.path, tests=len(ids), failures=0, errors=0, skipped=0)
    # Where only a judge is missing, the rule has decided.
    reasons = {u.criterion: u.reason for u in document.unscored if u.reason not in RULES_ALONE}
    for name in ids:
        case = ElementTree.SubElement(suite, "testcase", classname=_clean(document.path), name=name)
        found = [f for f in document.findings if f.criterion == name]
        blocking = [f for f in found if rejects(f, results.gate)]
        waived = [(w, f) for w in document.waived for f in w.findings if w.criterion == name]
        if blocking:
            _count(suite, "failures")
            failure = ElementTree.SubElement(case, "failure", message=_clean(_told(blocking)), type=name)
            failure.text = _clean("\n".join(_line(document.path, f) for f in blocking))
        elif name in reasons:
            _count(suite, "skipped")
            ElementTree.SubElement(case, "skipped", message=_clean(reasons[name]))
        elif waived:
            _count(suite, "skipped")
            told = "; ".join(dict.fromkeys(f"waived: {w.reason}" for w, _ in waived))
            ElementTree.SubElement(case, "skipped", message=_clean(told))
        aside = [_line(document.path, f) for f in found if f not in blocking]
        aside += [f"{_line(document.path, f)} (waived: {w.reason})" for w, f in waived]
        if aside:
            ElementTree.SubElement(case, "system-out").text = _clean("\n".join(aside))
    if document.notices:
        told = "\n".join(f"{document.path}:{n.line} {n.message}" for n in document.notices)
        ElementTree.SubElement(suite, "system-err").text = _clean(told)
    return suite


def _named(path: str, **counts: int) -> ElementTree.Element:
    return ElementTree.Element("testsuite", {"name": _clean(path), **{k: str(v) for k, v in counts.items()}})


def _count(suite: ElementTree.Element, name: str) -> None:
    suite.set(name, str(int(suite.get(name, "0")) + 1))


def _told(findings: list[Finding]) -> str:
    return findings[0].message if len(findings) == 1 else f"{len(findings)} findings"


def _line(path: str, finding: Finding) -> str:
    words = " ".join(finding.text.split())
    return f"{path}:{finding.line}:{finding.column} {finding.message}" + (f" | {words}" if words else "")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
