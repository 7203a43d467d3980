"""One instant told on two clocks that do not agree: "09:14 UTC / 11:14 CET", two columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from pipeline.documents.dating import zone_in
from pipeline.documents.masking import plain
from pipeline.documents.spans import span_at
from pipeline.language.times import TimeMention, find_times, zone_of
from pipeline.models.document import Document
from pipeline.rubric.durations import find_durations
from pipeline.rubric.told_times import MINUTE, Told, in_words

_BESIDE = re.compile(r"[\s*_]*(?:[/(|=,]|i\.e\.|or|=|that is)[\s*_]*(?:i\.e\.\s*|or\s*|=\s*)?", re.IGNORECASE)
_ROW = re.compile(r"^\s*\|(?P<cells>.+)\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_BEGINS = re.compile(r"\b(?:from|start(?:ed)?|begin(?:ning)?|began|since|onset)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:to|end(?:ed)?|until|till|recover(?:y|ed)|resolved|restored)\b", re.IGNORECASE)
_LONG = re.compile(r"\b(?:duration|length|downtime|minutes)\b", re.IGNORECASE)
_MIDNIGHT = timedelta(hours=12)


def find_clocks_that_disagree(document: Document) -> Told:
    """Two zoned clocks side by side in a line of text."""
    at = 0
    for line in document.text.split("\n"):
        found = [m for m in find_times(line) if m.clock]
        for one, other in pairwise(found):
            between = line[one.end : other.start]
            if not one.zone or not other.zone or one.zone == other.zone or not _BESIDE.fullmatch(between):
                continue
            instants = [_instant(m, one.date or other.date or document.declared_date) for m in (one, other)]
            if None not in instants and _differ(*instants):
                yield (
                    span_at(document, at + one.start, at + other.end),
                    f"{one.text} and {other.text} are not the same instant",
                )
        at += len(line) + 1


def find_columns_that_disagree(document: Document) -> Told:
    """Rows of a table that tell a time in two zones, or a beginning and an end."""
    for start, headers, cells in _rows(document):
        zones = [zone_in(h) for h in headers]
        timed = [i for i, z in enumerate(zones) if z and i < len(cells) and zone_of(z)]
        clocks = {
            i: next((m for m in find_times(cells[i]) if m.clock), None)
            for i in range(min(len(cells), len(headers)))
        }
        if len(timed) == 2 and len({zones[i] for i in timed}) == 2:
            one, other = (clocks[i] for i in timed)
            if one and other:
                day = one.date or other.date or document.declared_date
                instants = [_instant(m, day, zones[i]) for m, i in ((one, timed[0]), (other, timed[1]))]
                if None not in instants and _differ(*instants):
                    yield (
                        span_at(document, start, start + 1),
                        f"{one.text} {zones[timed[0]]} and {other.text} {zones[timed[1]]} are not the same instant",
                    )
        yield from _begun_and_ended(document, start, headers, cells, clocks)


def _begun_and_ended(
    document: Document,
    start: int,
    headers: Sequence[str],
    cells: Sequence[str],
    clocks: Mapping[int, TimeMention | None],
) -> Told:
    """A row whose end is before its beginning, or whose length is another."""
    begin = next((i for i, h in enumerate(headers) if _BEGINS.search(h) and clocks.get(i)), None)
    end = next((i for i, h in enumerate(headers) if _ENDS.search(h) and clocks.get(i) and i != begin), None)
    one, other = (clocks.get(i) if i is not None else None for i in (begin, end))
    if not (one and other and one.clock and other.clock) or (other.date and other.date != one.date):
        return
    back = datetime.combine(date.min, one.clock) - datetime.combine(date.min, other.clock)
    if timedelta(0) < back < _MIDNIGHT:
        yield span_at(document, start, start + 1), f"the row begins at {one.text} and ends at {other.text}"
        return
    column = next((i for i, h in enumerate(headers) if _LONG.search(h) and i < len(cells)), None)
    stated = next(iter(find_durations(cells[column])), None) if column is not None else None
    if column is not None and stated is not None and not stated.fits(-back % timedelta(days=1)):
        yield (
            span_at(document, start, start + 1),
            f"“{cells[column]}” is not what lies between {one.text} and {other.text} ({in_words(-back % timedelta(days=1))})",
        )


def _rows(document: Document) -> Iterator[tuple[int, list[str], list[str]]]:
    """(offset, headers, cells) of each body row of the document's tables."""
    headers: list[str] | None = None
    at = 0
    for line in document.text.split("\n"):
        match = _ROW.match(line)
        if match is None:
            headers = None
        elif not _RULE.match(line):
            cells = [plain(c).strip() for c in match["cells"].split("|")]
            if headers is None:
                headers = cells
            else:
                yield (
                    at + match.start("cells") + len(match["cells"]) - len(match["cells"].lstrip()),
                    headers,
                    cells,
                )
        at += len(line) + 1


def _instant(mention: TimeMention, day: date | None, zone: str | None = None) -> datetime | None:
    if mention.clock is None:
        return None
    wall = datetime.combine(mention.date or day or date(2024, 1, 1), mention.clock)
    if mention.zone and mention.offset is not None:
        return wall - mention.offset
    named = zone_of(mention.zone or zone or "", wall)
    offset = named.utcoffset(wall) if named else None
    return None if offset is None else wall - offset


def _differ(one: datetime | None, other: datetime | None) -> bool:
    """More than a minute apart, whatever day the second is on."""
    if one is None or other is None:
        return False
    apart = abs(one - other) % timedelta(days=1)
    return min(apart, timedelta(days=1) - apart) > MINUTE
