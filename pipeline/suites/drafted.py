"""A draft as scorers see it: the files that a user would get, read back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.models.actions import ActionItems
from pipeline.models.evaluation import Evaluation
from pipeline.models.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Drafted:
    """`data` is postmortem.json as plain values; `files` every text file of the folder by its name."""

    postmortem: Postmortem
    items: ActionItems
    evaluation: Evaluation
    data: dict[str, Any]
    files: dict[str, str]
    artifacts: str

    @property
    def printed(self) -> str:
        return self.files["postmortem.md"]


def read_draft(folder: Path, artifacts: Path) -> Drafted:
    files = {
        path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()
    }
    return Drafted(
        postmortem=Postmortem.model_validate_json(files["postmortem.json"]),
        items=ActionItems.model_validate_json(files["action-items.json"]),
        evaluation=Evaluation.model_validate_json(files["evaluation.json"]),
        data=json.loads(files["postmortem.json"]),
        files=files,
        artifacts="\n".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(artifacts.rglob("*"))
            if path.is_file()
        ),
    )


def words_of(value: Any) -> str:
    """Every text and number in a piece of data, in order."""
    if isinstance(value, dict):
        return " ".join(words_of(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return " ".join(words_of(inner) for inner in value)
    return str(value)


def tells(text: str, keywords: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the text has one word at least of every group, upper or lower case."""
    lower = text.lower()
    return all(any(word.lower() in lower for word in group) for group in keywords)
