"""What a document declares once for all its times: the day, the year, the zone, the moment T0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pipeline.documents.masking import mask
from pipeline.language.times import TimeMention, find_times, zone_of
from pipeline.language.zones import ABBREVIATION_PATTERN
from pipeline.models.document import Section

_ZONE = (
    rf"(?P<zone>(?:UTC|GMT)\s?[+\-−]\s?\d{{1,2}}(?::?[0-5]\d)?|UTC|GMT|(?:{ABBREVIATION_PATTERN})\b|Zulu"
    r"|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}|(?:[A-Z][a-z]+\s){1,2}(?:local\s)?[Tt]ime\b)"
)
_DECLARED_ZONE = re.compile(
    rf"\b(?:[Tt]imes?|[Tt]ime-?stamps?|[Cc]locks?|[Tt]ime ?zones?|TIME ?ZONE|[Hh]ours)\b(?:[^.\n|]{{0,40}}?|[\s:*_]*\|[\s*_]*)(?<!\w){_ZONE}"
)
# Right behind the words that declare, whatever names a place or a region is the zone: "all times in Pacific".
_PLACE = re.compile(
    r"\b(?:[Tt]imes|[Tt]ime-?stamps|[Tt]ime ?zones?|TIME ?ZONE)(?:(?:\s+(?:are|is|in|all|given|shown|listed|stated|below|here|the|expressed"
    r"|reported|noted|written|local|as|per|use|using|follow)\b)+\s*[:=(]?\s*|\s*[:=(]\s*)(?P<zone>[A-Z][\w/-]*(?:\s[A-Z][\w/-]*){0,2})"
)
_ANY_ZONE = re.compile(rf"(?<![\w/]){_ZONE}")
_USED = re.compile(rf"\b[Uu]se[sd]?\s+{_ZONE}(?=\s+(?:throughout|everywhere|in|for|below|here)\b|\W*$)")
_IN_USE = re.compile(rf"(?<![\w/]){_ZONE} (?:is|was|are) used\b")
# A zone that is no part of a name: "our UTC dashboards" declare nothing.
_BY_ITSELF = r"(?=\W*$|\s*[.,;:)\]|—–]|\s(?:from|for|in|on|unless|throughout|everywhere|too)\b)"
_STANDS_ALONE = re.compile(rf"(?<![\w/]){_ZONE}{_BY_ITSELF}")
# What says of all times at once which zone they are in: "All UTC.", "Everything is UTC", "UTC for every entry".
_OF_ALL = re.compile(
    rf"\b(?:[Aa]ll|[Ee]verything|[Ee]very(?: \w+)?|[Zz]one)(?: (?:is|are|in|on|of it))* {_ZONE}{_BY_ITSELF}"
)
_FOR_ALL = re.compile(rf"(?<![\w/]){_ZONE} (?:for|in|on|throughout) (?:all|each|every\w*)\b")
_DAY_IN_ZONE = re.compile(rf"\b(?:20\d\d|\d\d?)\s\({_ZONE}\)")
_IN_DOUBT = re.compile(
    r"\b(?:not|no|never|un\w+|mixed|some|most|partly|except|either|or|guess\w*|may|might|perhaps|probably|and)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\W*(?:(?:[Tt][Zz]|[Zz]one)\s*[:=]\s*)?{_ZONE}\W*")
_LOCAL = re.compile(rf"\blocal time\b[^.\n]{{0,20}}?\(?{_ZONE}")
_YEAR = re.compile(r"(?<![\d.\-/])(20[0-4]\d)(?![\d.]|-\d{3})")
_T_ZERO = re.compile(r"\bT-?0\b\s*(?:=|:|is|was|at|\()\s*(?P<at>[^\n;]{5,60})")
_DATE_FIELD = re.compile(
    r"^[\s>*_|-]*(?:incident |event |outage )?(?:date|day|when|date of (?:the )?(?:incident|event|outage))"
    r"(?: of (?:the )?incident)?[\s*_]*[:|][\s*_]*(?P<value>[^\n]{4,60})",
    re.IGNORECASE | re.MULTILINE,
)
ROLLOVER = timedelta(hours=6)  # a clock that goes back further than this has passed midnight


@dataclass(frozen=True, slots=True)
class Calendar:
    """Zone as written, day and year; None where the document declares none. `t_zero` is aware."""

    zone: str | None
    day: date | None
    year: int | None
    t_zero: datetime | None = None

    def day_of(self, mention: TimeMention, near: date | None) -> date | None:
        """The mention's own date; where its year is missing, the year of the day it stands near."""
        if mention.date:
            return mention.date
        year = near.year if near else self.year
        if mention.month_day and year:
            try:
                return date(year, *mention.month_day)
            except ValueError:
                return None
        return None

    def instant(
        self, day: date | None, clock: time | None, mention: TimeMention, zone: str | None
    ) -> datetime | None:
        """Day, clock and zone put together in UTC; None unless all three are known."""
        if day is None or clock is None:
            return None
        wall = datetime.combine(day, clock)
        if mention.offset is not None and mention.zone:
            return (wall - mention.offset).replace(tzinfo=UTC)
        named = zone_of(mention.zone or zone or "", wall)
        return wall.replace(tzinfo=named).astimezone(UTC) if named else None


def read_calendar(
    surface: str, sections: Sequence[Section], fields: dict[str, str], timezone: str | None
) -> Calendar:
    """What the document declares; `timezone` is what incident.yaml says, for a document that says nothing."""
    texts = [mask(surface[s.start : s.end]) for s in sections]
    headings = [s.heading for s in sections]
    timeline = [i for i, s in enumerate(sections) if s.part == "timeline"]
    zone = (
        _zone([headings[i] for i in timeline], _ANY_ZONE, _PLACE)
        or _zone(
            [texts[i] for i in timeline],
            _DECLARED_ZONE,
            _LOCAL,
            _PLACE,
            _USED,
            _IN_USE,
            _OF_ALL,
            _FOR_ALL,
            _DAY_IN_ZONE,
        )
        or _zone(
            [
                line
                for i in timeline
                for line in _declaring_lines(surface[sections[i].start : sections[i].end])
            ],
            _ANY_ZONE,
        )
        or _zone(
            [h for i in timeline for h in _head_lines(surface[sections[i].start : sections[i].end])],
            _STANDS_ALONE,
        )
        or next((z for i in timeline if (z := _zone_among(headings[i]))), None)
        or _zone([*texts, *headings, *fields.values()], _DECLARED_ZONE, _LOCAL, _PLACE, _USED, _IN_USE)
        or _zone(
            [line for s in sections[:2] for line in _declaring_lines(surface[s.start : s.end])], _ANY_ZONE
        )
        or next((v for k, v in fields.items() if "zone" in k and zone_of(v)), None)
        or _zone([t for h in headings[:2] for t in (h, fields.get("title", ""))], _ANY_ZONE)
    )
    mixed = False
    if zone is None:
        told = [m.zone for i in timeline for m in find_times(texts[i]) if m.clock]
        zone = next((z for z in told if z), None)
        mixed = _is_mixed(told)
    if zone is None:
        zone = next((m.zone for t in texts for m in find_times(t) if m.zone and m.clock), None)
    if mixed:
        zone = None
    t_zero = _t_zero([*texts, *headings])
    title = [fields.get("title", ""), *headings[:3], *(h for h in headings[3:] if _is_top(sections, h))]
    year = _first_year([*title, *fields.values(), *texts])
    day = (
        _day([headings[i] for i in timeline], year)
        or _day([m["value"] for t in texts for m in _DATE_FIELD.finditer(t)], year)
        or _day([v for k, v in fields.items() if "date" in k or k == "when"], year)
        or _day([t for t in title if not _spans_days(t)], year)
        or _day(_before_timeline(texts, timeline), year)
        or _day(title, year)
    )
    if day is None and t_zero:
        day = t_zero.date()
    return Calendar(zone or timezone, day, day.year if day else year, t_zero)


def zone_in(header: str) -> str | None:
    """The zone that a column's header or a heading names, as written."""
    bare = header.strip().strip("()[]")
    bracketed = re.search(r"[(\[](?P<zone>[^)\]]{2,30})[)\]]", header)
    named = [bare, *([bracketed["zone"]] if bracketed else [])]
    return _zone([header], _ANY_ZONE) or next((n for n in named if len(n) < 30 and zone_of(n)), None)


def _declaring_lines(text: str) -> Iterator[str]:
    """Lines before the first that tells a clock that tell a day, or a zone alone: "2026-03-18 (UTC)", "TZ: UTC"."""
    for line in map(mask, text.split("\n")):
        found = find_times(line)
        if any(m.clock for m in found):
            return
        if (len(line) < 60 and any(m.is_dated for m in found)) or _ALONE.fullmatch(line):
            yield line


def _is_mixed(told: Sequence[str | None]) -> bool:
    """Whether entries tell zones of their own, on both sides of one that tells none: it inherits from nobody."""
    zoned = [i for i, zone in enumerate(told) if zone]
    return len(zoned) > 1 and zoned[-1] - zoned[0] >= len(zoned)


def _head_lines(text: str) -> Iterator[str]:
    """Sentences before the first that tells a clock, a list or a table: a zone that is named there is that of what follows."""
    for line in text.split("\n"):
        if any(m.clock for m in find_times(mask(line))) or re.match(r"\s*(?:[-*+|]|\d+[.)])\s*\S", line):
            return
        if not _IN_DOUBT.search(line):
            yield mask(line)


def _zone_among(heading: str) -> str | None:
    """The zone among what a heading lists: "Timeline (Nov 4, 2026, US Pacific)"."""
    parts = (p.strip() for p in re.split(r"[(),;|–—]|\s-\s", heading))
    return next((p for p in parts if 2 < len(p) < 30 and zone_of(p) is not None), None)


def _is_top(sections: Sequence[Section], heading: str) -> bool:
    return any(s.heading == heading and s.level == 1 for s in sections)


def _before_timeline(texts: Sequence[str], timeline: Sequence[int]) -> Iterable[str]:
    """The text up to the timeline and its opening words; then what follows it."""
    first = timeline[0] if timeline else len(texts)
    return [*texts[: first + 1], *texts[first + 1 :]]


def _zone(texts: Iterable[str], *patterns: re.Pattern[str]) -> str | None:
    for text in texts:
        for pattern in patterns:
            for match in pattern.finditer(text):
                if name := _known(match["zone"].strip()):
                    return name
    return None


def _known(name: str) -> str | None:
    """The name, or as much of its beginning or its end as names a zone: "Pacific unless stated", "UC/Pacific"."""
    if zone_of(name) is not None or re.fullmatch(ABBREVIATION_PATTERN, name):
        return name
    words = name.split()
    shorter = [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)] + [name.rpartition("/")[2]]
    return next((n for n in shorter if zone_of(n) is not None), None)


def _first_year(texts: Iterable[str]) -> int | None:
    for text in texts:
        for mention in find_times(text):
            if mention.date:
                return mention.date.year
        if match := _YEAR.search(text):
            return int(match[1])
    return None


def _day(texts: Iterable[str], year: int | None) -> date | None:
    for text in texts:
        for mention in find_times(text):
            if mention.date:
                return mention.date
            if mention.month_day and year:
                try:
                    return date(year, *mention.month_day)
                except ValueError:
                    continue
    return None


def _spans_days(title: str) -> bool:
    """ "Night of 6 to 7 November 2026": which of them a bare clock is on, it does not say."""
    return len({m.date or m.month_day for m in find_times(title) if m.date or m.month_day}) > 1


def _t_zero(texts: Iterable[str]) -> datetime | None:
    for text in texts:
        for match in _T_ZERO.finditer(text):
            for m in find_times(match["at"]):
                if m.date and m.clock and m.offset is not None:
                    return (datetime.combine(m.date, m.clock) - m.offset).replace(tzinfo=UTC)
    return None
