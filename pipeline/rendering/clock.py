"""Times of one document, printed and read back: its main date is told once, its zone has a column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.models.base import Precision

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAY = r"(?P<{0}day>\d{{1,2}}) (?P<{0}month>" + "|".join(_MONTHS) + r")(?: (?P<{0}year>\d{{4}}))?"
_ISO_DAY = r"(?P<{0}iso>\d{{4}}-\d\d-\d\d)"
_CLOCK = r"(?P<{0}hour>[01]?\d|2[0-3]):(?P<{0}minute>[0-5]\d)(?::(?P<{0}second>[0-5]\d))?"
_MOMENT = rf"(?:(?:{_DAY}|{_ISO_DAY})(?:, ?| |T))?{_CLOCK}"
_CELL = re.compile(
    rf"(?P<about>(?:about|around|approximately|ca\.|~) ?)?{_MOMENT.format('')}"
    rf"(?: ?[–—-] ?{_MOMENT.format('u_')})?(?: ?(?:UTC|Z))?",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"Dates are {_DAY.format('')} unless given\.")


@dataclass(frozen=True, slots=True)
class Clock:
    """`day` is the date that a time has where it prints none; `zone` is the incident's, where it is not UTC."""

    day: date | None
    zone: tzinfo | None = None
    label: str = "UTC"

    def cell(self, start: datetime, until: datetime | None, precision: Precision) -> str:
        return self._cell(start, until, precision, UTC, dated=False)

    def local_cell(self, start: datetime, until: datetime | None, precision: Precision) -> str:
        """The same in the incident's zone; with its date wherever the first column prints one."""
        assert self.zone is not None
        dated = any(m.astimezone(UTC).date() != self.day for m in (start, until) if m)
        return self._cell(start, until, precision, self.zone, dated=dated)

    def date_line(self) -> str:
        """The standard sentence above the timeline."""
        return f"Dates are {print_day(self.day)} unless given." if self.day else ""

    def zone_note(self, moments: Iterable[datetime]) -> str:
        """`Denver is UTC−6`; every offset where the clocks were changed in between."""
        if self.zone is None:
            return ""
        offsets = dict.fromkeys(print_offset(m.astimezone(self.zone).utcoffset()) for m in sorted(moments))
        return f"{self.label} is {' or '.join(offsets)}" if offsets else ""

    def _cell(
        self, start: datetime, until: datetime | None, precision: Precision, zone: tzinfo, *, dated: bool
    ) -> str:
        first = start.astimezone(zone)
        text = self._moment(first, precision, self.day if not dated else None)
        if until is not None:
            text += f"–{self._moment(until.astimezone(zone), precision, first.date())}"
        return f"about {text}" if precision == "approximate" else text

    def _moment(self, moment: datetime, precision: Precision, known: date | None) -> str:
        clock = moment.strftime("%H:%M:%S" if precision == "exact" else "%H:%M")
        if moment.date() == known:
            return clock
        year = f" {moment.year}" if self.day is None or moment.year != self.day.year else ""
        return f"{moment.day} {_MONTHS[moment.month - 1]}{year}, {clock}"


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """What a time cell says, in UTC."""

    start: datetime
    until: datetime | None
    precision: Precision


def open_clock(moments: Iterable[datetime], timezone: str | None) -> Clock:
    """The clock of a document that tells these moments: its main date is the one that most of them have."""
    days = Counter(m.astimezone(UTC).date() for m in moments)
    day = min(days, key=lambda d: (-days[d], d)) if days else None
    zone = find_zone(timezone)
    return Clock(day, zone, zone_label(timezone) if zone and timezone else "UTC")


def find_zone(name: str | None) -> tzinfo | None:
    """The zone of that IANA name; None for UTC itself, and where there is no such zone."""
    if not name or name.upper() in ("UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT"):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_label(name: str) -> str:
    """`America/Denver` is called Denver."""
    return name.rsplit("/", 1)[-1].replace("_", " ")


def print_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def print_offset(offset: timedelta | None) -> str:
    """`UTC−6`, `UTC+5:30`."""
    minutes = round((offset or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def read_date_line(text: str) -> date | None:
    """The main date, where the text is the standard sentence about it."""
    found = _DATE_LINE.fullmatch(text)
    return _day_of(found, "", None) if found else None


def read_time(text: str, day: date | None, zone: tzinfo = UTC) -> PrintedTime | None:
    """What a time cell of a document with that main date says; None where that is not decided."""
    found = _CELL.fullmatch(text.strip())
    if found is None:
        return None
    start = _moment_of(found, "", day, zone)
    if start is None:
        return None
    until = None
    if found["u_hour"]:
        until = _moment_of(found, "u_", start.date(), zone)
        if until is None:
            return None
    precision: Precision = "approximate" if found["about"] else "exact" if found["second"] else "minute"
    return PrintedTime(start.astimezone(UTC), until.astimezone(UTC) if until else None, precision)


def _moment_of(found: re.Match[str], prefix: str, known: date | None, zone: tzinfo) -> datetime | None:
    day = _day_of(found, prefix, known)
    if day is None:
        return None
    clock = time(
        int(found[f"{prefix}hour"]), int(found[f"{prefix}minute"]), int(found[f"{prefix}second"] or 0)
    )
    return datetime.combine(day, clock, zone)


def _day_of(found: re.Match[str], prefix: str, known: date | None) -> date | None:
    groups = found.groupdict()
    try:
        if groups.get(f"{prefix}iso"):
            return date.fromisoformat(groups[f"{prefix}iso"])
        if not groups[f"{prefix}day"]:
            return known
        year = groups[f"{prefix}year"] or (known.year if known else None)
        if year is None:
            return None
        month = [m.lower() for m in _MONTHS].index(groups[f"{prefix}month"].lower()) + 1
        return date(int(year), month, int(groups[f"{prefix}day"]))
    except ValueError:
        return None
