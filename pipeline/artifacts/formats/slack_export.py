"""Reads a Slack workspace export: users, channels and the day files, with threads, edits, deletions and bots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

from pipeline.artifacts.item import Reading
from pipeline.artifacts.reader import About, Context, Reader, TextFile
from pipeline.artifacts.slack_messages import SlackMessages, moment_of_ts

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
    return sum(isinstance(m, dict) and moment_of_ts(m.get("ts")) is not None for m in data) * 2 > len(data)


def _is_index(file: TextFile) -> bool:
    rows = [r for r in file.json if isinstance(r, dict)]
    return PurePosixPath(file.path).name in _INDEXES and (not rows or all("id" in r for r in rows))


def read(group: list[TextFile], context: Context) -> list[Reading]:
    users_file = next((f.path for f in group if f.path.endswith("users.json")), "")
    messages = SlackMessages(context, users_file)
    for file in group:
        learn: Callable[[Any], None] = messages.know_channel
        if is_day_file(file):
            learn = messages.know_author
        elif file.path.endswith("users.json"):
            learn = messages.know_user
        for row in file.json:
            learn(row)
    readings = [_read_day(f, messages) for f in group]
    readings[0].people = messages.people()
    return readings


def _read_day(file: TextFile, messages: SlackMessages) -> Reading:
    reading = Reading(file.path, "slack export, chat", flows=True)
    if is_day_file(file):
        folder = PurePosixPath(file.path).parent.name
        channel = messages.channels.get(folder, folder)
        if messages.is_wanted(reading, channel, len(file.json)):
            for place, message in enumerate(file.json):
                messages.add(reading, message, f"/{place}", channel)
    return reading


_ABOUT = About(
    known_by="Lists of messages with `ts`, one file a day, in a folder for each channel; `users.json` and `channels.json` above them",
    exported_by="Slack: Tools & settings > Workspace settings > Import/export data > Export. `slackdump export` writes the same",
)
SLACK_EXPORT = Reader("slack export", _ABOUT, claim, read, structured=True)
