"""Reads what Grafana's contact points send, and its annotations: alert states and the marks of deployments."""

from __future__ import annotations

from pipeline.artifacts.formats.alertmanager import read_group
from pipeline.artifacts.item import Reading, Stamp
from pipeline.artifacts.json_rows import Row, first, item_at, joined, names_in, rows_in, values_of, words
from pipeline.artifacts.moments import moment_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.models.base import ActorKind

_MARKS = frozenset({"dashboardUID", "dashboardId", "panelId"})


def recognise(file: TextFile) -> bool:
    values = [v for _, v in values_of(file) if isinstance(v, dict)][:5]
    return any(_is_webhook(v) or _is_annotation(v) or _is_legacy(v) for v in values)


def _is_webhook(value: Row) -> bool:
    return "orgId" in value and any("startsAt" in a for _, a in rows_in(value, "", "alerts"))


def _is_legacy(value: Row) -> bool:
    return {"ruleName", "evalMatches"} <= set(value)


def _is_annotation(value: Row) -> bool:
    return bool(_MARKS & set(value)) and "time" in value and bool({"text", "tags"} & set(value))


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "grafana")
    for locator, value in values_of(file):
        if not isinstance(value, dict):
            reading.cannot_read(locator, "no annotation and no notification", str(value))
        elif _is_annotation(value):
            _annotation(reading, value, locator, context)
        elif _is_legacy(value):
            text = joined((first(value, "title", "ruleName"), words(value.get("message"))), ": ")
            reading.items.append(item_at(locator, text or "alert", "bot", None, ("Grafana", "system")))
        else:
            read_group(reading, value, locator, "Grafana")
    return reading


GRAFANA = single(
    "grafana",
    About(
        known_by="Annotations with `time` and `dashboardUID`, or a contact point's `orgId` with `alerts`",
        exported_by="`curl GRAFANA/api/annotations?from=MS&to=MS&limit=1000`, or the bodies that a webhook contact point sent",
    ),
    recognise,
    read,
    structured=True,
)


def _annotation(reading: Reading, row: Row, locator: str, context: Context) -> None:
    stamp = moment_of(row.get("time"))
    if stamp is None:
        reading.cannot_read(locator, "an annotation without its time", words(row.get("text")))
        return
    _end(stamp, row)
    tags = names_in(row.get("tags"))
    state = first(row, "newState")
    text = first(row, "text", "metric") or joined(tags)
    if state:
        text = f"{text} ({first(row, 'prevState') or 'unknown'} → {state})"
    actor: tuple[str | None, ActorKind] = ("Grafana", "system")
    if not state and (user := first(row, "userName", "login")):
        actor = (context.directory.name(user), context.directory.kind(user))
    columns = (("tags", joined(tags)),) if tags else ()
    reading.items.append(
        item_at(locator, text or "annotation", "bot" if state else "change", stamp, actor, columns)
    )


def _end(stamp: Stamp, row: Row) -> None:
    end = moment_of(row.get("timeEnd"))
    if end and end.instant and stamp.instant and end.instant > stamp.instant:
        stamp.until = end.instant
