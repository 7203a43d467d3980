"""Offsets of a text to spans: lines, columns, and the way from one to the other."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.models.document import Document, Part, Span


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins; only a line feed ends a line."""
    starts = [0]
    at = text.find("\n")
    while at != -1:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


def make_span(lines: tuple[int, ...], start: int, end: int) -> Span:
    """The span of `text[start:end]`, given the line starts of its text."""
    line = bisect_right(lines, start)
    end_line = bisect_right(lines, max(start, end - 1))
    return Span(start, end, line, end_line, start - lines[line - 1] + 1)


def span_at(document: Document, start: int, end: int) -> Span:
    """The span of `document.text[start:end]`."""
    return make_span(document.lines or line_starts(document.text), start, end)


def heading_span(document: Document, *parts: Part) -> Span:
    """Where something absent is reported: the first heading of those parts, else the first line."""
    for section in document.part(*parts):
        return section.span
    return span_at(document, 0, 0)
