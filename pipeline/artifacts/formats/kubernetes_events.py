"""Reads Kubernetes events: what happened to which object, from first to last, and how often."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.item import Reading, iso_stamp
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


def recognise(file: TextFile) -> bool:
    return any(True for _ in _events(file))


def _events(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if not isinstance(value, dict):
            continue
        rows = (
            rows_in(value, locator, "items")
            if words(value.get("kind")).endswith("List")
            else [(locator, value)]
        )
        for pointer, row in rows:
            if bool({"involvedObject", "regarding"} & set(row)) and bool(
                {"reason", "message", "note"} & set(row)
            ):
                yield pointer, row


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "log")
    for pointer, row in _events(file):
        about = part(row, "involvedObject") or part(row, "regarding")
        thing = joined((first(about, "kind"), first(about, "name")), " ")
        told = joined((words(row.get("reason")), first(row, "message", "note")), ": ")
        series = part(row, "series")
        start = next(
            (
                row[k]
                for k in ("firstTimestamp", "deprecatedFirstTimestamp", "eventTime")
                if iso_stamp(row.get(k))
            ),
            None,
        )
        start = start or part(row, "metadata").get("creationTimestamp")
        end = series.get("lastObservedTime") or row.get("lastTimestamp") or row.get("deprecatedLastTimestamp")
        count = first(series, "count") or first(row, "count", "deprecatedCount")
        # An aggregate tells its first, its last and its number; when the others were, nobody kept.
        often = f" [{count} times]" if count.isdigit() and int(count) > 1 else ""
        source = first(part(row, "source"), "component") or first(
            row, "reportingComponent", "reportingController"
        )
        columns = columns_of(row, "type", "reason") + columns_of(about, "namespace")
        item = item_at(
            pointer,
            f"{thing}: {told}{often}",
            "log",
            start,
            (source or "Kubernetes", "system"),
            columns,
            until=end,
        )
        reading.items.append(item)
    return reading


KUBERNETES_EVENTS = single(
    "kubernetes events",
    About(
        known_by="`involvedObject` or `regarding` with `reason`, alone or as `items` of a List",
        exported_by="`kubectl get events -A -o json`, within an hour: they are not kept longer",
    ),
    recognise,
    read,
    structured=True,
)
