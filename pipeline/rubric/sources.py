"""Which documents a path names, and what the folder of each says of its people, services and zone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.artifacts.decoding import decode
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.models.incident import Incident

SUFFIXES = (".md", ".markdown", ".txt")
STANDARD_INPUT = "-"
INCIDENT_FILE = "incident.yaml"
DRAFT = ("postmortem.json", "postmortem.md")


@dataclass(frozen=True, slots=True)
class Source:
    """One document as it is named. `folder` is that of a draft, `incident` what its incident.yaml says."""

    name: str
    path: Path | None  # None is standard input
    draft: Path | None = None

    def text(self) -> str:
        """Its text, line ends as line feeds. Raises InputError where there is none."""
        try:
            data = sys.stdin.buffer.read() if self.path is None else self.path.read_bytes()
        except OSError as error:
            raise InputError(self.name, f"can't be read: {error.strerror or error}") from error
        decoded = decode(data) if data else ("", "utf-8")
        if decoded is None:
            raise InputError(self.name, "is no text", "give Markdown or plain text")
        return decoded[0].removeprefix("\ufeff")

    def incident(self) -> Incident | None:
        """What an incident.yaml beside it says; None where there is none. Raises ConfigError."""
        if self.path is None:
            return None
        return _incident(self.path.parent) or (_incident(self.draft.parent) if self.draft else None)


def _incident(folder: Path) -> Incident | None:
    file = folder / INCIDENT_FILE
    if not file.is_file():
        return None
    from pipeline.artifacts.incident_file import (
        read_incident_file,
    )  # reads YAML, which takes its time to load

    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), "can't be read", str(error)) from error
    return read_incident_file(text, folder.name or "incident", str(file))


def find_sources(paths: Sequence[str]) -> Iterator[Source]:
    """Every document below the paths, sorted within each; a file that is named is taken whatever its suffix.

    Raises InputError for a path that does not exist.
    """
    seen: set[Path] = set()
    for name in paths:
        if name == STANDARD_INPUT:
            yield Source(name, None)
            continue
        path = Path(name)
        if not path.exists():
            raise InputError(name, "no such file or folder")
        for source in _walk(path) if path.is_dir() else [Source(name, path)]:
            assert source.path is not None
            if source.path.resolve() not in seen:
                seen.add(source.path.resolve())
                yield source


def _walk(folder: Path) -> Iterator[Source]:
    if all((folder / name).is_file() for name in DRAFT):
        document = folder / DRAFT[1]
        yield Source(str(document), document, draft=folder)
        return
    try:
        inside = sorted(folder.iterdir(), key=lambda p: p.name)
    except OSError as error:
        raise InputError(str(folder), f"can't be listed: {error.strerror or error}") from error
    for path in inside:
        if path.name.startswith(".") or path.name == "node_modules":
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path)
        elif path.suffix.lower() in SUFFIXES:
            yield Source(str(path), path)
