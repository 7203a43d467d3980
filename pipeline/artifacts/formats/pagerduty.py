"""Reads what PagerDuty's REST interface and webhooks give: incidents, log entries, notes, alerts, events."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.artifacts.item import Item, Reading, iso_stamp
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.models.base import ActorKind

PAGER = "PagerDuty"
_ENVELOPES = ("incidents", "incident", "log_entries", "notes", "alerts", "change_events", "status_updates")
Row = Mapping[str, Any]


def recognise(file: TextFile) -> bool:
    if any(isinstance(v, dict) and _is_webhook(v) for _, v in file.json_lines[:5]):
        return True
    data = file.json
    if isinstance(data, list) and data and all(isinstance(v, dict) and _is_webhook(v) for v in data):
        return True
    return isinstance(data, dict) and (_is_webhook(data) or any(_is_pager_row(r) for _, r in _rows(data)))


def _is_webhook(row: Row) -> bool:
    event = row.get("event")
    return isinstance(event, dict) and "event_type" in event and "occurred_at" in event


def _is_pager_row(row: Row) -> bool:
    kind = str(row.get("type", ""))
    return (
        kind.endswith("_log_entry")
        or "pagerduty" in str(row.get("self", "")) + str(row.get("html_url", ""))
        or {"incident_number", "alert_key"} & set(row) != set()
        or ("content" in row and isinstance(row.get("user"), dict) and "type" in row["user"])
        or str(row.get("type")) == "change_event"
    )


def _rows(data: Row) -> list[tuple[str, Row]]:
    """(JSON pointer, row) of everything in the known envelopes."""
    found: list[tuple[str, Row]] = []
    for name in _ENVELOPES:
        held = data.get(name)
        if isinstance(held, dict):
            found.append((f"/{name}", held))
        elif isinstance(held, list):
            found += [(f"/{name}/{i}", row) for i, row in enumerate(held) if isinstance(row, dict)]
    return found


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "pagerduty")
    data = file.json
    if isinstance(data, dict) and not _is_webhook(data):
        for pointer, row in _rows(data):
            _add(reading, _item(pointer, row, context), pointer, row)
        return reading
    events: list[tuple[str, Any]] = [(f"line {n}", v) for n, v in file.json_lines]
    if isinstance(data, list):
        events = [(f"/{i}", v) for i, v in enumerate(data)]
    elif isinstance(data, dict):
        events = [("/event", data)]
    seen: set[str] = set()
    for locator, value in events:
        if not isinstance(value, dict) or not _is_webhook(value):
            reading.cannot_read(
                locator, "not a whole JSON object" if isinstance(value, Exception) else "no event", ""
            )
            continue
        event = value["event"]
        if str(event.get("id")) not in seen:  # a delivery may be repeated
            seen.add(str(event.get("id")))
            _add(reading, _event(locator, event, context), locator, event)
    return reading


_ABOUT = About(
    known_by="`incident`, `log_entries`, `notes`, `alerts` or `change_events` of the REST interface, or events with `event_type` and `occurred_at`",
    exported_by="`pd rest get -e incidents/ID/log_entries` (pagerduty-cli), likewise `incidents/ID`, `.../notes`, `.../alerts`; or keep the bodies of a v3 webhook",
)
PAGERDUTY = single("pagerduty", _ABOUT, recognise, read, structured=True)


def _add(reading: Reading, item: Item | None, locator: str, row: Row) -> None:
    if item is None:
        reading.cannot_read(
            locator, "an entry without a time", str(row.get("summary") or row.get("type") or "")
        )
    else:
        reading.items.append(item)


def _item(pointer: str, row: Row, context: Context) -> Item | None:
    """One row of an envelope; which kind it is shows in its own fields."""
    kind = str(row.get("type", ""))
    if kind.endswith("_log_entry"):
        return _log_entry(pointer, row, context)
    created = row.get("created_at") or row.get("timestamp")
    stamp = iso_stamp(created, row.get("resolved_at"))
    if stamp is None:
        return None
    item = Item(pointer, "", "page", stamp=stamp, actor=PAGER, actor_kind="system")
    if "incident_number" in row or pointer.startswith("/incident"):
        item.text = _incident_text(row)
        item.columns = _columns(row, "status", "urgency", "resolved_at", "incident_key")
        if priority := _summary(row.get("priority")):
            item.columns += (("priority", priority),)
    elif pointer.startswith("/notes"):
        item.text = f"Note: {row.get('content', '')}"
        item.actor, item.actor_kind = _agent(row.get("user"), context)
        stamp.until = None
    elif pointer.startswith("/change_events"):
        item.kind, item.text = "change", str(row.get("summary", ""))
        item.actor = str(row.get("source") or PAGER)
    elif pointer.startswith("/status_updates"):
        item.text = f"Status update: {row.get('message') or row.get('subject') or ''}"
        item.actor, item.actor_kind = _agent(row.get("sender"), context)
    else:
        item.text = f"Alert: {row.get('summary', '')}" + _service(row)
        item.columns = _columns(row, "status", "severity", "alert_key")
    return item


def _log_entry(pointer: str, row: Row, context: Context) -> Item | None:
    stamp = iso_stamp(row.get("created_at"))
    if stamp is None:
        return None
    verb = re.sub(r"_log_entry$", "", str(row["type"]))
    summary = str(row.get("summary") or verb.replace("_", " ")).strip()
    actor, kind = _agent(row.get("agent"), context)
    title = _summary(row.get("incident"))
    match verb:
        case "trigger":
            detail = _summary(row.get("channel")) or ""
            text = f"{title or 'Incident'} triggered{_service(row)}"
            text += f": {detail}" if detail and detail not in text else ""
            text += f" ({summary.rstrip('.')})" if summary else ""
            actor, kind = (PAGER, "system") if kind != "person" else (actor, kind)
        case "annotate":
            note = (
                row.get("note")
                or (row.get("channel") or {}).get("summary")
                or (row.get("channel") or {}).get("content")
            )
            text = f"Note: {note}" if note else summary
        case "notify" | "assign" | "exhaust_escalation_path" | "repeat_escalation_path":
            text, actor, kind = summary, PAGER, "system"
        case _:
            text = summary
            if title and kind != "person":
                text = f"{title}: {summary}"
    return Item(pointer, text, "page", stamp=stamp, actor=actor, actor_kind=kind, columns=(("type", verb),))


def _event(locator: str, event: Row, context: Context) -> Item | None:
    stamp = iso_stamp(event.get("occurred_at"))
    if stamp is None:
        return None
    kind = str(event.get("event_type", ""))
    data: Row = event["data"] if isinstance(event.get("data"), dict) else {}
    actor, actor_kind = _agent(event.get("agent"), context)
    verb = kind.rpartition(".")[2].replace("_", " ")
    if kind.startswith("incident.responder"):
        verb = "responder " + verb
    subject = _summary(data.get("incident")) or _title(data)
    said = data.get("content") or data.get("message")
    if said:
        text = f"{'Status update' if 'status_update' in kind else 'Note'}: {said}"
        text += " [cut off by PagerDuty]" if data.get("trimmed") else ""
    else:
        text = f"{subject or 'Incident'} {verb}"
        people = [s for a in data.get("assignees") or [] if (s := _summary(a))]
        if people and verb in {"triggered", "escalated", "delegated", "reassigned"}:
            text += (
                f" to {', '.join(people)}" if verb != "triggered" else f", assigned to {', '.join(people)}"
            )
        if actor_kind == "person":
            text += f" by {actor}"
    return Item(
        locator, text, "page", stamp=stamp, actor=actor, actor_kind=actor_kind, columns=(("type", kind),)
    )


def _incident_text(row: Row) -> str:
    text = f"Incident {_title(row)}{_service(row)}"
    facts = [f"status {row['status']}"] if row.get("status") else []
    facts += [f"urgency {row['urgency']}"] if row.get("urgency") else []
    if priority := _summary(row.get("priority")):
        facts.append(f"priority {priority}")
    return text + (f" ({', '.join(facts)})" if facts else "")


def _title(row: Row) -> str:
    number = row.get("incident_number") or row.get("number")
    title = str(row.get("title") or re.sub(r"^\[#\d+\]\s*", "", str(row.get("summary") or "")))
    return f"[#{number}] {title}".strip() if number else title


def _service(row: Row) -> str:
    service = _summary(row.get("service"))
    return f" on {service}" if service else ""


def _summary(reference: Any) -> str | None:
    if isinstance(reference, dict):
        found = reference.get("summary") or reference.get("name")
        return str(found) if found else None
    return None


def _agent(reference: Any, context: Context) -> tuple[str, ActorKind]:
    """A person's name, or PagerDuty for what a service, an integration or a bot did."""
    kind = str(reference.get("type", "")) if isinstance(reference, dict) else ""
    name = _summary(reference)
    if name and kind.startswith("user"):
        return context.directory.name(name) or name, "person"
    if name and kind.startswith("bot"):
        return name, "system"
    return PAGER, "system"


def _columns(row: Row, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((n, str(row[n])) for n in names if row.get(n))
