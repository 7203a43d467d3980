"""How a document is named to tools: below the working folder as a relative path, `stdin` for standard input."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from pipeline.rubric.sources import STANDARD_INPUT


def relative(path: str) -> str:
    """With forward slashes, below the working folder where it lies there."""
    if path == STANDARD_INPUT:
        return "stdin"
    normal = os.path.normpath(path)
    if os.path.isabs(normal):
        inside = os.path.relpath(normal)
        normal = normal if inside.startswith("..") else inside
    return Path(normal).as_posix()


def as_uri(path: str) -> str:
    """A relative URI below the working folder, else an absolute one."""
    name = relative(path)
    if os.path.isabs(name) or name.startswith("../"):
        return Path(path).resolve().as_uri()
    return quote(name, safe="/._-~")
