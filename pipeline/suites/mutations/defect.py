"""A document with one defect, and the lines where a finding of it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from pipeline.documents.spans import line_starts, make_span
from pipeline.models.document import Document, Part, Section

Wordings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Defect:
    """`kind` says what was done, `lines` are the 1-based lines of `text` on which a finding tells it rightly."""

    criterion: str
    kind: str
    text: str
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a mutator works on. `detected`, `mended` and `closed` are places in `document.entries`."""

    document: Document
    wordings: Wordings
    random: Random
    detected: int
    mended: int
    closed: int | None

    def word(self, name: str, kind: str | None = None) -> str:
        """One of the wordings of a name, with a name and a thing of the document in its slots."""
        found = self.wordings[name] if kind is None else self.wordings[name][kind]
        said = str(self.random.choice(found))
        return said.replace("{who}", self.who()).replace("{what}", self.what())

    def who(self) -> str:
        named = [p.name for p in self.document.cast] or [i.owner for i in self.document.items if i.owner]
        return self.random.choice(named or ["Sam Okoro"])

    def what(self) -> str:
        acted = [e.actor for e in self.document.entries if e.actor and any(c.isdigit() for c in e.actor)]
        return self.random.choice(acted or ["server 3"])


Mutator = Callable[[Ground], Iterator[Defect]]
Edit = tuple[int, int, str]  # what stands between two offsets, and what is to


def edited(document: Document, edits: Sequence[Edit]) -> tuple[str, Callable[[int], int]]:
    """The text with its edits, and the line of the new text on which an offset of the old one lies."""
    ordered = sorted(edits)
    text, at, pieces = document.text, 0, []
    for start, end, new in ordered:
        pieces += [text[at:start], new]
        at = end
    told = "".join([*pieces, text[at:]])
    lines = line_starts(told)

    def line_of(offset: int) -> int:
        moved = offset
        for start, end, new in ordered:
            if end <= offset:
                moved += len(new) - (end - start)
            elif start < offset:
                moved += min(start + len(new), offset) - offset
        return make_span(lines, moved, moved).line

    return told, line_of


def defect(
    criterion: str, kind: str, document: Document, edits: Sequence[Edit], around: tuple[int, int]
) -> Defect:
    """The defect that edits make; a finding belongs between the offsets `around` of the old text."""
    text, line_of = edited(document, edits)
    last = line_of(around[0])
    for start, end, new in edits:  # what was put in may take more lines than what it stands for
        if around[0] <= start <= around[1]:
            last = max(last, line_of(start) + (new.count("\n") if end > start else 0))
    return Defect(
        criterion, kind, text, frozenset(range(line_of(around[0]), max(last, line_of(around[1])) + 1))
    )


def own_section(document: Document, *parts: Part) -> Section | None:
    """The first section with a heading of its own for one of those parts."""
    return next((s for s in document.sections if s.heading and s.part in parts), None)


def reach(document: Document, section: Section) -> int:
    """Where a section ends, with all that stands below it."""
    end = section.end
    for other in document.sections[document.sections.index(section) + 1 :]:
        if other.level <= section.level:
            break
        end = other.end
    line = document.text.rfind("\n", 0, end) + 1
    return (
        end if document.text[line:end].strip("#*_<>hH0123456789.() \t") else line
    )  # the next heading keeps its mark
