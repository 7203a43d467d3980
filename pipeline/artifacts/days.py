"""Which days the folder speaks of: years for dates without one, and a first day for clocks without a date."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.artifacts.item import KnownDay, Reading
from pipeline.language.dates import make_day
from pipeline.language.times import find_times
from pipeline.models.incident import Incident

# The fields of a brief that say when the incident was, best first.
_ANCHOR_FIELDS = ("declared", "detected", "start", "begin", "opened", "date", "end")
_NAME_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


class FolderDays:
    """Everything in the folder that is dated in full."""

    def __init__(self, readings: Sequence[Reading], incident: Incident) -> None:
        self._incident = incident
        self._full: Counter[dt.date] = Counter()
        self._anchor: tuple[dt.datetime, str] | None = None
        for reading in readings:
            if reading.day:
                self._full[reading.day.date] += 1
            for item in reading.items:
                if item.time:
                    self._full[item.time.date()] += 1
                elif item.stamp and item.stamp.date:
                    self._full[item.stamp.date] += 1
        self._anchor = self._find_anchor(readings)
        if not self._full:
            for path in (incident.name, incident.id, *(r.path for r in readings)):
                if day := day_in_name(path):
                    self._full[day] += 1

    def complete(self, month_day: tuple[int, int], weekday: int | None) -> dt.date | None:
        """The day of that month in the year that lies nearest to the folder's days; the weekday must fit."""
        if not self._full:
            return None
        middle = sorted(self._full.elements())[self._full.total() // 2]
        days = [d for y in (-1, 0, 1) if (d := make_day(middle.year + y, *month_day))]
        fitting = [d for d in days if weekday is None or d.weekday() == weekday]
        near = min(fitting or days, key=lambda d: abs(d - middle), default=None)
        return near if near and abs(near - middle) < dt.timedelta(days=200) else None

    def day_numbered(self, number: int, beside: dt.date | None) -> dt.date | None:
        """The 12th that lies nearest to `beside`, else to the incident's own day."""
        beside = beside or (self._anchor[0].date() if self._anchor else None)
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

    def near_anchor(self, clock: dt.time, zone: dt.tzinfo) -> KnownDay | None:
        """The day on which `clock` lies nearest to the moment that the folder gives for the incident."""
        if self._anchor:
            moment, basis = self._anchor
            local = moment.astimezone(zone)
            days = [local.date() + dt.timedelta(days=d) for d in (-1, 0, 1)]
            day = min(days, key=lambda d: abs(dt.datetime.combine(d, clock, zone) - local))
            return KnownDay(day, f"date by {basis}")
        for name in (self._incident.name, self._incident.id):
            if day_of_name := day_in_name(name):
                return KnownDay(day_of_name, f"date from the incident's name {name}")
        if len(self._full) == 1:
            return KnownDay(next(iter(self._full)), "date as everywhere in the folder")
        return None

    def _find_anchor(self, readings: Sequence[Reading]) -> tuple[dt.datetime, str] | None:
        """The moment of the incident: a brief's dated field, a page, or the first event with its own zone."""
        fields: list[tuple[int, dt.datetime, str]] = []
        moments: list[tuple[dt.datetime, str]] = []
        for reading in readings:
            for item in reading.items:
                moment = item.time
                if moment is None and item.stamp and item.stamp.date:
                    tz = item.stamp.zone.tz if item.stamp.zone else dt.UTC
                    moment = dt.datetime.combine(item.stamp.date, item.stamp.clock or dt.time(12), tz)
                if moment is None:
                    continue
                if item.kind == "field" and item.columns and reading.document:
                    key = item.columns[0][0]
                    rank = next((i for i, word in enumerate(_ANCHOR_FIELDS) if word in key.lower()), None)
                    if rank is not None:
                        fields.append((rank, moment, f"{reading.path} ({key})"))
                elif item.kind == "page" and item.time:
                    moments.append((moment, f"the first page in {reading.path}"))
        if fields:
            _, moment, basis = min(fields)
            return moment, basis
        if self._incident.window:
            return self._incident.window.start, "the window in incident.yaml"
        if moments:
            return min(moments)
        return self._middle(readings)

    @staticmethod
    def _middle(readings: Sequence[Reading]) -> tuple[dt.datetime, str] | None:
        chats = sorted(
            (i.time, r.path) for r in readings for i in r.items if i.time and i.kind in {"message", "row"}
        )
        return (chats[len(chats) // 2][0], chats[len(chats) // 2][1]) if chats else None


def day_in_name(name: str) -> dt.date | None:
    """The date that a file's or a folder's name holds: `2026-03-18-checkout`, `GMT20260318-063600`."""
    if match := _NAME_DAY.search(name):
        return make_day(int(match[1]), int(match[2]), int(match[3]))
    return next((m.date for m in find_times(name.replace("_", " ")) if m.date), None)
