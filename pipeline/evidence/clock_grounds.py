"""Whether a clock time or a day that a statement tells stands in its records, in any zone that it may be told in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from pipeline.evidence.computed import Computed
from pipeline.evidence.derived import same_clock
from pipeline.evidence.support import FEW, Support
from pipeline.language.times import TimeMention, zone_of

Day = date | tuple[int, int]  # with its year, or month and day without

_SLACK = timedelta(minutes=3)  # "about 06:35" for 06:37:10
_DAY_BEHIND_DASH = re.compile(r"\d:\d\d(?::\d\d)?\s?[–—-]\s?\d{1,2}\s[A-Z]")


class ClockGrounds:
    """The instants, clocks and days of some records, and what code computed of them."""

    def __init__(self, support: Support, computed: Computed, timezone: str | None, zone: str | None) -> None:
        """`timezone` is the incident's; `zone` is what a document says its bare times are in."""
        self._support = support
        self._computed = computed
        self._timezone = timezone
        self._bare = (UTC, support.local, *([declared] if (declared := zone_of(zone or "")) else []))

    def bear_out(self, mention: TimeMention) -> bool:
        """Whether both ends of what is mentioned stand there, each on its day."""
        start, end = mention.clock, mention.until_clock
        day: Day | None = mention.date or mention.month_day
        if end and start and end < start and not (mention.until_date or mention.until_month_day):
            day = None  # over midnight, and of two days one is named
        if _DAY_BEHIND_DASH.search(mention.text):
            day = None  # "18:04–15 October, 09:12": the day is the second clock's
        until = mention.until_date or mention.until_month_day or day
        return all(c is None or self._stands(mention, c, d) for c, d in ((start, day), (end, until)))

    def have_day(self, mention: TimeMention) -> bool:
        """Whether a day that is told without a clock is one of the records' or of the case."""
        if mention.date is None:
            return mention.month_day is not None and self._is_named(mention.month_day)
        years = {d.year for d in self._days}
        yearless = _bare(mention.date) in self._support.month_days
        return mention.date in self._days or (yearless and (mention.date.year in years or not years))

    def _stands(self, mention: TimeMention, clock: time, day: Day | None) -> bool:
        slack = _SLACK if mention.approximate else timedelta(0)
        for zone in self._zones(mention, clock):
            for moment in self._instants:
                local = moment.astimezone(zone)
                if _is_on(local.date(), day) and same_clock(local, clock, mention.seconds, slack):
                    return True
        for written, offset, on in self._support.clocks:
            same = written == clock or (not mention.seconds and written.replace(second=0) == clock)
            zoned = mention.offset is None or offset is None or offset == mention.offset
            if same and zoned and (_is_on(on, day) if on else self._is_named(day)):
                return True
        return False

    def _is_named(self, day: Day | None) -> bool:
        """Whether what stands there without a day may be told of this one."""
        if day is None:
            return True
        return _bare(day) in self._support.month_days or any(_is_on(d, day) for d in self._days)

    @cached_property
    def _days(self) -> frozenset[date]:
        return self._support.days | self._computed.days

    @cached_property
    def _instants(self) -> tuple[datetime, ...]:
        """Instants of the records and of the case; of few records also those a cited duration away."""
        instants = (*self._support.instants, *self._computed.instants)
        if len(self._support.records) > FEW:
            return instants
        steps = [d for d in self._support.durations if timedelta(seconds=1) <= d <= timedelta(days=2)][:6]
        return instants + tuple(i + sign * d for i in instants for d in steps for sign in (1, -1))

    def _zones(self, mention: TimeMention, clock: time) -> tuple[tzinfo, ...]:
        if mention.zone:
            wall = datetime.combine(mention.date, clock) if mention.date else None
            named = zone_of(mention.zone, wall, self._timezone)
            if named is not None:
                return (named,)
        return self._bare


def _bare(day: Day) -> tuple[int, int]:
    return (day.month, day.day) if isinstance(day, date) else day


def _is_on(on: Day, day: Day | None) -> bool:
    """Whether two days are one, as far as both are named."""
    if day is None or (isinstance(on, date) and isinstance(day, date)):
        return day is None or on == day
    return _bare(on) == _bare(day)
