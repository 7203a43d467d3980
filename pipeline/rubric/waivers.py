"""Waivers: a comment in the document says which findings stand, where, and why; they are told and count for nothing.

<!-- postmortem: waive AI-SPEC "the vendor's contract words it so" -->
<!-- postmortem: waive TL-SRC, TL-ACTOR in this section "the chat of that day is lost" -->
<!-- postmortem: waive DOC-SEC in this document "a report to customers" -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.documents.surface import blank_fences
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding, Gate, Notice, Scope, Waiver
from pipeline.rubric.judged import is_unanswered
from pipeline.rubric.profiles import UNWAIVABLE

EXAMPLE = '<!-- postmortem: waive AI-SPEC "why it may stand" -->'
# Drafts escape what artifacts say ("\\<!--"), and name their files in definitions of marks: neither is a comment.
_COMMENT = re.compile(r"(?<!\\)<!--\s*postmortem:\s*(?P<said>waive\b.*?)\s*-->", re.DOTALL | re.IGNORECASE)
_SAID = re.compile(
    r"waive\s+(?P<ids>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+in\s+this\s+(?P<scope>section|document))?"
    r"(?:\s*[\"“](?P<reason>.*)[\"”])?",
    re.DOTALL | re.IGNORECASE,
)
_CODE = re.compile(r"(`+)(?!`)[^\n]*?[^`\n]\1(?!`)")
_MARKER = re.compile(r"[ \t>]*(?:[-*+•–]|\d{1,3}[.)]|#{1,6})(?:[ \t]|$)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_ROW = re.compile(r"[ \t>]*\|")


@dataclass(frozen=True, slots=True)
class Standing:
    """A waiver, and the lines that it covers, first and last."""

    waiver: Waiver
    first: int
    last: int

    def covers(self, finding: Finding) -> bool:
        return (
            finding.criterion == self.waiver.criterion
            and self.first <= finding.line <= self.last
            and not is_unanswered(finding)
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is left of the findings, what was waived, and what is to be said of the waivers."""

    findings: tuple[Finding, ...]
    waived: tuple[Waiver, ...]
    notices: tuple[Notice, ...]


def weigh(
    findings: Sequence[Finding],
    standing: Sequence[Standing],
    notices: Sequence[Notice],
    gate: Gate,
    looked_at: frozenset[str],
) -> Weighed:
    """`looked_at` is the criteria whose silence says that there is nothing to waive."""
    left, said = list(findings), list(notices)
    waived: list[Waiver] = []
    for one in standing:
        criterion, line = one.waiver.criterion, one.waiver.line
        covered = tuple(f for f in left if one.covers(f))
        if covered and gate == "publish" and criterion in UNWAIVABLE:
            if line is not None:
                said.append(Notice(line=line, message=f"{criterion} is never waived at the gate publish"))
        elif covered:
            left = [f for f in left if f not in covered]
            waived.append(one.waiver.model_copy(update={"findings": covered}))
        elif criterion in looked_at and line is not None:
            said.append(
                Notice(line=line, message=f"this waiver finds no {criterion} to waive here; take it out")
            )
    return Weighed(tuple(left), tuple(waived), tuple(sorted(said, key=lambda n: n.line)))


def elsewhere(waivers: Sequence[Waiver]) -> list[Standing]:
    """Decisions that were taken outside the document: they cover all of it."""
    return [Standing(w, 1, 2**31) for w in waivers]


def read_waivers(document: Document, known: frozenset[str]) -> tuple[list[Standing], list[Notice]]:
    """What the document's comments waive; a comment without a reason, or of no criterion, waives nothing."""
    if "<!--" not in document.text:
        return [], []
    text = _CODE.sub(lambda m: " " * len(m[0]), blank_fences(document.text))
    text = _DEFINITION.sub(lambda m: " " * len(m[0]), text)
    lines = text.split("\n")
    found: list[Standing] = []
    notices: list[Notice] = []
    for comment in _COMMENT.finditer(text):
        line = text.count("\n", 0, comment.start()) + 1
        said = _SAID.fullmatch(comment["said"])
        if said is None:
            notices.append(Notice(line=line, message=f"this waiver can't be read; write {EXAMPLE}"))
            continue
        reason = " ".join((said["reason"] or "").split())
        if not re.search(r"\w", reason):
            notices.append(Notice(line=line, message=f"this waiver gives no reason; write {EXAMPLE}"))
            continue
        scope: Scope = "place"
        if said["scope"]:
            scope = "section" if said["scope"].lower() == "section" else "document"
        first, last = _covered(document, lines, scope, comment.start(), line, comment[0].count("\n"))
        for name in re.split(r"\s*,\s*", said["ids"].upper()):
            if name in known:
                waiver = Waiver(criterion=name, reason=reason, scope=scope, line=line)
                found.append(Standing(waiver, first, last))
            else:
                problem = f"there is no criterion {name} to waive; postmortem explain lists them"
                notices.append(Notice(line=line, message=problem))
    return found, notices


def _covered(
    document: Document, lines: Sequence[str], scope: Scope, offset: int, line: int, breaks: int
) -> tuple[int, int]:
    """The first and last line that a waiver covers which stands at `offset`."""
    if scope == "document":
        return 1, len(lines)
    if scope == "section":
        return _section(document, offset, len(lines))
    blank = [not _COMMENT.sub("", row).strip() for row in lines]
    alone = not _COMMENT.sub("", "\n".join(lines[line - 1 : line + breaks])).strip()
    if not alone:
        return _block(lines, blank, line)
    following = (n for n in range(line + breaks + 1, len(lines) + 1) if not blank[n - 1])
    first = next(following, line)
    return (first, _table_end(lines, first)) if _ROW.match(lines[first - 1]) else _block(lines, blank, first)


def _section(document: Document, offset: int, last: int) -> tuple[int, int]:
    """The heading above, and everything to the next of its level or above."""
    inside = [n for n, s in enumerate(document.sections) if s.span.start <= offset]
    if not inside:
        return 1, last
    own = document.sections[inside[-1]]
    following = (s for s in document.sections[inside[-1] + 1 :] if s.level <= own.level)
    end = next(following, None)
    return own.span.line, end.span.line - 1 if end else last


def _block(lines: Sequence[str], blank: Sequence[bool], line: int) -> tuple[int, int]:
    """The paragraph, list item or table row that a line is part of."""

    def opens(number: int) -> bool:
        row = lines[number - 1]
        return blank[number - 1] or bool(_MARKER.match(row) or _ROW.match(row))

    first = last = line
    while first > 1 and not opens(first) and not blank[first - 2]:
        first -= 1
    while last < len(lines) and not opens(last + 1):
        last += 1
    return first, last


def _table_end(lines: Sequence[str], first: int) -> int:
    rows: Iterator[int] = (n for n in range(first, len(lines) + 1) if not _ROW.match(lines[n - 1]))
    return next(rows, len(lines) + 1) - 1
