"""Which open items of a document ask for the same work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipeline.language.same_work import is_same, work_in
from pipeline.models.document import Document, PrintedItem
from pipeline.rubric.items import open_items


def same_items(document: Document) -> Iterator[tuple[PrintedItem, PrintedItem]]:
    """Pairs in the order of the document, the earlier item first."""
    read = [(item, work_in(item.title)) for item in open_items(document)]
    for (first, one), (second, other) in combinations(read, 2):
        if is_same(one, other):
            yield first, second
