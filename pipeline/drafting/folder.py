"""What a draft folder holds, and whether a person has worked in it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from pipeline.errors import RefusedError

DOCUMENT = "postmortem.md"
RUN = "run.json"
DIGEST = "document_sha256"  # field of run.json: the document as the program left it
EDITED = "edited"  # field of run.json: a person's edit has been applied, and a re-draft would lose it
OWN_FILES = frozenset(
    {
        DOCUMENT,
        "postmortem.html",
        "postmortem.json",
        "action-items.json",
        "action-items.csv",
        "evaluation.json",
        "evidence.jsonl",
        RUN,
    }
)
REVIEW, TRACKING = "review.json", "tracking.json"


def refuse_overwriting(folder: Path, *, replace: bool) -> None:
    """Raises RefusedError where drafting into the folder would overwrite what a person did.

    With `replace` only a folder that is no draft is refused: the old draft will be kept beside the new one.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise RefusedError(f"{folder} is not a folder that a draft can be written to; choose another --out")
    if not any(folder.iterdir()):
        return
    if not (folder / RUN).is_file() and not (folder / DOCUMENT).is_file():
        raise RefusedError(f"{folder} holds files but no draft; choose another --out")
    if not replace and (reason := work_in(folder)):
        raise RefusedError(
            f"{folder} {reason}; --replace drafts anew and keeps the old one beside it"
            + (f"; postmortem apply {folder} keeps the edits" if is_edited(folder) else "")
        )


def work_in(folder: Path) -> str | None:
    """What a person has done in the folder, in words; None where it is as the program left it."""
    if is_edited(folder):
        return f"holds edits: {DOCUMENT} is not as it was written"
    if _run(folder).get(EDITED) is True:
        return "holds a person's edits, which were applied"
    if (folder / REVIEW).exists():
        return "holds reviews"
    if (folder / TRACKING).exists():
        return "holds tickets"
    return None


def is_edited(folder: Path) -> bool:
    """Whether the document differs from what run.json remembers; True where that cannot be told."""
    document = folder / DOCUMENT
    if not document.is_file():
        return False
    return sha256(document.read_bytes()).hexdigest() != written_digest(folder)


def written_digest(folder: Path) -> str | None:
    """The sha256 of the document as the program left it; None where run.json does not say."""
    digest = _run(folder).get(DIGEST)
    return digest if isinstance(digest, str) else None


def _run(folder: Path) -> dict[str, object]:
    try:
        run = json.loads((folder / RUN).read_bytes())
    except (OSError, ValueError):
        return {}
    return run if isinstance(run, dict) else {}
