"""What one text holds of checkable facts: instants, dates, numbers, durations, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from pipeline.language.closed_words import CLOSED
from pipeline.language.lemmas import lemma
from pipeline.language.literals import COMMAED, NUMBER, Literal_, as_decimal, find_literals
from pipeline.language.relative_days import clocks_on_relative_days
from pipeline.language.times import TimeMention

_NUMBER_WORDS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        (Decimal(n) for n in range(13)),
        strict=True,
    )
)
_DIGITS = re.compile(NUMBER)
_DECIMAL_COMMA = re.compile(rf"(?<![\d.,]){COMMAED}")
_GROUPS = re.compile(r"\d,\d{3}(?:,\d{3}|\.\d)")
_UNIT = re.compile(r"\s?([A-Za-z]+)\b")
_THOUSANDS = re.compile(r"(?<![\d,.])(\d{1,3}),(\d{3})(?![,.]?\d)")
_DASHES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The literals of one text. `amounts` are its numbers and number words, `numbers` also the digits inside
    identifiers; digits of clocks and dates are neither. `shifts` tells how many days from the day of speaking
    a clock is ("07:51 yesterday")."""

    literals: tuple[Literal_, ...]
    mentions: tuple[TimeMention, ...]
    amounts: frozenset[Decimal]
    numbers: frozenset[Decimal]
    durations: tuple[timedelta, ...]
    shifts: tuple[tuple[TimeMention, int], ...] = ()


@lru_cache(maxsize=16384)
def facts_of(text: str) -> Facts:
    literals: list[Literal_] = []
    shifts = list(clocks_on_relative_days(text))
    for literal in find_literals(text):
        literals.append(literal)
        if literal.kind in ("quote", "code") and isinstance(literal.value, str):
            literals += find_literals(literal.value)
            shifts += clocks_on_relative_days(literal.value)
    rest = text
    for literal in literals:
        if literal.kind in ("time", "date", "url") and text[literal.start : literal.end] == literal.text:
            rest = rest[: literal.start] + " " * (literal.end - literal.start) + rest[literal.end :]
    amounts = {x.value for x in literals if isinstance(x.value, Decimal)}
    amounts |= {_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in _NUMBER_WORDS}
    digits = {as_decimal(n) for n in _DIGITS.findall(rest)}
    # "rows 4,5 and 9": without a unit two numbers may be meant as well as one
    digits |= {Decimal(n) for x in literals if x.kind == "number" for n in _listed(x)}
    return Facts(
        tuple(literals),
        tuple(x.value for x in literals if isinstance(x.value, TimeMention)),
        frozenset(amounts),
        frozenset(amounts | digits),
        tuple(x.value for x in literals if isinstance(x.value, timedelta)) + tuple(_word_durations(text)),
        tuple(shifts),
    )


@lru_cache(maxsize=16384)
def quantities_of(text: str) -> frozenset[tuple[Decimal, str]]:
    """Numbers with the word behind them that they count or measure."""
    return frozenset(
        (x.value, unit)
        for x in find_literals(text)
        if isinstance(x.value, Decimal) and x.kind == "number" and (unit := unit_behind(text, x))
    )


def unit_behind(text: str, number: Literal_) -> str:
    """The word that a number counts or measures ("12 kilns", "7 mg"), in its dictionary form; else nothing."""
    word = _UNIT.match(text, number.end)
    return lemma(word[1].lower()) if word and word[1].lower() not in CLOSED else ""


def _listed(literal: Literal_) -> list[str]:
    number = literal.text.strip("-−$€£~ ")
    return number.split(",") if re.fullmatch(r"\d+,\d+", number) else []


def decimal_commas(text: str) -> bool | None:
    """Whether a text writes a decimal comma (True), or a comma that can only group digits (False)."""
    shown = [x.text for x in find_literals(text) if x.kind in ("number", "percent", "duration")]
    if any(_GROUPS.search(x) for x in shown):
        return False
    measured = (
        x for x in shown if x == text.strip() or not x[-1].isdigit()
    )  # "4,5" alone may be two numbers
    return True if any(_DECIMAL_COMMA.search(x) for x in measured) else None


def with_commas_as_points(text: str) -> str:
    """The text with each "1,204" as "1.204": how a writer of decimal commas may have meant it."""
    return _THOUSANDS.sub(r"\1.\2", text)


def _word_durations(text: str) -> list[timedelta]:
    units = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
    found = re.findall(r"\b([a-z]+) (second|minute|hour|day|week)s?\b", text.lower())
    return [timedelta(seconds=int(_NUMBER_WORDS[n]) * units[u]) for n, u in found if n in _NUMBER_WORDS]


def plain(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces: how two printings of one wording are compared."""
    return " ".join(text.translate(_DASHES).replace("\u2060", "").lower().split())


def in_order(pieces: Sequence[str], text: str) -> bool:
    """Each piece as whole words, one after the other."""
    at = 0
    for piece in pieces:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if found is None:
            return False
        at = found.end()
    return True
