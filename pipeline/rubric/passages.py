"""Which sentences of a document belong to a part, under its own heading, below it, or merged with another's."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.documents.headings import parts_of
from pipeline.models.document import Document, Part, Section, Sentence


def headed(document: Document, *parts: Part) -> tuple[Section, ...]:
    """The sections of those parts, those with merged headings ("Impact and detection") included."""
    return tuple(
        s
        for s in document.sections
        if s.part in parts or (s.part != "other" and any(p in parts_of(s.heading) for p in parts))
    )


def below(document: Document, section: Section) -> tuple[Section, ...]:
    """A section and the deeper ones that follow it, up to the next of its own level."""
    index = document.sections.index(section)
    found = [section]
    for other in document.sections[index + 1 :]:
        if other.level <= section.level:
            break
        found.append(other)
    return tuple(found)


def said_in(document: Document, *parts: Part) -> tuple[Sentence, ...]:
    """The sentences of those parts, headings left out."""
    wanted = {
        document.sections.index(inner)
        for section in headed(document, *parts)
        for inner in below(document, section)
    }
    return tuple(s for s in document.sentences if s.section in wanted and s.block != "heading")


def said_outside(document: Document, *parts: Part) -> Iterator[Sentence]:
    """The sentences of all other parts, headings left out."""
    inside = {id(s) for s in said_in(document, *parts)}
    return (s for s in document.sentences if id(s) not in inside and s.block != "heading")


def opening(document: Document) -> tuple[Sentence, ...]:
    """What stands before the first part by name: many a summary has no heading."""
    end = next(
        (i for i, s in enumerate(document.sections) if s.part not in ("other", "review")),
        len(document.sections),
    )
    return tuple(s for s in document.sentences if s.section < end and s.block in ("prose", "bullet", "field"))


def has_body(document: Document, *parts: Part) -> bool:
    """Whether anything but template text stands under those parts."""
    return any(not inner.empty for section in headed(document, *parts) for inner in below(document, section))
