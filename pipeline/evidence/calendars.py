"""Which calendar people went by when they said "tomorrow": the incident's zone, else the clock of their source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, timedelta, timezone, tzinfo

from pipeline.language.times import zone_of
from pipeline.models.record import Record


class Calendar:
    """The days of one incident's records, as their writers would have named them."""

    def __init__(self, name: str | None, records: Sequence[Record] = ()) -> None:
        """`name`: the incident's zone, where it is known. Else the first clock that is not UTC's is the usual one."""
        self._stated = zone_of(name) if name else None
        usual = next((r.offset_minutes for r in records if r.offset_minutes), 0)
        self.zone: tzinfo = self._stated or _fixed(usual)

    def zone_of(self, record: Record) -> tzinfo:
        if self._stated is not None or not record.offset_minutes:
            return self.zone
        return _fixed(record.offset_minutes)

    def day_of(self, record: Record) -> date | None:
        """The day on which a record was made, or None where nothing dates it."""
        return record.time.astimezone(self.zone_of(record)).date() if record.time else None


def _fixed(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC
