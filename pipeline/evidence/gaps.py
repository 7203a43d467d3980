"""Silent stretches between detection and resolution, stated as such instead of skipped."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta

from pipeline.models.case import Event
from pipeline.models.postmortem import Gap, Milestones

_WAITING = ("wait", "running", "copy", "rebuild", "monitor", "eta", "until", "overnight", "sleep", "started")


def find_gaps(events: Sequence[Event], m: Milestones) -> tuple[Gap, ...]:
    """Intervals without an entry longer than 15 % of the incident, at least 10 and at most 60 minutes.

    An entry that says what was being waited for explains the silence after it.
    """
    if m.detected.time is None or m.resolved.time is None or m.resolved.time <= m.detected.time:
        return ()
    inside = [e for e in events if m.detected.time <= e.time <= m.resolved.time]
    length = m.resolved.time - m.detected.time
    limit = min(max(length * 0.15, timedelta(minutes=10)), timedelta(minutes=60))
    found: list[Gap] = []
    for before, after in itertools.pairwise(inside):
        start = max(before.time, before.until or before.time)
        if after.time - start <= limit:
            continue
        waits = any(w in before.text.lower() for w in _WAITING)
        found.append(
            Gap(
                start=start,
                until=after.time,
                explanation=f"waiting, by the entry before it: {before.text}" if waits else None,
                evidence=before.evidence[:1] if waits else (),
            )
        )
    return tuple(found)
