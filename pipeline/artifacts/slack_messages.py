"""Slack's messages to items, whoever exported them: authors, decoded text, threads, edits, deletions and bots."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pipeline.artifacts.item import Item, Reading, at_instant
from pipeline.artifacts.json_rows import words
from pipeline.artifacts.reader import Context
from pipeline.artifacts.slack_text import content_of, decode
from pipeline.models.base import ActorKind
from pipeline.models.incident import Person

_TS = re.compile(r"([0-9]{9,10})(?:\.[0-9]{1,20})?")
_BASIS = "epoch seconds in the record"


class SlackMessages:
    """The users and channels of one workspace, and the messages that were read with them so far."""

    def __init__(self, context: Context, users_file: str = "") -> None:
        self.context = context
        self.wanted = {c.casefold() for c in context.incident.channels}
        self.users: dict[str, Mapping[str, Any]] = {}
        self.users_file = users_file
        self.channels: dict[str, str] = {}
        self.active: set[str] = set()
        self.seen: dict[tuple[str, str], Item] = {}

    def know_user(self, row: Any) -> None:
        if isinstance(row, dict) and "id" in row:
            self.users[str(row["id"])] = row

    def know_channel(self, row: Any) -> None:
        if isinstance(row, dict) and "id" in row and row.get("name"):
            self.channels[str(row["id"])] = str(row["name"])

    def know_author(self, message: Any) -> None:
        """Who is in no list is known by the profile in his messages."""
        if isinstance(message, dict) and isinstance(message.get("user_profile"), dict):
            user = str(message.get("user", ""))
            self.users.setdefault(
                user, {"id": user, "profile": message["user_profile"], **message["user_profile"]}
            )

    def is_wanted(self, reading: Reading, channel: str, count: int) -> bool:
        """Whether the channel is one of the incident's; if not, the reading says so."""
        if not self.wanted or channel.casefold() in self.wanted:
            return True
        reading.cannot_read("file", f"{count} messages of #{channel}, not a channel of this incident")
        return False

    def add(self, reading: Reading, message: Any, locator: str, channel: str) -> None:
        if not isinstance(message, dict):
            reading.cannot_read(locator, "not a message", str(message))
            return
        subtype = message.get("subtype")
        edited = bool(message.get("edited"))
        if subtype in {"message_changed", "message_deleted"}:
            message, edited = self._revision(message), True
        moment = moment_of_ts(message.get("ts"))
        if moment is None:
            reading.cannot_read(locator, "a message without its time", content_of(message))
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
            locator=f"{locator} (ts {ts})",
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

    def people(self) -> tuple[Person, ...]:
        """Those who wrote or were named, but whom the roster does not hold."""
        found: list[Person] = []
        for user in sorted(self.active):
            row = self.users.get(user)
            if row is None or self.context.directory.find(user, *_names(row)) or self._is_bot(row):
                continue
            profile = _profile(row)
            shown = (words(row.get("name")), words(profile.get("display_name")))
            handles = tuple(dict.fromkeys(h for h in shown if h))
            title = words(profile.get("title")) or None
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
    return [name for n in found if (name := words(n))]


def moment_of_ts(ts: Any) -> dt.datetime | None:
    """Slack's `ts`: whole seconds since 1970, and a fraction that only makes it unique."""
    if not isinstance(ts, str | int | float) or isinstance(ts, bool):
        return None
    written = _TS.fullmatch(str(ts))
    seconds = int(written[1]) if written else 0
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if 10**8 < seconds < 7 * 10**9 else None
