"""From an entry as it was found to one with its day and instant, which carry over from line to line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pipeline.documents.dating import ROLLOVER, Calendar
from pipeline.documents.leads import Lead
from pipeline.language.event_classes import classes_of
from pipeline.language.times import TimeMention
from pipeline.models.document import Entry, Span


@dataclass(frozen=True, slots=True)
class Found:
    """An entry before its day and its instant are known. `lead` is None where it has no time at all."""

    span: Span
    lead: Lead | None
    time_text: str
    event: str
    event_span: Span
    actor: str | None
    source: str | None
    zone: str | None = None  # of its column


class Dates:
    """The day and the last time of one timeline while its entries are read."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.day: date | None = calendar.day
        self.last: datetime | None = None  # wall clock of the entry before

    def declare(self, mention: TimeMention) -> None:
        day = self.calendar.day_of(mention, self.day)
        if day:
            self.day, self.last = day, None

    def entry(self, found: Found) -> Entry:
        mention = found.lead.mention if found.lead else None
        stated = self.calendar.day_of(mention, self.day) if mention else None
        clock = mention.clock if mention else None
        if stated:
            self.day, self.last = stated, None
        if clock and self.day and stated is None:
            wall = datetime.combine(self.day, clock)
            if self.last and self.last - wall > ROLLOVER:
                self.day += timedelta(days=1)
                wall += timedelta(days=1)
            self.last = wall
        elif clock and self.day:
            self.last = datetime.combine(self.day, clock)
        zone = found.zone or self.calendar.zone
        time = self.calendar.instant(self.day, clock, mention, zone) if mention else None
        until = None
        if mention and mention.until_clock and self.day and clock:
            last_day = mention.last_day(self.day)
            if last_day is None:
                last_day = self.day + timedelta(days=mention.until_clock < clock)
            until = self.calendar.instant(last_day, mention.until_clock, mention, zone)
        if found.lead and found.lead.offset is not None and self.calendar.t_zero:
            time = (self.calendar.t_zero + found.lead.offset).astimezone(UTC)
        return Entry(
            span=found.span,
            time_text=found.time_text,
            time=time,
            until=until,
            has_date=time is not None
            or (self.day is not None and (mention is not None or not found.time_text)),
            has_clock=clock is not None or time is not None,
            has_zone=time is not None or bool(zone or (mention and mention.zone)),
            marked_unknown=bool(found.lead and found.lead.marked_unknown),
            actor=found.actor,
            event=found.event,
            event_span=found.event_span,
            source=found.source,
            classes=classes_of(found.event) if found.event else (),
        )
