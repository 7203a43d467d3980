"""A file's clocks on a line of days: a clock that goes back means the next day, but only where the file flows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pipeline.artifacts.days import FolderDays
from pipeline.artifacts.item import Item, Reading, Stamp, Zone

NOWHERE = dt.date(4, 1, 1)  # a day to count from while a file's first day is not known; a leap year
_ROLLS_BACK = dt.timedelta(
    hours=6
)  # a clock that falls by more has passed midnight; less is a line out of order
_FLOWS_BACK = dt.timedelta(hours=3)  # a chat is in order but for quoted threads


@dataclass(slots=True)
class Walls:
    """What a file's clocks show, each with a day that is written, carried on, or still to be found."""

    reading: Reading
    walls: list[tuple[Item, dt.datetime]] = field(default_factory=list)
    floating: list[int] = field(default_factory=list)  # rows in order whose first day nobody said
    carried: set[int] = field(default_factory=set)  # rows whose day is that of the rows above
    # Sentences and fields without a day, each with the place of the dated one above it in its section.
    loose: dict[int, int | None] = field(default_factory=dict)
    zone: Zone | None = None  # of the clocks that name none; set once it is found

    def rows(self) -> list[dt.datetime]:
        return [self.walls[place][1] for place in self.floating]

    def shift(self, by: dt.timedelta) -> None:
        """Put the floating rows where they belong."""
        for place in self.floating:
            item, wall = self.walls[place]
            self.walls[place] = (item, wall + by)


def line_up(reading: Reading, days: FolderDays) -> Walls:
    """Walk through a file and put each clock on a day: its own, the last one named, or the next after midnight."""
    walls = Walls(reading)
    heading = reading.day.date if reading.day else None
    walk = _Walk()
    for item in reading.items:
        stamp = item.stamp
        if stamp is None or stamp.instant or stamp.undatable:
            continue
        if not reading.flows:
            walk.enter(item.section, stamp)
        written = _written_day(stamp, walk.day or heading, days)
        place = len(walls.walls)
        if not (reading.flows or is_row(item)):
            if stamp.clock is None:
                continue
            if not written:
                walls.loose[place] = walk.beside
            elif item.kind != "field":  # fields stand side by side, they don't follow one another
                walk.beside = place
            walls.walls.append((item, dt.datetime.combine(written or heading or NOWHERE, stamp.clock)))
            continue
        if written:
            if walls.floating and walk.day is None:
                _anchor(walls, written, stamp.clock)
            walk.name(written)
        if stamp.clock is None:
            continue
        wall = walk.wall(
            _clock(stamp, walk.last, reading), heading, written=bool(written), flows=reading.flows
        )
        if walk.day is None:
            walls.floating.append(place)
        if not written:
            walls.carried.add(place)
        walk.beside = place
        walls.walls.append((item, wall))
    return walls


def is_row(item: Item) -> bool:
    return item.kind in {"row", "message", "bot", "log", "page"}


@dataclass(slots=True)
class _Walk:
    """Where a walk through the rows of a file stands."""

    day: dt.date | None = None  # that a row named, or that followed from one
    last: dt.datetime | None = None
    beside: int | None = None  # the section's last row, or last sentence that names its day
    section: str = ""
    zone: dt.tzinfo | None = None  # of the section
    first: dt.datetime | None = None  # the first row of the file

    def enter(self, section: str, stamp: Stamp) -> None:
        """A new section begins anew with the file's first day; an earlier clock than its first is past midnight."""
        if section == self.section:
            return
        zone = stamp.zone.tz if stamp.zone else None
        moved, self.zone = zone != self.zone, zone
        self.section, self.beside = section, None
        if self.first and self.last and stamp.clock and (moved or stamp.clock >= self.first.time()):
            self.last = None
            self.day = self.first.date() if self.day else None

    def name(self, day: dt.date) -> None:
        self.day, self.last = day, None

    def wall(self, clock: dt.time, heading: dt.date | None, *, written: bool, flows: bool) -> dt.datetime:
        begin = self.last.date() if self.last else heading or NOWHERE
        wall = dt.datetime.combine(self.day or begin, clock)
        if self.last is not None and not written:
            wall = dt.datetime.combine(self.last.date(), clock)
            if self.last - wall > (_FLOWS_BACK if flows else _ROLLS_BACK):
                wall += dt.timedelta(days=1)
        if self.day:
            self.day = wall.date()
        self.last = wall
        self.first = self.first or wall
        return wall


def _written_day(stamp: Stamp, day: dt.date | None, days: FolderDays) -> dt.date | None:
    if stamp.date:
        return stamp.date
    if stamp.month_day:
        return days.complete(stamp.month_day, stamp.weekday)
    if stamp.day_of_month:
        return days.day_numbered(stamp.day_of_month, day)
    return None


def _clock(stamp: Stamp, last: dt.datetime | None, reading: Reading) -> dt.time:
    """A bare "11:18" in a file with AM and PM is the next 11:18 after the line before it."""
    assert stamp.clock
    if not (stamp.bare and reading.twelve_hour and last):
        return stamp.clock
    choices = [stamp.clock.replace(hour=(stamp.clock.hour % 12) + add) for add in (0, 12)]
    base = dt.datetime.combine(last.date(), dt.time())

    def ahead(clock: dt.time) -> dt.timedelta:
        gap = dt.datetime.combine(base.date(), clock) - last.replace(second=0)
        return gap if gap >= dt.timedelta() else gap + dt.timedelta(days=1)

    return min(choices, key=ahead)


def _anchor(walls: Walls, day: dt.date, clock: dt.time | None) -> None:
    """Clocks before the first date of a file lie before it: on that day, or on those that led to it."""
    final = walls.walls[walls.floating[-1]][1]
    target = day if clock is None or final.time() <= clock else day - dt.timedelta(days=1)
    walls.shift(target - final.date())
    walls.floating = []
