"""What a folder holds twice is read once: items that their own source gave the same id."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.artifacts.item import Item, Reading


def drop_repeats(readings: Sequence[Reading]) -> None:
    """Take out each item whose key an earlier file's item has, and list it as unread with the file where the first stands."""
    seen: dict[str, tuple[Reading, Item]] = {}
    for reading in readings:
        kept: list[Item] = []
        for item in reading.items:
            first = seen.setdefault(item.key, (reading, item)) if item.key else (reading, item)
            if first[1] is item:
                kept.append(item)
            else:
                reading.cannot_read(
                    item.locator, f"the same stands in {first[0].path}, and is read there", item.text
                )
        reading.items = kept
