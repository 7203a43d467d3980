"""Finds how far a file's clock stands from UTC by events that a zoned file tells in the same words."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_STEP = dt.timedelta(minutes=15)  # every zone in use stands a multiple of this from UTC
_CLOSE = dt.timedelta(seconds=75)  # a minute that is cut off, and a sender's delay
_RARE = 4  # a word in more items than this identifies no event
_WORD = re.compile(r"[\w#][\w./#-]*\w")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b")


@dataclass(frozen=True, slots=True)
class ZonedEvent:
    time: dt.datetime
    words: frozenset[str]
    path: str


@dataclass(frozen=True, slots=True)
class Offset:
    """`shift` is what must be added to the file's clock to be in UTC, days included."""

    shift: dt.timedelta
    votes: int
    source: str

    def of_day(self) -> dt.timedelta:
        """The zone's offset from UTC, between -12 and +14 hours."""
        day = dt.timedelta(days=1)
        offset = -self.shift % day
        return offset if offset <= dt.timedelta(hours=14) else offset - day

    def zone(self) -> dt.tzinfo:
        return dt.timezone(self.of_day()) if self.of_day() else dt.UTC

    def name(self) -> str:
        minutes = round(self.of_day().total_seconds() / 60)
        sign = "-" if minutes < 0 else "+"
        hours, rest = divmod(abs(minutes), 60)
        return "UTC" + (f"{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "")

    def said(self) -> str:
        return f"whole-hour match of {self.votes} events with {self.source}: {self.name()}"


def words_of(text: str) -> frozenset[str]:
    """The words that can identify an event: long ones, and everything with a digit but clock times."""
    found = (w.casefold().strip(".-/") for w in _WORD.findall(_CLOCK.sub(" ", text)))
    return frozenset(w for w in found if len(w) >= 5 or (len(w) >= 2 and any(c.isdigit() for c in w)))


def matching_offset(
    clocks: Sequence[tuple[dt.datetime, frozenset[str]]],
    zoned: Sequence[ZonedEvent],
) -> Offset | None:
    """The shift on which at least two independent events agree, and more than on any other; else None."""
    count: Counter[str] = Counter(w for _, words in clocks for w in words)
    index: dict[tuple[str, str], list[int]] = defaultdict(list)  # by file: several may tell the same event
    for place, event in enumerate(zoned):
        for word in event.words:
            index[event.path, word].append(place)
    paths = sorted({event.path for event in zoned})
    votes: dict[dt.timedelta, dict[int, str]] = defaultdict(dict)
    for place, (wall, words) in enumerate(clocks):
        shared: Counter[int] = Counter()
        for word in words:
            if count[word] > _RARE:
                continue
            for found in (index.get((path, word), []) for path in paths):
                for other in found if len(found) <= _RARE else ():
                    shared[other] += 2 if any(c.isdigit() for c in word) else 1
        for other, strength in shared.items():
            if strength < 2:
                continue
            gap = zoned[other].time.replace(tzinfo=None) - wall
            whole = round(gap / _STEP) * _STEP
            if abs(gap - whole) <= _CLOSE and _is_offset(whole):
                votes[whole].setdefault(place, zoned[other].path)
    ranked = sorted(votes.items(), key=lambda kv: (-len(kv[1]), kv[0]))
    if not ranked or len(ranked[0][1]) < 2:
        return None
    if len(ranked) > 1 and len(ranked[1][1]) >= len(ranked[0][1]):
        return None
    shift, places = ranked[0]
    source = Counter(places.values()).most_common(1)[0][0]
    return Offset(shift, len(places), source)


def _is_offset(shift: dt.timedelta) -> bool:
    """Whole and half hours, which nearly all zones keep; a quarter would match by accident too often."""
    return not shift % dt.timedelta(minutes=30)
