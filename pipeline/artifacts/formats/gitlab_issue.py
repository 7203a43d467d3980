"""Reads GitLab's issues and incidents, their notes, and the rows of an incident's timeline."""

from __future__ import annotations

from collections.abc import Iterator

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
    said,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.ticket_bodies import add_body

_FACTS = ("state", "severity", "issue_type", "due_date", "milestone", "web_url")


def recognise(file: TextFile) -> bool:
    return any(_is_issue(r) or _is_note(r) or _is_timeline_event(r) for _, r in _rows(file))


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if not isinstance(value, dict):
            continue
        if "notes" in value and "individual_note" in value:  # a discussion
            yield from rows_in(value, locator, "notes")
        elif nodes := list(_timeline(value, locator)):
            yield from nodes
        else:
            yield locator, value


def _timeline(value: Row, locator: str) -> Iterator[tuple[str, Row]]:
    """The nodes of `timelineEvents`, wherever a GraphQL answer puts them."""
    here, pointer = value, locator
    for _ in range(8):
        if "timelineEvents" in here:
            yield from rows_in(part(here, "timelineEvents"), f"{pointer}/timelineEvents", "nodes")
            return
        inner = [(k, v) for k, v in here.items() if isinstance(v, dict)]
        if len(inner) != 1:
            return
        pointer, here = f"{pointer}/{inner[0][0]}", inner[0][1]


def _is_issue(row: Row) -> bool:
    return {"iid", "project_id", "title"} <= set(row)


def _is_note(row: Row) -> bool:
    return "noteable_type" in row and "body" in row


def _is_timeline_event(row: Row) -> bool:
    return {"occurredAt", "note"} <= set(row)


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "ticket")
    for pointer, row in _rows(file):
        if _is_issue(row):
            _issue(reading, row, pointer, file, context)
        elif _is_note(row):
            _note(reading, row, pointer, context)
        elif _is_timeline_event(row):
            author = account(row.get("author"), context.directory)
            tags = [first(t, "name") for t in dicts(part(row, "timelineEventTags").get("nodes"))]
            columns = (("tags", joined(tags)),) if any(tags) else ()
            reading.items.append(
                item_at(
                    pointer,
                    words(row.get("note")) or "(empty)",
                    "row",
                    row.get("occurredAt"),
                    author,
                    columns,
                )
            )
        else:
            reading.cannot_read(pointer or "/", "no issue, note or timeline event", str(dict(row))[:300])
    return reading


GITLAB_ISSUE = single(
    "gitlab issue",
    About(
        known_by="`iid` with `project_id`; notes with `noteable_type`; `timelineEvents` of an incident",
        exported_by="`glab api projects/ID/issues/IID`, `.../issues/IID/notes`; the timeline by GraphQL: `timelineEvents { nodes { occurredAt note author { name } } }`",
    ),
    recognise,
    read,
    structured=True,
)


def _issue(reading: Reading, row: Row, pointer: str, file: TextFile, context: Context) -> None:
    author = account(row.get("author"), context.directory)
    title = f"Issue #{words(row.get('iid'))}: {words(row.get('title'))}"
    body = said(words(row.get("description")))
    prose = add_body(reading, body, f"{pointer}/description", row.get("created_at"), file, context)
    columns = columns_of(row, *_FACTS)
    columns += tuple((n, v) for n in ("labels", "assignees") if (v := joined(names_in(row.get(n)))))
    text = f"{title}\n{prose}".strip()
    reading.items.append(item_at(pointer, text, "text", row.get("created_at"), author, columns))
    if words(row.get("closed_at")):
        closed = f"Closed issue #{words(row.get('iid'))}"
        by = account(row.get("closed_by"), context.directory)
        reading.items.append(item_at(f"{pointer}/closed_at", closed, "text", row.get("closed_at"), by))


def _note(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    """A system note is what somebody changed, told by GitLab; still it was that person."""
    created, updated = words(row.get("created_at")), words(row.get("updated_at"))
    system = row.get("system") is True
    text = said(words(row.get("body"))).replace("**", "" if system else "**")
    reading.items.append(
        item_at(
            pointer,
            text or "(a note without words)",
            "text",
            created,
            account(row.get("author"), context.directory),
            (("system", "true"),) if system else (),
            key=f"gitlab note {row['id']}" if words(row.get("id")) else None,
            edited=not system and bool(updated) and updated != created,
        )
    )
