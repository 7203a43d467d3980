"""Reads a Slack workspace export: users, channels and the day files, with threads, edits, deletions and bots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import Any

from pipeline.artifacts.item import Item, Reading, at_instant
from pipeline.artifacts.reader import Context, Reader, TextFile
from pipeline.artifacts.slack_text import content_of, decode
from pipeline.models.base import ActorKind
from pipeline.models.incident import Person

_INDEXES = frozenset(["users.json", "org_users.json", "channels.json"])
_LISTS = _INDEXES | {"groups.json", "dms.json", "mpims.json", "integration_logs.json", "canvases.json"}
_BASIS = "epoch seconds in the record"


def claim(files: Sequence[TextFile]) -> list[list[TextFile]]:
    """Each export is a group: the folder that holds the lists, and the day files below it."""
    days = [f for f in files if is_day_file(f)]
    lists = [f for f in files if PurePosixPath(f.path).name in _LISTS and isinstance(f.json, list)]
    roots = sorted({str(PurePosixPath(f.path).parent) for f in lists if _is_index(f)}, key=len, reverse=True)
    groups: dict[str, list[TextFile]] = {}
    for file in [*days, *lists]:
        parents = [str(p) for p in PurePosixPath(file.path).parents]
        root = next((r for r in roots if r in parents), None)
        if root is None and file in lists:
            continue  # a list of something else that has the same name
        groups.setdefault(root if root is not None else "(no lists)", []).append(file)
    return [
        sorted(g, key=lambda f: f.path) for g in groups.values() if any(f in days for f in g) or len(g) > 1
    ]


def is_day_file(file: TextFile) -> bool:
    """A list of messages with Slack's `ts`, whatever the file is called."""
    data = file.json
    if not isinstance(data, list) or not data:
        return False
    return sum(isinstance(m, dict) and _moment(m.get("ts")) is not None for m in data) * 2 > len(data)


def _is_index(file: TextFile) -> bool:
    rows = [r for r in file.json if isinstance(r, dict)]
    return PurePosixPath(file.path).name in _INDEXES and (not rows or all("id" in r for r in rows))


def read(group: list[TextFile], context: Context) -> list[Reading]:
    export = _Export(group, context)
    readings = [export.read(f) for f in group]
    readings[0].people = export.people()
    return readings


SLACK_EXPORT = Reader("slack export", claim, read, structured=True)


class _Export:
    def __init__(self, group: list[TextFile], context: Context) -> None:
        self.context = context
        self.wanted = {c.casefold() for c in context.incident.channels}
        self.users: dict[str, Mapping[str, Any]] = {}
        self.users_file = next((f.path for f in group if f.path.endswith("users.json")), "")
        self.channels: dict[str, str] = {}
        self.active: set[str] = set()
        self.seen: dict[tuple[str, str], Item] = {}
        for file in group:
            for row in file.json if not is_day_file(file) else ():
                if not isinstance(row, dict) or "id" not in row:
                    continue
                if file.path.endswith("users.json"):
                    self.users[str(row["id"])] = row
                elif row.get("name"):
                    self.channels[str(row["id"])] = str(row["name"])
        for file in group:
            for message in file.json if is_day_file(file) else ():
                if isinstance(message, dict) and isinstance(message.get("user_profile"), dict):
                    user = str(message.get("user", ""))
                    self.users.setdefault(
                        user, {"id": user, "profile": message["user_profile"], **message["user_profile"]}
                    )

    def people(self) -> tuple[Person, ...]:
        """Those who wrote or were named, but whom the roster does not hold."""
        found: list[Person] = []
        for user in sorted(self.active):
            row = self.users.get(user)
            if row is None or self.context.directory.find(user, *_names(row)) or self._is_bot(row):
                continue
            profile = _profile(row)
            handles = tuple(dict.fromkeys(h for h in (row.get("name"), profile.get("display_name")) if h))
            title = str(profile.get("title") or "") or None
            found.append(
                Person(
                    name=self.name(user),
                    handles=handles,
                    slack_id=user,
                    role=title,
                    source=self.users_file or "Slack",
                )
            )
        return tuple(found)

    def name(self, user: str) -> str:
        """The roster's name, else the full name, else what Slack shows, else the id."""
        row = self.users.get(user)
        names = _names(row) if row else []
        known = self.context.directory.find(user, *names)
        if known:
            return known.name
        full = next((n for n in names[1:] if len(n.split()) > 1), None)
        return full or next(iter(n for n in names if n), "") or user

    def read(self, file: TextFile) -> Reading:
        reading = Reading(file.path, "slack export, chat", flows=True)
        if not is_day_file(file):
            return reading
        folder = PurePosixPath(file.path).parent.name
        channel = self.channels.get(folder, folder)
        if self.wanted and channel.casefold() not in self.wanted:
            count = len(file.json)
            reading.cannot_read("file", f"{count} messages of #{channel}, not a channel of this incident")
            return reading
        for place, message in enumerate(file.json):
            if not isinstance(message, dict):
                reading.cannot_read(f"/{place}", "not a message", str(message))
                continue
            self._message(reading, message, place, channel)
        return reading

    def _message(self, reading: Reading, message: Mapping[str, Any], place: int, channel: str) -> None:
        subtype = message.get("subtype")
        edited = bool(message.get("edited"))
        if subtype in {"message_changed", "message_deleted"}:
            message, edited = self._revision(message), True
        moment = _moment(message.get("ts"))
        if moment is None:
            reading.cannot_read(f"/{place}", "a message without its time", content_of(message))
            return
        ts = str(message["ts"])
        text = decode(content_of(message), self._mention, self.channels).strip()
        if known := self.seen.get(
            (channel, ts)
        ):  # a broadcast reply, or a later revision of the same message
            if edited and text:
                known.text, known.edited = text, True
            return
        actor, kind = self._author(message)
        item = Item(
            locator=f"/{place} (ts {ts})",
            text=text or f"({subtype or 'message'} without text)",
            kind="bot" if kind == "system" else "message",
            stamp=at_instant(moment, _BASIS),
            actor=actor,
            actor_kind=kind,
            channel=channel,
            key=f"{channel} {ts}",
            edited=edited,
        )
        parent = message.get("thread_ts")
        if parent and str(parent) != ts:
            item.thread = f"{channel} {parent}"
        self.seen[(channel, ts)] = item
        reading.items.append(item)

    @staticmethod
    def _revision(message: Mapping[str, Any]) -> Mapping[str, Any]:
        if message["subtype"] == "message_changed" and isinstance(message.get("message"), dict):
            return dict(message["message"])
        former = message.get("previous_message")
        ts = message.get("deleted_ts") or (former or {}).get("ts") or message.get("ts")
        return {"ts": ts, "subtype": "tombstone", "text": "This message was deleted."}

    def _author(self, message: Mapping[str, Any]) -> tuple[str | None, ActorKind]:
        user = str(message.get("user") or "")
        row = self.users.get(user)
        if message.get("subtype") == "tombstone":
            return None, "unknown"
        profile = message.get("bot_profile")
        if message.get("bot_id") or message.get("subtype") == "bot_message" or (row and self._is_bot(row)):
            shown = message.get("username") or (profile.get("name") if isinstance(profile, dict) else None)
            return str(shown or (self.name(user) if user else "") or "bot"), "system"
        if not user:
            return (str(message["username"]), "unknown") if message.get("username") else (None, "unknown")
        if user == "USLACKBOT":
            return "Slackbot", "system"
        self.active.add(user)
        return self.name(user), "person"

    def _mention(self, user: str) -> str:
        if user in self.users:
            self.active.add(user)
            return self.name(user)
        known = self.context.directory.find(user)
        return known.name if known else ""

    @staticmethod
    def _is_bot(row: Mapping[str, Any]) -> bool:
        return bool(row.get("is_bot") or row.get("id") == "USLACKBOT")


def _profile(row: Mapping[str, Any]) -> Mapping[str, Any]:
    profile = row.get("profile")
    return profile if isinstance(profile, dict) else {}


def _names(row: Mapping[str, Any]) -> list[str]:
    profile = _profile(row)
    found = (profile.get("display_name"), profile.get("real_name"), row.get("real_name"), row.get("name"))
    return [str(n) for n in found if n]


def _moment(ts: Any) -> dt.datetime | None:
    """Slack's `ts`: whole seconds since 1970, and a fraction that only makes it unique."""
    if not isinstance(ts, str | int | float) or isinstance(ts, bool):
        return None
    try:
        seconds = int(Decimal(str(ts)))
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if 10**8 < seconds < 10**11 else None
    except (InvalidOperation, ValueError, OverflowError):
        return None
