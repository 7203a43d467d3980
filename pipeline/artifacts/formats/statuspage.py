"""Reads a status page's history as Atlassian Statuspage gives it: each post by the time that customers saw."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.formats.html import plain_text
from pipeline.artifacts.item import Reading
from pipeline.artifacts.json_rows import (
    Row,
    account,
    columns_of,
    dicts,
    first,
    item_at,
    joined,
    rows_in,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single


def recognise(file: TextFile) -> bool:
    return any(_posts(incident) for _, incident in _incidents(file))


def _incidents(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if isinstance(value, dict):
            if _posts(value):
                yield locator, value
            yield from rows_in(value, locator, "incidents", "incident", "scheduled_maintenances")


def _posts(incident: Row) -> list[Row]:
    return [p for p in dicts(incident.get("incident_updates")) if {"body", "status"} & set(p)]


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "status page")
    for pointer, incident in _incidents(file):
        name = first(incident, "name") or "(without a name)"
        facts = joined(f"{k}: {v}" for k, v in columns_of(incident, "impact", "status"))
        # An incident is named before its posts; a person who reads the page sees it the same way.
        reading.items.append(
            item_at(
                pointer,
                f"Incident on the status page: {name} ({facts})",
                "text",
                incident.get("started_at") or incident.get("created_at"),
                columns=columns_of(incident, "impact", "status", "created_at", "resolved_at", "shortlink"),
                until=incident.get("resolved_at"),
            )
        )
        for place, post in rows_in(incident, pointer, "incident_updates"):
            _post(reading, post, place, context)
        if text := words(incident.get("postmortem_body")):
            reading.items.append(item_at(f"{pointer}/postmortem_body", _plain(text), "text", None))
    return reading


STATUSPAGE = single(
    "statuspage",
    About(
        known_by="`incidents`, each with `incident_updates`",
        exported_by="`curl https://YOUR-STATUS-PAGE/api/v2/incidents.json`",
    ),
    recognise,
    read,
    structured=True,
)


def _post(reading: Reading, post: Row, pointer: str, context: Context) -> None:
    status, body = words(post.get("status")), _plain(words(post.get("body")))
    text = body if status and status.lower() in body.lower() else joined((status, body), ": ")
    shown = words(post.get("display_at")) or words(post.get("created_at"))
    # Authors may date a post back; when it was really written is kept beside.
    written = words(post.get("created_at"))
    columns = columns_of(post, "status") + ((("created_at", written),) if written != shown else ())
    if moved := joined(_changes(post)):
        columns += (("components", moved),)
    item = item_at(
        pointer,
        text,
        "status",
        shown,
        account(post.get("author"), context.directory),
        columns,
        key=_key(post),
    )
    if item.stamp is None:
        reading.cannot_read(pointer, "a post without its time", text)
    elif text:
        reading.items.append(item)


def _key(post: Row) -> str | None:
    return f"statuspage {post['id']}" if words(post.get("id")) else None


def _changes(post: Row) -> Iterator[str]:
    """`affected_components` comes as null, as objects with states, and as notes; only states tell something."""
    for component in dicts(post.get("affected_components")):
        old, new = first(component, "old_status"), first(component, "new_status")
        if new and new != old:
            yield f"{first(component, 'name')}: {old or 'unknown'} → {new}"


def _plain(text: str) -> str:
    return plain_text(text) if "</" in text or "<br" in text else text.replace("\r\n", "\n")
