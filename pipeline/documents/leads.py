"""Reads the time that a line of a timeline opens with, or the words that stand where one should."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta

from pipeline.documents.dating import Calendar
from pipeline.documents.masking import mask
from pipeline.language.times import TimeMention, find_times

_OPENING = re.compile(
    r"^[\s\[({*_~≈|\"“]*(?:(?:at|on|around|about|approx\.?|approximately|roughly|circa|ca\.?|c\.|from|between|by|since"
    r"|until|before|after|shortly|just|early|late|some\s?time|time|day \d+|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?)[\s:~,]+)*[\s\[(*~≈]*$",
    re.IGNORECASE,
)
_SECOND = re.compile(r"^[\s*_]*[(/|,][\s*_(~]*$")
_CLOSERS = ' \t*_)]}:–—-|.,;"”'
_RELATIVE = re.compile(
    r"^[\s\[(*]*(?:T\s?)?(?P<sign>[+−-])\s?(?P<n>\d{1,4})(?::(?P<m>\d\d))?\s?(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?"
    r"|s(?:ec(?:ond)?s?)?)?\b(?!\d|[-/.]|:\d)",
    re.IGNORECASE,
)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "s": timedelta(seconds=1)}
_T_LEAD = re.compile(r"^[\s\[(*]*T\s?(?:-?0\b|\s?[+−-]\s?\d)", re.IGNORECASE)
_FOUR_DIGITS = re.compile(
    r"^(?P<lead>[\s\[(*_]*)(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s*(?:[:–—|\])-]|[*_]|$))"
)
_CODED = re.compile(r"\A(?<!\S)`(?P<time>[^`\n]*\d[:.h]?\d\d[^`\n]*)`(?!`)")  # a time set as code is a time
_PARTED_ZONE = re.compile(  # "**09:50** (CEST)": blanked emphasis must not part a clock from its zone
    r"(?P<clock>\d)(?P<gap>\s{2,})(?P<zone>\((?:UTC|GMT|[A-Z]{2,5}T)\)|(?:UTC|GMT|[A-Z]{2,4}T)\b)"
)
_SHORT_DAY = re.compile(r"^[\s\[(*]*(?P<m>\d\d)[-/](?P<d>\d\d)(?=[\sT,]+\d\d?:\d\d)")
_VAGUE = re.compile(
    r"^[\s\[(*]*(?P<words>\?{1,}|(?:time )?(?:unknown|not recorded|unrecorded|unclear|n/?a|tb[dca])"
    r"|(?:(?:around|about|at|in|by|during|early|late|later|mid|shortly|soon|some\s?time|just|the|that|this|same|next"
    r"|following|previous|over|right|a|few|several|moments?|minutes?|hours?|while|bit|little|immediately|an|day)[\s-]*)*"
    r"(?:lunch(?:time)?|noon|midday|midnight|morning|afternoon|evening|night|overnight|dawn|day|weekend|after(?:wards?)?"
    r"|before(?:hand)?|later|earlier|soon|then|next|meanwhile|eventually|subsequently|finally|initially|once"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day))(?!\w)(?P<tail>[^:–—.,]{0,40}?)\s*[*\])]*\s*(?P<cut>:|\s[–—-]\s|,)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:unknown|lost|missing|estimated?|approx\w*|from memory|from chat|reconstructed|according to|no record"
    r"|not recorded|not logged|because|inferred|recollection|by memory|best guess)\b|[~≈]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The time of a line. `end` is where its event begins; `vague` are words in the place of a time."""

    mention: TimeMention
    text: str
    end: int
    leading: bool  # it opens the line
    trailing: bool = False  # it closes the line
    vague: str | None = None
    marked_unknown: bool = False
    separated: bool = False  # a colon, a dash or a bracket stands between time and event
    offset: timedelta | None = None  # "T+20"


def read_lead(text: str, calendar: Calendar) -> Lead | None:
    """The time that a line tells, None where it tells none."""
    shown = mask(_CODED.sub(r" \g<time> ", text, count=1))
    shown = _PARTED_ZONE.sub(lambda m: f"{m['clock']} {m['zone']}{m['gap'][1:]}", shown)
    if relative := _relative(shown, calendar):
        return relative
    if (military := _FOUR_DIGITS.match(shown)) and not _is_year(military["h"] + military["m"], calendar):
        clock = time(int(military["h"]), int(military["m"]))
        start, end = military.end("lead"), military.end()
        return _leading(shown, TimeMention(start, end, shown[start:end], clock=clock), [])
    short, shown = _short_day(shown, calendar)
    mentions = [m for m in find_times(shown) if m.clock or m.date or m.month_day]
    if short and mentions and mentions[0].clock:
        mentions[0] = replace(mentions[0], month_day=mentions[0].month_day or short)
    first = mentions[0] if mentions else None
    if first and _OPENING.match(shown[: first.start]):
        return _leading(shown, first, mentions[1:])
    if vague := _VAGUE.match(shown):
        bounds = next((m for m in mentions if m.clock), None) if _WHY.search(shown) else None
        mention = bounds or TimeMention(vague.start(), vague.end("words"), vague["words"])
        why = bounds is not None
        return Lead(
            mention, vague[0].strip(" :,–—-*[]()"), vague.end(), True, vague=vague["words"], marked_unknown=why,
            separated=True,
        )  # fmt: skip
    clocked = next((m for m in mentions if m.clock), first)
    if clocked is None:
        return None
    clocked = _with_day(clocked, mentions)
    trailing = not shown[clocked.end :].strip(" .)]")
    return Lead(clocked, clocked.text, clocked.end, False, trailing, marked_unknown=clocked.approximate)


def _is_year(digits: str, calendar: Calendar) -> bool:
    """Whether four digits are a year near the document's own rather than a clock: "2026: the pool is capped"."""
    return abs(int(digits) - (calendar.year or 2020)) < 10


def _short_day(shown: str, calendar: Calendar) -> tuple[tuple[int, int] | None, str]:
    """`[03-26 17:40]`: month and day, where the document's own day or the numbers say which is which."""
    match = _SHORT_DAY.match(shown)
    if match is None:
        return None, shown
    month, day = int(match["m"]), int(match["d"])
    if month > 12 or (calendar.day and calendar.day.month == day != month):
        month, day = day, month
    blanked = re.sub(r"[^\n]", " ", match[0]) + shown[match.end() :]
    return ((month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None), blanked


def _leading(shown: str, first: TimeMention, others: list[TimeMention]) -> Lead:
    """The opening mention, joined with a day or a clock that stands right behind it in its own brackets."""
    end, opening = first.end, shown[: first.start]
    for other in others:
        if not _SECOND.match(shown[end : other.start]) and shown[end : other.start].strip(_CLOSERS):
            break
        if first.clock is None and other.clock is not None:
            first = replace(
                other, date=other.date or first.date, month_day=other.month_day or first.month_day
            )
        elif first.clock and not _SECOND.match(shown[end : other.start]):
            break
        end = other.end
    bounds = next((o for o in others if o.until_clock), None) if first.clock is None else None
    if bounds and _WHY.search(shown):  # "4 June, minute unknown, between 13:50 and 13:58 UTC: …"
        first = replace(bounds, date=bounds.date or first.date, month_day=bounds.month_day or first.month_day)
        end = max(bounds.end, shown.find(": ", bounds.end))
    text = shown[len(opening) - len(opening.lstrip(" \t*_")) : end].strip(" *_[(")
    closing = shown[end:]
    bracket = re.match(r"\s*\((?P<note>[^)]{3,60})\)", closing)
    noted = bool(bracket and _WHY.search(bracket["note"]))
    if bracket and noted:
        end += bracket.end()
    rest = shown[end:]
    cut = len(rest) - len(rest.lstrip(_CLOSERS))
    separated = bool(re.search(r"[:–—|\])-]", rest[:cut]))
    marked = first.approximate or noted or bool(first.until_clock and _WHY.search(shown))
    return Lead(first, text, end + cut, True, marked_unknown=marked, separated=separated)


def _with_day(mention: TimeMention, others: list[TimeMention]) -> TimeMention:
    if mention.date or mention.month_day:
        return mention
    day = next((m for m in others if m.date), None)
    return replace(mention, date=day.date) if day else mention


def _relative(shown: str, calendar: Calendar) -> Lead | None:
    """`T+20`, `+00:20`: minutes after T0, known only where the document says when T0 was."""
    match = _RELATIVE.match(shown)
    if match is None or not (_T_LEAD.match(shown) or match["unit"] or match["m"]):
        if _T_LEAD.match(shown) and (
            zero := re.match(r"^[\s\[(*]*T\s?-?0\b(?!\s*(?:=|is|was|:=))", shown, re.I)
        ):
            return _offset_lead(shown, zero.end(), timedelta(0), calendar)
        return None
    if match["m"]:
        shift = timedelta(hours=int(match["n"]), minutes=int(match["m"]))
    else:
        shift = int(match["n"]) * _UNITS[(match["unit"] or "m").lower()[0]]
    return _offset_lead(shown, match.end(), -shift if match["sign"] in "−-" else shift, calendar)


def _offset_lead(shown: str, end: int, shift: timedelta, calendar: Calendar) -> Lead:
    text = shown[:end].strip(" *[(")
    behind = re.match(r"\s*\(T-?0\b[^)]*\)", shown[end:], re.IGNORECASE)
    end += behind.end() if behind else 0
    rest = shown[end:]
    cut = len(rest) - len(rest.lstrip(_CLOSERS))
    mention = TimeMention(0, end, text)
    return Lead(
        mention, text, end + cut, True, offset=shift if calendar.t_zero else None, separated=True, vague=text
    )  # fmt: skip
