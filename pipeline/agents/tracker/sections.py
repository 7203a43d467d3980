"""Which headings and labels of a document announce work that is owed, and of which kind."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.agents.tracker.claims import Frame
from pipeline.agents.tracker.lexicon import (
    ACTIONS,
    CLEANUP,
    INTERIM,
    LEFT,
    MISSING,
    NOT_OWED,
    PLACES,
    SAME,
    TESTS,
)
from pipeline.documents.headings import coverage, is_done_heading, part_below, parts_of
from pipeline.language.lemmas import lemma

# Nouns and verbs of a heading, by what stands below it. All of a row's groups must be met.
_KINDS: tuple[tuple[Frame, tuple[frozenset[str], ...]], ...] = (
    ("cleanup", (CLEANUP,)),
    ("cleanup", (INTERIM, LEFT)),
    ("elsewhere", (SAME, PLACES)),
    ("test", (frozenset({"regression"}), TESTS)),
    ("test", (frozenset({"test"}), MISSING)),
    ("action list", (ACTIONS,)),
)


@lru_cache(maxsize=1024)
def frame_of_heading(heading: str) -> Frame | None:
    """What a heading (or a bold or plain label) announces; None where it announces no work that is owed."""
    words = _lemmas(heading)
    if not words or len(words) > 9:
        return None
    for frame, groups in _KINDS:
        if all(words & group for group in groups) and not (words & NOT_OWED):
            return frame
    parts = parts_of(heading)
    if (
        coverage(heading) >= 0.5
        and parts
        and parts[0] in ("actions", "prevention", "parked", "needs detail")
        and not (words & NOT_OWED)
    ):
        return "action list"
    return None


def frame_of_section(section: str) -> Frame | None:
    """By the headings from the outside in; one that opens another part of the document ends the frame."""
    frame: Frame | None = None
    for heading in section.split(" > "):
        named = frame_of_heading(heading)
        if named is not None:
            frame = named
        elif frame is not None and (_opens_another(heading) or _lemmas(heading) & NOT_OWED):
            frame = None
    return frame


def _opens_another(heading: str) -> bool:
    """A heading below actions may name a kind of action ("Detection", "Platform team"), or go on to lessons."""
    if part_below("actions", heading) is not None:
        return True
    parts = parts_of(heading)
    return bool(parts) and parts[0] not in _KINDS_OF_ACTION


_KINDS_OF_ACTION = frozenset({"actions", "prevention", "detection", "resolution", "needs detail", "parked"})


def is_parked_section(section: str) -> bool:
    return any("parked" in parts_of(h)[:1] and "defer" not in _lemmas(h) for h in section.split(" > ") if h)


def is_done_section(section: str) -> bool:
    return any(is_done_heading(h) for h in section.split(" > ") if h)


@lru_cache(maxsize=1024)
def _lemmas(heading: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", heading.lower())
    return (
        frozenset(words)
        | frozenset(lemma(w) for w in words)
        | frozenset(p for w in words for p in w.split("-"))
    )
