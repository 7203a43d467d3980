"""Which open items of a document ask for the same work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from pipeline.language.same_work import Work, is_same, work_in
from pipeline.models.document import Document, PrintedItem
from pipeline.rubric.items import open_items


def same_items(
    document: Document, same: Callable[[Work, Work], bool] = is_same
) -> Iterator[tuple[PrintedItem, PrintedItem]]:
    """Pairs in the order of the document, the earlier item first; `same` says what makes one."""
    read = [(item, work_in(item.title)) for item in open_items(document)]
    for (first, one), (second, other) in combinations(read, 2):
        if same(one, other):
            yield first, second
