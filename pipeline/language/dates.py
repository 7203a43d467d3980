"""Finds calendar days in a text; a day whose month can't be told from its number stays undecided."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written. `month_day` is set instead of `date` where the year is missing.

    `undecided` holds (first, second, year) of a numeric date where nothing tells the day from the month.
    """

    start: int
    end: int
    date: dt.date | None = None
    month_day: tuple[int, int] | None = None
    undecided: tuple[int, int, int] | None = None
    day_of_month: int | None = None  # "on the 13th": month and year stand elsewhere
    in_utc: bool = False  # "GMT20260318-063600", as recordings are named


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|May|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?"
    r"|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?"
    r"|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
)
_WEEKDAY = (
    r"(?:(?:[Mm]on|[Tt]ue(?:s)?|[Ww]ed(?:nes)?|[Tt]hu(?:rs?)?|[Ff]ri|[Ss]at(?:ur)?|[Ss]un)(?:day)?\b[.,]?\s+)"
)
_DATE = re.compile(
    rf"""{_WEEKDAY}?(?:
      (?<![\d.\-/])(?P<y1>(?:19|20)\d\d)(?P<s1>[-/])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?![\d/]|-\d)
    | (?:(?<=\bGMT)|(?<![\w.]))(?P<y2>20\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?=[T\-_ ]?[0-2]\d:?[0-5]\d)
    | (?<![\w.\-/:])(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ \-/]?\s?(?:of\s)?(?P<mon3>{_MONTH})(?:,?[ \-/]\s?(?P<y3>(?:19|20)\d\d)(?!:\d\d\s)\b)?
    | (?<![\w])(?P<mon4>{_MONTH})[ \-]\s?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|%)(?:,?\s(?P<y4>(?:19|20)\d\d)(?!:\d\d)\b)?
    | (?<![\w.\-/:])(?P<a5>\d{{1,2}})(?P<s5>[/.\-])(?P<b5>\d{{1,2}})(?P=s5)(?P<y5>(?:19|20)\d\d)\b(?![\-/]|\.\d)
    | (?:\bon\s)?\b[Tt]he\s(?P<d7>[12]?\d|3[01])(?:st|nd|rd|th)\b(?!\s(?:percentile|of\s))
    | (?<![\w.\-/:])(?P<a6>\d{{1,2}})/(?P<b6>\d{{1,2}})/(?P<y6>\d\d)\b(?![\-/.]\d)
    )""",
    re.VERBOSE,
)


# Days that share a month and a year: "6, 13 and 30 November 2026", "6–9 November", "November 6, 13 and 30, 2026".
_NUMBERED = r"\d{1,2}(?:st|nd|rd|th)?"
_LAST = r"\s?(?:[–—]|,?\s(?:and|or|to|until|till|through)\s|&)\s?"
_SHARED_BEFORE = re.compile(rf"(?<![\w.\-/:#$€£])(?:{_NUMBERED},\s)*{_NUMBERED}{_LAST}$")
_SHARED_BEHIND = re.compile(
    rf"(?:,\s{_NUMBERED})*{_LAST}{_NUMBERED}\b(?:,?\s(?P<year>(?:19|20)\d\d)\b(?!:\d\d)|(?=\s?(?:[,;:!?)]|\.(?!\d)|$)))"
)
_DIGITS = re.compile(r"\d+")


def find_days(text: str) -> Iterator[Day]:
    """Every day that `text` writes, in order."""
    end = 0
    for match in _DATE.finditer(text):
        day = _read(text, match)
        if day is None:
            continue
        if match["mon3"]:
            yield from _days_before(text, day, match, end)
            yield day
        elif match["mon4"]:
            others = _days_behind(text, day, match)
            yield from others or (day,)
        else:
            yield day
        end = match.end()


def _read(text: str, match: re.Match[str]) -> Day | None:
    g = match.groupdict()
    day: dt.date | None = None
    month_day: tuple[int, int] | None = None
    if g["d7"]:
        return Day(match.start(), match.end(), day_of_month=int(g["d7"]))
    if g["y1"] or g["y2"]:
        n = "1" if g["y1"] else "2"
        day = make_day(int(g["y" + n]), int(g["m" + n]), int(g["d" + n]))
    elif g["mon3"] or g["mon4"]:
        n = "3" if g["mon3"] else "4"
        month, number = MONTHS.index(g["mon" + n][:3].lower()) + 1, int(g["d" + n])
        if g["y" + n]:
            day = make_day(int(g["y" + n]), month, number)
        elif make_day(2024, month, number):
            month_day = (month, number)
    else:
        n = "5" if g["y5"] else "6"
        year = int(g["y" + n]) + (2000 if n == "6" else 0)
        day = _numeric(int(g["a" + n]), int(g["b" + n]), year, g.get("s" + n) or "/")
        if day is None and make_day(year, int(g["a" + n]), int(g["b" + n])):
            return Day(match.start(), match.end(), undecided=(int(g["a" + n]), int(g["b" + n]), year))
    if day is None and month_day is None:
        return None
    in_utc = text[max(0, match.start() - 3) : match.start()] == "GMT"
    return Day(match.start(), match.end(), date=day, month_day=month_day, in_utc=in_utc)


def _days_before(text: str, last: Day, match: re.Match[str], after: int) -> Iterator[Day]:
    """Those of "6, 13 and" before "30 November"; they rise, or they count something else."""
    found = _SHARED_BEFORE.search(text, max(after, last.start - 60), last.start)
    numbers = list(_DIGITS.finditer(text, found.start(), found.end())) if found else []
    rising = [int(n[0]) for n in numbers] + [int(match["d3"])]
    if rising != sorted(set(rising)) or not rising[0]:
        return
    for n in numbers:
        yield _numbered(n.start(), n.end(), last, int(n[0]))


def _days_behind(text: str, first: Day, match: re.Match[str]) -> tuple[Day, ...]:
    """November 6 with the others of "November 6, 13 and 30, 2026", which have one year."""
    found = None if match["y4"] else _SHARED_BEHIND.match(text, first.end)
    if found is None:
        return ()
    numbers = list(_DIGITS.finditer(text, first.end, found.start("year") if found["year"] else found.end()))
    rising = [int(match["d4"])] + [int(n[0]) for n in numbers]
    month, year = MONTHS.index(match["mon4"][:3].lower()) + 1, int(found["year"] or 2024)
    if rising != sorted(set(rising)) or not all(make_day(year, month, n) for n in rising):
        return ()
    if found["year"]:
        first = replace(first, date=make_day(year, month, rising[0]), month_day=None)
    ends = [*(n.end() for n in numbers[:-1]), found.end()]
    return first, *(_numbered(n.start(), e, first, int(n[0])) for n, e in zip(numbers, ends, strict=True))


def _numbered(start: int, end: int, like: Day, number: int) -> Day:
    """The day of that number in the month, and the year if any, of another."""
    if like.date:
        return Day(start, end, date=like.date.replace(day=number))
    return Day(start, end, month_day=(like.month_day[0], number) if like.month_day else None)


def _numeric(a: int, b: int, year: int, separator: str) -> dt.date | None:
    if separator == "." or a > 12 or a == b:  # dots are written day first wherever they are written
        return make_day(year, b, a)
    return make_day(year, a, b) if b > 12 else None


def end_day(first: dt.date, month_day: tuple[int, int] | None, day_of_month: int | None) -> dt.date | None:
    """The day on which what began on `first` ended, where less than a date names it: of a month and a day the
    nearest, of a day alone the next."""
    if month_day:
        days = [d for year in (first.year, first.year + 1) if (d := make_day(year, *month_day))]
        return min(days, key=lambda d: abs(d - first), default=None)
    if day_of_month is None:
        return None
    months = ((first.year + n // 12, n % 12 + 1) for n in range(first.month - 1, first.month + 2))
    return next((d for y, m in months if (d := make_day(y, m, day_of_month)) and d >= first), None)


def make_day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
