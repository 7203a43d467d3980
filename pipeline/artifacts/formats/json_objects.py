"""Reads JSON that no other reader knows: every object that holds a time or words becomes one item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.artifacts.item import Item, Reading, Stamp
from pipeline.artifacts.moments import moment_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.rich_text import markdown_of
from pipeline.models.base import ActorKind
from pipeline.models.record import RecordKind

# Best first: an object's own beginning before its latest change.
_TIMES = ("display_at", "created_at", "createdat", "created", "timestamp", "@timestamp", "time", "ts", "at", "date", "datetime",
          "started_at", "run_started_at", "startsat", "start", "started", "published", "occurred_at",
          "__realtime_timestamp", "eventtime", "firsttimestamp", "lasttimestamp", "submitted_at", "merged_at", "closed_at", "resolved_at", "updated_at", "updated")  # fmt: skip
_ENDS = ("resolved_at", "endsat", "ended_at", "closed_at", "timeend", "end")
_TITLES = ("title", "name", "subject", "summary", "reason", "key", "event", "alertname", "field")
_BODIES = (
    "body",
    "text",
    "message",
    "msg",
    "content",
    "description",
    "comment",
    "note",
    "detail",
    "log",
    "value",
)
_ACTORS = (
    "author",
    "user",
    "actor",
    "creator",
    "by",
    "who",
    "reporter",
    "sender",
    "from",
    "owner",
    "username",
    "login",
    "service",
)
_NAMES = ("displayName", "display_name", "real_name", "full_name", "name", "login", "summary", "username")
_STATES = ("status", "state", "conclusion", "level", "severity", "tostring", "impact")


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "json")
    Walker(reading, context).walk(file.json, "")
    return reading


_ABOUT = About(
    known_by="JSON of a kind that no other format knows; each object with a time or words",
    exported_by="Whatever the service gives as JSON",
)
JSON_OBJECTS = single("json", _ABOUT, lambda file: file.json is not None, read, structured=True)


class Walker:
    """Walks through a value and makes an item of each object that tells something."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self.reading, self.context = reading, context

    def walk(
        self, value: Any, pointer: str, *, line: int | None = None, deep: bool = True, depth: int = 0
    ) -> None:
        if depth > 60:
            self.reading.cannot_read(pointer, "nested too deep")
            return
        if isinstance(value, dict):
            rest = self._object(value, pointer or "/", line)
            for key in rest if deep else ():
                self.walk(value[key], f"{pointer}/{_escaped(key)}", depth=depth + 1)
        elif isinstance(value, list):
            for place, child in enumerate(value):
                self.walk(child, f"{pointer}/{place}", depth=depth + 1)
        elif isinstance(value, str) and len(value.split()) > 2 and "/" in pointer:
            self.reading.items.append(Item(pointer, value, "text", line=line))

    def _object(self, row: Mapping[str, Any], pointer: str, line: int | None) -> list[str]:
        """Make the item of an object. Returns the keys that hold more objects."""
        lower = {k.lower(): k for k in row}
        stamp = self._stamp(row, lower)
        used: set[str] = set()
        title = self._first(row, lower, _TITLES, used)
        body = self._first(row, lower, _BODIES, used)
        state = self._first(row, lower, _STATES, used)
        actor, kind_of_actor = self._actor(row, lower, used)
        columns = tuple((k, _short(v)) for k, v in row.items() if _scalar(v) and k not in used)
        text = ": ".join(dict.fromkeys(p for p in (title, body) if p))
        if state and state.lower() not in text.lower():
            text = f"{state}: {text}" if text else state
        if columns and (stamp or title) and (line is not None or not body):
            facts = "; ".join(f"{k}: {v}" for k, v in columns if not _looks_like_id(v) and not _is_time(v))[
                :600
            ]
            text = f"{text} ({facts})" if text and facts else text or facts
        if stamp and not (title or body):
            told = self._changes(row, used)
            text = told or text
        if stamp and text:
            kind = self._kind(row, pointer, line)
            known = self.context.directory.name(actor) if actor else None
            self.reading.items.append(
                Item(pointer, text, kind, line=line, stamp=stamp, actor=known,
                     actor_kind=self.context.directory.kind(known, kind_of_actor), columns=columns)
            )  # fmt: skip
        elif line is not None or self._has_words(row):
            fields = "; ".join(f"{k}: {v}" for k, v in row.items() if _scalar(v) and str(v).strip())
            self.reading.items.append(
                Item(pointer, fields or str(dict(row))[:600], "text", line=line, columns=columns)
            )
        return [k for k, v in row.items() if isinstance(v, dict | list) and k not in used]

    @staticmethod
    def _stamp(row: Mapping[str, Any], lower: Mapping[str, str]) -> Stamp | None:
        for name in _TIMES:
            if name in lower and (moment := moment_of(row[lower[name]])):
                end = next(
                    (m for e in _ENDS if e in lower and e != name and (m := moment_of(row[lower[e]]))), None
                )
                moment.until = (
                    end.instant
                    if end and end.instant and moment.instant and end.instant >= moment.instant
                    else None
                )
                return moment
        return None

    @staticmethod
    def _first(
        row: Mapping[str, Any], lower: Mapping[str, str], names: tuple[str, ...], used: set[str]
    ) -> str:
        for name in names:
            key = lower.get(name)
            if key is None:
                continue
            value = row[key]
            words = (
                markdown_of(value)
                if isinstance(value, dict) and isinstance(value.get("content"), list)
                else str(value)
                if isinstance(value, str)
                else ""
            )
            if words.strip():
                used.add(key)
                return words.strip()
        return ""

    @staticmethod
    def _actor(
        row: Mapping[str, Any], lower: Mapping[str, str], used: set[str]
    ) -> tuple[str | None, ActorKind]:
        """Who: a text, or an account, which is a person's unless it says that it is an app's."""
        for name in _ACTORS:
            key = lower.get(name)
            value = row[key] if key else None
            if isinstance(value, dict):
                found = next((value[n] for n in _NAMES if isinstance(value.get(n), str)), None)
                if found and key:
                    used.add(key)
                    kind = str(value.get("type") or value.get("accountType") or "").lower()
                    machine = (
                        "bot" in kind
                        or "app" in kind.split()
                        or "service" in kind
                        or str(found).endswith("[bot]")
                    )
                    return str(found), "system" if machine or name == "service" else "person"
            elif isinstance(value, str) and 0 < len(value) <= 60 and key:
                used.add(key)
                return value, "unknown"
        return None, "unknown"

    @staticmethod
    def _changes(row: Mapping[str, Any], used: set[str]) -> str:
        """What a row of a history tells in its children: "status: Open → Done"."""
        told: list[str] = []
        for key, held in row.items():
            for child in held if isinstance(held, list) else ():
                if isinstance(child, dict) and "field" in child:
                    before, after = (
                        child.get("fromString") or child.get("from"),
                        child.get("toString") or child.get("to"),
                    )
                    told.append(f"{child['field']}: {before or 'none'} → {after or 'none'}")
                    used.add(key)
        return "; ".join(told)

    @staticmethod
    def _kind(row: Mapping[str, Any], pointer: str, line: int | None) -> RecordKind:
        if "incident_updates" in pointer:
            return "status"
        if line is not None:
            return "log"
        return "change" if {"sha", "commit", "head_sha", "workflow_id", "ref"} & set(row) else "text"

    @staticmethod
    def _has_words(row: Mapping[str, Any]) -> bool:
        return any(isinstance(v, str) and len(v.split()) > 2 for v in row.values())


def _scalar(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _short(value: Any) -> str:
    return str(value)[:300]


def _looks_like_id(value: str) -> bool:
    return value.startswith(("http://", "https://")) or bool(re.fullmatch(r"[\w-]{16,}|\d{6,}", value))


def _is_time(value: str) -> bool:
    return bool(re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", value))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
