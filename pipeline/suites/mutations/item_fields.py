"""Defects in the fields of an item: taken away, or filled with words that stand for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.models.document import Document, PrintedItem, Span
from pipeline.suites.mutations.defect import Defect, Edit, Ground, defect

_CRITERIA = {
    "owner": "AI-OWN",
    "priority": "AI-PRI",
    "due": "AI-DUE",
    "tracking": "AI-TRK",
    "type": "AI-TYPE",
}
_BEFORE = re.compile(
    r"(?:[-–—|·;,]\s*|\s{2,})?[*_]*[A-Za-z][A-Za-z ]{1,14}[*_]*\s*[:=]\s*[*_]*$|(?:[-–—·;,]|\s\|)\s*(?:due|by|owner|owned by|assigned to)?\s*$|\b(?:due|by)\s*$"
)


def mutate(ground: Ground) -> Iterator[Defect]:
    """A field taken away, and a field reworded, for each field that some open item prints."""
    for name, criterion in _CRITERIA.items():
        items = [i for i in ground.document.items if i.state == "open" and name in dict(i.fields)]
        if not items:
            continue
        item = ground.random.choice(items)
        place = item.place(name)
        yield _at(ground.document, item, criterion, f"{name} removed", removal(ground.document, item, place))
        item = ground.random.choice(items)
        place = item.place(name)
        said = ground.word(name)
        yield _at(ground.document, item, criterion, f"{name} reworded", (place.start, place.end, said))


def _at(document: Document, item: PrintedItem, criterion: str, kind: str, edit: Edit) -> Defect:
    ends = [item.span.end, *(place.end for _, place in item.fields)]
    starts = [item.span.start, *(place.start for _, place in item.fields)]
    return defect(criterion, kind, document, [edit], (min(starts), max(ends)))


def removal(document: Document, item: PrintedItem, place: Span) -> Edit:
    """Without the field: an empty cell, no line where it was a line of its own, else no key and no separator."""
    text = document.text
    line = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    end = len(text) if end < 0 else end
    shown = text[line:end]
    if shown.lstrip().startswith("|"):
        return place.start, place.end, " "
    before, behind = text[line : place.start], text[place.end : end]
    keyed = re.fullmatch(r"[\s>*+-]*[*_]*[A-Za-z][A-Za-z ]{1,14}[*_]*\s*:\s*[*_]*", before)
    if keyed and not re.search(r"\w", behind):
        return line, min(end + 1, len(text)), ""
    found = _BEFORE.search(before)
    start = line + found.start() if found else place.start
    closing = (
        re.match(r"[*_]*\s*[.;,]?(?=\s|$)", behind)
        if not found or before[found.start() :][:1].isalpha()
        else None
    )
    return start, place.end + (closing.end() if closing else 0), ""
