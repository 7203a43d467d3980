"""Builds small incident folders for the tests of reading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.artifacts.load import load_incident
from pipeline.models.record import Artifacts, Record


def make(folder: Path, files: Mapping[str, object]) -> Path:
    """Write each file: text as it is, bytes as they are, anything else as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder


def read(folder: Path, files: Mapping[str, object]) -> Artifacts:
    return load_incident(make(folder, files))


def times(records: tuple[Record, ...]) -> list[str | None]:
    return [r.time.strftime("%m-%d %H:%M") if r.time else None for r in records]


def holding(artifacts: Artifacts, words: str) -> Record:
    """The one record whose text holds these words."""
    (found,) = [r for r in artifacts.records if words in r.text]
    return found
