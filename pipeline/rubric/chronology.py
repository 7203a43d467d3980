"""Every moment that a document tells, entry or sentence, on one clock, so that they can be held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pipeline.documents.spans import span_at
from pipeline.language.times import TimeMention, find_times, zone_of
from pipeline.models.document import Document, Entry, Part, Span

_NO_DAY = date(2024, 1, 1)
_LEAP = 2024  # a year that has every day


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` and `until` are on one clock: UTC where the zone is known, else the document's wall clock."""

    at: datetime
    until: datetime | None
    span: Span
    text: str  # the entry's event, or the sentence
    part: Part
    entry: Entry | None
    mention: TimeMention | None
    approximate: bool = False


def entry_moments(document: Document) -> tuple[Moment, ...]:
    """The entries with a clock time, as printed."""
    found = []
    for entry in document.entries:
        mention = next((m for m in find_times(entry.time_text) if m.clock), None)
        at = entry.time or (instant(mention, document) or undated(mention, document) if mention else None)
        if at is None:
            continue
        until = entry.until or (_until(at, mention) if mention else None)
        rough = entry.marked_unknown or bool(mention and mention.approximate)
        found.append(Moment(at, until, entry.span, entry.event, "timeline", entry, mention, rough))
    return tuple(found)


def prose_moments(document: Document) -> Iterator[Moment]:
    """The clock times in sentences outside the timeline's entries."""
    inside = [(e.span.start, e.span.end) for e in document.entries]
    for sentence in document.sentences:
        if sentence.block == "heading" or any(s <= sentence.span.start < e for s, e in inside):
            continue
        part = document.sections[sentence.section].part
        for mention in find_times(sentence.text):
            at = (instant(mention, document) or undated(mention, document)) if mention.clock else None
            if at is not None:
                start = sentence.span.start
                span = span_at(document, start + mention.start, start + mention.end)
                yield Moment(
                    at, _until(at, mention), span, sentence.text, part, None, mention, mention.approximate
                )


def instant(mention: TimeMention, document: Document) -> datetime | None:
    """The mention on the document's clock; None where no day is known at all."""
    day = _day(mention, document.declared_date)
    if day is None or mention.clock is None:
        return None
    wall = datetime.combine(day, mention.clock)
    if mention.offset is not None and mention.zone:
        return (wall - mention.offset).replace(tzinfo=UTC)
    zone = zone_of(document.declared_zone, wall) if document.declared_zone else None
    return wall.replace(tzinfo=zone or UTC).astimezone(UTC)


def undated(mention: TimeMention, document: Document) -> datetime | None:
    """Its clock on a day of nobody's, in a document that tells no day at all."""
    if mention.clock is None or document.declared_date or any(e.time for e in document.entries):
        return None
    return datetime.combine(_NO_DAY, mention.clock, UTC) - (mention.offset or timedelta(0))


def _day(mention: TimeMention, declared: date | None) -> date | None:
    """The day that is written; one that lacks its year or month is taken nearest to the document's own."""
    if mention.date or declared is None:
        return mention.date
    if mention.month_day:
        try:
            return declared.replace(month=mention.month_day[0], day=mention.month_day[1])
        except ValueError:
            return None
    if mention.day_of_month:
        near = (declared + timedelta(days=n) for n in sorted(range(-15, 16), key=abs))
        return next((d for d in near if d.day == mention.day_of_month), None)
    return declared


def days_apart(mention: TimeMention) -> int | None:
    """How many days after its start a range ends, by the days that it names; None where it names not both."""
    if mention.date and mention.until_date:
        return (mention.until_date - mention.date).days
    first, last = mention.month_day, mention.until_month_day
    if first and last:
        apart = (date(_LEAP, *last) - date(_LEAP, *first)).days
        return apart + 366 if apart < -183 else apart  # over New Year
    if mention.day_of_month and mention.until_day_of_month:
        apart = mention.until_day_of_month - mention.day_of_month
        return apart + 31 if apart < -15 else apart  # "the 31st to the 1st"
    return None


def _until(at: datetime, mention: TimeMention) -> datetime | None:
    """The end of a range: as many minutes after its start as its clocks are apart, over midnight if need be."""
    if mention.until_clock is None or mention.clock is None:
        return None
    apart = _seconds(mention.until_clock) - _seconds(mention.clock) + (days_apart(mention) or 0) * 86400
    return at + timedelta(seconds=apart if apart >= 0 else apart + 86400)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
