"""Replies that were paid for once, kept by the hash of everything that was sent."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path

from pipeline.assets import cache_folder
from pipeline.errors import InputError
from pipeline.llm.port import ChatModel, Reply, Request, Usage
from pipeline.llm.recording import Meter
from pipeline.llm.schema import json_schema
from pipeline.llm.structured import Unreadable, read

_TABLE = """
create table if not exists replies(
  key text primary key, asked text not null, returned text not null, text text not null,
  prompt integer not null, completion integer not null, cached integer not null
) without rowid
"""


def cache_path(environ: Mapping[str, str]) -> Path:
    """Where replies are kept: POSTMORTEM_CACHE, else the user's cache folder."""
    return cache_folder(environ) / "replies.sqlite"


class ReplyStore:
    """One sqlite file; several threads and processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            # Replies quote incidents, so nobody else on the machine may read them.
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.chmod(0o600)  # before sqlite makes its log beside it, which takes the same rights
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute(_TABLE)
            self._connection.commit()
        except (OSError, sqlite3.Error) as error:
            raise self._broken(error) from error

    def find(self, key: str) -> Reply | None:
        query = "select text, returned, prompt, completion, cached, asked from replies where key = ?"
        try:
            with self._lock:
                row = self._connection.execute(query, (key,)).fetchone()
        except sqlite3.Error as error:
            raise self._broken(error) from error
        return Reply(row[0], row[1], Usage(row[2], row[3], row[4]), asked=row[5]) if row else None

    def keep(self, key: str, asked: str, reply: Reply) -> None:
        usage = reply.usage
        row = (key, asked, reply.model, reply.text, usage.prompt, usage.completion, usage.cached)
        try:
            with self._lock, self._connection:
                self._connection.execute("insert or replace into replies values (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _broken(self, error: Exception) -> InputError:
        return InputError(
            str(self._path), f"not usable as a reply cache ({error})", "delete it, or set POSTMORTEM_CACHE"
        )


class Cached:
    """Answers from the store where it can. What lies under it returns readable replies only, so only
    those are kept; one that can't be read any more counts as absent."""

    def __init__(self, model: ChatModel, store: ReplyStore, meter: Meter, endpoint: str = "") -> None:
        self._model = model
        self._store = store
        self._meter = meter
        self._endpoint = endpoint

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        key = request_key(self.name, self._endpoint, request)
        known = self._store.find(key)
        if known is not None and _is_readable(known, request):
            self._meter.count_hit(known)
            return known
        reply = self._model.complete(request)
        self._store.keep(key, self.name, reply)
        return reply


def request_key(model: str, endpoint: str, request: Request) -> str:
    """sha256 over the model, where it is served, and everything that is sent to it."""
    sent = {
        "model": model,
        "endpoint": endpoint,
        "messages": [[m.role, m.content] for m in request.messages],
        "schema": [request.into.__name__, json_schema(request.into)],
        "parameters": [request.max_output_tokens, request.temperature, request.seed],
    }
    canonical = json.dumps(sent, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _is_readable(reply: Reply, request: Request) -> bool:
    try:
        read(reply, request.into)
    except Unreadable:
        return False
    return True
