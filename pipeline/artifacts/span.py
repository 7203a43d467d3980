"""When the incident was, by the records whose day is known, and which day of it a bare clock belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pipeline.artifacts.item import Item, KnownDay, Reading
from pipeline.models.incident import Incident

# The fields of a brief that say when the incident was, and those that only come near to it.
_BEGINNING = frozenset("start started starts began begin onset detected detection declared opened".split())
_ENDING = frozenset("end ended ends mitigated mitigation resolved resolution fixed recovered closed".split())
_DAY = dt.timedelta(days=1)
_BESIDE = dt.timedelta(hours=12)  # pages and fields further apart are of different incidents
_QUIET = dt.timedelta(hours=3)  # without a record, and the incident is over
_LONGEST = dt.timedelta(days=3)
_SLACK = dt.timedelta(minutes=10)  # a record is a little later than what it tells
_BASIS = "day nearest to the incident's dated records"


@dataclass(frozen=True, slots=True)
class Span:
    start: dt.datetime
    end: dt.datetime
    source: str
    told: frozenset[dt.datetime] = frozenset()  # the minutes that documents tell with their day

    def day_for(
        self,
        walls: Sequence[dt.datetime],
        zone: dt.tzinfo,
        heading: dt.date | None = None,
        weekday: int | None = None,
    ) -> KnownDay:
        """The day of `walls[0]` that brings these clocks, in their order, nearest to the incident.

        The same minute told with its day elsewhere decides first, then the clocks that fall into the
        incident, then how far they lie from it; the document's own heading decides between equals.
        """
        first, last = self.start.astimezone(zone).date(), self.end.astimezone(zone).date()
        reach = 1 if weekday is None else 7
        days = [first + _DAY * n for n in range(-reach, (last - first).days + reach + 1)]
        days = [d for d in days if weekday is None or d.weekday() == weekday]

        def rank(day: dt.date) -> tuple[int, int, dt.timedelta, bool, dt.timedelta]:
            shift = day - walls[0].date()
            moments = [(w + shift).replace(tzinfo=zone).astimezone(dt.UTC) for w in walls]
            told = sum(m.replace(second=0) in self.told for m in moments)
            gaps = [self._gap(m) for m in moments]
            inside = sum(gap <= _SLACK for gap in gaps)
            far = sum(gaps, dt.timedelta())
            return -told, -inside, far, day != heading, abs(moments[0] - self.start)

        return KnownDay(min(days, key=rank), f"{_BASIS} ({self.source})")

    def covers(self, day: dt.date) -> bool:
        """Whether the incident was on that day, wherever on earth it is counted."""
        return self.start - _DAY < dt.datetime.combine(day, dt.time(12), dt.UTC) < self.end + _DAY

    def _gap(self, moment: dt.datetime) -> dt.timedelta:
        return max(self.start - moment, moment - self.end, dt.timedelta())


@dataclass(frozen=True, slots=True)
class _Dated:
    time: dt.datetime
    item: Item
    reading: Reading


def find_span(readings: Sequence[Reading], incident: Incident) -> Span | None:
    """The incident's span by what is dated so far; None while nothing is."""
    dated = sorted(_dated(readings, incident), key=lambda d: d.time)
    found = _beginning(dated, incident)
    if found is None:
        return None
    start, source = found
    end = start
    for record in dated:
        going_on = record.item.kind in {"message", "page", "row", "status"} and record.time <= end + _QUIET
        if going_on or (_is_field(record, _ENDING) and record.time <= start + _LONGEST):
            end = max(end, record.time)
    if incident.window and start < incident.window.end:
        end = min(end, incident.window.end)
    told = frozenset(d.time.replace(second=0, microsecond=0) for d in dated if d.reading.format == "document")
    return Span(start, min(end, start + _LONGEST), source, told)


def _dated(readings: Sequence[Reading], incident: Incident) -> Iterator[_Dated]:
    own = ZoneInfo(incident.timezone) if incident.timezone else dt.UTC
    for reading in readings:
        for item in reading.items:
            stamp = item.stamp
            if item.time:
                yield _Dated(item.time, item, reading)
            elif stamp and stamp.date and stamp.clock:
                wall = dt.datetime.combine(stamp.date, stamp.clock, stamp.zone.tz if stamp.zone else own)
                yield _Dated(wall.astimezone(dt.UTC), item, reading)


def _beginning(dated: Sequence[_Dated], incident: Incident) -> tuple[dt.datetime, str] | None:
    """The first of: a document's dated field, the pages beside it, the window, the chat, a day that is told."""
    fields = [d for d in dated if _is_field(d, _BEGINNING)]
    fields = [d for d in fields if d.reading.document == "incident brief"] or fields
    pages = [d for d in dated if d.item.kind == "page" and _in_window(d.time, incident)]
    if fields or pages:
        first = (fields or pages)[0]
        near = [d for d in (*fields, *pages) if abs(d.time - first.time) <= _BESIDE]
        return min(d.time for d in near), _source(first)
    chat = [d for d in dated if d.item.kind in {"message", "row"} and _in_window(d.time, incident)]
    if chat:
        place = len(chat) // 2
        middle = chat[place]
        while place and chat[place].time - chat[place - 1].time <= _QUIET:
            place -= 1
        return chat[place].time, middle.reading.path
    if incident.window:
        return incident.window.start, "the window in incident.yaml"
    told = [d for d in dated if d.reading.format == "document"]
    return (told[len(told) // 2].time, _source(told[len(told) // 2])) if told else None


def _source(record: _Dated) -> str:
    if record.item.kind == "page":
        return f"the first page in {record.reading.path}"
    return (
        f"{record.reading.path}, {record.item.columns[0][0] if record.item.columns else record.item.locator}"
    )


def is_anchor(item: Item) -> bool:
    """Whether the item is a field that says when the incident began."""
    return _has_key(item, _BEGINNING)


def _is_field(record: _Dated, words: frozenset[str]) -> bool:
    return record.reading.format == "document" and _has_key(record.item, words)


def _has_key(item: Item, words: frozenset[str]) -> bool:
    if item.kind != "field" or not item.columns:
        return False
    key = item.columns[0][0].lower().replace("_", " ")
    return not words.isdisjoint(key.split())


def _in_window(moment: dt.datetime, incident: Incident) -> bool:
    return incident.window is None or incident.window.start <= moment <= incident.window.end
