"""From what each item says of its time to instants: dates carried on, zones taken from whoever states them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pipeline.artifacts.days import FolderDays
from pipeline.artifacts.item import Item, KnownDay, Reading, Stamp, Zone
from pipeline.artifacts.matching import Offset, ZonedEvent, matching_offset, words_of
from pipeline.models.incident import Incident

UNKNOWN_ZONE = "unknown zone: no record says it; printed as written"
_NOWHERE = dt.date(4, 1, 1)  # a day to count from while a file's first day is not known; a leap year
_ROLLS_BACK = dt.timedelta(
    hours=6
)  # a clock that falls by more has passed midnight; less is a line out of order
_FLOWS_BACK = dt.timedelta(hours=3)  # a chat is in order but for quoted threads


@dataclass(slots=True)
class _Walls:
    """A file's clocks on a line of days; `floating` while nobody said which day it begins on."""

    reading: Reading
    walls: list[tuple[Item, dt.datetime]] = field(default_factory=list)
    floating: bool = False
    carried: set[int] = field(default_factory=set)  # positions whose day is not written in the item
    alone: set[int] = field(default_factory=set)  # sentences that no day stands above


def date_all(readings: Sequence[Reading], incident: Incident) -> list[str]:
    """Give every item its time, precision's parts and zone basis. Returns notices for standard error."""
    for reading in readings:
        for item in reading.items:
            if item.stamp and item.stamp.instant:
                _settle(item, item.stamp.instant, item.stamp.zone.basis if item.stamp.zone else "")
    days = FolderDays(readings, incident)
    open_files = [_line_up(r, days) for r in readings]
    zoned = [w for w in open_files if not w.floating and _zone_of_file(w.reading, readings)]
    for walls in zoned:
        _place(walls, _zone_of_file(walls.reading, readings), days)
    known = _zoned_items(readings)
    notices: list[str] = []
    for walls in open_files:
        if walls not in zoned and walls.walls:
            notices += _resolve(walls, readings, known, incident, days)
    return notices


def _zone_of_file(reading: Reading, readings: Sequence[Reading]) -> Zone | None:
    """The zone that holds for the clocks of a file: its own words, its other times, or another file's words."""
    if reading.zone:
        return reading.zone
    clocks = [i.stamp for i in reading.items if i.stamp and i.stamp.clock]
    stated = [s.zone for s in clocks if s.zone]
    if len(stated) >= 2 and 3 * len(stated) >= len(clocks) and len({str(z.tz) for z in stated}) == 1:
        return Zone(stated[0].tz, f"as the file's other times: {stated[0].basis}")
    for other in readings:
        for what, zone in other.others:
            if other is not reading and _is_meant(what, reading):
                return zone
    return None


_NAMES_FOR = {
    "chat": "chat", "slack": "chat", "channel": "chat", "conversation": "chat", "thread": "chat", "irc": "chat",
    "transcript": "chat", "log": "log", "logs": "log", "terminal": "log", "session": "log", "pager": "pager",
    "notes": "document", "document": "document", "doc": "document", "csv": "table", "spreadsheet": "table",
}  # fmt: skip


def _is_meant(what: str, reading: Reading) -> bool:
    """Whether "the chat", "the mitigation log" or a file's name means this file."""
    words = [w.strip("#.") for w in what.split()]
    path = reading.path.lower()
    named = [w for w in words if len(w) > 2 and w in path]
    if named and len(named) == len([w for w in words if w not in _NAMES_FOR]) and named:
        return True
    return any(_NAMES_FOR[w] in reading.format for w in words if w in _NAMES_FOR)


def _line_up(reading: Reading, days: FolderDays) -> _Walls:
    """Walk through a file and put each clock on a day: its own, the last one named, or the next after midnight."""
    walls = _Walls(reading)
    walk = _Walk(reading.day.date if reading.day else None)
    floating: list[int] = []
    for item in reading.items:
        stamp = item.stamp
        if stamp is None or stamp.instant or stamp.undatable:
            continue
        chained = reading.flows or _is_row(item)
        if not reading.flows:
            walk.enter(item.section, stamp)
        written = _written_day(stamp, walk.day, days)
        if written:
            if floating and walk.day is None:
                _anchor(walls, floating, written, stamp.clock)
                floating = []
            walk.name(written, chained)
        if stamp.clock is None:
            continue
        wall = walk.wall(_clock(stamp, walk.last, reading), chained, bool(written), reading.flows)
        if walk.day is None and walk.local is None:
            if chained:
                floating.append(len(walls.walls))
            else:
                walls.alone.add(len(walls.walls))
        if not written:
            walls.carried.add(len(walls.walls))
        walls.walls.append((item, wall))
    walls.floating = bool(floating)
    return walls


@dataclass(slots=True)
class _Walk:
    """Where a walk through a file stands: the day of its rows, and that of the section's sentences."""

    day: dt.date | None
    local: dt.date | None = None
    beside: dt.datetime | None = None  # the section's last sentence that names its day
    last: dt.datetime | None = None
    section: str = ""
    zone: dt.tzinfo | None = None  # of the section
    first: dt.datetime | None = None  # the first row of the file

    def enter(self, section: str, stamp: Stamp) -> None:
        """A new section begins anew with the file's first day; an earlier clock than its first is past midnight."""
        if section == self.section:
            return
        zone = stamp.zone.tz if stamp.zone else None
        moved, self.zone = zone != self.zone, zone
        self.section, self.local, self.beside = section, None, None
        if self.first and self.last and stamp.clock and (moved or stamp.clock >= self.first.time()):
            self.last = None
            self.day = self.first.date() if self.day else None

    def name(self, day: dt.date, chained: bool) -> None:
        if chained:
            self.day, self.last = day, None
        else:
            self.local = day

    def wall(self, clock: dt.time, chained: bool, written: bool, flows: bool) -> dt.datetime:
        if not chained:
            wall = dt.datetime.combine(self.local or self.day or _NOWHERE, clock)
            beside = self.beside or self.last
            if written:
                self.beside = wall
            elif beside:  # a sentence speaks of what is near to what was told before it
                days = [dt.datetime.combine(beside.date() + dt.timedelta(days=d), clock) for d in (0, 1, -1)]
                wall = min(days, key=lambda w: abs(w - beside))
            return wall
        wall = dt.datetime.combine(self.day or (self.last.date() if self.last else _NOWHERE), clock)
        if self.last is not None and not written:
            wall = dt.datetime.combine(self.last.date(), clock)
            if self.last - wall > (_FLOWS_BACK if flows else _ROLLS_BACK):
                wall += dt.timedelta(days=1)
        if self.day:
            self.day = wall.date()
        self.last = wall
        self.first = self.first or wall
        return wall


def _is_row(item: Item) -> bool:
    return item.kind in {"row", "message", "bot", "log", "page"}


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


def _anchor(walls: _Walls, floating: Iterable[int], day: dt.date, clock: dt.time | None) -> None:
    """Clocks before the first date of a file lie before it: on that day, or on those that led to it."""
    places = list(floating)
    final = walls.walls[places[-1]][1]
    target = day if clock is None or final.time() <= clock else day - dt.timedelta(days=1)
    shift = target - final.date()
    for place in places:
        item, wall = walls.walls[place]
        walls.walls[place] = (item, wall + shift)


def _place(walls: _Walls, zone: Zone | None, days: FolderDays, date_basis: str = "") -> None:
    for place, (item, wall) in enumerate(walls.walls):
        stamp = item.stamp
        assert stamp
        own = stamp.zone or zone
        if own is None:
            continue
        basis = own.basis
        if place in walls.alone:
            day = days.near_anchor(wall.time(), own.tz)
            if day is None:
                continue
            wall = dt.datetime.combine(day.date, wall.time())
            basis += f"; {day.basis}"
        elif wall.year == _NOWHERE.year:
            continue
        elif place in walls.carried and (why := date_basis or _date_basis(walls)):
            basis += f"; {why}"
        moment = wall.replace(tzinfo=own.tz)
        if zone and own.tz != zone.tz and place in walls.carried and not _is_row(item):
            moment = _nearest(moment, [w.replace(tzinfo=zone.tz) for _, w in walls.walls])
        _settle(item, moment, basis)


def _nearest(moment: dt.datetime, others: Sequence[dt.datetime]) -> dt.datetime:
    """A clock of another zone than its file's: on the day that brings it nearest to the file's other times."""
    middle = sorted(others)[len(others) // 2]
    choices = [moment + dt.timedelta(days=d) for d in (0, 1, -1)]
    return min(choices, key=lambda m: abs(m - middle))


def _date_basis(walls: _Walls) -> str:
    return walls.reading.day.basis if walls.reading.day else "date from the lines above"


def _settle(item: Item, moment: dt.datetime, basis: str) -> None:
    """Write the instant, and the end of a range, which lies after its start."""
    stamp = item.stamp
    assert stamp
    item.time, item.zone_basis = moment.astimezone(dt.UTC), basis or "offset in the record"
    offset = moment.utcoffset()
    item.offset_minutes = None if offset is None else round(offset.total_seconds() / 60)
    end = stamp.until
    if end is None and stamp.until_clock:
        end = dt.datetime.combine(stamp.until_date or moment.date(), stamp.until_clock, moment.tzinfo)
        if end < moment and not stamp.until_date:
            end += dt.timedelta(days=1)
    if end and end >= moment:
        item.until = end.astimezone(dt.UTC)


def _resolve(
    walls: _Walls,
    readings: Sequence[Reading],
    known: Sequence[ZonedEvent],
    incident: Incident,
    days: FolderDays,
) -> list[str]:
    """A file that names no day, or no zone: find both in the folder, or say that nothing does."""
    reading = walls.reading
    zone = _zone_of_file(reading, readings)
    day: KnownDay | None = None
    zoneless = zone is None and any(i.stamp and i.stamp.zone is None for i, _ in walls.walls)
    offset: Offset | None = None
    if zoneless or walls.floating:
        clocks = [(wall, words_of(i.text)) for i, wall in walls.walls if i.stamp and i.stamp.zone is None]
        offset = matching_offset(clocks, [k for k in known if k.path != reading.path])
    if walls.floating:
        day = days.of_path(reading.path)
        if day is None and offset:
            day = _day_by_offset(walls, offset, zone, incident)
        first = min(wall for place, (_, wall) in enumerate(walls.walls) if place not in walls.alone)
        day = day or days.near_anchor(first.time(), (zone.tz if zone else _incident_zone(incident)))
        if day is None:
            return [
                f"{reading.path}: has clock times but no date, and no record gives one; they stay undated"
            ]
        shift = day.date - first.date()
        walls.walls = [
            (item, wall if place in walls.alone or wall.year != _NOWHERE.year else wall + shift)
            for place, (item, wall) in enumerate(walls.walls)
        ]
    notices: list[str] = []
    if zoneless:
        zone, notices = _find_zone(walls, offset, incident)
    _place(walls, zone, days, day.basis if day else "")
    return notices


def _find_zone(walls: _Walls, offset: Offset | None, incident: Incident) -> tuple[Zone, list[str]]:
    """By incident.yaml, unless three or more matches with zoned files say otherwise; then by two matches."""
    path = walls.reading.path
    clock = walls.walls[0][1]
    if incident.timezone:
        named = ZoneInfo(incident.timezone)
        basis = f"incident.yaml: {incident.timezone}"
        if offset is None or offset.of_day() == named.utcoffset(clock):
            return Zone(named, basis + (f", and a {offset.said()}" if offset else "")), []
        if offset.votes < 3:
            return Zone(named, basis), []
        warning = f"{path}: incident.yaml says {incident.timezone}, but its events match {offset.source} at {offset.name()}; read so"
        return Zone(offset.zone(), offset.said()), [warning]
    if offset:
        return Zone(offset.zone(), offset.said()), []
    stated = {str(i.stamp.zone.tz): i.stamp.zone for i, _ in walls.walls if i.stamp and i.stamp.zone}
    if len(stated) == 1:
        (zone,) = stated.values()
        return Zone(zone.tz, f"as the file's other time: {zone.basis}"), []
    warning = f"{path}: no record says which zone its clock times are in; read as if UTC, and marked so"
    return Zone(dt.UTC, UNKNOWN_ZONE), [warning]


def _incident_zone(incident: Incident) -> dt.tzinfo:
    return ZoneInfo(incident.timezone) if incident.timezone else dt.UTC


def _zoned_items(readings: Sequence[Reading]) -> list[ZonedEvent]:
    return [ZonedEvent(i.time, words_of(i.text), r.path) for r in readings for i in r.items if i.time]


def _day_by_offset(walls: _Walls, offset: Offset, zone: Zone | None, incident: Incident) -> KnownDay:
    first = min(wall for place, (_, wall) in enumerate(walls.walls) if place not in walls.alone)
    moment = first + offset.shift  # in UTC
    local = moment + (zone.tz.utcoffset(moment) or dt.timedelta() if zone else offset.of_day())
    return KnownDay(local.date(), f"date by the same events in {offset.source}")
