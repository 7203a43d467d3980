"""Takes what a service wrote out of JSON, whatever stands there in place of what its documents promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Item, Stamp, iso_stamp
from pipeline.artifacts.reader import TextFile
from pipeline.models.base import ActorKind
from pipeline.models.record import RecordKind

Row = Mapping[str, Any]
_NAMES = ("displayName", "display_name", "name", "full_name", "login", "username", "summary", "email")
_HANDLES = ("login", "username", "email", "emailAddress", "slack_user_id", "accountId")


def values_of(file: TextFile) -> Iterator[tuple[str, Any]]:
    """(locator, value) of each thing that the file holds: of a list its members, of JSON lines each, else itself."""
    if isinstance(file.json, list):
        yield from ((f"/{place}", value) for place, value in enumerate(file.json))
    elif file.json is not None:
        yield "", file.json
    else:
        yield from ((f"line {number}", value) for number, value in file.json_lines)


def rows_in(row: Row, pointer: str, *names: str) -> Iterator[tuple[str, Row]]:
    """(JSON pointer, object) of what stands under these names, one or a list of them."""
    for name in names:
        held = row.get(name)
        if isinstance(held, dict):
            yield f"{pointer}/{name}", held
        for place, child in enumerate(held) if isinstance(held, list) else ():
            if isinstance(child, dict):
                yield f"{pointer}/{name}/{place}", child


def words(value: Any) -> str:
    """A text or a number as text; of anything else nothing."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def first(row: Row, *names: str) -> str:
    return next((said for name in names if (said := words(row.get(name)))), "")


def part(row: Row, *names: str) -> Row:
    """The object that lies under these names, one within the other; empty where there is none."""
    for name in names:
        held = row.get(name)
        row = held if isinstance(held, dict) else {}
    return row


def dicts(value: Any) -> list[Row]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def names_in(value: Any) -> list[str]:
    """The names of a list of names or of objects that have one."""
    held = value if isinstance(value, list) else []
    return [n for v in held if (n := words(v) or (first(v, *_NAMES) if isinstance(v, dict) else ""))]


def named(row: Row, name: str) -> str:
    """A text, or the name of the object that stands there."""
    held = row.get(name)
    return first(held, *_NAMES, "value", "key") if isinstance(held, dict) else words(held)


def account(value: Any, directory: Directory) -> tuple[str | None, ActorKind]:
    """Whose account it is: the roster's name, else the one that is shown; an app's is a system's."""
    if isinstance(value, str):
        name: str | None = value.strip() or None
        return directory.name(name), directory.kind(name)
    if not isinstance(value, dict):
        return None, "unknown"
    known = directory.find(*(words(value.get(n)) for n in (*_HANDLES, *_NAMES)))
    shown = first(value, *_NAMES)
    if known:
        return known.name, known.kind
    kind = first(value, "type", "accountType").lower()
    machine = (
        kind in {"bot", "app", "integration", "mannequin"} or "service" in kind or shown.endswith("[bot]")
    )
    return (shown, "system" if machine else "person") if shown else (None, "unknown")


def columns_of(row: Row, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in names if (value := named(row, name)))


def said(text: str) -> str:
    """What a person wrote into a form, without the form's own hints, which stand in comments."""
    text = text.replace("\r\n", "\n")
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]]).strip()


def joined(parts: Iterable[str], by: str = ", ") -> str:
    return by.join(p for p in parts if p)


def item_at(
    locator: str,
    text: str,
    kind: RecordKind,
    when: Any,
    actor: tuple[str | None, ActorKind] = (None, "unknown"),
    columns: tuple[tuple[str, str], ...] = (),
    *,
    until: Any = None,
    key: str | None = None,
    edited: bool = False,
) -> Item:
    """An item that carries its own instant, or none where that is missing or is no time."""
    stamp = when if isinstance(when, Stamp) else iso_stamp(when, until)
    return Item(
        locator or "/",
        text,
        kind,
        stamp=stamp,
        actor=actor[0],
        actor_kind=actor[1],
        columns=columns,
        key=key,
        edited=edited,
    )
