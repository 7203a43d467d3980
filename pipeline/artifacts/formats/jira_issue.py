"""Reads Jira's issues as its interface gives them: the ticket, its comments, its changes in order of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.artifacts.item import Reading
from pipeline.artifacts.json_rows import (
    Row,
    account,
    columns_of,
    dicts,
    first,
    item_at,
    joined,
    names_in,
    part,
    rows_in,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.rich_text import markdown_of
from pipeline.artifacts.ticket_bodies import add_body

_TOLD = (
    "status",
    "priority",
    "resolution",
    "issuetype",
    "duedate",
    "assignee",
    "reporter",
    "parent",
    "resolutiondate",
)
_CUSTOM = re.compile(r"customfield_\d+")


def recognise(file: TextFile) -> bool:
    return any(_is_issue(row) for _, row in _rows(file)) or any(_is_changelog(v) for _, v in values_of(file))


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if isinstance(value, dict) and "issues" in value:
            yield from rows_in(value, locator, "issues")
        elif isinstance(value, dict):
            yield locator, value


def _is_issue(row: Row) -> bool:
    fields = row.get("fields")
    return "key" in row and isinstance(fields, dict) and bool({"issuetype", "summary"} & set(fields))


def _is_changelog(value: Any) -> bool:
    return isinstance(value, dict) and any(
        "items" in h and "created" in h for h in dicts(value.get("values"))
    )


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "ticket")
    for pointer, row in _rows(file):
        if _is_issue(row):
            _issue(reading, row, pointer, file, context)
        elif _is_changelog(row):
            _changes(reading, list(rows_in(row, pointer, "values")), context)
        else:
            reading.cannot_read(pointer or "/", "no Jira issue", str(dict(row))[:300])
    return reading


JIRA_ISSUE = single(
    "jira issue",
    About(
        known_by="`key` with `fields`, one or a search's `issues`; a changelog's `values`",
        exported_by="`curl JIRA/rest/api/3/issue/KEY?expand=changelog,names`; the menu's XML and Word exports leave the changes out",
    ),
    recognise,
    read,
    structured=True,
)


def _issue(reading: Reading, row: Row, pointer: str, file: TextFile, context: Context) -> None:
    fields, key = part(row, "fields"), words(row.get("key"))
    author = account(fields.get("reporter") or fields.get("creator"), context.directory)
    body = markdown_of(fields.get("description"))
    prose = add_body(reading, body, f"{pointer}/fields/description", fields.get("created"), file, context)
    title = f"Ticket {key}: {words(fields.get('summary'))}"
    columns = (("key", key), *columns_of(fields, *_TOLD))
    columns += tuple(
        (name, value) for name in ("labels", "components") if (value := joined(names_in(fields.get(name))))
    )
    text = f"{title}\n{prose}".strip()
    reading.items.append(item_at(f"{pointer}/fields", text, "text", fields.get("created"), author, columns))
    for place, comment in rows_in(part(fields, "comment"), f"{pointer}/fields/comment", "comments"):
        said = markdown_of(comment.get("body"))
        created, updated = words(comment.get("created")), words(comment.get("updated"))
        reading.items.append(
            item_at(
                place,
                said or "(a comment without words)",
                "text",
                created,
                account(comment.get("author"), context.directory),
                key=f"jira comment {comment['id']}" if words(comment.get("id")) else None,
                edited=bool(updated) and updated != created,
            )
        )
    for place, link in rows_in(fields, f"{pointer}/fields", "issuelinks"):
        _link(reading, link, place)
    _custom(reading, row, pointer)
    _changes(
        reading,
        list(rows_in(part(row, "changelog"), f"{pointer}/changelog", "histories", "values")),
        context,
    )


def _link(reading: Reading, link: Row, pointer: str) -> None:
    for way, other in (("inward", part(link, "inwardIssue")), ("outward", part(link, "outwardIssue"))):
        if other:
            how = first(part(link, "type"), way) or "is linked to"
            summary = words(part(other, "fields").get("summary"))
            told = joined((f"Linked ticket ({how}) {words(other.get('key'))}", summary), ": ")
            reading.items.append(item_at(pointer, told, "text", None))


def _custom(reading: Reading, row: Row, pointer: str) -> None:
    """Fields that a site added itself, where the answer names them: `Impact began: 2026-03-18T06:18`."""
    names = part(row, "names")
    for field, value in part(row, "fields").items():
        name, told = (
            words(names.get(field)),
            words(value) or (first(value, "value", "name") if isinstance(value, dict) else ""),
        )
        if _CUSTOM.fullmatch(field) and name and told:
            reading.items.append(
                item_at(
                    f"{pointer}/fields/{field}", f"{name}: {told}", "field", value, columns=((name, told),)
                )
            )


def _changes(reading: Reading, histories: list[tuple[str, Row]], context: Context) -> None:
    """The interface gives them newest first or oldest first; here the oldest comes first."""
    for pointer, history in sorted(histories, key=lambda h: words(h[1].get("created"))):
        told = []
        for change in dicts(history.get("items")):
            before, after = first(change, "fromString", "from"), first(change, "toString", "to")
            told.append(f"{first(change, 'field')}: {before or 'none'} → {after or 'none'}")
        actor = account(history.get("author"), context.directory)
        reading.items.append(
            item_at(pointer, "; ".join(told) or "changed", "text", history.get("created"), actor)
        )
