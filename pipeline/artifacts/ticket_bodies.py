"""Reads the description of a ticket as what it is, a small document: fields, dated rows, tasks, sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.artifacts.formats.documents import DOCUMENT
from pipeline.artifacts.item import Item, KnownDay, Reading, parse_iso
from pipeline.artifacts.json_rows import said
from pipeline.artifacts.reader import Context, TextFile
from pipeline.models.base import ActorKind

_SHAPED = re.compile(r"^\s*(?:#{1,6} |[-*+] |\d{1,2}[.)] |\|)", re.MULTILINE)


def add_body(
    reading: Reading,
    body: str,
    pointer: str,
    author: tuple[str | None, ActorKind],
    created: object,
    file: TextFile,
    context: Context,
) -> bool:
    """Add the items of a description that has headings, lists or tables; False where it is plain words.

    Its clocks are of the day on which the ticket was `created`, unless it names another.
    """
    text = said(body)
    if not _SHAPED.search(text):
        return False
    (found,) = DOCUMENT.read([TextFile(reading.path, text, file.redactor)], context)
    reading.items += [_placed(item, pointer, author) for item in found.items]
    for row in found.unread:
        reading.cannot_read(f"{pointer}, {row.locator}", row.reason, row.text)
    reading.zone, reading.day = reading.zone or found.zone, reading.day or found.day
    if reading.day is None and (written := parse_iso(created)):
        reading.day = KnownDay(written.date(), "day on which the ticket was written")
    reading.twelve_hour = reading.twelve_hour or found.twelve_hour
    return True


def _placed(item: Item, pointer: str, author: tuple[str | None, ActorKind]) -> Item:
    """A sentence is its author's; a row or a task may be of somebody else, whom it names."""
    item = replace(item, locator=f"{pointer}, {item.locator} of it", line=None)
    if item.kind == "statement" and item.actor is None:
        item.actor, item.actor_kind = author
    return item
