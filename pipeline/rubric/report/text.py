"""Findings for people at a terminal: place, what is wrong, the sentence with the words marked, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
EACH = 10  # so often a document's blocking findings of one kind are shown each, all others once; then follow their lines
LISTED = 8  # lines of advice that are listed then; of what blocks, all
_INDENT = "    "


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
    unscored: dict[str, set[str]] = {}
    before = 0  # lines of the document before
    for checked in results:
        lines = list(_Page(checked, results, look).lines())
        # Documents without findings are a list; one with findings stands alone.
        yield "\n" * (max(before, len(lines) * bool(before)) > 1)
        before = len(lines)
        yield "".join(f"{line}\n" for line in lines)
        for row in checked.result.unscored:
            unscored.setdefault(row.reason, set()).add(row.criterion)
    yield "\n" * bool(results.documents)
    yield "".join(f"{line}\n" for line in (*_unscored(unscored, look), *_summary(results, look)))


class _Page:
    """What is printed of one document."""

    def __init__(self, checked: Checked, results: Results, look: Look) -> None:
        self.document, self.excerpts = checked
        self.results, self.look, self.paint = results, look, look.paint
        self.shown, self.others = self._sorted_out()

    def lines(self) -> Iterator[str]:
        document = self.document
        for number, (_, group) in enumerate(groupby(self.shown, key=lambda f: (f.line, f.column))):
            if number:
                yield ""
            yield from self._place(list(group))
        if self.shown and (document.waived or document.notices):
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

    def _sorted_out(self) -> tuple[list[Finding], dict[int, list[str]]]:
        """The findings that are shown, and for the last shown of a kind, by its identity, the lines of all others."""
        kinds: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.document.findings:
            kinds.setdefault((finding.criterion, finding.message), []).append(finding)
        shown: list[Finding] = []
        others: dict[int, list[str]] = {}
        for same in kinds.values():
            each = len(same) if self.look.all else EACH if self._rejects(same[0]) else 1
            shown += same[:each]
            lines = list(dict.fromkeys(str(f.line) for f in same[each:] if f.line != same[each - 1].line))
            if lines:
                others[id(same[each - 1])] = lines
        order = {id(f): n for n, f in enumerate(self.document.findings)}
        return sorted(shown, key=lambda f: order[id(f)]), others

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
        lines = self.others.get(id(finding), [])
        if lines:
            listed = len(lines) if blocks else LISTED
            more = f" and {len(lines) - listed:,} more" if len(lines) > listed else ""
            weight += f", also in line {', '.join(lines[:listed])}{more}"
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


def _unscored(unscored: dict[str, set[str]], look: Look) -> Iterator[str]:
    """What holds for all documents alike; of another language each document says so itself."""
    for reason, criteria in unscored.items():
        if reason != REASONS["english"]:
            what = "by rules alone" if reason in RULES_ALONE else "not scored"
            told = f"{what}: {', '.join(sorted(criteria))} ({reason})"
            yield from (look.paint(line, "dim") for line in wrapped(told, look.width, _INDENT))


def _summary(results: Results, look: Look) -> Iterator[str]:
    groups = {
        "blocking": results.blocking,
        "blocking at publish": results.later,
        "advice": results.advice,
    }
    if results.documents > 1 or sum(g.total() for g in groups.values()) > EACH:
        for name, group in groups.items():
            if group:
                told = f"{name}: " + ", ".join(f"{criterion} {n:,}" for criterion, n in group.most_common())
                yield from wrapped(told, look.width, _INDENT)
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
    if results.foreign:
        told += look.paint(f", {results.foreign:,} not scored (not in English)", "warning")
    if results.hidden:
        told += f"; {results.hidden} blocking not shown (--select filters what is reported, not what counts)"
    yield told


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"
