"""What the item criteria share: which items they judge, and what an empty field looks like."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.documents.placeholders import is_nothing
from pipeline.models.document import Document, PrintedItem


def open_items(document: Document) -> Iterator[PrintedItem]:
    """The items that somebody has still to do: what is done, parked or waits for detail owes no field, and one
    that only points to a ticket says the rest there."""
    return (item for item in document.items if item.state == "open" and not item.pointer)


def said(field: str | None) -> str | None:
    """A field's words, None where it is absent or says openly that it is open."""
    return None if field is None or is_nothing(field) else field


def lacks(field: str | None, name: str) -> str:
    """What to say of a field that is absent or open."""
    if field is None:
        return f"the item has no {name}"
    return f"the {name} is empty" if not field.strip() else f"the {name} is still open: “{field}”"
