"""A document: a postmortem's text cut into sections, sentences, timeline entries and items, each with its span."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pipeline.models.base import EventClass
from pipeline.models.incident import Person

Part = Literal[
    "summary",
    "impact",
    "timeline",
    "detection",
    "root cause",  # root cause and contributing factors
    "ruled out",
    "resolution",  # mitigation and resolution
    "prevention",
    "actions",
    "needs detail",
    "parked",
    "lessons",
    "went well",
    "went poorly",
    "lucky",
    "questions",
    "conflicts",
    "latencies",
    "review",
    "inputs",
    "other",
]
Block = Literal["prose", "bullet", "cell", "heading", "field"]


@dataclass(frozen=True, slots=True)
class Span:
    """Character offsets into `Document.text`, and 1-based line and column."""

    start: int
    end: int
    line: int
    end_line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, bullet or cell with a predicate.

    `text` has the length of its span: evidence marks and emphasis are blanked by spaces; code and URLs
    are masked by `□`, which reads as a noun. `Document.text[span.start:span.end]` is what is printed.
    """

    text: str
    span: Span
    block: Block
    section: int  # index into Document.sections
    before: int | None = None  # index of the neighbour sentence in the same paragraph or list
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    heading: str  # "" for what stands before the first heading
    level: int
    part: Part
    span: Span  # of the heading; of the first line where there is none
    start: int  # offsets of the body
    end: int
    empty: bool  # nothing, or only template text


@dataclass(frozen=True, slots=True)
class Entry:
    """One timeline entry as it is printed; what it does not say is None."""

    span: Span
    time_text: str
    time: datetime | None  # aware, UTC; None unless date, clock and zone are all known
    until: datetime | None
    has_date: bool  # own, inherited or declared once
    has_clock: bool
    has_zone: bool
    marked_unknown: bool  # says openly that the time is unknown or estimated, and how
    actor: str | None
    event: str
    event_span: Span
    source: str | None
    classes: tuple[EventClass, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """One action item as it is printed; fields are as written, None where the document has no such field."""

    span: Span
    title: str
    title_span: Span
    owner: str | None
    priority: str | None
    due: str | None
    tracking: str | None
    type: str | None
    state: Literal["open", "done", "parked", "needs detail"]
    ranked_list: bool  # the list says that its order is the priority
    list: int  # which list of the document it stands in
    fields: tuple[tuple[str, Span], ...] = ()  # (name of the field, where its value is printed)
    pointer: bool = False  # says only where it is tracked, and owes nothing but that

    def place(self, name: str) -> Span:
        """Where a field is printed; the title where it is not."""
        return dict(self.fields).get(name, self.title_span)


@dataclass(frozen=True, slots=True)
class Document:
    path: str
    text: str
    title: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    entries: tuple[Entry, ...]
    items: tuple[PrintedItem, ...]
    declared_zone: str | None = None
    declared_date: date | None = None
    machine_made: bool = False  # a draft of this program
    english: bool = True
    lines: tuple[int, ...] = field(default=(), repr=False)  # offset of each line's start
    cast: tuple[
        Person, ...
    ] = ()  # whom it names by full name, with the initials and handles that it explains

    def part(self, *parts: Part) -> tuple[Section, ...]:
        """The sections of those parts, in order."""
        return tuple(s for s in self.sections if s.part in parts)
