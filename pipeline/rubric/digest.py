"""One digest over the criteria, so that a run can say by which rules it was judged."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from pipeline.rubric.engine import load_criteria


@cache
def criteria_digest() -> str:
    """sha256 over the id and the source of every criterion, in the order of the ids; hexadecimal."""
    digest = sha256()
    for criterion in load_criteria():
        module = sys.modules[criterion.check.__module__]
        digest.update(criterion.id.encode())
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()
