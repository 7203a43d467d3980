"""One digest over the rules, so that a run can say by which it was judged."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from pipeline import language, rubric

_KINDS = {".py", ".txt"}  # code, and the lexicons that it decides by


@cache
def criteria_digest() -> str:
    """sha256 over everything that decides a finding: the rubric and the language it reads by; hexadecimal."""
    digest = sha256()
    for package in (rubric, language):
        root = Path(next(iter(package.__path__)))
        for file in sorted(f for f in root.rglob("*") if f.suffix in _KINDS):
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
