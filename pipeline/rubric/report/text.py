"""Findings for people at a terminal: place, what is wrong, the sentence with the words marked, and what to do."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from pipeline.models.evaluation import Finding
from pipeline.rubric.engine import REASONS, RULES_ALONE, rejects
from pipeline.rubric.report.excerpts import Excerpt
from pipeline.rubric.report.results import Checked, Results

Style = Literal["good", "bad", "warning", "dim", "strong", "marked"]
Paint = Callable[[str, Style], str]
WIDTH = 100  # columns, where nobody says how wide the terminal is
OFTEN = 2  # so many places of a document with the same advice are told once, with their lines
LISTED = 8  # lines that are listed then
_INDENT = "    "


def as_text(results: Results, look: Look) -> Iterator[str]:
    """Piece by piece, document by document; the summary last."""
    unscored: dict[str, Counter[str]] = {}
    before = 0  # lines of the document before
    for checked in results:
        lines = list(_document(checked, results, look))
        # Documents without findings are a list; one with findings stands alone.
        yield "\n" * (max(before, len(lines) * bool(before)) > 1)
        before = len(lines)
        yield "".join(f"{line}\n" for line in lines)
        for row in checked.result.unscored:
            unscored.setdefault(row.reason, Counter())[row.criterion] += 1
    yield "\n" * bool(results.documents)
    yield "".join(f"{line}\n" for line in (*_unscored(unscored, look), *_summary(results, look)))


@dataclass(slots=True)
class Look:
    """How it is printed. `paint` leaves a text as it is where there are no colours."""

    paint: Paint
    colours: bool = False
    width: int = WIDTH
    all: bool = False  # each advice at its place, however often
    advised: set[str] = field(default_factory=set)  # the same advice once is advice, fifty times is noise

    def weight(self, finding: Finding, results: Results) -> tuple[Style, str]:
        if rejects(finding, results.gate):
            return "bad", ""
        return "warning", " (blocks at publish)" if finding.severity == "blocking" else " (advice)"


def _document(checked: Checked, results: Results, look: Look) -> Iterator[str]:
    document = checked.result
    findings = document.findings
    often = {} if look.all else _often(findings)
    shown = [f for f in findings if f is often.get(_sort(f), [f])[0]]
    for _, group in groupby(shown, key=lambda f: (f.line, f.column)):
        yield from _place(document.path, list(group), often, checked, results, look)
    for waiver in document.waived:
        yield from _waived(document.path, waiver.criterion, waiver.reason, waiver.findings, look)
    for notice in document.notices:
        yield f"{look.paint(f'{document.path}:{notice.line}', 'strong')} {look.paint('waiver', 'warning')} {notice.message}"
    language = [u.criterion for u in document.unscored if u.reason == REASONS["english"]]
    if language:
        told = f"not scored, not in English: {', '.join(sorted(language))}"
        yield f"{look.paint(document.path, 'strong')}: {look.paint(told, 'warning')}"
    elif not findings and not document.waived and not document.notices:
        yield f"{look.paint(document.path, 'strong')}: nothing found"


Sort = tuple[str, str]


def _sort(finding: Finding) -> Sort:
    return finding.criterion, finding.message


def _often(findings: Sequence[Finding]) -> dict[Sort, list[Finding]]:
    """Advice that the document needs again and again, by what it says."""
    found: dict[Sort, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "advisory":
            found.setdefault(_sort(finding), []).append(finding)
    return {sort: same for sort, same in found.items() if len(same) >= OFTEN}


def _place(
    path: str,
    findings: list[Finding],
    often: dict[Sort, list[Finding]],
    checked: Checked,
    results: Results,
    look: Look,
) -> Iterator[str]:
    """One place in the text: the gravest finding first, then its words, then what else is said of it."""
    first, *others = sorted(findings, key=lambda f: (not rejects(f, results.gate), f.severity == "advisory"))
    place = f"{path}:{first.line}:{first.column}"
    yield f"{look.paint(place, 'strong')} {_said(first, often, results, look)}"
    excerpt = checked.excerpts.get((first.line, first.column))
    if excerpt is not None:
        yield from _quoted(excerpt, look)
    yield from _advice(first, look)
    for finding in others:
        yield f"{_INDENT}+ {_said(finding, often, results, look)}"
        yield from _advice(finding, look)


def _said(finding: Finding, often: dict[Sort, list[Finding]], results: Results, look: Look) -> str:
    style, weight = look.weight(finding, results)
    told = f"{look.paint(finding.criterion, style)} {finding.message}{look.paint(weight, 'dim')}"
    same = often.get(_sort(finding), [])
    if len(same) < 2:
        return told
    lines = list(dict.fromkeys(str(f.line) for f in same[1:]))
    more = f" and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
    return told + look.paint(f", also in line {', '.join(lines[:LISTED])}{more}", "dim")


def _advice(finding: Finding, look: Look) -> Iterator[str]:
    if finding.suggestion and (key := finding.criterion + finding.suggestion) not in look.advised:
        look.advised.add(key)
        yield f"{_INDENT}= {finding.suggestion}"


def _waived(path: str, criterion: str, reason: str, findings: Sequence[Finding], look: Look) -> Iterator[str]:
    lines = ", ".join(dict.fromkeys(str(f.line) for f in findings))
    yield f"{look.paint(f'{path}:{findings[0].line}', 'strong')} {look.paint('waived', 'dim')} {criterion} in line {lines}: “{reason}”"


def _quoted(excerpt: Excerpt, look: Look) -> Iterator[str]:
    """The sentence in one line, cut to the terminal's width; the words coloured, or underlined by a line of ^."""
    before, meant, after = _fitted(excerpt, look.width - len(_INDENT) - 2)
    if look.colours:
        yield f"{_INDENT}{look.paint('|', 'dim')} {before}{look.paint(meant, 'marked')}{after}"
        return
    yield f"{_INDENT}| {before}{meant}{after}"
    if before.strip() or after.strip():
        yield f"{_INDENT}| {' ' * _cells(before)}{'^' * _cells(meant)}"


def _fitted(excerpt: Excerpt, width: int) -> tuple[str, str, str]:
    """The words in the middle, and as much of what stands round them as there is room for."""
    before, meant, after = excerpt
    before, after = before.lstrip(), after.rstrip()
    if not before:
        meant = meant.lstrip()
    if not after:
        meant = meant.rstrip()
    meant = _cut(meant, width)
    room = max(0, width - _cells(meant))
    left = min(_cells(before), max(room // 2, room - _cells(after)))
    return _cut(before[::-1], left)[::-1], meant, _cut(after, room - left)


def _cut(text: str, width: int) -> str:
    """The text, at most `width` columns of it; an ellipsis says that it goes on."""
    if _cells(text) <= width:
        return text
    kept, used = "", 1
    for character in text:
        used += _cells(character)
        if used > width:
            break
        kept += character
    return f"{kept}…" if width > 0 else ""


def _cells(text: str) -> int:
    """How many columns a terminal needs for it: ideographs and most emoji take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def _unscored(unscored: dict[str, Counter[str]], look: Look) -> Iterator[str]:
    for reason, criteria in unscored.items():
        what = "by rules alone" if reason in RULES_ALONE else "not scored"
        documents = max(criteria.values())
        where = f" in {_counted(documents, 'document')}" if reason == REASONS["english"] else ""
        yield look.paint(f"{what}{where}: {', '.join(sorted(criteria))} ({reason})", "dim")


def _summary(results: Results, look: Look) -> Iterator[str]:
    counts = [
        f"{results.blocking.total()} blocking",
        f"{results.later.total()} blocking at publish" if results.later else "",
        f"{results.advice.total()} advice",
        f"{results.waived} waived" if results.waived else "",
        f"{results.known} known to the baseline" if results.known else "",
    ]
    verdict = look.paint(results.verdict, "bad" if results.verdict == "rejected" else "good")
    told = f"{verdict} at the gate {results.gate} (profile {results.profile}): " + ", ".join(
        filter(None, counts)
    )
    told += f"; {_counted(results.documents, 'document')}, {results.rejected} rejected"
    if results.hidden:
        told += f"; {results.hidden} blocking not shown (--select filters what is reported, not what counts)"
    if results.documents > 1:
        for name, group in (("blocking", results.blocking), ("advice", results.advice)):
            if group:
                listed = ", ".join(f"{criterion} {n:,}" for criterion, n in group.most_common())
                yield f"{name}: {listed}"
    yield told


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"
