"""Finds clock times in a text with the zone written beside them; ports, versions and ratios are none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.dates import Day
from pipeline.language.zones import ABBREVIATION_PATTERN, zone_of


@dataclass(slots=True)
class Clock:
    start: int
    end: int
    at: dt.time
    seconds: bool = False
    marked: bool = False  # AM or PM stands beside it
    bare: bool = False  # neither AM, PM nor a leading zero decides between morning and evening
    next_day: bool = False  # 24:00
    zone: str | None = None
    approximate: bool = False


_MERIDIAN = r"[AaPp]\.?\s?[Mm]\b\.?"
_CLOCK = re.compile(
    rf"""(?<![\d:.,\w/\-+=@#]) (?P<tilde>[~≈]\s?)? (?:
      (?P<h1>[01]?\d|2[0-4]):(?P<m1>[0-5]\d)(?::(?P<s1>[0-5]\d|60)(?:[.,]\d{{1,9}})?)?(?:\s?(?P<ap1>{_MERIDIAN}))?(?!:?\d|[.]\d|%|[xX]\b)
    | (?P<h2>[01]?\d|2[0-3])[hH](?P<m2>[0-5]\d)(?:m?(?P<s2>[0-5]\d)s?)?\b
    | (?P<h3>1[0-2]|0?[1-9])\s?(?P<ap3>{_MERIDIAN})
    | (?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?=\s?(?:UTC|GMT|Z)\b|\s?h(?:rs|ours)?\b)(?:\s?h(?:rs|ours)?\b)?
    | (?P<h5>[01]?\d|2[0-3])\.(?P<m5>[0-5]\d)(?:\s?(?P<ap5>{_MERIDIAN})|(?=\s?(?:(?:UTC|GMT|Z|Uhr|{ABBREVIATION_PATTERN})\b)))
    )""",
    re.VERBOSE,
)
_GLUED = re.compile(  # a clock glued to a date: ISO "T", CLF ":", "20260318-063600"
    r"(?:[T_:\-]|\s)(?P<h>[01]\d|2[0-3])(?P<sep>:?)(?P<m>[0-5]\d)(?:(?P=sep)(?P<s>[0-5]\d|60)(?:[.,]\d{1,9})?)?(?![\d:])"
)
# A quarter of an hour is the finest step of any zone in use; "06:47-07:01" is a range.
_OFFSET = r"(?:[01]\d:?(?:00|15|30|45)|[01]\d)(?![\d:.\-/])"
_ZONE = re.compile(
    rf"""\s?(?P<open>[(\[])?\s?(?P<name>
      (?:UTC|GMT)\s?[+\-−]\s?\d{{1,2}}(?::?[0-5]\d)?(?!\d)
    | [+\-−]{_OFFSET}
    | (?:UTC|GMT|Zulu)\b | Z(?![\w])
    | (?:{ABBREVIATION_PATTERN})\b
    | [A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?
    | (?:[A-Z][\w]+\s){{1,2}}(?:(?:standard|daylight|summer|local)\s)?[Tt]ime\b
    | (?:Pacific|Mountain|Eastern)\b
    | (?<=[(\[])[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=[)\],])
    )""",
    re.VERBOSE,
)
_APPROXIMATE = re.compile(
    r"(?:[~≈]|\b(?:about|around|approx(?:imately|\.)?|circa|ca\.|c\.|roughly|some\s?time\s(?:around|after|before)"
    r"|shortly\s(?:after|before)|just\s(?:after|before)|soon\safter|nearly|almost))\s*$",
    re.IGNORECASE,
)
_APPROXIMATELY = re.compile(
    r"\s?(?:-?ish\b|or\s(?:so|thereabouts)\b|\((?:approx|approximate|estimated?|est)\b)"
)
# What stands beside a colon that is no clock: a proportion, a place in a file, a length of time.
_NO_CLOCK_AFTER = re.compile(
    r"(?:\b(?:ratio|odds|scale|aspect)(?:\s(?:of|is|was|about))*|\b(?:ports?|lines?))\s*$", re.IGNORECASE
)
_NO_CLOCK_BEFORE = re.compile(
    r"\s?(?:ratio|odds|scale|min(?:ute)?s?\b|h(?:our)?s\b|sec(?:ond)?s?\b)", re.IGNORECASE
)


def find_clocks(text: str, days: Sequence[Day]) -> list[Clock]:
    """Every clock time of `text`, in order; `days` are the dates already found in it."""
    clocks = [clock for day in days if (clock := _glued(text, day))]
    taken = [(d.start, d.end) for d in days] + [(c.start, c.end) for c in clocks]
    for match in _CLOCK.finditer(text):
        if not any(s < match.end() and match.start() < e for s, e in taken) and (clock := _read(match, text)):
            clocks.append(clock)
    for clock in clocks:
        _take_zone(text, clock)
    ends = _ends_of_ranges(text, clocks)
    for clock in ends:
        _take_zone(text, clock)
    clocks = sorted(clocks + ends, key=lambda c: c.start)
    for clock in clocks:
        clock.approximate |= bool(_APPROXIMATE.search(text, max(0, clock.start - 24), clock.start))
        clock.approximate |= bool(_APPROXIMATELY.match(text, clock.end))
    return clocks


def _glued(text: str, day: Day) -> Clock | None:
    match = _GLUED.match(text, day.end)
    if match is None or re.match(rf"\s?{_MERIDIAN}", text[match.end() : match.end() + 6]):
        return None
    # "2026-03-18 0612" is no clock unless a letter or seconds say so; "2026-03-18 06:12" and "T0612" are.
    glue = text[day.end]
    if not (match["sep"] or glue == "T" or (glue in "-_" and match["s"])):
        return None
    at = dt.time(int(match["h"]), int(match["m"]), min(int(match["s"] or 0), 59))
    zone = "GMT" if day.in_utc else None
    return Clock(match.start() + 1, match.end(), at, seconds=match["s"] is not None, zone=zone)


def _read(match: re.Match[str], text: str) -> Clock | None:
    g = match.groupdict()
    n = next(k for k in "12345" if g.get("h" + k))
    hour, minute, second = int(g["h" + n]), int(g.get("m" + n) or 0), g.get("s" + n)
    meridian = (g.get("ap" + n) or "").lower()[:1] if 1 <= hour <= 12 else ""
    if meridian:
        hour = hour % 12 + (12 if meridian == "p" else 0)
    if (hour == 24 and minute) or (n == "1" and not meridian and _NO_CLOCK_BEFORE.match(text, match.end())):
        return None
    if _NO_CLOCK_AFTER.search(text, max(0, match.start() - 20), match.start()):
        return None
    return Clock(
        match.start(),
        match.end(),
        dt.time(hour % 24, minute, min(int(second or 0), 59)),
        seconds=second is not None,
        marked=bool(meridian),
        bare=n == "1" and not meridian and (len(g["h1"]) == 1 or 10 <= hour <= 12),
        next_day=hour == 24,
        approximate=bool(g["tilde"]),
    )


def _ends_of_ranges(text: str, clocks: list[Clock]) -> list[Clock]:
    """`06:47-07:01`: a hyphen before a clock is refused elsewhere, and says a range behind another clock."""
    ends: list[Clock] = []
    for clock in clocks:
        dash = re.compile(r"\s?-{1,2}>?\s?").match(text, clock.end)
        if not dash or any(c.start == dash.end() for c in clocks):
            continue
        match = _CLOCK.match(text[dash.end() :])
        end = _read(match, match.string) if match else None
        if end:
            end.start, end.end = end.start + dash.end(), end.end + dash.end()
            ends.append(end)
    return ends


def _take_zone(text: str, clock: Clock) -> None:
    match = _ZONE.match(text, clock.end)
    if match is None or (match["name"] == "AT" and not match["open"]):
        return
    name = match["name"].strip()
    dashed = name[0] in "-−"
    if dashed and not clock.seconds and text[clock.start - 1 : clock.start] != "T":
        return  # "06:00-07:00"
    if zone_of(name) is None and not name.isupper():
        return
    clock.zone, clock.end = name, match.end()
    if match["open"] and (
        more := re.compile(r",\s*(?:UTC|GMT)\s?[+\-−]?\d*(?::\d\d)?(?=[)\]])").match(text, clock.end)
    ):
        clock.end = more.end()
    if match["open"] and text[clock.end : clock.end + 1] in {")", "]"}:
        clock.end += 1
