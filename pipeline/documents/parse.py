"""Reads a postmortem of any layout into a Document; what the text does not say stays None."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.documents.blocks import cut_blocks
from pipeline.documents.cast import known_words, read_cast
from pipeline.documents.dating import read_calendar
from pipeline.documents.entries import EntryReader
from pipeline.documents.items import ItemReader
from pipeline.documents.language import is_english
from pipeline.documents.outline import outline, split_at_labels
from pipeline.documents.prose import read_sentences
from pipeline.documents.spans import line_starts
from pipeline.documents.surface import read_surface
from pipeline.language.people import People
from pipeline.models.document import Document, Section
from pipeline.models.incident import Person
from pipeline.rendering.layout import STATUS_LABELS

_EVIDENCE_DEFINITION = re.compile(r"^\[E\d+\]: ", re.MULTILINE)


def parse(
    text: str, path: str = "-", *, roster: Iterable[Person] = (), timezone: str | None = None
) -> Document:
    """The document that a Markdown or plain text is. `timezone` is that of its incident.yaml, if any.

    Offsets and lines are those of `text`. Every text can be read; one without structure is one section.
    """
    surface = read_surface(text)
    cast = read_cast(surface.text)
    people = People((*cast, *roster))
    lines = line_starts(text)
    blocks = split_at_labels(surface.text, cut_blocks(surface.text))
    sections = outline(surface.text, blocks, lines)
    calendar = read_calendar(surface.text, sections, surface.fields, timezone)
    machine_made = bool(_EVIDENCE_DEFINITION.search(text)) or _is_labelled(text)
    sentences = read_sentences(surface.text, blocks, sections, lines, machine_made=machine_made)
    return Document(
        path=path,
        text=text,
        title=surface.fields.get("title") or _title(sections),
        sections=sections,
        sentences=sentences,
        entries=EntryReader(surface.text, blocks, sections, lines, calendar, known_words(cast)).read(),
        items=ItemReader(surface, blocks, sections, lines, people).read(),
        declared_zone=calendar.zone,
        declared_date=calendar.day,
        machine_made=machine_made,
        english=is_english(s.text for s in sentences),
        lines=lines,
        cast=cast,
    )


def _is_labelled(text: str) -> bool:
    """Whether one of its first lines opens with the words in bold that a draft says its status with."""
    return any(line.startswith(tuple(STATUS_LABELS.values())) for line in text.split("\n", 8)[:8])


def _title(sections: tuple[Section, ...]) -> str:
    return next((s.heading for s in sections if s.heading), "")
