"""Durations as people write them, with the tolerance that their rounding claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

_WORDS = {
    "half a": 0.5, "half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "ninety": 90,
}  # fmt: skip
_WORD = "half an?|" + "|".join(sorted((w for w in _WORDS if " " not in w), key=len, reverse=True))
_COUNTED = rf"(?:(?:\d+(?:[.,]\d+)?)[\s-]?|(?:{_WORD})[\s-])"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)"
_ONE = rf"{_COUNTED}{_UNIT}(?![\w/])"
_DURATION = re.compile(
    rf"(?<![\w.:,/$-])(?P<all>\d+\s?h\s?[0-5]\d(?![\w:/%]|[.,]\d|\s?(?:m|s|sec)\b|\s?min)|{_ONE}(?:(?:\s|,\s|\sand\s|,\sand\s)?\d+(?:\s|-)?{_UNIT}(?![\w/]))*(?P<half>\sand a half)?)",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:(?P<n>\d+(?:[.,]\d+)?)[\s-]?|(?P<word>{_WORD})[\s-])(?P<unit>{_UNIT})(?![\w/])", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:[~≈]|\b(?:about|around|approx(?:imately|\.)?|roughly|nearly|almost|over|under|just (?:over|under)|some|circa|ca\.?|up to"
    r"|at least|at most|less than|more than|within|between|or|to|-|–)\s*)$",
    re.IGNORECASE,
)
_UNDER = re.compile(r"\b(?<!just )(?:under|less than|up to|at most|no more than|within)\s+$", re.IGNORECASE)
_OVER = re.compile(r"\b(?<!just )(?:over|more than|at least|longer than)\s+$", re.IGNORECASE)
_PER = re.compile(
    r"\s*(?:windows?|timeouts?|intervals?|delays?|holds?|thresholds?|averages?|ttl|of silence|old\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Duration:
    start: int
    end: int
    length: timedelta
    tolerance: timedelta  # how far a true value may be away
    rough: bool  # "about", "more than", one end of a range
    at_most: bool = False  # "within", "less than"
    at_least: bool = False  # "more than"

    def fits(self, other: timedelta) -> bool:
        if (self.at_most and other <= self.length) or (self.at_least and other >= self.length):
            return True
        return abs(other - self.length) <= self.tolerance


def find_durations(text: str) -> Iterator[Duration]:
    """Every span of time that `text` states; settings ("a 5-minute window") are not spans that passed."""
    for match in _DURATION.finditer(text):
        if _PER.match(text, match.end()):
            continue
        seconds, finest = 0.0, 604800
        told = match["all"]
        if re.fullmatch(r"\d+\s?h\s?\d\d", told, re.IGNORECASE):
            told = re.sub(r"\s?h\s?", " h ", told, flags=re.IGNORECASE) + " min"  # "1 h 20"
        for part in _PART.finditer(told):
            unit = _UNITS[part["unit"][0].lower()]
            count = part["n"] or part["word"]
            seconds += _number(count) * unit
            finest = min(finest, unit)
            if "." in count or "half" in count.lower():
                finest = min(finest, unit // 4)
        if match["half"]:
            seconds += finest / 2
            finest //= 4
        length = timedelta(seconds=seconds)
        rough = bool(_ABOUT.search(text[: match.start()])) or text[match.end() : match.end() + 4].lower() in (
            " or ",
            " to ",
        )
        tolerance = timedelta(seconds=max(60, finest / 2 if finest >= 3600 else 60))
        if rough:
            tolerance = max(tolerance, length / 4, timedelta(minutes=2))
        before = text[: match.start()]
        at_most, at_least = bool(_UNDER.search(before)), bool(_OVER.search(before))
        yield Duration(match.start(), match.end(), length, tolerance, rough, at_most, at_least)


def _number(text: str) -> float:
    low = " ".join(text.lower().split())
    return float(_WORDS[low]) if low in _WORDS else float(low.replace(",", "."))
