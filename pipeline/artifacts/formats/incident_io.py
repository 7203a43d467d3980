"""Reads what incident.io's interface gives: the incident with its timestamps and roles, updates, follow-ups."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Reading
from pipeline.artifacts.json_rows import (
    Row,
    account,
    columns_of,
    dicts,
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
from pipeline.models.base import ActorKind
from pipeline.models.incident import Person
from pipeline.models.record import RecordKind

_ENVELOPES = ("incident", "incidents", "incident_updates", "actions", "follow_ups", "follow_up", "action")
_NO_INCIDENT = {"test", "tutorial"}


def recognise(file: TextFile) -> bool:
    return any(_is_incident(r) or _is_update(r) or _is_follow_up(r) for _, r in _rows(file))


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if isinstance(value, dict):
            inner = list(rows_in(value, locator, *_ENVELOPES))
            yield from inner or [(locator, value)]


def _is_incident(row: Row) -> bool:
    return "incident_status" in row and bool({"reference", "incident_role_assignments", "mode"} & set(row))


def _is_update(row: Row) -> bool:
    return "new_incident_status" in row


def _is_follow_up(row: Row) -> bool:
    return "incident_id" in row and "status" in row and bool({"assignee", "description", "title"} & set(row))


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "pager")
    for pointer, row in _rows(file):
        if _is_incident(row):
            _incident(reading, row, pointer, context)
        elif _is_update(row):
            _update(reading, row, pointer, context)
        elif _is_follow_up(row):
            _follow_up(reading, row, pointer, context)
        else:
            reading.cannot_read(pointer or "/", "no incident, update or follow-up", str(dict(row))[:300])
    return reading


INCIDENT_IO = single(
    "incident.io",
    About(
        known_by="`incident_status` with `reference`, updates with `new_incident_status`, follow-ups with `incident_id`",
        exported_by="`curl https://api.incident.io/v2/incidents/ID`, `.../v2/incident_updates?incident_id=ID`, `.../v2/follow_ups?incident_id=ID`",
    ),
    recognise,
    read,
    structured=True,
)


def _actor(value: object, directory: Directory) -> tuple[str | None, ActorKind]:
    """Exactly one of a user, an API key, a workflow, an alert did it."""
    row = value if isinstance(value, dict) else {}
    if isinstance(row.get("user"), dict):
        return account(row["user"], directory)
    other = next((row[k] for k in ("workflow", "alert", "api_key") if isinstance(row.get(k), dict)), None)
    return (first(other, "name", "title") or "incident.io", "system") if other else (None, "unknown")


def _incident(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    name = joined((first(row, "reference"), first(row, "name")), ": ") or "(without a name)"
    if words(row.get("mode")) in _NO_INCIDENT:
        reading.cannot_read(pointer or "/", f"a {row['mode']} incident, no real one", name)
        return
    severity, status = named(row, "severity"), named(row, "incident_status")
    columns = tuple((k, v) for k, v in (("severity", severity), ("status", status)) if v)
    columns += columns_of(row, "incident_type", "slack_channel_name", "permalink", "postmortem_document_url")
    facts = joined(f"{k} {v}" for k, v in columns[:2])
    text = f"Incident {name} reported" + (f" ({facts})" if facts else "")
    reading.items.append(
        item_at(
            pointer,
            text,
            "page",
            row.get("created_at"),
            _actor(row.get("creator"), context.directory),
            columns,
        )
    )
    if summary := words(row.get("summary")):
        reading.items.append(item_at(f"{pointer}/summary", summary, "statement", None))
    if severity:
        reading.severity = severity
    if first(row, "name"):
        reading.titles = (first(row, "name"),)
    for place, value in rows_in(row, pointer, "incident_timestamp_values"):
        label, when = (
            first(part(value, "incident_timestamp"), "name"),
            words(part(value, "value").get("value")),
        )
        if label and when:
            reading.items.append(item_at(place, f"{label}: {when}", "field", when, columns=((label, when),)))
    for place, value in rows_in(row, pointer, "incident_role_assignments"):
        role, who = first(part(value, "role"), "name"), account(value.get("assignee"), context.directory)[0]
        if role and who:
            reading.items.append(item_at(place, f"{role}: {who}", "field", None, columns=((role, who),)))
            reading.people += _person(value, who, role, reading.path, context.directory)


def _person(value: Row, who: str, role: str, path: str, directory: Directory) -> tuple[Person, ...]:
    if directory.find(who):
        return ()
    assignee = part(value, "assignee")
    return (Person(name=who, slack_id=first(assignee, "slack_user_id") or None, role=role, source=path),)


def _update(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    actor = _actor(row.get("updater"), context.directory)
    said, status, severity = (
        words(row.get("message")),
        named(row, "new_incident_status"),
        named(row, "new_severity"),
    )
    columns = tuple((k, v) for k, v in (("status", status), ("severity", severity)) if v)
    text = said or joined(f"{k} set to {v}" for k, v in columns) or "updated"
    key = f"incident.io update {row['id']}" if words(row.get("id")) else None
    kind: RecordKind = "message" if said and actor[1] != "system" else "page"
    item = item_at(pointer, text, kind, row.get("created_at"), actor, columns, key=key)
    if item.stamp is None:
        reading.cannot_read(pointer, "an update without its time", text)
    else:
        reading.items.append(item)


def _follow_up(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    """A task, which an external ticket may hold; what somebody decided not to do is no task."""
    status = words(row.get("status"))
    text = joined((first(row, "title"), words(row.get("description"))), ": ")
    owner = account(row.get("assignee"), context.directory)[0]
    ticket = first(part(row, "external_issue_reference"), "issue_name")
    priority = named(row, "priority")
    facts = (("owner", owner or ""), ("priority", priority), ("ticket", ticket), ("status", status))
    columns = tuple((k, v) for k, v in facts if v)
    if status in {"deleted", "not_doing"}:
        reading.cannot_read(pointer, f"a follow-up that was {status.replace('_', ' ')}", text)
        return
    told = joined(f"{k}: {v}" for k, v in columns if k != "status")
    item = item_at(
        pointer, text + (f" ({told})" if told else ""), "task", row.get("created_at"), columns=columns
    )
    item.checked = status == "completed"
    reading.items.append(item)
    for label in dicts(row.get("labels")):
        item.columns += columns_of(label, "name")
