"""The words round a finding: the sentence that it stands in, and which part of it is meant."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from pipeline.models.document import Document
from pipeline.models.evaluation import DocumentResult, Finding

REACH = 240  # characters kept on either side; no terminal shows more in one line
LONGEST = 480


class Excerpt(NamedTuple):
    """One line of text, markup as written: what stands before the words that are meant, these words, and the rest."""

    before: str
    meant: str
    after: str


Place = tuple[int, int]  # line and column
Excerpts = dict[Place, Excerpt]


def excerpts_of(document: Document, result: DocumentResult) -> Excerpts:
    """For each place that a finding names words at; where two start together, the longer words."""
    found: Excerpts = {}
    starts = [s.span.start for s in document.sentences]
    findings = (*result.findings, *(f for w in result.waived for f in w.findings))
    for finding in sorted(findings, key=lambda f: -len(f.text)):
        place = finding.line, finding.column
        if finding.text.strip() and place not in found:
            found[place] = _excerpt(document, finding, starts)
    return found


def _excerpt(document: Document, finding: Finding, starts: list[int]) -> Excerpt:
    start = document.lines[finding.line - 1] + finding.column - 1
    end = start + len(finding.text)
    first, last = start, end
    number = bisect_right(starts, start) - 1
    if number >= 0 and document.sentences[number].span.end > start:
        span = document.sentences[number].span
        first, last = span.start, max(span.end, end)
    text = document.text
    return Excerpt(
        _one_line(text[max(first, start - REACH) : start]),
        _one_line(text[start : min(end, start + LONGEST)]),
        _one_line(text[end : min(last, end + REACH)]),
    )


def _one_line(text: str) -> str:
    """One space for each run of white space, at the ends too, so that the parts join as they stood."""
    joined = " ".join(text.split())
    if not joined:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{joined}{' ' * text[-1].isspace()}"
