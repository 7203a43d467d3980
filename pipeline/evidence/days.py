"""The day of a clock that a document gives without a date: where its guess falls outside the incident, the incident's day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.models.record import Record

_GUESSED = re.compile(r"; date (?:in|from|by)\b")
_MARGIN = timedelta(hours=8)
_FURTHEST = 30  # days between an incident and the heading of a document about it


def on_their_days(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records, with clocks of documents moved by whole days into the time that was recorded as it happened.

    A resolution summary of the 17th that says "refused between 08:03 and 09:14" means the day of the incident,
    which the pager and the chat show. A date that is written with the clock stays.
    """
    span = live_span(records)
    if span is None:
        return tuple(records)
    start, end = span[0] - _MARGIN, span[1] + _MARGIN
    return tuple(_moved(r, start, end) if _is_guessed(r) else r for r in records)


def _is_guessed(record: Record) -> bool:
    return (
        record.time is not None
        and record.kind in ("row", "field", "statement")
        and bool(_GUESSED.search(record.zone_basis))
    )


def _moved(record: Record, start: datetime, end: datetime) -> Record:
    assert record.time is not None
    if start <= record.time <= end:
        return record
    for days in sorted(range(-_FURTHEST, _FURTHEST + 1), key=abs):
        shift = timedelta(days=days)
        if start <= record.time + shift <= end:
            until = record.until + shift if record.until else None
            basis = f"{record.zone_basis}; day of what was recorded as it happened"
            return record.model_copy(
                update={"time": record.time + shift, "until": until, "zone_basis": basis}
            )
    return record


def live_span(records: Sequence[Record]) -> tuple[datetime, datetime] | None:
    """From the first to the last page or status post; else the densest day of chat. None without either."""
    pages = sorted(r.time for r in records if r.time and r.kind in ("page", "status"))
    if pages:
        run = densest(pages)
        return run[0], run[-1]
    said = sorted(r.time for r in records if r.time and r.kind in ("message", "bot"))
    if not said:
        return None
    run = densest(said)
    return run[0], run[-1]


def densest(moments: Sequence[datetime]) -> list[datetime]:
    """The longest run of sorted moments of which none comes more than a day after the one before."""
    runs: list[list[datetime]] = [[moments[0]]]
    for moment in moments[1:]:
        if moment - runs[-1][-1] <= timedelta(hours=24):
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return max(runs, key=len)
