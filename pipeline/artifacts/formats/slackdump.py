"""Reads what Slackdump writes besides exports: a channel as one JSON file, chunks, and its SQLite archive."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.artifacts.item import Reading
from pipeline.artifacts.json_rows import dicts, words
from pipeline.artifacts.reader import About, Context, Opened, Opener, Reader, TextFile, UnopenedError
from pipeline.artifacts.slack_messages import SlackMessages

_TABLES = {"MESSAGE", "CHANNEL"}
_SECONDS = 60
_MAX_ROWS = 2_000_000
_USERS, _CHANNELS, _CHANNEL_INFO = 3, 4, 5  # kinds of chunks


def claim(files: Sequence[TextFile]) -> list[list[TextFile]]:
    """All dumps together: one may hold the users that another names."""
    group = [f for f in files if _is_dump(f) or _is_chunk(f)]
    return [group] if group else []


def _is_dump(file: TextFile) -> bool:
    data = file.json
    return isinstance(data, dict) and "channel_id" in data and isinstance(data.get("messages"), list)


def _is_chunk(file: TextFile) -> bool:
    values = [v for _, v in file.json_lines[:5] if isinstance(v, dict)]
    return bool(values) and all({"t", "ts", "id"} <= set(v) and isinstance(v["ts"], int) for v in values)


def read(group: list[TextFile], context: Context) -> list[Reading]:
    messages = SlackMessages(context, group[0].path)
    for file in group:
        for row in _rows(file):
            for user in dicts(row.get("u")) + dicts(row.get("users")):
                messages.know_user(user)
            for channel in [row.get("ci"), *dicts(row.get("ch")), *dicts(row.get("channels"))]:
                messages.know_channel(channel)
            for _, message in _messages(row, ""):
                messages.know_author(message)
    readings = [_read_file(f, messages) for f in group]
    readings[0].people = messages.people()
    return readings


SLACKDUMP = Reader(
    "slackdump",
    About(
        known_by="An object with `channel_id` and `messages`; chunks with `t`, `ts` and `m`; or SQLite with the table MESSAGE",
        exported_by="`slackdump dump CHANNEL_LINK`, `slackdump archive`",
    ),
    claim,
    read,
    structured=True,
)


def _rows(file: TextFile) -> list[dict[str, Any]]:
    if isinstance(file.json, dict):
        return [file.json, *(c for c in file.json.get("dumps", []) if isinstance(c, dict))]
    return [v for _, v in file.json_lines if isinstance(v, dict)]


def _read_file(file: TextFile, messages: SlackMessages) -> Reading:
    reading = Reading(file.path, "slack dump, chat", flows=True)
    if isinstance(file.json, dict):
        dumps = [("", file.json)] if "messages" in file.json else []
        dumps += [(f"/dumps/{i}", d) for i, d in enumerate(file.json.get("dumps", [])) if isinstance(d, dict)]
    else:
        dumps = []
        for number, value in file.json_lines:
            if isinstance(value, dict):
                dumps.append((f"line {number} ", value))
            else:
                reading.cannot_read(f"line {number}", "the line is cut off or no valid JSON")
    for pointer, dump in dumps:
        channel_id = words(dump.get("channel_id") or dump.get("id"))
        channel = messages.channels.get(channel_id) or words(dump.get("name")) or channel_id
        found = list(_messages(dump, pointer))
        if found and messages.is_wanted(reading, channel, len(found)):
            for locator, message in found:
                messages.add(reading, message, locator, channel)
    return reading


def _messages(dump: dict[str, Any], pointer: str) -> Iterator[tuple[str, Any]]:
    """The messages of a dump or a chunk; the replies of a dump stand within their parent."""
    for name in ("messages", "m"):
        held = dump.get(name)
        for place, message in enumerate(held if isinstance(held, list) else ()):
            yield f"{pointer}/{name}/{place}", message
            replies = message.get("slackdump_thread_replies") if isinstance(message, dict) else None
            for number, reply in enumerate(replies if isinstance(replies, list) else ()):
                yield f"{pointer}/{name}/{place}/slackdump_thread_replies/{number}", reply


def open_archive(data: bytes) -> Opened:
    """The archive as the JSON of its dumps. Of a message that stands there several times the latest counts."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON"):
            connection.execute(f"PRAGMA {pragma}")
        end = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
        schema = "SELECT upper(name) FROM sqlite_master WHERE type='table' AND sql NOT LIKE '%VIRTUAL%'"
        tables = {str(name) for (name,) in connection.execute(schema)}
        if not tables >= _TABLES:
            raise UnopenedError("an SQLite database that is no Slackdump archive")
        channels = dict(connection.execute("SELECT ID, NAME FROM CHANNEL LIMIT 100000").fetchall())
        users = (
            [_loads(d) for (d,) in connection.execute("SELECT DATA FROM S_USER LIMIT 100000")]
            if "S_USER" in tables
            else []
        )
        rows = connection.execute(
            f"SELECT CHANNEL_ID, TS, DATA FROM MESSAGE ORDER BY CHANNEL_ID, TS, CHUNK_ID LIMIT {_MAX_ROWS}"
        )
        found: dict[str, dict[str, Any]] = {}
        for channel, ts, blob in rows:
            found.setdefault(str(channel), {})[str(ts)] = _loads(blob)
    except (sqlite3.Error, OverflowError, ValueError, MemoryError) as error:
        raise UnopenedError(f"a broken SQLite database: {error}") from error
    finally:
        connection.close()
    dumps = [
        {"channel_id": channel, "name": channels.get(channel), "messages": list(held.values())}
        for channel, held in found.items()
    ]
    return Opened(json.dumps({"channel_id": "", "messages": [], "users": users, "dumps": dumps}))


SLACKDUMP_ARCHIVE = Opener(
    "sqlite", SLACKDUMP.about, lambda data: data.startswith(b"SQLite format 3\0"), open_archive
)


def _loads(blob: Any) -> Any:
    try:
        return json.loads(blob)
    except (ValueError, TypeError, RecursionError):
        return None
