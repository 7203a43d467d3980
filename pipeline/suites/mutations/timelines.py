"""Defects of a timeline as a whole: no beginning, no end, a silence, times that cannot be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.documents.dating import ROLLOVER
from pipeline.models.document import Document, Entry
from pipeline.suites.mutations.defect import Defect, Edit, Ground, defect, own_section


def mutate(ground: Ground) -> Iterator[Defect]:
    document, entries = ground.document, ground.document.entries
    detected, mended = ground.detected, ground.mended
    heading = own_section(document, "timeline")
    top = heading.span.start if heading else 0
    end = entries[-1].span.end
    yield defect(
        "TL-KEY", "begins with detection", document, _without(document, entries[:detected]), (top, end)
    )
    yield defect(
        "TL-KEY", "ends with the repair", document, _without(document, entries[mended + 1 :]), (top, end)
    )
    if mended - detected > 2:
        cut = entries[detected + 1 : mended]
        around = (entries[detected].span.start, entries[mended].span.end)
        yield defect(
            "TL-GAP", "nothing between detection and repair", document, _without(document, cut), around
        )
    if ground.closed is not None:
        yield from _swapped(document, entries[detected], entries[ground.closed])


def _without(document: Document, entries: Sequence[Entry]) -> list[Edit]:
    """The lines of those entries taken out."""
    edits: list[Edit] = []
    text = document.text
    for entry in entries:
        start = text.rfind("\n", 0, entry.span.start) + 1
        end = text.find("\n", max(entry.span.end, entry.event_span.end))
        if text[start : entry.span.start].strip(" \t-*+|>~0123456789.)[]"):
            edits.append((entry.span.start, entry.span.end, ""))  # it begins within a line of prose
        else:
            edits.append((start, len(text) if end < 0 else end + 1, ""))
    return _joined(edits)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Edits that overlap as one."""
    found: list[Edit] = []
    for start, end, new in sorted(edits):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]), new)
        else:
            found.append((start, end, new))
    return found


def _swapped(document: Document, first: Entry, last: Entry) -> Iterator[Defect]:
    """The times of the detection and of the close in each other's place."""
    places = []
    for entry in (first, last):
        at = document.text.find(entry.time_text, entry.span.start, entry.span.end) if entry.time_text else -1
        if at < 0 or entry.time is None:
            return
        places.append((at, at + len(entry.time_text)))
    if first.time and last.time and last.time - first.time > ROLLOVER:
        return  # a clock that goes back so far is the next day's
    edits = [(*places[0], last.time_text), (*places[1], first.time_text)]
    yield defect("TL-ORD", "times swapped", document, edits, (first.span.start, last.span.end))
