"""The stamp of a line of a document: its own time, the day that stands above it, or none where it tells no event."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.artifacts.document_lines import Line, plain_text
from pipeline.artifacts.item import Stamp, Zone, stamp_of, weekday_in
from pipeline.artifacts.plans import tells_no_event
from pipeline.artifacts.upstream import named_by
from pipeline.language.sentences import split
from pipeline.language.times import TimeMention, find_times

_WEEKDAY = r"(?P<day>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
_WEEKDAY_BEFORE = re.compile(rf"\b{_WEEKDAY},?\s+(?:at\s+)?$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(rf"\s*,?\s*(?:on\s+)?{_WEEKDAY}\b", re.IGNORECASE)
_FRONTED = re.compile(r"\W*(?:on|since|from|by)?\s*", re.IGNORECASE)
# What a heading may say besides a date and still be nothing but a day.
_BARE_DAY = re.compile(
    r"(?:\W|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|night|morning|afternoon|evening|early|late|utc|\d+"
    r"|one|two|three|four|first|second|third|fourth|the|of|on)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeadingDay:
    """The date in a heading. A title's dates the document; any other's, what stands below it."""

    mention: TimeMention
    below: bool


def day_of_heading(title: str, *, outermost: bool) -> HeadingDay | None:
    mention = next((m for m in find_times(title) if m.date or m.month_day), None)
    if mention is None:
        return None
    rest = title[: mention.start] + title[mention.end :]
    bare = bool(_BARE_DAY.fullmatch(rest))
    return HeadingDay(mention, bare or not (outermost or named_by(title)))


def stamp_of_line(
    line: Line, zone: Zone | None, near: str | None, above: HeadingDay | None, *, among_measures: bool
) -> Stamp | None:
    """`above` is the day of the section, where the section has not told one yet."""
    mention = line.mention
    if mention is None:
        return None
    stamp = stamp_of(mention, zone, near)
    if mention.is_dated:
        return stamp
    sentence, place = _sentence(plain_text(line.value or line.text), mention)
    day = None
    if line.kind != "row":
        day = _fronted_day(sentence)
        if day is None and tells_no_event(sentence, among_measures=among_measures or line.kind == "task"):
            return None
        if day is None:
            stamp.weekday = _weekday_beside(sentence, place, place + mention.end - mention.start)
    if day is None and above and above.below:
        day = above.mention
    if day:
        stamp.date, stamp.month_day = day.date, day.month_day
    return stamp


def _sentence(text: str, mention: TimeMention) -> tuple[str, int]:
    """The sentence in which a time stands, and where in it."""
    for start, end in split(text):
        if start <= mention.start < end and text[mention.start : mention.end] == mention.text:
            return text[start:end], mention.start - start
    return text, max(0, text.find(mention.text))


def _fronted_day(sentence: str) -> TimeMention | None:
    """ "On 12 November the primary stopped at 22:27": the date in front holds for the clocks behind it."""
    first = next(iter(find_times(sentence)), None)
    if first and first.clock is None and _FRONTED.fullmatch(sentence[: first.start]):
        return first if first.date or first.month_day else None
    return None


def _weekday_beside(sentence: str, start: int, end: int) -> int | None:
    found = _WEEKDAY_BEFORE.search(sentence[:start]) or _WEEKDAY_AFTER.match(sentence[end:])
    return weekday_in(found["day"]) if found else None
