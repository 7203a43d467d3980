"""Reads what `journalctl -o json` prints: the unit's message, by the time that its sender gave."""

from __future__ import annotations

from typing import Any

from pipeline.artifacts.item import Item, Reading
from pipeline.artifacts.json_rows import Row, first, words
from pipeline.artifacts.moments import moment_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.runs import merge_runs

_LEVELS = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
_SENDERS = ("SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_COMM")


def recognise(file: TextFile) -> bool:
    values = [v for _, v in file.json_lines[:20]] or [file.json]
    return any(isinstance(v, dict) and "__REALTIME_TIMESTAMP" in v for v in values)


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "log", flows=True)
    items: list[Item] = []
    for number, value in file.json_lines or [(1, file.json)]:
        if not isinstance(value, dict):
            reading.cannot_read(f"line {number}", "the line is cut off or no valid JSON")
            continue
        item = _entry(value, number)
        if item.stamp is None:
            reading.cannot_read(item.locator, "an entry without its time", item.text)
        else:
            items.append(item)
    reading.items = merge_runs(
        items, lambda i: i.stamp.instant.replace(tzinfo=None) if i.stamp and i.stamp.instant else None
    )
    return reading


JOURNALD = single(
    "journald",
    About(
        known_by="JSON lines with `__REALTIME_TIMESTAMP`",
        exported_by="`journalctl -o json -u UNIT --since '2026-03-18 06:00' --until '2026-03-18 08:00'`",
    ),
    recognise,
    read,
    structured=True,
)


def _entry(row: Row, number: int) -> Item:
    when = moment_of(row.get("_SOURCE_REALTIME_TIMESTAMP")) or moment_of(row.get("__REALTIME_TIMESTAMP"))
    text = _message(row.get("MESSAGE"))
    priority = words(row.get("PRIORITY"))
    level = _LEVELS[int(priority)] if priority in set("01234567") else ""
    columns = (("host", words(row.get("_HOSTNAME"))), ("level", level), ("pid", words(row.get("_PID"))))
    return Item(
        f"line {number}",
        text,
        "log",
        line=number,
        stamp=when,
        actor=first(row, *_SENDERS) or None,
        actor_kind="system",
        columns=tuple((k, v) for k, v in columns if v),
    )


def _message(value: Any) -> str:
    """A text; a list of bytes where it was none; the first of several; null where it was too large to print."""
    if isinstance(value, list) and value and all(isinstance(b, int) and 0 <= b < 256 for b in value):
        return bytes(value).decode("utf-8", errors="replace").strip() or "(empty)"
    if isinstance(value, list):
        return "; ".join(w for v in value if (w := words(v))) or "(empty)"
    return words(value) or ("(empty)" if value == "" else "(a message that journalctl left out)")
