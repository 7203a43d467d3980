"""Cuts an incident out of larger exports: what lies outside the window of incident.yaml is listed, not read."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.artifacts.item import Item, Reading
from pipeline.models.base import rfc3339
from pipeline.models.incident import Incident

# What an export of a whole workspace or account holds. A document stands in the folder for this incident's sake,
# and a change may have waited long before it did harm.
_CUT = frozenset({"message", "bot", "page", "status", "log"})


def cut_to_window(readings: Sequence[Reading], incident: Incident) -> None:
    """Take out what is dated outside the window, and say of each file how much that was and of when."""
    window = incident.window
    if window is None:
        return
    for reading in readings:
        kept: list[Item] = []
        gone: list[Item] = []
        for item in reading.items:
            outside = item.time is not None and not (
                item.time <= window.end and (item.until or item.time) >= window.start
            )
            (gone if outside and item.kind in _CUT else kept).append(item)
        times = [item.time for item in gone if item.time]
        if times:
            first, last = rfc3339(min(times)), rfc3339(max(times))
            when = f"of {first}" if first == last else f"of {first} to {last}"
            reading.cannot_read(
                gone[0].locator if len(gone) == 1 else f"{gone[0].locator} to {gone[-1].locator}",
                f"outside the window of incident.yaml: {len(gone)} records {when}",
            )
        reading.items = kept
