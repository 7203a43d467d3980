"""Finds what a sentence must have right to the letter: times, numbers, durations, identifiers, tickets, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.language.times import TimeMention, find_times

LiteralKind = Literal[
    "time", "date", "number", "percent", "duration", "identifier", "ticket", "url", "quote", "code"
]
Value = TimeMention | Decimal | timedelta | str


@dataclass(frozen=True, slots=True)
class Literal_:
    """`value` is a TimeMention for times and dates, a Decimal for numbers and percentages, a timedelta for
    durations, and the bare text (without marks; tickets in upper case) for the rest."""

    kind: LiteralKind
    start: int
    end: int
    text: str
    value: Value


_UNIT_SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600), "d": Decimal(86400), "w": Decimal(604800)}  # fmt: skip
_UNIT = r"(?:milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d|weeks?|wks?|w)"
_POINTED = r"(?:\d{1,3}(?:[,\u202f\u00a0']\d{3})+|\d+)(?:\.\d+)?"
# Three digits behind a lone comma are thousands; behind 0, or behind a group that a point ends, they are not.
COMMAED = r"(?:\d{1,3}(?:[.\u202f\u00a0']\d{3})+,\d+|0,\d+|\d+,(?!\d{3}(?!\d))\d+)(?!,?\d)"
NUMBER = rf"(?:{COMMAED}|{_POINTED})"  # "1,204.5", and "1.204,5" where the comma is the decimal mark
_DURATION = re.compile(
    rf"(?<![\w.:/-])(?<!\d,)(?:{NUMBER}(?:\s?|-){_UNIT})(?:(?:\s|,\s|\sand\s)?\d+(?:\s?){_UNIT})*(?![\w/]|-\w)"
)
_DURATION_PART = re.compile(rf"({NUMBER})(?:\s?|-)({_UNIT})")
_PERCENT = re.compile(rf"(?<![\w.-])[-+−]?({NUMBER})\s?(?:%|percent\b|per\scent\b|percentage points\b)")
_PLAIN_NUMBER = re.compile(rf"(?<![\w.,:#/-])[-−$€£~]?((?>{NUMBER}))(?:\s?([kKMB]|million|billion|thousand)\b)?(?!\w|:\w)")  # fmt: skip
_SCALE = {
    "k": 10**3,
    "K": 10**3,
    "thousand": 10**3,
    "M": 10**6,
    "million": 10**6,
    "B": 10**9,
    "billion": 10**9,
}
_URL = re.compile(r"\bhttps?://[^\s<>\"')\]`“”]+[^\s<>\"')\].,;:!?`“”]")
# The first mark of the same length closes; what has a space at both ends is the prose between two spans. Printed
# Markdown may escape both marks and what is between them.
_BETWEEN = r"(?!\s[^`\n]*(?<=\s)\\?`)"
_CODE = re.compile(
    rf"\\`{_BETWEEN}(?P<escaped>(?:\\[^`\n]|[^`\\\n])+)\\`"
    rf"|(?:(?<![`\\])|(?<=\\`))(?:`{_BETWEEN}[^`\n]+`|(?P<ticks>``+)(?!`).+?(?<!`)(?P=ticks))(?!`)"
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_QUOTE = re.compile(r"“([^”]{2,})”|\"([^\"\n]{2,})\"|«([^»]{2,})»")
_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b|(?<![\w/])(?:[\w.-]+(?:/[\w.-]+)?)?#\d+\b|![1-9]\d*\b")
_IDENTIFIER = re.compile(
    r"(?<![\w./@-])(?:"
    r"/[\w.{}-]+(?:/[\w.{}*-]+)+"  # a path
    r"|(?=[\w.:/-]*[A-Za-z])(?=[\w.:/-]*(?:\d|_))[A-Za-z0-9](?:[\w.:/-]*\w)"  # letters with digits or _
    r"|[A-Za-z][\w-]*(?:\.[\w-]+)*\.(?:ya?ml|json|toml|py|go|js|ts|java|rb|sh|sql|tf|conf|cfg|ini|log|txt|md|csv|example|internal|local)\b"
    r"|[a-z]+(?:[A-Z][a-z0-9]+)+\b"  # camelCase
    r"|\b[0-9a-f]{7,40}\b(?<=[a-f0-9])"
    r")"
)


@lru_cache(maxsize=2048)
def find_literals(text: str) -> tuple[Literal_, ...]:
    """The literals of `text` in order; none overlaps another, and what stands inside a quotation, code or
    a URL is part of it."""
    taken: list[tuple[int, int]] = []
    found: list[Literal_] = []
    for group in (
        _marked(text),
        _dated(text),
        _tickets(text),
        _measured(text),
        _identifiers(text),
        _numbers(text),
    ):
        for literal in group:
            if all(literal.end <= a or literal.start >= b for a, b in taken):
                found.append(literal)
                taken.append((literal.start, literal.end))
    return tuple(sorted(found, key=lambda x: x.start))


def _marked(text: str) -> Iterator[Literal_]:
    for m in _URL.finditer(text):
        yield Literal_("url", m.start(), m.end(), m.group(), m.group())
    for m in _CODE.finditer(text):
        value = _ESCAPE.sub("", m["escaped"]) if m["escaped"] else m.group().strip("`").strip()
        yield Literal_("code", m.start(), m.end(), m.group(), value)
    for m in _QUOTE.finditer(text):
        yield Literal_("quote", m.start(), m.end(), m.group(), next(g for g in m.groups() if g))


def _dated(text: str) -> Iterator[Literal_]:
    for mention in find_times(text):
        kind: LiteralKind = "time" if mention.clock else "date"
        yield Literal_(kind, mention.start, mention.end, mention.text, mention)


def _tickets(text: str) -> Iterable[Literal_]:
    return (
        Literal_("ticket", m.start(), m.end(), m.group(), m.group().upper()) for m in _TICKET.finditer(text)
    )


def _measured(text: str) -> Iterator[Literal_]:
    for m in _PERCENT.finditer(text):
        yield Literal_("percent", m.start(), m.end(), m.group(), as_decimal(m[1]))
    for m in _DURATION.finditer(text):
        seconds = sum(as_decimal(n) * _unit(u) for n, u in _DURATION_PART.findall(m.group()))
        yield Literal_("duration", m.start(), m.end(), m.group(), timedelta(seconds=float(seconds)))


def _identifiers(text: str) -> Iterator[Literal_]:
    for m in _IDENTIFIER.finditer(text):
        if any(c.isalpha() for c in m.group()) and not _is_word_with_unit(m.group()):
            yield Literal_("identifier", m.start(), m.end(), m.group(), m.group())


def _numbers(text: str) -> Iterator[Literal_]:
    for m in _PLAIN_NUMBER.finditer(text):
        yield Literal_("number", m.start(), m.end(), m.group(), as_decimal(m[1]) * _SCALE.get(m[2] or "", 1))


def _is_word_with_unit(word: str) -> bool:
    """ "14k" and "3x" are numbers, "1st" is a word."""
    return bool(re.fullmatch(r"[\d.,]+(?:st|nd|rd|th|x|k|K|M|B)", word))


def as_decimal(digits: str) -> Decimal:
    """What a match of `NUMBER` is worth."""
    if re.fullmatch(COMMAED, digits):
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(re.sub(r"[,\u202f\u00a0']", "", digits))


def _unit(name: str) -> Decimal:
    return _UNIT_SECONDS["ms"] if name.startswith(("ms", "milli")) else _UNIT_SECONDS[name[0]]
