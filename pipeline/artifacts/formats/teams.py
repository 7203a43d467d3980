"""Reads chat messages and channel messages of Microsoft Teams, as Graph gives them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.formats.html import plain_text
from pipeline.artifacts.item import Item, Reading
from pipeline.artifacts.json_rows import Row, dicts, first, item_at, joined, part, rows_in, values_of, words
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.models.base import ActorKind


def recognise(file: TextFile) -> bool:
    return any(_is_message(row) for _, row in _rows(file))


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    """The messages, each with its replies where they were asked for along with it."""
    for locator, value in values_of(file):
        if not isinstance(value, dict):
            continue
        held = rows_in(value, locator, "value") if "value" in value else [(locator, value)]
        for pointer, row in held:
            yield pointer, row
            yield from rows_in(row, pointer, "replies")


def _is_message(row: Row) -> bool:
    return {"messageType", "createdDateTime", "body"} <= set(row)


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "teams, chat", flows=True)
    for pointer, row in _rows(file):
        if not _is_message(row):
            reading.cannot_read(pointer or "/", "no message", str(dict(row))[:300])
        elif words(row.get("deletedDateTime")):
            reading.cannot_read(pointer or "/", "a message that was deleted")
        else:
            reading.items.append(_message(row, pointer, context.directory))
    return reading


TEAMS = single(
    "teams",
    About(
        known_by="`messageType` with `createdDateTime` and `body`; `value` of them",
        exported_by="Microsoft Graph: `GET /teams/TEAM/channels/CHANNEL/messages?$expand=replies`, `GET /chats/CHAT/messages`",
    ),
    recognise,
    read,
    structured=True,
)


def _message(row: Row, pointer: str, directory: Directory) -> Item:
    body = part(row, "body")
    said = words(body.get("content"))
    text = plain_text(said) if first(body, "contentType").lower() == "html" else said
    text = joined((words(row.get("subject")), text), ": ")
    attached = joined(first(a, "name") for a in dicts(row.get("attachments")))
    actor, kind = _author(row, directory)
    item = item_at(
        pointer,
        text or (f"(attached: {attached})" if attached else f"({first(row, 'messageType')} without text)"),
        "bot" if kind == "system" else "message",
        row.get("createdDateTime"),
        (actor, kind),
        key=f"teams {row['id']}" if words(row.get("id")) else None,
        edited=bool(words(row.get("lastEditedDateTime"))),
    )
    if parent := words(row.get("replyToId")):
        item.thread = f"teams {parent}"
    return item


def _author(row: Row, directory: Directory) -> tuple[str | None, ActorKind]:
    """A person, or the application or system that wrote it."""
    user = part(row, "from", "user")
    if shown := first(user, "displayName"):
        known = directory.find(shown, first(user, "id"))
        return (known.name, known.kind) if known else (shown, "person")
    shown = first(part(row, "from", "application"), "displayName")
    return shown or ("Teams" if first(row, "messageType") != "message" else None), "system"
