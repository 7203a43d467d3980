"""Finds dates, clock times and zones in a text, as far as the text itself says them; it guesses nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.language.clocks import Clock, find_clocks
from pipeline.language.dates import Day, end_day, find_days, make_day
from pipeline.language.due_dates import resolve_relative
from pipeline.language.zones import zone_of

__all__ = ["TimeMention", "find_times", "resolve_relative", "zone_of"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One time as it is written. What the text does not say is None.

    `month_day` is set instead of `date` where the year is missing, `undecided` (first, second, year) where
    nothing tells the day from the month, `day_of_month` where only that is said ("22:27 on the 12th");
    `until_month_day` and `until_day_of_month` are the same for the end of a range. `offset` is known for numeric offsets,
    UTC and fixed abbreviations, and for named zones once the date is. `twelve_hour_unmarked` is set where
    neither AM nor PM nor a leading zero decides between morning and evening.
    """

    start: int
    end: int
    text: str
    date: dt.date | None = None
    clock: dt.time | None = None
    offset: dt.timedelta | None = None
    zone: str | None = None
    approximate: bool = False
    seconds: bool = False
    until_clock: dt.time | None = None
    until_date: dt.date | None = None
    month_day: tuple[int, int] | None = None
    undecided: tuple[int, int, int] | None = None
    day_of_month: int | None = None
    until_month_day: tuple[int, int] | None = None
    until_day_of_month: int | None = None
    twelve_hour_unmarked: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether anything at all is said of the day."""
        return bool(self.date or self.month_day or self.undecided or self.day_of_month)

    def last_day(self, first: dt.date) -> dt.date | None:
        """The day that a range which begins on `first` says it ends on; None where it says none."""
        return self.until_date or end_day(first, self.until_month_day, self.until_day_of_month)


_DAY_THEN_CLOCK = re.compile(
    r"(?:,?\s+(?:(?:at|um|after|before|since|from|until|by)\s+)?(?:@|~|(?:about|around|circa|ca\.?)\s)?\s*|\s*[@|–—-]\s*|,\s*)$"
)
_CLOCK_THEN_DAY = re.compile(r"[,)]?\s*(?:(?:on|of)\s+(?:the\s+)?)?\(?$|\s*[,–—-]\s*$")
_RANGE = re.compile(r"\s?(?:[–—→]|->|-{1,2}|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b)\s?$")
_BETWEEN = re.compile(r"\bbetween\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEAR_BEHIND = re.compile(r"\s((?:19|20)\d\d)\b")


@lru_cache(maxsize=2048)
def find_times(text: str) -> tuple[TimeMention, ...]:
    """Every time that `text` mentions, in order, none overlapping another."""
    if not _DIGIT.search(text):
        return ()
    days = list(find_days(text))
    return tuple(_finish(text, mention) for mention in _join(text, days, find_clocks(text, days)))


def _join(text: str, days: list[Day], clocks: list[Clock]) -> list[TimeMention]:
    """Put each day beside its clock, and each range's end beside its start."""
    free = dict(enumerate(days))
    mentions: list[TimeMention] = []
    rest = iter(range(len(clocks)))
    for position in rest:
        clock = clocks[position]
        mention = TimeMention(
            clock.start,
            clock.end,
            "",
            clock=clock.at,
            zone=clock.zone,
            approximate=clock.approximate,
            seconds=clock.seconds,
            twelve_hour_unmarked=clock.bare,
        )
        if (index := _day_before(text, free, clock)) is not None:
            mention = _on(mention, free.pop(index), clock)
        other = clocks[position + 1] if position + 1 < len(clocks) else None
        end = _end_of_range(text, free, clock.end, clock, other) if other else None
        if end is None and not mention.is_dated and (index := _day_after(text, free, clock)) is not None:
            mention = _on(mention, free.pop(index), clock)
            end = _end_of_range(text, free, mention.end, clock, other) if other else None
        if end and other:
            mention = _with_end(mention, clock, other, free.pop(end.day) if end.day is not None else None)
            next(rest)
            if (index := _day_after(text, free, other)) is not None:
                day = free.pop(index)
                mention = _until(mention, day) if mention.is_dated else _on(mention, day, clock)
        mentions.append(mention)
    mentions += [
        TimeMention(d.start, d.end, "", date=d.date, month_day=d.month_day, undecided=d.undecided)
        for d in free.values()
        if d.day_of_month is None
    ]
    return sorted(mentions, key=lambda m: m.start)


def _on(mention: TimeMention, day: Day, clock: Clock) -> TimeMention:
    date = day.date + dt.timedelta(days=1) if day.date and clock.next_day else day.date
    start, end = min(mention.start, day.start), max(mention.end, day.end)
    return replace(
        mention,
        start=start,
        end=end,
        date=date,
        month_day=day.month_day,
        undecided=day.undecided,
        day_of_month=day.day_of_month,
    )


def _day_before(text: str, free: dict[int, Day], clock: Clock) -> int | None:
    for index, day in free.items():
        if 0 <= clock.start - day.end <= 14:
            between = text[day.end : clock.start]
            if between in {"T", "_", ":", "-"} or _DAY_THEN_CLOCK.fullmatch(between):
                return index
    return None


def _day_after(text: str, free: dict[int, Day], clock: Clock) -> int | None:
    for index, day in free.items():
        if 0 <= day.start - clock.end <= 10 and _CLOCK_THEN_DAY.fullmatch(text[clock.end : day.start]):
            return index
    return None


@dataclass(frozen=True, slots=True)
class _End:
    day: int | None  # which day stands before the end's clock


def _end_of_range(text: str, free: dict[int, Day], at: int, clock: Clock, other: Clock) -> _End | None:
    """Whether `other` ends a range that `clock` begins; `at` is where the range's first half ends."""
    between = text[at : other.start]
    if len(between) > 40:
        return None
    inner = next((i for i, d in free.items() if at <= d.start and d.end <= other.start), None)
    lead, joined = between, True
    if inner is not None:
        day = free[inner]
        lead = text[at : day.start]
        tail = text[day.end : other.start]
        joined = tail in {"T", ":"} or bool(_DAY_THEN_CLOCK.fullmatch(tail))
    if not joined or not _RANGE.fullmatch(lead):
        return None
    if lead.strip() == "and" and not _BETWEEN.search(text, 0, clock.start):
        return None
    return _End(inner)


def _with_end(mention: TimeMention, clock: Clock, other: Clock, day: Day | None) -> TimeMention:
    start = clock.at
    if other.marked and not clock.marked and start.hour <= 12:  # "2:10–2:40 PM": the first takes the mark
        shifted = start.replace(hour=start.hour % 12 + (12 if other.at.hour >= 12 else 0))
        start = shifted if shifted <= other.at else shifted.replace(hour=(shifted.hour + 12) % 24)
    ended = _until(mention, day) if day else mention
    return replace(
        ended,
        end=other.end,
        clock=start,
        until_clock=other.at,
        zone=mention.zone or other.zone,
        seconds=mention.seconds and other.seconds,
        approximate=mention.approximate or other.approximate,
        twelve_hour_unmarked=clock.bare and not other.marked,
    )


def _until(mention: TimeMention, day: Day) -> TimeMention:
    until, began, month_day = day.date, mention.date, mention.month_day
    if began:
        until = until or end_day(began, day.month_day, day.day_of_month)
    elif until and month_day:  # "15 October 19:02 to 19 October 2026 06:10": the year is that of both
        years = (make_day(until.year - n, *month_day) for n in (0, 1))
        began = next((d for d in years if d and d <= until), None)
    return replace(
        mention,
        end=max(mention.end, day.end),
        date=began,
        month_day=None if began else month_day,
        until_date=until,
        until_month_day=day.month_day,
        until_day_of_month=day.day_of_month,
    )


def _finish(text: str, mention: TimeMention) -> TimeMention:
    """Cut the words, take a year that stands behind the clock (as `date` prints it), work the offset out."""
    end, day, month_day = mention.end, mention.date, mention.month_day
    if month_day and mention.clock and (year := _YEAR_BEHIND.match(text, end)):
        day, month_day, end = make_day(int(year[1]), *month_day), None, year.end()
    offset = None
    if mention.zone:
        wall = dt.datetime.combine(day, mention.clock or dt.time()) if day else None
        zone = zone_of(mention.zone, wall)
        offset = zone.utcoffset(wall) if zone else None
    words = text[mention.start : end]
    return replace(mention, end=end, text=words, date=day, month_day=month_day, offset=offset)
