"""All prompts of a folder, and the lock that ties each text to its version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.assets import asset_folder
from pipeline.errors import ConfigError
from pipeline.prompting.prompt import Prompt, read_prompt

LOCK = "lock.json"


@dataclass(frozen=True, slots=True)
class Library:
    prompts: dict[str, Prompt]

    def __getitem__(self, prompt_id: str) -> Prompt:
        return self.prompts[prompt_id]

    def lock(self) -> dict[str, dict[str, int | str]]:
        """id to version and sha256, as lock.json and run.json hold it."""
        return {
            p.id: {"version": p.version, "sha256": p.sha256}
            for p in sorted(self.prompts.values(), key=lambda p: p.id)
        }


def load_prompts(folder: Path | None = None) -> Library:
    """The prompts of a folder, by default those that ship. Raises ConfigError."""
    where = folder or asset_folder("prompts")
    return Library({p.id: p for p in map(read_prompt, sorted(where.glob("*.md")))})


def changed_without_version(library: Library, locked: dict[str, dict[str, int | str]]) -> tuple[str, ...]:
    """Ids of prompts whose text is not the locked one although the version is."""
    return tuple(
        name
        for name, entry in library.lock().items()
        if name in locked
        and locked[name]["version"] == entry["version"]
        and locked[name]["sha256"] != entry["sha256"]
    )


def write_lock(folder: Path) -> None:
    """Locks the folder's prompts as they are. Raises ConfigError where a text changed and its version did not."""
    file, library = folder / LOCK, load_prompts(folder)
    locked = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    stale = changed_without_version(library, locked)
    if stale:
        raise ConfigError(
            str(folder / f"{stale[0]}.md"), "the text changed", "raise its version, then lock again"
        )
    file.write_text(json.dumps(library.lock(), indent=2) + "\n", encoding="utf-8")
