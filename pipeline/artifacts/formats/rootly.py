"""Reads what Rootly's interface gives (JSON:API): the incident with its milestones, its timeline, its action items."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.item import Reading
from pipeline.artifacts.json_rows import (
    Row,
    account,
    columns_of,
    first,
    item_at,
    joined,
    named,
    part,
    rows_in,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single

_KINDS = {"incidents", "incident_events", "incident_action_items", "incident_post_mortems"}
_MILESTONES = {
    "started_at": "Started",
    "detected_at": "Detected",
    "acknowledged_at": "Acknowledged",
    "mitigated_at": "Mitigated",
    "resolved_at": "Resolved",
}


def recognise(file: TextFile) -> bool:
    return any(
        words(r.get("type")) in _KINDS and isinstance(r.get("attributes"), dict) for _, r in _rows(file)
    )


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if isinstance(value, dict):
            inner = list(rows_in(value, locator, "data", "included"))
            yield from inner or [(locator, value)]


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "pager")
    for pointer, row in _rows(file):
        held = part(row, "attributes")
        match words(row.get("type")):
            case "incidents":
                _incident(reading, held, pointer, context)
            case "incident_events":
                _event(reading, row, held, pointer, context)
            case "incident_action_items":
                _action(reading, held, pointer, context)
            case "incident_post_mortems":
                text = joined((first(held, "title"), words(held.get("content"))), "\n")
                reading.items.append(item_at(pointer, text or "(empty)", "text", None))
            case kind:
                reading.cannot_read(
                    pointer or "/",
                    f"no part of an incident: {kind or 'no type'}",
                    first(held, "name", "title"),
                )
    return reading


ROOTLY = single(
    "rootly",
    About(
        known_by="`data` with `type` incidents, incident_events or incident_action_items, and `attributes`",
        exported_by="`curl https://api.rootly.com/v1/incidents/ID`, `.../ID/events`, `.../ID/action_items`",
    ),
    recognise,
    read,
    structured=True,
)


def _incident(reading: Reading, held: Row, pointer: str, context: Context) -> None:
    title = first(held, "title", "slug") or "(without a title)"
    severity = named(held, "severity") or first(part(held, "severity", "data", "attributes"), "name")
    columns = (
        *columns_of(held, "kind", "status", "slack_channel_name"),
        *((("severity", severity),) if severity else ()),
    )
    by = account(part(held, "user", "data", "attributes") or held.get("user"), context.directory)
    text = f"Incident {title} declared" + (f" ({severity})" if severity else "")
    reading.items.append(item_at(f"{pointer}/attributes", text, "page", held.get("created_at"), by, columns))
    reading.titles, reading.severity = (title,), severity or reading.severity
    for name, label in _MILESTONES.items():
        if when := words(held.get(name)):
            reading.items.append(
                item_at(
                    f"{pointer}/attributes/{name}",
                    f"{label}: {when}",
                    "field",
                    when,
                    columns=((label, when),),
                )
            )
    later = {"mitigation_message": "mitigated_at", "resolution_message": "resolved_at"}
    for field in ("summary", "mitigation_message", "resolution_message"):
        if said := words(held.get(field)):
            at = held.get(later.get(field, ""))
            reading.items.append(
                item_at(f"{pointer}/attributes/{field}", said, "row" if at else "statement", at)
            )


def _event(reading: Reading, row: Row, held: Row, pointer: str, context: Context) -> None:
    """`occurred_at` can be set by hand, `created_at` not; an event written later says so."""
    by = account(
        part(held, "user", "data", "attributes") or held.get("user") or held.get("user_display_name"),
        context.directory,
    )
    key = f"rootly event {row['id']}" if words(row.get("id")) else None
    columns = columns_of(held, "visibility", "kind", "created_at")
    text = words(held.get("event"))
    item = item_at(
        pointer,
        text or "(empty)",
        "row",
        held.get("occurred_at") or held.get("created_at"),
        by,
        columns,
        key=key,
    )
    if item.stamp is None:
        reading.cannot_read(pointer, "an event without its time", text)
    else:
        reading.items.append(item)


def _action(reading: Reading, held: Row, pointer: str, context: Context) -> None:
    text = joined((words(held.get("summary")), words(held.get("description"))), ": ") or "(empty)"
    owner = account(
        part(held, "assigned_to", "data", "attributes") or held.get("assigned_to"), context.directory
    )[0]
    facts = (
        ("owner", owner or ""),
        ("priority", words(held.get("priority"))),
        ("due", words(held.get("due_date"))),
        ("ticket", first(held, "jira_issue_key", "linear_issue_key")),
    )
    status = words(held.get("status"))
    if status == "cancelled":
        reading.cannot_read(pointer, "an action item that was cancelled", text)
        return
    told = joined(f"{k}: {v}" for k, v in facts if v)
    columns = tuple((k, v) for k, v in (*facts, ("status", status)) if v)
    item = item_at(
        pointer, text + (f" ({told})" if told else ""), "task", held.get("created_at"), columns=columns
    )
    item.checked = status == "done"
    reading.items.append(item)
