"""From what somebody promised ("by Friday next week") and the day it was said to a date, or None."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.language.dates import MONTHS, make_day

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_DAY = (
    r"(?P<day>(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day"
    r"|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)\b\.?"
)
_MONTH = (
    r"(?P<month>[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|May|[Jj]une?|[Jj]uly?"
    r"|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)\b\.?"
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "ten": 10, "couple of": 2, "a couple of": 2,
}  # fmt: skip
_COUNT = r"(?P<count>\d{1,3}|an?\s+couple\s+of|an?|one|two|three|four|five|six|seven|eight|ten)"
_YEAR_LESS_PAST = timedelta(days=45)  # "12 March" said on the 18th looks back; said in June it looks ahead


def resolve_relative(text: str, said: date) -> tuple[date, str] | None:
    """The day that `text`, said on `said`, names, with the words it follows from; None where it names none.

    A bare weekday is the next such day after the day said; "next Friday" and "Friday next week" are that
    weekday of the following ISO week. Nothing vague ("soon", "next week", "ASAP") becomes a date.
    """
    for pattern, rule in _RULES:
        for match in pattern.finditer(text):
            day = rule(match, said)
            if day is not None:
                return day, match[0].strip(" ,.")
            if match.groupdict().get("day"):
                return None  # the weekday contradicts the date beside it
    return None


def _weekday(name: str) -> int:
    return next(i for i, day in enumerate(_DAYS) if day.startswith(name.lower().rstrip(".")[:3]))


def _iso_date(match: re.Match[str], said: date) -> date | None:
    return make_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _written(match: re.Match[str], said: date) -> date | None:
    """`Fri 3 April`, `April 3rd 2026`: the weekday, where one stands there, must agree."""
    month, number = MONTHS.index(match["month"][:3].lower()) + 1, int(match["number"])
    wanted = _weekday(match["day"]) if match["day"] else None
    if match["year"]:
        candidates = [make_day(int(match["year"]), month, number)]
    else:
        candidates = [make_day(said.year + shift, month, number) for shift in (0, 1, -1)]
    days = [d for d in candidates if d and (wanted is None or d.weekday() == wanted)]
    if match["year"]:
        return days[0] if days else None
    return next((d for d in days if said - _YEAR_LESS_PAST <= d <= said + timedelta(days=366)), None)


def _slashed(match: re.Match[str], said: date) -> date | None:
    """`4/3`, only where a number above 12 or the weekday decides which is the month."""
    a, b = int(match["a"]), int(match["b"])
    year = match["year"]
    years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else [said.year, said.year + 1]
    wanted = _weekday(match["day"]) if match["day"] else None
    found: set[date] = set()
    for month, number in {(a, b), (b, a)}:
        days = [d for y in years if (d := make_day(y, month, number))]
        days = [d for d in days if wanted is None or d.weekday() == wanted]
        days = [d for d in days if year or d >= said - _YEAR_LESS_PAST][:1]
        found.update(days)
    return found.pop() if len(found) == 1 else None


def _next_week_day(match: re.Match[str], said: date) -> date:
    monday = said - timedelta(days=said.weekday()) + timedelta(days=7)
    return monday + timedelta(days=_weekday(match["day"]))


def _bare_day(match: re.Match[str], said: date) -> date:
    ahead = (_weekday(match["day"]) - said.weekday() - 1) % 7 + 1
    return said + timedelta(days=ahead)


def _week_after_day(match: re.Match[str], said: date) -> date:
    return _bare_day(match, said) + timedelta(days=7)


def _counted(match: re.Match[str], said: date) -> date | None:
    words = re.sub(r"\s+", " ", match["count"].lower())
    count = int(words) if words.isdigit() else _NUMBERS.get(words, 0)
    unit = match["unit"].lower()
    if unit.startswith("month"):
        return _add_months(said, count)
    return said + timedelta(days=count * {"d": 1, "w": 7, "f": 14}[unit[0]])


def _end_of(match: re.Match[str], said: date) -> date | None:
    unit, ahead = match["unit"].lower(), 1 if (match["which"] or "").lower().startswith("next") else 0
    if unit == "week":
        friday = said - timedelta(days=said.weekday()) + timedelta(days=4 + 7 * ahead)
        return friday if friday >= said else friday + timedelta(days=7)
    if unit == "month":
        return _last_of(_add_months(said.replace(day=1), ahead))
    if unit == "quarter":
        first = said.replace(month=(said.month - 1) // 3 * 3 + 1, day=1)
        return _last_of(_add_months(first, 2 + 3 * ahead))
    return date(said.year + ahead, 12, 31)


def _end_of_month_named(match: re.Match[str], said: date) -> date | None:
    month = MONTHS.index(match["month"][:3].lower()) + 1
    year = int(match["year"]) if match["year"] else said.year + (1 if month < said.month else 0)
    return _last_of(date(year, month, 1))


def _ordinal(match: re.Match[str], said: date) -> date | None:
    number = int(match["number"])
    for months in range(3):
        first = _add_months(said.replace(day=1), months)
        day = make_day(first.year, first.month, number)
        if day and day > said:
            return day
    return None


def _end_of_letter(match: re.Match[str], said: date) -> date:
    if match["letter"] == "M":
        return _last_of(said)
    friday = said - timedelta(days=said.weekday()) + timedelta(days=4)
    return friday if friday >= said else friday + timedelta(days=7)


def _add_months(day: date, months: int) -> date:
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _last_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_Rule = Callable[[re.Match[str], date], date | None]
_I = re.IGNORECASE
_NOT_PAST = r"(?<!last )(?<!past )(?<!previous )(?<!since )(?<!every )(?<!each )"
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (re.compile(r"(?<![\d\-])(?P<y>20\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)(?![\d\-])"), _iso_date),
    (
        re.compile(
            rf"(?:{_DAY},?\s+(?:the\s+)?)?(?<!\d)(?P<number>\d{{1,2}})(?:st|nd|rd|th)?[ \-]\s?(?:of\s+)?{_MONTH}"
            r"(?:,?[ \-](?P<year>20\d\d)\b)?"
        ),
        _written,
    ),
    (
        re.compile(
            rf"(?:{_DAY},?\s+)?\b{_MONTH}\s+(?:the\s+)?(?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)"
            r"(?:,?\s+(?P<year>20\d\d)\b)?"
        ),
        _written,
    ),
    (
        re.compile(
            rf"(?:{_DAY},?\s+)?(?<![\d/.])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<year>20\d\d|\d\d))?(?![\d/]|\.\d)"
        ),
        _slashed,
    ),
    (re.compile(rf"\bnext\s+{_DAY}", 0), _next_week_day),
    (re.compile(rf"{_DAY}\s+(?:of\s+)?(?:the\s+)?(?:next|following)\s+week\b"), _next_week_day),
    (re.compile(rf"\bnext\s+week\s+(?:on\s+)?{_DAY}"), _next_week_day),
    (re.compile(rf"\ba\s+week\s+(?:from\s+(?:this\s+)?|on\s+){_DAY}"), _week_after_day),
    (re.compile(rf"{_NOT_PAST}\b{_DAY}\s+week\b"), _week_after_day),
    (re.compile(rf"{_NOT_PAST}\b{_DAY}"), _bare_day),
    (re.compile(r"\bday\s+after\s+tomorrow\b", _I), lambda m, said: said + timedelta(days=2)),
    (re.compile(r"\b(?:tomorrow|tmrw|tmw)\b", _I), lambda m, said: said + timedelta(days=1)),
    (
        re.compile(
            r"\b(?:(?:by|before|at)\s+)?(?:the\s+)?end\s+of\s+(?:the\s+)?(?P<which>this\s+|next\s+|the\s+)?"
            r"(?P<unit>week|month|quarter|year)\b",
            _I,
        ),
        _end_of,
    ),
    (
        re.compile(rf"\b(?:[Bb]y\s+)?(?:the\s+)?[Ee]nd\s+of\s+{_MONTH}(?:\s+(?P<year>20\d\d))?"),
        _end_of_month_named,
    ),
    (re.compile(r"\bEO(?P<letter>W|M)\b"), _end_of_letter),
    (
        re.compile(
            rf"\b(?:with)?in\s+(?:the\s+next\s+)?{_COUNT}\s+(?P<unit>days?|weeks?|fortnights?|months?)\b", _I
        ),
        _counted,
    ),
    (
        re.compile(rf"\b{_COUNT}\s+(?P<unit>days?|weeks?|months?)\s+(?:from\s+(?:now|today)|out)\b", _I),
        _counted,
    ),
    (re.compile(r"\b(?:by|before|on|until|due)\s+the\s+(?P<number>\d{1,2})(?:st|nd|rd|th)\b", _I), _ordinal),
    (
        re.compile(
            r"\b(?:today|tonight|this\s+(?:morning|afternoon|evening)|EOD|COB|end\s+of\s+(?:the\s+)?day)\b",
            _I,
        ),
        lambda m, said: said,
    ),
)
