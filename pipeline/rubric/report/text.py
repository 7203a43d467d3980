"""Findings for people at a terminal: place, what is wrong, the sentence with the words marked, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from pipeline.models.evaluation import Finding, Waiver
from pipeline.rubric.engine import REASONS, RULES_ALONE, rejects
from pipeline.rubric.report.quoting import quoted, wrapped
from pipeline.rubric.report.results import Checked, Results

Style = Literal["good", "bad", "warning", "dim", "strong", "marked bad", "marked warning"]
Paint = Callable[[str, Style], str]
WIDTH = 100  # columns of a quotation, where no terminal says how wide it is
OFTEN = 2  # so many places of a document with the same advice are told once, with their lines
LISTED = 8  # lines that are listed then
_INDENT = "    "
Sort = tuple[str, str]


@dataclass(slots=True)
class Look:
    """How it is printed. `paint` leaves a text as it is where there are no colours; `width` is 0 where no terminal is."""

    paint: Paint
    colours: bool = False
    width: int = 0
    all: bool = False  # each advice at its place, however often
    advised: set[str] = field(default_factory=set)  # the same advice once is advice, fifty times is noise


def as_text(results: Results, look: Look) -> Iterator[str]:
    """Piece by piece, document by document; the summary last."""
    unscored: dict[str, Counter[str]] = {}
    before = 0  # lines of the document before
    for checked in results:
        lines = list(_Page(checked, results, look).lines())
        # Documents without findings are a list; one with findings stands alone.
        yield "\n" * (max(before, len(lines) * bool(before)) > 1)
        before = len(lines)
        yield "".join(f"{line}\n" for line in lines)
        for row in checked.result.unscored:
            unscored.setdefault(row.reason, Counter())[row.criterion] += 1
    yield "\n" * bool(results.documents)
    yield "".join(f"{line}\n" for line in (*_unscored(unscored, look), *_summary(results, look)))


class _Page:
    """What is printed of one document."""

    def __init__(self, checked: Checked, results: Results, look: Look) -> None:
        self.document, self.excerpts = checked
        self.results, self.look, self.paint = results, look, look.paint
        self.often = {} if look.all else _often(self.document.findings)

    def lines(self) -> Iterator[str]:
        document = self.document
        shown = [f for f in document.findings if f is self.often.get(_sort(f), [f])[0]]
        for number, (_, group) in enumerate(groupby(shown, key=lambda f: (f.line, f.column))):
            if number:
                yield ""
            yield from self._place(list(group))
        if shown and (document.waived or document.notices):
            yield ""
        for waiver in document.waived:
            yield from self._waived(waiver)
        for notice in document.notices:
            place = self.paint(f"{document.path}:{notice.line}", "strong")
            yield from self._wrapped(f"{place} {self.paint('warning:', 'warning')} {notice.message}")
        language = sorted(u.criterion for u in document.unscored if u.reason == REASONS["english"])
        path = self.paint(document.path, "strong")
        if language:
            told = self.paint("not scored, not in English", "warning")
            yield from self._wrapped(f"{path}: {told}: {', '.join(language)}")
        elif not document.findings and not document.waived and not document.notices:
            yield f"{path}: nothing found"

    def _place(self, findings: list[Finding]) -> Iterator[str]:
        """One place in the text: the gravest finding first, then its words, then what else is said of it."""
        first, *others = sorted(findings, key=lambda f: (not self._rejects(f), f.severity == "advisory"))
        place = self.paint(f"{self.document.path}:{first.line}:{first.column}", "strong")
        yield from self._wrapped(f"{place} {self._said(first)}")
        excerpt = self.excerpts.get((first.line, first.column))
        if excerpt is not None:
            style: Style = "marked bad" if self._rejects(first) else "marked warning"
            mark = (lambda words: self.paint(words, style)) if self.look.colours else None
            width = (self.look.width or WIDTH) - len(_INDENT) - 2
            for line in quoted(excerpt, width, mark):
                yield f"{_INDENT}{self.paint('|', 'dim')} {line}"
        yield from self._advice(first)
        for finding in others:
            yield from self._wrapped(f"{_INDENT}+ {self._said(finding)}")
            yield from self._advice(finding)

    def _rejects(self, finding: Finding) -> bool:
        return rejects(finding, self.results.gate)

    def _said(self, finding: Finding) -> str:
        blocks = self._rejects(finding)
        weight = "" if blocks else " (blocks at publish)" if finding.severity == "blocking" else " (advice)"
        told = f"{self.paint(finding.criterion, 'bad' if blocks else 'warning')} {finding.message}"
        same = self.often.get(_sort(finding), [])
        lines = list(dict.fromkeys(str(f.line) for f in same if f.line != finding.line))
        if lines:
            more = f" and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
            weight += f", also in line {', '.join(lines[:LISTED])}{more}"
        return told + (self.paint(weight, "dim") if weight else "")

    def _advice(self, finding: Finding) -> Iterator[str]:
        advised = self.look.advised
        if finding.suggestion and (key := finding.criterion + finding.suggestion) not in advised:
            advised.add(key)
            yield from self._wrapped(f"{_INDENT}→ {finding.suggestion}")

    def _waived(self, waiver: Waiver) -> Iterator[str]:
        lines = ", ".join(dict.fromkeys(str(f.line) for f in waiver.findings))
        where = f"{self.document.path}:{waiver.line}" if waiver.line is not None else self.document.path
        told = f"waived {waiver.criterion} in line {lines}: “{waiver.reason}”"
        yield from self._wrapped(f"{self.paint(where, 'strong')} {told}")

    def _wrapped(self, line: str) -> Iterator[str]:
        """Broken between words on a terminal; in a file or a pipe a line stays a line."""
        return wrapped(line, self.look.width, _INDENT + "  ")


def _sort(finding: Finding) -> Sort:
    return finding.criterion, finding.message


def _often(findings: Sequence[Finding]) -> dict[Sort, list[Finding]]:
    """Advice that the document needs again and again, by what it says."""
    found: dict[Sort, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "advisory":
            found.setdefault(_sort(finding), []).append(finding)
    return {sort: same for sort, same in found.items() if len(same) >= OFTEN}


def _unscored(unscored: dict[str, Counter[str]], look: Look) -> Iterator[str]:
    for reason, criteria in unscored.items():
        what = "by rules alone" if reason in RULES_ALONE else "not scored"
        documents = max(criteria.values())
        where = f" in {_counted(documents, 'document')}" if reason == REASONS["english"] else ""
        yield look.paint(f"{what}{where}: {', '.join(sorted(criteria))} ({reason})", "dim")


def _summary(results: Results, look: Look) -> Iterator[str]:
    if results.documents > 1:
        for name, group in (("blocking", results.blocking), ("advice", results.advice)):
            if group:
                yield f"{name}: " + ", ".join(f"{criterion} {n:,}" for criterion, n in group.most_common())
    counts = [
        f"{results.blocking.total():,} blocking",
        f"{results.later.total():,} blocking at publish" if results.later else "",
        f"{results.advice.total():,} advice",
        f"{results.waived:,} waived" if results.waived else "",
        f"{results.known:,} known to the baseline" if results.known else "",
    ]
    verdict = look.paint(results.verdict, "bad" if results.verdict == "rejected" else "good")
    told = (
        f"{verdict} at the gate {results.gate} (profile {results.profile}): {', '.join(filter(None, counts))}"
    )
    told += f"; {_counted(results.documents, 'document')}, {results.rejected:,} rejected"
    if results.hidden:
        told += f"; {results.hidden} blocking not shown (--select filters what is reported, not what counts)"
    yield told


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"
