"""Reads tables with a separator: a header, and rows that are dated where a column holds times."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.artifacts.formats.log_lines import wall_of
from pipeline.artifacts.item import Item, Reading, Stamp, Zone, stamp_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.runs import merge_runs
from pipeline.artifacts.zone_statements import zone_of_column
from pipeline.documents.tables import timeline_roles
from pipeline.language.dates import make_day
from pipeline.language.times import TimeMention, find_times

_SEPARATORS = (",", ";", "\t", "|")


def recognise(file: TextFile) -> bool:
    return _table(file) is not None


def read(file: TextFile, context: Context) -> Reading:
    table = _table(file)
    assert table
    headers, rows = table
    reading = Reading(file.path, "table", flows=True)
    times = _time_columns(headers, rows)
    day_first = _day_first([row[c] for _, row in rows for c in times if c < len(row)])
    roles = timeline_roles(headers, [r for _, r in rows[:20]])
    actor_at = next((i for i, role in enumerate(roles) if role == "actor" and i not in times), None)
    items: list[Item] = []
    for number, row in rows:
        stamp = _stamp(row, times, headers, day_first)
        cells = [(headers[i] if i < len(headers) else "", c.strip()) for i, c in enumerate(row) if c.strip()]
        told = [
            (h, c)
            for i, (h, c) in enumerate(_numbered(headers, row))
            if c and i not in times and i != actor_at
        ]
        events = {headers[i] for i, role in enumerate(roles) if role == "event" and i < len(headers)}
        text = "; ".join(c if h in events or len(c.split()) > 2 else f"{h}: {c}" for h, c in told)
        actor = row[actor_at].strip() if actor_at is not None and actor_at < len(row) else ""
        known = context.directory.name(actor) if actor else None
        item = Item(f"line {number}", text or "; ".join(c for _, c in cells), "row", line=number, stamp=stamp)
        item.columns = tuple(cells)
        item.actor, item.actor_kind = known, context.directory.kind(known)
        items.append(item)
    reading.items = merge_runs(items, lambda i: wall_of(i.stamp))
    return reading


_ABOUT = About(
    known_by="A header, rows as wide as it, and a column of times; separated by commas, semicolons, tabs or bars",
    exported_by="Excel, Google Sheets: File > Download > .csv. Put the zone into the heading of the time, as in `Time (MT)`",
)
TABLE = single("table", _ABOUT, recognise, read)


def _table(file: TextFile) -> tuple[list[str], list[tuple[int, list[str]]]] | None:
    """(header, numbered rows) where the file is a table with at least one column of times."""
    head = [line for line in file.lines[:12] if line.strip()]
    if len(head) < 2:
        return None
    for separator in _SEPARATORS:
        width = len(next(csv.reader([head[0]], delimiter=separator), []))
        if width < 2 or head[0].count(separator) + 1 != width or any(c.isdigit() for c in head[0][:4]):
            continue
        reader = csv.reader(io.StringIO(file.text), delimiter=separator)
        rows: list[tuple[int, list[str]]] = []
        try:
            headers = [h.strip().lstrip("\ufeff") for h in next(reader)]
            start = reader.line_num + 1
            for row in reader:
                if any(c.strip() for c in row):
                    rows.append((start, row))
                start = reader.line_num + 1
        except csv.Error:
            continue
        even = sum(len(row) == width for _, row in rows)
        if rows and even * 10 >= len(rows) * 8 and all(len(h) < 40 for h in headers):
            return (headers, rows) if _time_columns(headers, rows) else None
    return None


def _time_columns(headers: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[int]:
    """The columns that hold times or dates; a date and its clock may stand in two."""
    found: list[int] = []
    for column in range(len(headers)):
        cells = [row[column].strip() for _, row in rows[:50] if column < len(row) and row[column].strip()]
        timed = sum(bool(_mention(c)) for c in cells)
        if cells and timed * 10 >= len(cells) * 8:
            found.append(column)
    clocked = [
        c for c in found if any((m := _mention(row[c])) and m.clock for _, row in rows[:50] if c < len(row))
    ]
    return found[:2] if clocked and clocked[0] in found[:2] else clocked[:1]


def _mention(cell: str) -> TimeMention | None:
    mention = next(iter(find_times(cell[:60])), None)
    return mention if mention and len(cell.strip()) - len(mention.text) <= 4 else None


def _day_first(cells: Sequence[str]) -> bool | None:
    """Whether 4/3/2026 is 4 March, decided by the column's other cells; None where none decides."""
    for cell in cells:
        if match := re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)?\d\d\b", cell):
            if int(match[1]) > 12:
                return True
            if int(match[2]) > 12:
                return False
    return None


def _stamp(
    row: Sequence[str], times: Sequence[int], headers: Sequence[str], day_first: bool | None
) -> Stamp | None:
    mentions = [(c, m) for c in times if c < len(row) and (m := _mention(row[c].strip()))]
    clock = next(((c, m) for c, m in mentions if m.clock), None)
    if clock is None:
        return None
    column, mention = clock
    zone: Zone | None = zone_of_column(headers[column])
    for _, other in mentions:
        if other is not mention and not mention.is_dated and other.is_dated:
            mention = replace(mention, date=other.date, month_day=other.month_day, undecided=other.undecided)
    if mention.undecided and day_first is not None:
        a, b, year = mention.undecided
        mention = replace(
            mention, date=make_day(year, b, a) if day_first else make_day(year, a, b), undecided=None
        )
    return stamp_of(mention, zone)


def _numbered(headers: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    return [(headers[i] if i < len(headers) else "", c.strip()) for i, c in enumerate(row)]
