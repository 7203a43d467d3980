"""What a reader gives: items with what their own words say of their time, before redaction, dating and ids."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pipeline.language.times import TimeMention, zone_of
from pipeline.models.base import ActorKind
from pipeline.models.incident import Person, Upstream
from pipeline.models.record import RecordKind, Unread


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone, and in words who says so."""

    tz: dt.tzinfo
    basis: str


@dataclass(frozen=True, slots=True)
class KnownDay:
    date: dt.date
    basis: str


@dataclass(slots=True)
class Stamp:
    """The time of an item as far as its own words, its heading or its column tell it."""

    instant: dt.datetime | None = None  # aware; everything else is then unused but `until`
    until: dt.datetime | None = None
    date: dt.date | None = None
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    day_of_month: int | None = None
    date_basis: str = ""
    clock: dt.time | None = None
    until_clock: dt.time | None = None
    until_date: dt.date | None = None
    until_month_day: tuple[int, int] | None = None
    until_day_of_month: int | None = None
    zone: Zone | None = None
    seconds: bool = False
    approximate: bool = False
    bare: bool = False  # a clock of 12 hours without AM or PM, perhaps
    undatable: bool = False  # a date is written, but which one nobody can say


@dataclass(slots=True)
class Item:
    locator: str
    text: str
    kind: RecordKind
    line: int | None = None
    stamp: Stamp | None = None
    actor: str | None = None
    actor_kind: ActorKind = "unknown"
    document: Upstream | None = None
    section: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    channel: str | None = None
    key: str | None = None  # what replies name it by
    thread: str | None = None  # the key of the item that opened its thread
    checked: bool | None = None
    edited: bool = False
    time: dt.datetime | None = None  # set by dating, with the three below
    until: dt.datetime | None = None
    zone_basis: str = "no time"
    offset_minutes: int | None = None


@dataclass(slots=True)
class Reading:
    """One file as one reader read it."""

    path: str
    format: str  # what other files may call it: "the chat", "the log"
    name: str = ""  # the format's, as people are told it
    items: list[Item] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    zone: Zone | None = None  # what the file says of all its clocks
    letters: str | None = None  # a zone that it names, where the letters may mean several
    day: KnownDay | None = None  # the day that its clocks begin on
    flows: bool = False  # a chat or a log: later lines are later
    twelve_hour: bool = False  # AM and PM are in use
    others: list[tuple[str, Zone]] = field(default_factory=list)  # what it says of other files' clocks
    people: tuple[Person, ...] = ()
    titles: tuple[str, ...] = ()
    severity: str | None = None
    document: Upstream | None = None
    notices: list[str] = field(default_factory=list)

    def cannot_read(self, locator: str, reason: str, text: str = "") -> None:
        self.unread.append(Unread(source=self.path, locator=locator, reason=reason, text=text[:2000]))


def stamp_of(mention: TimeMention, zone: Zone | None = None, near: str | None = None) -> Stamp:
    """A stamp from a time as it is written; `zone` is what stands above it where it names none itself."""
    own = None
    if mention.zone:
        wall = dt.datetime.combine(mention.date, mention.clock or dt.time()) if mention.date else None
        tz = zone_of(mention.zone, wall, near)
        own = Zone(tz, f'"{mention.zone}" written in the record') if tz else None
    return Stamp(
        date=mention.date,
        month_day=mention.month_day,
        weekday=weekday_in(mention.text),
        day_of_month=mention.day_of_month,
        clock=mention.clock,
        until_clock=mention.until_clock,
        until_date=mention.until_date,
        until_month_day=mention.until_month_day,
        until_day_of_month=mention.until_day_of_month,
        zone=own or zone,
        seconds=mention.seconds,
        approximate=mention.approximate,
        bare=mention.twelve_hour_unmarked,
        undatable=mention.undecided is not None,
    )


def at_instant(moment: dt.datetime, basis: str, *, until: dt.datetime | None = None) -> Stamp:
    """A stamp of a record that carries its instant; `moment` is aware, `basis` says where the zone is from."""
    return Stamp(instant=moment, until=until, zone=Zone(moment.tzinfo or dt.UTC, basis), seconds=True)


def iso_stamp(text: object, until: object = None) -> Stamp | None:
    """The stamp of an RFC 3339 time of an API; None where it is none, or a year that stands for "never"."""
    moment = parse_iso(text)
    if moment is None:
        return None
    basis = "UTC suffix in the record" if str(text).rstrip().endswith("Z") else "offset in the record"
    end = parse_iso(until)
    return at_instant(moment, basis, until=end if end and end >= moment else None)


def parse_iso(text: object) -> dt.datetime | None:
    if not isinstance(text, str) or len(text) < 16:
        return None
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and 1970 < moment.year < 2200 else None


def weekday_in(text: str) -> int | None:
    head = text[:3].lower()
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return days.index(head) if head in days else None
