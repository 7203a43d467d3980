"""Finds days that are named from the day of speaking ("yesterday", "two days ago"), and the clocks that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.times import TimeMention, find_times

_COUNTS = {
    w: n
    for n, w in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_DAY = re.compile(
    r"\b(?:(?P<two>(?:the )?day before yesterday)|(?P<back>yesterday)|(?P<night>last night)|(?P<here>today|tonight|this morning|this afternoon|this evening)"
    r"|(?P<after>(?:the )?day after tomorrow)|(?P<ahead>tomorrow)"
    rf"|(?P<count>\d{{1,2}}|an?|{'|'.join(_COUNTS)}) (?P<unit>day|week)s? ago)\b",
    re.I,
)
_PART_OF_DAY = r"(?:\s+(?:morning|noon|afternoon|evening|night))?"
_DAY_THEN_CLOCK = re.compile(
    rf"{_PART_OF_DAY},?\s*(?:(?:at|about|around|before|after|since|from|until|till|by)\s+|[@~]\s?){{0,2}}",
    re.I,
)
_CLOCK_THEN_DAY = re.compile(r"\s*[,(]?\s*")


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """`shift`: how many days after the day of speaking."""

    start: int
    end: int
    shift: int


@lru_cache(maxsize=16384)
def find_relative_days(text: str) -> tuple[RelativeDay, ...]:
    return tuple(RelativeDay(m.start(), m.end(), _shift(m)) for m in _DAY.finditer(text))


@lru_cache(maxsize=16384)
def clocks_on_relative_days(text: str) -> tuple[tuple[TimeMention, int], ...]:
    """The clock times that such a day stands beside, each with the day's shift."""
    days = find_relative_days(text)
    return tuple(_beside(text, days)) if days else ()


def _beside(text: str, days: tuple[RelativeDay, ...]) -> Iterator[tuple[TimeMention, int]]:
    for mention in find_times(text):
        if mention.clock is None or mention.is_dated:
            continue
        for day in days:
            if (
                _DAY_THEN_CLOCK.fullmatch(text, day.end, mention.start)
                if day.end <= mention.start
                else (mention.end <= day.start and _CLOCK_THEN_DAY.fullmatch(text, mention.end, day.start))
            ):
                small_hours = text[day.start : day.end].lower() == "last night" and mention.clock.hour < 12
                yield mention, 0 if small_hours else day.shift
                break


def _shift(match: re.Match[str]) -> int:
    if match["count"]:
        count = match["count"].lower()
        number = int(count) if count.isdigit() else _COUNTS.get(count, 1)
        return -number * (7 if match["unit"].lower() == "week" else 1)
    return {"two": -2, "back": -1, "night": -1, "here": 0, "after": 2, "ahead": 1}[str(match.lastgroup)]
