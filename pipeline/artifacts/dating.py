"""From what each item says of its time to instants: dates carried on, zones taken from whoever states them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.artifacts.days import FolderDays
from pipeline.artifacts.file_zones import find_zone, zone_of_file
from pipeline.artifacts.item import Item, KnownDay, Reading, Stamp
from pipeline.artifacts.matching import Offset, ZonedEvent, matching_offset, words_of
from pipeline.artifacts.plans import tells_its_writing
from pipeline.artifacts.span import Span, find_span, is_anchor
from pipeline.artifacts.walls import NOWHERE, Walls, line_up
from pipeline.language.dates import end_day
from pipeline.models.incident import Incident

_DAY = dt.timedelta(days=1)
_TOLD = ("incident brief", "mitigation log", "root cause", "resolution summary")  # in the order of writing


def date_all(readings: Sequence[Reading], incident: Incident) -> list[str]:
    """Give every item its time, precision's parts and zone basis. Returns notices for standard error.

    What is dated better goes first: instants, then clocks with a day of their own, then files that only keep
    an order, and last the sentences and fields whose day nothing but the incident itself can tell.
    """
    for reading in readings:
        for item in reading.items:
            if item.stamp and item.stamp.instant:
                _settle(item, item.stamp.instant, item.stamp.zone.basis if item.stamp.zone else "")
    return _Dating(readings, incident).run()


class _Dating:
    def __init__(self, readings: Sequence[Reading], incident: Incident) -> None:
        self._readings, self._incident = readings, incident
        self._days = FolderDays(readings, incident)
        self._files = [walls for r in readings if (walls := line_up(r, self._days)).walls]
        self._known: list[ZonedEvent] = []
        self._span: Span | None = None

    def run(self) -> list[str]:
        for walls in self._files:
            walls.zone = zone_of_file(walls.reading, self._readings)
        stated = [w for w in self._files if w.zone]
        notices = self._date([w for w in stated if not w.reading.flows or not w.floating])
        self._place_all_loose(stated)  # for now: what follows may stand in the same words there
        self._known = [
            ZonedEvent(i.time, words_of(i.text), r.path) for r in self._readings for i in r.items if i.time
        ]
        self._forget_loose()
        notices += self._date([w for w in self._files if w not in stated or w.floating])
        self._place_all_loose(self._files)
        return notices

    def _date(self, files: Sequence[Walls]) -> list[str]:
        """Date the rows of these files, those that name a day first; then it is known when the incident was."""
        notices: list[str] = []
        for walls in (w for w in files if not w.floating):
            if _is_zoneless(walls):
                notices += self._find_zone(walls, self._offset(walls))
            _place_rows(walls)
        for walls in sorted((w for w in files if w.floating), key=self._order):
            self._look_again()
            notices += self._land(walls)
        self._look_again()
        return notices

    def _look_again(self) -> None:
        self._span = find_span(self._readings, self._incident) or self._by_headings()

    def _place_all_loose(self, files: Sequence[Walls]) -> None:
        for walls in files:
            for place, beside in walls.loose.items():
                self._place_loose(walls, place, beside)

    def _forget_loose(self) -> None:
        for walls in self._files:
            for place in walls.loose:
                item = walls.walls[place][0]
                item.time = item.until = item.offset_minutes = None

    def _order(self, walls: Walls) -> tuple[bool, int]:
        """Files with a day in their name first, then the documents as the incident went on."""
        reading = walls.reading
        named = reading.flows and self._days.of_path(reading.path) is not None
        return not named, _TOLD.index(reading.document) if reading.document else len(_TOLD)

    def _offset(self, walls: Walls) -> Offset | None:
        clocks = [(wall, words_of(i.text)) for i, wall in walls.walls if i.stamp and i.stamp.zone is None]
        return matching_offset(clocks, [k for k in self._known if k.path != walls.reading.path])

    def _find_zone(self, walls: Walls, offset: Offset | None) -> list[str]:
        on = next((wall.date() for _, wall in walls.walls if wall.year != NOWHERE.year), None)
        on = on or (self._span.start.date() if self._span else self._days.usual())
        walls.zone, notices = find_zone(walls, offset, self._incident, on)
        return notices

    def _land(self, walls: Walls) -> list[str]:
        """A file that names no day, and perhaps no zone: find both in the folder, or say that nothing does."""
        reading = walls.reading
        offset = self._offset(walls)
        notices = self._find_zone(walls, offset) if _is_zoneless(walls) else []
        rows = walls.rows()
        first = walls.walls[walls.floating[0]][0]
        zone = (first.stamp and first.stamp.zone) or walls.zone
        day = self._days.of_path(reading.path) if reading.flows else None
        if day is None and offset:
            day = _day_by_offset(rows[0], offset, zone.tz if zone else None)
        day = day or self._day(rows, zone.tz if zone else dt.UTC, reading)
        if day is None:
            return [
                f"{reading.path}: has clock times but no date, and no record gives one; they stay undated"
            ]
        walls.shift(day.date - rows[0].date())
        walls.floating = []
        _place_rows(walls, day.basis)
        return notices

    def _day(
        self,
        clocks: Sequence[dt.datetime],
        zone: dt.tzinfo,
        reading: Reading,
        weekday: int | None = None,
        *,
        writing: bool = False,
    ) -> KnownDay | None:
        """By the incident; the heading's date is that of the document, and stands in where nothing else is dated."""
        heading = reading.day or (None if reading.flows else self._days.of_path(reading.path))
        if self._span is None:
            return heading or self._days.otherwise(reading.path)
        if heading and writing and not self._span.covers(heading.date):
            return heading
        day = self._span.day_for(clocks, zone, heading.date if heading else None, weekday)
        return heading if heading and heading.date == day.date else day

    def _by_headings(self) -> Span | None:
        """Nothing in the folder has a day but documents' headings: the first that says when it began."""
        documents = [w for w in self._files if w.reading.day and w.loose]
        for walls in sorted(documents, key=self._order):
            day = walls.reading.day
            for place in walls.loose:
                item, wall = walls.walls[place]
                if day and is_anchor(item):
                    if _is_zoneless(walls):
                        self._find_zone(walls, None)
                    _place(walls, place, dt.datetime.combine(day.date, wall.time()), day.basis)
                    del walls.loose[place]
                    return find_span(self._readings, self._incident)
        return None

    def _place_loose(self, walls: Walls, place: int, beside: int | None) -> None:
        item, wall = walls.walls[place]
        stamp = item.stamp
        zone = (stamp and stamp.zone) or walls.zone
        if stamp is None or zone is None:
            return
        known = walls.walls[beside][0].time if beside is not None else None
        if known:  # a sentence speaks of what is near to what was told before it
            local = known.astimezone(zone.tz)
            reach = 1 if stamp.weekday is None else 6
            days = [local.date() + _DAY * n for n in range(-reach, reach + 1)]
            days = [d for d in days if stamp.weekday is None or d.weekday() == stamp.weekday]
            near = min(days, key=lambda d: abs(dt.datetime.combine(d, wall.time(), zone.tz) - known))
            day: KnownDay | None = KnownDay(near, "date from the lines above")
        else:
            writing = tells_its_writing(item.text)
            day = self._day(_clocks(wall, stamp), zone.tz, walls.reading, stamp.weekday, writing=writing)
        if day:
            _place(walls, place, dt.datetime.combine(day.date, wall.time()), day.basis)


def _is_zoneless(walls: Walls) -> bool:
    return walls.zone is None and any(i.stamp and i.stamp.zone is None for i, _ in walls.walls)


def _clocks(wall: dt.datetime, stamp: Stamp) -> list[dt.datetime]:
    """Both ends of a range; the second is the later one."""
    if stamp.until_clock is None or stamp.until_date or stamp.until_month_day or stamp.until_day_of_month:
        return [wall]
    until = dt.datetime.combine(wall.date(), stamp.until_clock)
    return [wall, until if until >= wall else until + _DAY]


def _place_rows(walls: Walls, basis: str = "date from the lines above") -> None:
    for place, (_, wall) in enumerate(walls.walls):
        if place not in walls.loose and wall.year != NOWHERE.year:
            _place(walls, place, wall, basis if place in walls.carried else "")


def _place(walls: Walls, place: int, wall: dt.datetime, basis: str) -> None:
    item = walls.walls[place][0]
    zone = (item.stamp and item.stamp.zone) or walls.zone
    if zone:
        _settle(item, wall.replace(tzinfo=zone.tz), "; ".join(w for w in (zone.basis, basis) if w))


def _settle(item: Item, moment: dt.datetime, basis: str) -> None:
    """Write the instant, and the end of a range, which lies after its start."""
    stamp = item.stamp
    assert stamp
    item.time, item.zone_basis = moment.astimezone(dt.UTC), basis or "offset in the record"
    offset = moment.utcoffset()
    item.offset_minutes = None if offset is None else round(offset.total_seconds() / 60)
    end = stamp.until
    if end is None and stamp.until_clock:
        first = moment.date()
        last = stamp.until_date or end_day(first, stamp.until_month_day, stamp.until_day_of_month)
        end = dt.datetime.combine(last or first, stamp.until_clock, moment.tzinfo)
        if end < moment and last is None:
            end += dt.timedelta(days=1)
    if end and end >= moment:
        item.until = end.astimezone(dt.UTC)


def _day_by_offset(first: dt.datetime, offset: Offset, zone: dt.tzinfo | None) -> KnownDay | None:
    """The day on which the same events stand in a zoned file, unless they match in another zone than stated."""
    moment = first + offset.shift  # in UTC
    own = zone.utcoffset(moment) if zone else None
    if own is not None and own != offset.of_day():
        return None
    return KnownDay((moment + offset.of_day()).date(), f"date by the same events in {offset.source}")
