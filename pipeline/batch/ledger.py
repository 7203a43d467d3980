"""The ledger of a batch: one row per incident in SQLite, so that whatever has finished stays finished.

WAL with synchronous FULL: a row that was committed survives kill -9 and a power cut.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch.outcome import Outcome
from pipeline.errors import InputError, RefusedError

VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS incident (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    digest TEXT NOT NULL,
    options TEXT NOT NULL,
    seconds REAL NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    error TEXT,
    outcome TEXT NOT NULL
) STRICT
"""


class Ledger:
    """Used by one thread, the driver's; `outcome` holds the whole row as JSON, the columns are for queries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def enter(self, outcomes: Iterable[Outcome]) -> None:
        """Adds incidents that the ledger does not know yet."""
        self._write("INSERT OR IGNORE", outcomes)

    def record(self, outcome: Outcome) -> None:
        """Keeps what became of an incident; on return it is on the disk."""
        self._write("INSERT OR REPLACE", [outcome])

    def get(self, name: str) -> Outcome:
        """KeyError where the incident was never entered."""
        row = self._connection.execute("SELECT outcome FROM incident WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return Outcome.model_validate_json(row[0])

    def _write(self, verb: str, outcomes: Iterable[Outcome]) -> None:
        with self._connection:
            self._connection.executemany(
                f"{verb} INTO incident VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        outcome.name,
                        outcome.state,
                        outcome.digest,
                        outcome.options,
                        outcome.seconds,
                        outcome.tokens.prompt,
                        outcome.tokens.completion,
                        outcome.error,
                        outcome.model_dump_json(),
                    )
                    for outcome in outcomes
                ),
            )


@contextmanager
def open_ledger(folder: Path) -> Iterator[Ledger]:
    """The ledger of an output folder, held by this process alone.

    Raises RefusedError where another batch is at work there, InputError where it is not such a ledger.
    """
    with held_alone(folder / "ledger.lock"):
        path = folder / "ledger.sqlite"
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, VERSION):
                raise InputError(str(path), f"was written by another version ({found})", "use another --out")
            connection.execute(SCHEMA)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            yield Ledger(connection)
        except sqlite3.DatabaseError as error:
            raise InputError(str(path), f"cannot be used: {error}", "use another --out") from error
        finally:
            connection.close()


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Holds a lock that dies with the process: SQLite's own, on a file that nothing else uses."""
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise InputError(
                    str(path.parent), f"cannot be written: {error}", "use another --out"
                ) from error
            raise RefusedError(
                f"{path.parent}: another batch is at work in this folder; wait for it, or use another --out"
            ) from error
        yield
    finally:
        lock.close()
