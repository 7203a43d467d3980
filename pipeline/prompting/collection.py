"""All prompts of a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.assets import asset_folder
from pipeline.prompting.prompt import Prompt, read_prompt


@dataclass(frozen=True, slots=True)
class Library:
    prompts: dict[str, Prompt]

    def __getitem__(self, prompt_id: str) -> Prompt:
        return self.prompts[prompt_id]


def load_prompts(folder: Path | None = None) -> Library:
    """The prompts of a folder, by default those that ship. Raises ConfigError."""
    where = folder or asset_folder("prompts")
    return Library({p.id: p for p in map(read_prompt, sorted(where.glob("*.md")))})
