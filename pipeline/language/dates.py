"""Finds calendar days in a text; a day whose month can't be told from its number stays undecided."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass


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


def find_days(text: str) -> Iterator[Day]:
    """Every day that `text` writes, in order."""
    for match in _DATE.finditer(text):
        g = match.groupdict()
        day: dt.date | None = None
        month_day: tuple[int, int] | None = None
        if g["d7"]:
            yield Day(match.start(), match.end(), day_of_month=int(g["d7"]))
            continue
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
                undecided = (int(g["a" + n]), int(g["b" + n]), year)
                yield Day(match.start(), match.end(), undecided=undecided)
                continue
        if day is None and month_day is None:
            continue
        yield Day(
            match.start(),
            match.end(),
            date=day,
            month_day=month_day,
            in_utc=text[max(0, match.start() - 3) : match.start()] == "GMT",
        )


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
