"""Whether a number or a duration follows from cited ones by plain arithmetic, or is one of them rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import combinations

_APPROXIMATE = re.compile(
    r"(?:[~≈]|\b(?:about|around|approx(?:imately|\.)?|circa|ca\.|roughly|some|nearly|almost|close to|up to|at (?:least|most)|over|under|more than|less than|fewer than)\s+)[$€£]?$",
    re.I,
)
_TENTHS = re.compile(
    r"\d(?:\.(?=\d)|,(?=\d{1,2}(?!\d)))(?P<digits>\d+)\s?-?(?P<unit>[sm])(?:ec(?:ond)?s?|in(?:ute)?s?)?\b"
)
_MOST_OPERANDS = 14  # sums and quotients of more than these would meet almost any number


def is_approximate(before: str, literal: str) -> bool:
    """Marked as rounded: a word or a tilde before it, or a scale letter behind it."""
    return bool(_APPROXIMATE.search(before[-24:])) or bool(
        re.search(r"[~≈]|\d\s?[kKMB]$|million|thousand", literal)
    )


def rounds_to(exact: Decimal, printed: Decimal, *, marked: bool) -> bool:
    """Is `printed` the exact value, or (where it is marked) that value rounded to its last shown digit?"""
    if exact == printed:
        return True
    return marked and abs(exact - printed) <= _grain(printed) / 2 + _grain(printed) / 100


def _grain(value: Decimal) -> Decimal:
    """One unit of the last digit that is not a trailing zero: 2,100 has 100, 31.4 has 0.1."""
    _sign, _digits, exponent = value.normalize().as_tuple()
    return Decimal(1).scaleb(int(exponent))


def number_follows(value: Decimal, operands: Iterable[Decimal], in_sentence: Iterable[Decimal]) -> bool:
    """A sum, difference, product or ratio of two cited numbers; small results need their operands in sight."""
    known, here = set(operands), set(in_sentence)
    pool = known if len(known) <= _MOST_OPERANDS and value >= 10 else known & here
    for a, b in combinations(sorted(pool), 2):
        if value in (a + b, b - a, a * b):
            return True
        if a and (value in (b / a, round(b / a), round(b / a, 1), round(b / a, 2))):
            return True
    return sum(pool) == value if 2 < len(pool) <= _MOST_OPERANDS else False


def quantity_follows(value: Decimal, operands: Iterable[Decimal]) -> bool:
    """The sum or the difference of two cited quantities of the unit that `value` has."""
    numbers = sorted(set(operands))
    if len(numbers) > _MOST_OPERANDS:
        return False
    return any(value in (a + b, b - a) for a, b in combinations(numbers, 2))


def percent_follows(value: Decimal, operands: Iterable[Decimal]) -> bool:
    """A share, a change or a remainder in per cent of two cited numbers, rounded as printed."""
    exponent = int(value.as_tuple().exponent)
    places = max(0, -exponent)
    numbers = sorted(n for n in set(operands) if n > 0)
    if 100 - value in numbers:
        return True
    if len(numbers) > _MOST_OPERANDS:
        return False
    for a, b in combinations(numbers, 2):
        share = 100 * a / b
        for exact in (share, 100 - share, 100 * b / a - 100):
            if abs(round(exact, places) - value) == 0:
                return True
    return False


def duration_grain(literal: str) -> timedelta:
    """Half of the smallest unit that is written: "5 minutes" allows half a minute either way, and one for rounding down."""
    low = literal.lower()
    if re.search(r"\d\s?-?(?:ms|millis)", low):
        return timedelta(milliseconds=1)
    if tenths := _TENTHS.search(low):  # "8.6 s" is not 9 s, and 43.0 minutes are not 43.1
        unit = timedelta(minutes=0.99) if tenths["unit"] == "m" else timedelta(seconds=0.5)
        return unit / int("1" + "0" * len(tenths["digits"]))
    if re.search(r"(?:\d|\s)\s?-?s(?:ec|econds?|ecs?)?\b", low):
        return timedelta(seconds=0.9)  # cut or rounded to the second, and no second more
    if re.search(r"\d\s?-?m(?:in|inutes?|ins?)?\b", low):
        return timedelta(seconds=59.9)
    if re.search(r"\d\s?-?h", low):
        return timedelta(minutes=3 if "." in low else 30)
    if re.search(r"\d\s?-?d", low):
        return timedelta(hours=12)
    return timedelta(days=3.5)


def duration_follows(value: timedelta, instants: Iterable[datetime], grain: timedelta) -> bool:
    """The time between two cited instants, on one day or over midnight."""
    moments = sorted(set(instants))
    return any(abs((b - a) - value) <= grain for a, b in combinations(moments, 2))


def duration_adds_up(value: timedelta, durations: Iterable[timedelta]) -> bool:
    """The sum or the difference of two cited durations."""
    found = sorted(set(durations))
    if len(found) > _MOST_OPERANDS:
        return False
    slack = timedelta(microseconds=100)  # what a float of seconds may be off
    return any(min(abs(a + b - value), abs(b - a - value)) <= slack for a, b in combinations(found, 2))


def same_clock(moment: datetime, clock: time, seconds: bool, slack: timedelta) -> bool:
    """Does the moment's clock show this time, to the minute (cut or rounded) or, where told, to the second?"""
    wanted = moment.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
    apart = abs(moment - wanted)
    apart = min(apart, timedelta(days=1) - apart)
    if slack:
        return apart <= slack
    if seconds:
        return apart < timedelta(seconds=1)
    cut = moment.replace(second=0, microsecond=0) == wanted
    return cut or apart <= timedelta(seconds=30)
