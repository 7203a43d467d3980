"""Reads the JSON that DiscordChatExporter writes of a channel."""

from __future__ import annotations

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Item, Reading
from pipeline.artifacts.json_rows import Row, dicts, first, item_at, joined, part, rows_in, words
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.models.base import ActorKind
from pipeline.models.incident import Person


def recognise(file: TextFile) -> bool:
    return isinstance(file.json, dict) and {"guild", "channel", "messages"} <= set(file.json)


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "discord, chat", flows=True)
    channel = first(part(file.json, "channel"), "name") or None
    people: dict[str, Person] = {}
    for pointer, row in rows_in(file.json, "", "messages"):
        item = _message(row, pointer, context.directory)
        item.channel = channel
        reading.items.append(item)
        handle, shown = _names(part(row, "author"))
        if item.actor_kind == "person" and shown and not context.directory.find(handle, shown):
            people[handle or shown] = Person(
                name=shown, handles=(handle,) if handle and handle != shown else (), source=file.path
            )
    reading.people = tuple(people[name] for name in sorted(people))
    return reading


DISCORD = single(
    "discord",
    About(
        known_by="An object with `guild`, `channel` and `messages`",
        exported_by="`DiscordChatExporter.Cli export --channel ID --format Json`",
    ),
    recognise,
    read,
    structured=True,
)


def _names(author: Row) -> tuple[str, str]:
    """(the account's name, the name that others see)."""
    handle = words(author.get("name"))
    return handle, words(author.get("nickname")) or handle


def _message(row: Row, pointer: str, directory: Directory) -> Item:
    author = part(row, "author")
    handle, shown = _names(author)
    known = directory.find(handle, shown)
    kind: ActorKind = known.kind if known else "system" if author.get("isBot") is True else "person"
    embedded = [joined((first(e, "title"), first(e, "description")), ": ") for e in dicts(row.get("embeds"))]
    attached = joined(first(a, "fileName") for a in dicts(row.get("attachments")))
    text = joined((words(row.get("content")), *embedded), "\n")
    item = item_at(
        pointer,
        text
        or (f"(attached: {attached})" if attached else f"({first(row, 'type') or 'message'} without text)"),
        "bot" if kind == "system" else "message",
        row.get("timestamp"),
        (known.name if known else shown or None, kind),
        key=f"discord {row['id']}" if words(row.get("id")) else None,
        edited=bool(words(row.get("timestampEdited"))),
    )
    if parent := first(part(row, "reference"), "messageId"):
        item.thread = f"discord {parent}"
    return item
