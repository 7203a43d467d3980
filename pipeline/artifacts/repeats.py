"""What a folder holds twice is read once: items that their own source gave the same id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.artifacts.item import Item, Reading


def drop_repeats(readings: Sequence[Reading]) -> None:
    """Take out each item whose key an earlier file's item has, and say of each file how many stand where."""
    seen: dict[str, tuple[Reading, Item]] = {}
    for reading in readings:
        kept: list[Item] = []
        repeats: dict[str, list[Item]] = defaultdict(list)
        for item in reading.items:
            first = seen.setdefault(item.key, (reading, item)) if item.key else (reading, item)
            if first[1] is item:
                kept.append(item)
            else:
                repeats[first[0].path].append(item)
        reading.items = kept
        for path, items in repeats.items():
            many = f" and {len(items) - 1} more" if len(items) > 1 else ""
            reading.cannot_read(
                items[0].locator + many, f"the same stands in {path}, and is read there", items[0].text
            )
