"""Which days the folder speaks of: years for dates without one, and a first day for clocks without a date."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.artifacts.item import KnownDay, Reading
from pipeline.artifacts.span import find_span
from pipeline.language.dates import make_day
from pipeline.language.times import find_times
from pipeline.models.incident import Incident

_NAME_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


class FolderDays:
    """Everything in the folder that is dated in full."""

    def __init__(self, readings: Sequence[Reading], incident: Incident) -> None:
        self._incident = incident
        self._full: Counter[dt.date] = Counter()
        for reading in readings:
            if reading.day:
                self._full[reading.day.date] += 1
            for item in reading.items:
                if item.time:
                    self._full[item.time.date()] += 1
                elif item.stamp and item.stamp.date:
                    self._full[item.stamp.date] += 1
        self._span = find_span(readings, incident)
        if not self._full:
            for path in (incident.name, incident.id, *(r.path for r in readings)):
                if day := day_in_name(path):
                    self._full[day] += 1

    def complete(self, month_day: tuple[int, int], weekday: int | None) -> dt.date | None:
        """The day of that month in the year that lies nearest to the folder's days; the weekday must fit."""
        if not self._full:
            return None
        middle = self.usual()
        days = [d for y in (-1, 0, 1) if (d := make_day(middle.year + y, *month_day))]
        fitting = [d for d in days if weekday is None or d.weekday() == weekday]
        near = min(fitting or days, key=lambda d: abs(d - middle), default=None)
        return near if near and abs(near - middle) < dt.timedelta(days=200) else None

    def day_numbered(self, number: int, beside: dt.date | None) -> dt.date | None:
        """The 12th that lies nearest to `beside`, else to the incident's own day."""
        beside = beside or (self._span.start.date() if self._span else None)
        if beside is None:
            return None
        first = beside.replace(day=1)
        months = [first - dt.timedelta(days=1), first, first + dt.timedelta(days=31)]
        days = [d for m in months if (d := make_day(m.year, m.month, number))]
        return min(days, key=lambda d: abs(d - beside), default=None)

    def of_path(self, path: str) -> KnownDay | None:
        """The date in a file's own name, then in its folders' and the incident's name."""
        for part in reversed(PurePosixPath(path).parts):
            if day := day_in_name(part):
                return KnownDay(day, f"date from the name {part}")
        return None

    def usual(self) -> dt.date:
        """A day that the folder speaks of, for what a zone was then; any, where it speaks of none."""
        days = sorted(self._full.elements())
        return days[len(days) // 2] if days else dt.date(2000, 1, 1)

    def otherwise(self, path: str) -> KnownDay | None:
        """The day of a file whose clocks nothing dates: by its name, its incident's, or the folder's one day."""
        if by_name := self.of_path(path):
            return by_name
        for name in (self._incident.name, self._incident.id):
            if day_of_name := day_in_name(name):
                return KnownDay(day_of_name, f"date from the incident's name {name}")
        if len(self._full) == 1:
            return KnownDay(next(iter(self._full)), "date as everywhere in the folder")
        return None


def day_in_name(name: str) -> dt.date | None:
    """The date that a file's or a folder's name holds: `2026-03-18-checkout`, `GMT20260318-063600`."""
    if match := _NAME_DAY.search(name):
        return make_day(int(match[1]), int(match[2]), int(match[3]))
    return next((m.date for m in find_times(name.replace("_", " ")) if m.date), None)
