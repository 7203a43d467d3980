"""Reads the description of a ticket as what it is, a small document: dated rows, fields and tasks beside the words."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.artifacts.formats.documents import DOCUMENT
from pipeline.artifacts.item import KnownDay, Reading, parse_iso
from pipeline.artifacts.json_rows import said
from pipeline.artifacts.reader import Context, TextFile

_SHAPED = re.compile(r"^\s*(?:#{1,6} |[-*+] |\d{1,2}[.)] |\|)", re.MULTILINE)
_ALONE = frozenset({"row", "field", "task"})


def add_body(
    reading: Reading, body: str, pointer: str, created: object, file: TextFile, context: Context
) -> str:
    """Add the rows, fields and tasks of a description, and return its other words: they are its author's.

    Its clocks are of the day on which the ticket was `created`, unless it names another.
    """
    text = said(body)
    if not _SHAPED.search(text):
        return text
    (found,) = DOCUMENT.read([TextFile(reading.path, text, file.redactor)], context)
    words: list[str] = []
    for item in found.items:
        if item.kind in _ALONE:
            reading.items.append(replace(item, locator=f"{pointer}, {item.locator} of it", line=None))
        else:
            words.append(item.text)
    for row in found.unread:
        reading.cannot_read(f"{pointer}, {row.locator}", row.reason, row.text)
    reading.zone, reading.day = reading.zone or found.zone, reading.day or found.day
    if reading.day is None and (written := parse_iso(created)):
        reading.day = KnownDay(written.date(), "day on which the ticket was written")
    reading.twelve_hour = reading.twelve_hour or found.twelve_hour
    return "\n".join(words)
