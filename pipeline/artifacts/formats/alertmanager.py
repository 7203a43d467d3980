"""Reads what Prometheus Alertmanager sends and lists: each alert's beginning and end, once."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.item import Item, Reading, iso_stamp
from pipeline.artifacts.json_rows import (
    Row,
    columns_of,
    first,
    item_at,
    joined,
    part,
    rows_in,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single

_LABELS = ("severity", "service", "job", "instance", "namespace")


def recognise(file: TextFile) -> bool:
    return any(_is_group(v) or _is_alert(v) for _, v in _first_values(file))


def _first_values(file: TextFile) -> list[tuple[str, object]]:
    return [pair for pair, _ in zip(values_of(file), range(5), strict=False)]


def _is_group(value: object) -> bool:
    return (
        isinstance(value, dict)
        and "orgId" not in value
        and any(_is_alert(a) for _, a in alerts_of(value, ""))
    )


def _is_alert(value: object) -> bool:
    return (
        isinstance(value, dict) and {"labels", "startsAt"} <= set(value) and isinstance(value["labels"], dict)
    )


def alerts_of(group: Row, pointer: str) -> Iterator[tuple[str, Row]]:
    return rows_in(group, pointer, "alerts")


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "alertmanager")
    for locator, value in values_of(file):
        if not isinstance(value, dict):
            reading.cannot_read(locator, "no alert", str(value))
        elif _is_alert(value):
            reading.items += alert_items(value, locator, "Alertmanager")
        else:
            read_group(reading, value, locator, "Alertmanager")
    return reading


ALERTMANAGER = single(
    "alertmanager",
    About(
        known_by="`alerts`, each with `labels` and `startsAt`, as a webhook sends them and as the API lists them",
        exported_by="`amtool alert query -o json`, `curl ALERTMANAGER/api/v2/alerts`, or the bodies that a webhook receiver got",
    ),
    recognise,
    read,
    structured=True,
)


def read_group(reading: Reading, group: Row, locator: str, source: str) -> None:
    """The alerts of a notification; a group that holds none, or left some out, is said so."""
    found = [
        item for pointer, alert in alerts_of(group, locator) for item in alert_items(alert, pointer, source)
    ]
    reading.items += found
    left_out = words(group.get("truncatedAlerts"))
    if left_out not in {"", "0"}:
        reading.cannot_read(locator or "/", f"{source} left {left_out} alerts out of this notification")
    if not found:
        reading.cannot_read(
            locator or "/", "a notification without an alert", first(group, "message", "title")
        )


def alert_items(alert: Row, pointer: str, source: str) -> Iterator[Item]:
    """That it fired and, where it did, that it ended. `startsAt` lies behind the rule's own waiting time."""
    labels, notes = part(alert, "labels"), part(alert, "annotations")
    name = first(labels, "alertname") or "(without a name)"
    told = joined((first(notes, "summary"), first(notes, "description", "message")), ". ").replace("..", ".")
    values = first(alert, "valueString")
    text = f"Alert {name} fired" + (f": {told}" if told else f" ({values})" if values else "")
    columns = columns_of(labels, *_LABELS) + columns_of(alert, "valueString", "fingerprint")
    key = f"{source} {first(alert, 'fingerprint') or sorted(labels.items())} {first(alert, 'startsAt')}"
    yield item_at(
        pointer, text, "bot", alert.get("startsAt"), (source, "system"), columns, key=f"{key} fired"
    )
    if words(alert.get("status")) == "resolved" and iso_stamp(alert.get("endsAt")):
        ended = f"Alert {name} resolved" + (f": {first(notes, 'summary')}" if first(notes, "summary") else "")
        yield item_at(
            f"{pointer}/endsAt",
            ended,
            "bot",
            alert.get("endsAt"),
            (source, "system"),
            columns,
            key=f"{key} resolved",
        )
