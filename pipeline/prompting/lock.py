"""The lock that ties each prompt's text to its version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

from pipeline.errors import ConfigError
from pipeline.prompting.collection import Library, load_prompts

LOCK = "lock.json"


class Locked(TypedDict):
    version: int
    sha256: str


def lock_of(library: Library) -> dict[str, Locked]:
    """Version and sha256 of each prompt, by id."""
    return {
        name: Locked(version=prompt.version, sha256=prompt.sha256)
        for name, prompt in sorted(library.prompts.items())
    }


def read_lock(folder: Path) -> dict[str, Locked]:
    file = folder / LOCK
    found: dict[str, Locked] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def changed_without_version(library: Library, locked: dict[str, Locked]) -> tuple[str, ...]:
    """Ids of prompts whose text is not the locked one although the version is."""
    return tuple(
        name
        for name, now in lock_of(library).items()
        if name in locked and locked[name]["version"] == now["version"] and locked[name] != now
    )


def write_lock(folder: Path) -> None:
    """Locks a folder's prompts as they are. Raises ConfigError where a text changed and its version did not."""
    library = load_prompts(folder)
    stale = changed_without_version(library, read_lock(folder))
    if stale:
        raise ConfigError(
            str(folder / f"{stale[0]}.md"), "the text changed", "raise its version, then lock again"
        )
    (folder / LOCK).write_text(json.dumps(lock_of(library), indent=2) + "\n", encoding="utf-8")


def prompt_versions() -> dict[str, str]:
    """`{"author": "1 sha256:…"}` of the prompts that ship, for run.json."""
    return {
        name: f"{entry['version']} sha256:{entry['sha256']}"
        for name, entry in lock_of(load_prompts()).items()
    }
