"""From a zone as people write it ("UTC", "MT", "Helsinki time", "Europe/Oslo", "UTC+11") to a tzinfo, or None."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

# North American names say a clock, not an offset: "MT" is daylight time in July. Where several countries
# use the same letters the candidates stand in order, and only a hint from the folder chooses between them.
_ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "PT": ("America/Los_Angeles",),
    "MT": ("America/Denver",),
    "CT": ("America/Chicago",),
    "ET": ("America/New_York",),
    "AKT": ("America/Anchorage",),
    "AT": ("America/Halifax",),
    "NT": ("America/St_Johns",),
    "WET": ("Europe/Lisbon",),
    "MSK": ("Europe/Moscow",),
    "TRT": ("Europe/Istanbul",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "SGT": ("Asia/Singapore",),
    "HKT": ("Asia/Hong_Kong",),
    "PHT": ("Asia/Manila",),
    "WIB": ("Asia/Jakarta",),
    "ICT": ("Asia/Bangkok",),
    "PKT": ("Asia/Karachi",),
    "GST": ("Asia/Dubai",),
    "SAST": ("Africa/Johannesburg",),
    "EAT": ("Africa/Nairobi",),
    "WAT": ("Africa/Lagos",),
    "CAT": ("Africa/Maputo",),
    "BRT": ("America/Sao_Paulo",),
    "ART": ("America/Argentina/Buenos_Aires",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
}
# These name an offset by themselves, whatever the season of the date they stand beside.
_FIXED: dict[str, float] = {
    "PST": -8,
    "PDT": -7,
    "MST": -7,
    "MDT": -6,
    "CST": -6,
    "CDT": -5,
    "EST": -5,
    "EDT": -4,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "AST": -4,
    "ADT": -3,
    "NST": -3.5,
    "NDT": -2.5,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "WEST": 1,
    "AEST": 10,
    "AEDT": 11,
    "ACST": 9.5,
    "ACDT": 10.5,
    "AWST": 8,
    "NZST": 12,
    "NZDT": 13,
}
_REGIONS: dict[str, str] = {
    "pacific": "America/Los_Angeles",
    "mountain": "America/Denver",
    "central": "America/Chicago",
    "eastern": "America/New_York",
    "atlantic": "America/Halifax",
    "uk": "Europe/London",
    "british": "Europe/London",
    "central european": "Europe/Paris",
    "eastern european": "Europe/Helsinki",
    "western european": "Europe/Lisbon",
}
ABBREVIATION_PATTERN = "|".join(sorted({*_ABBREVIATIONS, *_FIXED}, key=lambda a: (-len(a), a)))
_OFFSET = re.compile(r"(?:UTC|GMT|Z)?\s?([+\-−])\s?(\d{1,2})(?::?([0-5]\d))?$")
_WORDS = re.compile(
    r"\s+(?:(?:standard|daylight|summer|winter|local)\s+)?(?:time(?:\s?zone)?|clock)$", re.IGNORECASE
)


def zone_of(name: str, on: datetime | None = None, near: str | None = None) -> tzinfo | None:
    """The zone that `name` means, or None where nobody can say.

    `on` (naive: wall clock) is kept for callers whose zone depends on a date; `near` is an IANA name from
    the folder that decides between readings of the same letters ("IST").
    """
    text = name.strip().strip("()[]").strip()
    if not text:
        return None
    upper = text.upper()
    if upper in {"UTC", "GMT", "Z", "ZULU", "UCT"}:
        return UTC
    if offset := _OFFSET.fullmatch(text if text[0] in "+-−" else upper):
        return _fixed(offset)
    if upper in _FIXED and not (hinted := _hinted(upper, on, near)):
        return timezone(timedelta(hours=_FIXED[upper]), upper)
    if upper in _FIXED:
        return hinted
    if upper in _ABBREVIATIONS:
        candidates = _ABBREVIATIONS[upper]
        if near in candidates or len(candidates) == 1:
            return ZoneInfo(near if near in candidates else candidates[0])
        return None
    if "/" in text:
        return ZoneInfo(text) if text in _known() else None
    stem = re.sub(r"^u\.?s\.?a?\.? ", "", _WORDS.sub("", text).casefold())
    key = _REGIONS.get(stem) or _places().get(stem)
    return ZoneInfo(key) if key else None


def zones_called(letters: str) -> tuple[ZoneInfo, ...]:
    """All that these letters are used for, where that is more than one."""
    candidates = _ABBREVIATIONS.get(letters.strip(), ())
    return tuple(ZoneInfo(c) for c in candidates) if len(candidates) > 1 else ()


@cache
def _known() -> frozenset[str]:
    """Every zone of the data base. Asking for it walks through its folders: half a second for a hundred times."""
    return frozenset(available_timezones())


def _fixed(match: re.Match[str]) -> tzinfo | None:
    sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > timedelta(hours=14):
        return None
    return UTC if not offset else timezone(offset if sign == "+" else -offset)


def _hinted(abbreviation: str, on: datetime | None, near: str | None) -> tzinfo | None:
    """The folder's own zone, where it uses these letters on that date (CST in Shanghai is not Chicago's)."""
    if not near or near not in _known():
        return None
    zone = ZoneInfo(near)
    moment = (on or datetime(2024, 1, 1)).replace(tzinfo=zone)
    return zone if moment.tzname() == abbreviation else None


@cache
def _places() -> dict[str, str]:
    """City names, and countries that keep one clock, each with its IANA zone."""
    places: dict[str, str] = {}
    for key in sorted(_known()):
        area, _, city = key.rpartition("/")
        if area and not area.startswith(("Etc", "US", "Canada", "posix", "right")):
            places.setdefault(city.replace("_", " ").casefold(), key)
    folder = files("tzdata.zoneinfo")
    names = dict(_rows(folder.joinpath("iso3166.tab").read_text("utf-8"), 0, 1))
    zones: dict[str, list[str]] = {}
    for code, zone in _rows(folder.joinpath("zone.tab").read_text("utf-8"), 0, 2):
        zones.setdefault(code, []).append(zone)
    for code, keys in zones.items():
        if len(keys) == 1 and code in names:
            places.setdefault(names[code].casefold(), keys[0])
    return places


def _rows(table: str, left: int, right: int) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return [(row[left], row[right]) for row in rows]
