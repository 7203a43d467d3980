"""Reads the table of issues that GitLab mails: one item an issue, dated by its creation in UTC."""

from __future__ import annotations

import csv
import io

from pipeline.artifacts.item import Item, Reading, iso_stamp
from pipeline.artifacts.reader import About, Context, TextFile, single

_NEEDED = {"Issue ID", "Title", "State", "Created At (UTC)"}


def recognise(file: TextFile) -> bool:
    head = next(csv.reader([file.lines[0].lstrip("\ufeff")[:4000]]), [])
    return set(head) >= _NEEDED


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "table")
    rows = csv.DictReader(io.StringIO(file.text.lstrip("\ufeff")), restkey="more", restval="")
    start = 2
    try:
        for row in rows:
            cells = {k: v.strip() for k, v in row.items() if isinstance(k, str) and isinstance(v, str)}
            _issue(reading, cells, start, context)
            start = rows.line_num + 1
    except csv.Error as error:
        reading.cannot_read(f"line {start}", f"the table is broken from here on: {error}")
    return reading


GITLAB_CSV = single(
    "gitlab csv",
    About(
        known_by="A header with `Issue ID`, `Title`, `State`, `Created At (UTC)`",
        exported_by="GitLab: the project's issues > ... > Export as CSV; it comes by mail",
    ),
    recognise,
    read,
)


def _issue(reading: Reading, row: dict[str, str], line: int, context: Context) -> None:
    author = context.directory.name(row.get("Author Username"), row.get("Author"))
    known = context.directory.find(row.get("Author Username"), row.get("Author"))
    created = row.get("Created At (UTC)", "")
    text = f"Issue #{row.get('Issue ID', '')}: {row.get('Title', '')}"
    if description := row.get("Description"):
        text += f"\n{description}"
    item = Item(
        f"line {line}",
        text,
        "text",
        line=line,
        stamp=iso_stamp(created.removesuffix(" UTC").replace(" ", "T") + "Z"),
    )
    item.actor = known.name if known else row.get("Author") or author
    item.actor_kind = known.kind if known else "person"
    item.columns = tuple((k, v) for k, v in row.items() if v and k not in {"Title", "Description"})
    reading.items.append(item)
