"""Which calendar date a due field names by its own words and the document's; the day of the check anchors nothing."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from pipeline.language.times import find_times
from pipeline.models.document import Document
from pipeline.rubric.anchors import anchored_day, counting_base, year_of_quarters

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if name
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>20\d\d|'\d\d)"
_QUARTER = re.compile(
    rf"\b(?:eo)?(?:q(?P<q>[1-4])|h(?P<h>[12]))[\s/,-]*(?:of\s+)?(?:fy)?{_YEAR}|{_YEAR.replace('year', 'year2')}[\s/-]*(?:q(?P<q2>[1-4])|h(?P<h2>[12]))",
    re.I,
)
_WEEK = re.compile(
    r"\b(?P<year>20\d\d)-?W(?P<week>\d\d?)\b|\b(?:calendar )?(?:week|kw|cw|wk|w)\s*(?P<week2>\d\d?)[\s,/of-]*(?P<year2>20\d\d)",
    re.I,
)
_MONTH_YEAR = re.compile(
    rf"(?<!\d )(?<!\d\. )(?<!\d)\b(?P<month>{_MONTH})\.?,?\s+(?P<year>20\d\d)\b", re.IGNORECASE
)
_YEAR_MONTH = re.compile(
    r"(?<![\d/.-])(?:(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])|(?P<month2>0?[1-9]|1[0-2])[/.](?P<year2>20\d\d))(?![-/.\d])"
)
_UNPARTED = re.compile(
    r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)|(?<![\d.])([0-3]?\d)\.([01]?\d)\.(\d\d)(?![\d.])"
)
_END_OF_YEAR = re.compile(
    r"\b(?:end of(?: the)?(?: year)?|eoy|by|in|before the end of)\s+(?P<year>20\d\d)\b(?!-)", re.IGNORECASE
)
_BARE_MONTH = re.compile(
    rf"\b(?:end of|mid-?|early|late|in|by|until|before|during)\s*(?P<month>{_MONTH})\b(?!\.?\s*\d)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|ten|twelve)\s+(?P<unit>(?:working |business |calendar )?days?|weeks?|months?|quarters?)\s+"
    r"(?:of|after|from|following|past)\s+(?:the\s+)?(?P<anchor>[\w-]+(?:\s\w+)?)",
    re.IGNORECASE,
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "twelve": 12,
}  # fmt: skip
_RESOLUTION = re.compile(r"resol|recover|mitigat|restor|clos|fix|end", re.IGNORECASE)
_INCIDENT = re.compile(r"incident|outage|event|detect|start|onset|failure", re.IGNORECASE)
_NAMED_SPAN = re.compile(
    r"\b(?:sprint|iteration|cycle|release|milestone|increment|phase|freeze|window)\s+[\w.-]*\d[\w.-]*",
    re.IGNORECASE,
)
AMBIGUOUS = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?:\d\d|\d{4}))?(?![\d/])")

_OPEN_ENDED = re.compile(
    r"^\W*(?:due\s+)?(?:not before|after|no earlier than|from)\b|\d\W+or\W+\d", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:(?P<day>day|dd)\s*/\s*(?:month|mm)|(?:month|mm)\s*/\s*(?:day|dd))\b", re.IGNORECASE
)
_BARE_COUNT = re.compile(
    r"^\W*(?:(?:with)?in|after)?\s*(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|ten|twelve)\s*(?P<unit>d|days?|w|weeks?|months?)\W*$",
    re.IGNORECASE,
)
_SUM = re.compile(r"^\W*(?P<base>[a-z]{4,}[a-z ]*?)\s*\+\s*(?P<rest>\d{1,3}\s*[a-z]+)\W*$", re.IGNORECASE)
_FOREIGN = {
    name: n
    for n, names in enumerate(
        (
            "januar janvier enero", "februar février febrero", "märz mars marzo", "avril abril", "mai mayo", "juni juin junio",
            "juli juillet julio", "août agosto", "septembre septiembre", "oktober octobre octubre", "novembre noviembre",
            "dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_FOREIGN_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\.?\s+(?:de\s+)?({'|'.join(_FOREIGN)})\s+(?:de\s+)?(20\d\d)\b", re.IGNORECASE
)


def last_day(text: str, document: Document) -> date | None:
    """The date, or the last possible one, that follows from the text and the document; None where none does."""
    bare = text.replace("’", "'")
    if _OPEN_ENDED.search(bare) and not _COUNT.search(bare):
        return None  # that is when it begins, or one of two days
    if _COUNT.search(bare):
        return _from_anchor(bare, document)
    if match := _BARE_COUNT.match(bare):
        base = counting_base(document)
        return _counted(match, _base_day(base, document)) if base else None
    if (total := _SUM.match(bare)) and (match := _BARE_COUNT.match(total["rest"])):
        return _counted(match, _anchor(total["base"], document))
    for mention in find_times(bare):
        if mention.date:
            return mention.date
    if match := _UNPARTED.search(bare):
        return _calendar_day(match)
    if match := _FOREIGN_DAY.search(bare):
        return _make(int(match[3]), _FOREIGN[match[2].lower()], int(match[1]))
    if (match := AMBIGUOUS.search(bare)) and (order := _order(document)):
        return _ordered(match, order)
    if found := _period(bare):
        return found
    if (named := _NAMED_SPAN.search(bare)) and (ends := _dated_near(named[0], document)):
        return ends
    return _year_taken_from(bare, document) or _quarter_of(bare, document) or anchored_day(bare, document)


def _order(document: Document) -> str | None:
    """Whether the document says that its days stand before its months, or behind them."""
    said = {"day" if m["day"] else "month" for m in _ORDER.finditer(document.text)}
    return said.pop() if len(said) == 1 else None


def _ordered(match: re.Match[str], order: str) -> date | None:
    first, second, *rest = (int(n) for n in match[0].split("/"))
    if not rest:
        return None
    day, month = (first, second) if order == "day" else (second, first)
    return _make(rest[0] if rest[0] > 99 else 2000 + rest[0], month, day)


def _quarter_of(text: str, document: Document) -> date | None:
    """`Q4` alone, where the document says of which year its quarters are."""
    match = re.fullmatch(r"\W*(?:by |end of |in )?q([1-4])\W*", text, re.IGNORECASE)
    year = year_of_quarters(document) if match else None
    return _end_of_month(year, int(match[1]) * 3) if match and year else None


def _base_day(base: str, document: Document) -> date | None:
    return next((m.date for m in find_times(base) if m.date), None) or _anchor(base, document)


def _counted(match: re.Match[str], base: date | None) -> date | None:
    count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
    days = {"d": 1, "w": 7, "m": 31}[match["unit"][0].lower()]
    return base + timedelta(days=count * days) if base else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _calendar_day(match: re.Match[str]) -> date | None:
    """ "20270301", "31.3.27": dots stand behind the day first."""
    year, month, day = match.groups()[:3] if match[1] else (f"20{match[6]}", match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _period(text: str) -> date | None:
    """A quarter, half, week or month with its year: its last day."""
    if match := _QUARTER.search(text):
        year = _year(match["year"] or match["year2"])
        month = int(match["q"] or match["q2"] or 0) * 3 or int(match["h"] or match["h2"]) * 6
        return _end_of_month(year, month)
    if match := _WEEK.search(text):
        week = int(match["week"] or match["week2"])
        return (
            date.fromisocalendar(int(match["year"] or match["year2"]), week, 5) if 1 <= week <= 52 else None
        )
    if match := _MONTH_YEAR.search(text):
        return _end_of_month(int(match["year"]), _MONTHS[match["month"].lower()])
    if match := _YEAR_MONTH.search(text):
        return _end_of_month(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]))
    if match := _END_OF_YEAR.search(text):
        return date(int(match["year"]), 12, 31)
    return None


def _from_anchor(text: str, document: Document) -> date | None:
    """ "within 14 days of resolution": counted from what the document dates."""
    match = _COUNT.search(text)
    if match is None:
        return None
    written = next((m.date for m in find_times(text[match.end() :]) if m.date), None)
    anchor = written or _anchor(match["anchor"], document)
    if anchor is None:
        return None
    count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
    unit = match["unit"].lower()
    days = (
        92 if unit.startswith("quarter") else 31 if unit.startswith("month") else 7 if "week" in unit else 1
    )
    if "working" in unit or "business" in unit:
        return anchor + timedelta(days=count + 2 * (count // 5 + 1))
    return anchor + timedelta(days=count * days)


def _anchor(word: str, document: Document) -> date | None:
    dated = [e.time.date() for e in document.entries if e.time]
    if _RESOLUTION.search(word):
        return dated[-1] if dated else document.declared_date
    if _INCIDENT.search(word):
        return document.declared_date or (dated[0] if dated else None)
    return _dated_near(word.split()[0], document)


def _dated_near(words: str, document: Document) -> date | None:
    """The first date that stands close behind the words anywhere in the document."""
    for named in re.finditer(rf"\b{re.escape(words)}\w*\b[^\n]{{0,60}}", document.text, re.IGNORECASE):
        for mention in find_times(named[0]):
            if mention.date:
                return mention.date
    return None


def _year_taken_from(text: str, document: Document) -> date | None:
    """`15 July`, `end of June`: the first such day on or after the day that the document declares."""
    start = document.declared_date
    if start is None:
        return None
    for mention in find_times(text):
        if mention.month_day:
            return _on_or_after(start, *mention.month_day)
    if match := _BARE_MONTH.search(text):
        month = _MONTHS[match["month"].lower()]
        year = start.year + (month < start.month)
        return _end_of_month(year, month)
    return None


def _on_or_after(start: date, month: int, day: int) -> date | None:
    for year in (start.year, start.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= start:
            return found
    return None


def _year(text: str) -> int:
    return int(text) if text.isdigit() else 2000 + int(text[1:])


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
