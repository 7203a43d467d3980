"""Which sentences of a document belong to a part, under its own heading, below it, or merged with another's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.headings import parts_of
from pipeline.language.platitudes import only_asserts_existence
from pipeline.models.document import Document, Part, Section, Sentence

_DONE = re.compile(
    r"(?:the|this|our|all|an?)?\s*(?:issue|problem|incident|outage|situation|service|impact|root cause(?: analysis)?|cause|summary|investigation|detection|timeline"
    r"|prevention|monitoring)s?\s+(?:(?:was|were|is|are|has|have|had|been|be|then|now|already|later|successfully|fully|quickly|eventually|finally)\s+)+"
    r"(?:resolved|fixed|solved|mitigated|restored|closed|assessed|performed|conducted|identified|found|analy[sz]ed|determined|understood|documented"
    r"|done|completed|addressed|handled|detected|noticed|evaluated|known)(?:\s+(?:successfully|quickly|in time|by the team|afterwards|and documented))?\W*",
    re.IGNORECASE,
)


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
    """Whether anything but template text, and more than that the part exists, stands under those parts."""
    own = [s for s in headed(document, *parts) if s.part in parts] or headed(document, *parts)
    if all(inner.empty for section in own for inner in below(document, section)):
        return False
    told = said_in(document, *parts)
    return not told or not all(is_hollow(s.text) for s in told)


def is_hollow(text: str) -> bool:
    """ "Lessons learned are documented", "the issue was resolved": a part is there, and nothing of what it says."""
    return only_asserts_existence(text) or bool(_DONE.fullmatch(text.strip()))
