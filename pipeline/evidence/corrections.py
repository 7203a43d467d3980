"""Corrections that people make of their own words ("sorry, 14:12 not 14:21"), applied to what they correct."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pipeline.models.record import Record

_VALUE = r"(?P<{0}>~?\$?\d[\d.,:]*\d|\d|v\d[\w.]*)(?:\s?%|\s?[ap]m)?"
_RIGHT_NOT_WRONG = re.compile(
    _VALUE.format("right")
    + r"(?:\s+\w+){0,3}?,?\s*(?:,|and|-|—)?\s*not\s+(?:at\s+)?"
    + _VALUE.format("wrong"),
    re.I,
)
_NOT_WRONG_BUT_RIGHT = re.compile(
    r"not\s+"
    + _VALUE.format("wrong")
    + r"(?:\s+\w+){0,2}?\s*[,;.:]?\s*(?:but|it(?:'s| is| was)|rather|should be|i mean(?:t)?)\s+"
    + _VALUE.format("right"),
    re.I,
)
_WRONG_STAR_RIGHT = re.compile(
    r"(?:correction|typo|i mean(?:t)?|make that|should (?:say|read|be))\s*:?\s*(?:it(?:'s| was)\s+)?"
    + _VALUE.format("right"),
    re.I,
)
_NEAR = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Correction:
    """`by` corrects `of`: its value `wrong` is `right`."""

    by: str
    of: str
    wrong: str
    right: str


def find_corrections(records: Sequence[Record]) -> tuple[Correction, ...]:
    """Corrections in chat, each with the record that it corrects; one that corrects nothing is none."""
    chat = [r for r in records if r.kind == "message" and r.time is not None]
    found: list[Correction] = []
    for i, record in enumerate(chat):
        pair = _pair(record.text)
        if pair is None:
            continue
        right, wrong = pair
        for earlier in reversed(chat[max(0, i - 12) : i]):
            assert record.time is not None
            assert earlier.time is not None
            if record.time - earlier.time > _NEAR:
                break
            target = wrong or _like(earlier.text, right)
            if target and earlier.actor == record.actor and _contains(earlier.text, target):
                found.append(Correction(by=record.id, of=earlier.id, wrong=target, right=right))
                break
    return tuple(found)


def _pair(text: str) -> tuple[str, str | None] | None:
    for pattern in (_RIGHT_NOT_WRONG, _NOT_WRONG_BUT_RIGHT):
        if m := pattern.search(text):
            return m["right"], m["wrong"]
    if m := _WRONG_STAR_RIGHT.search(text):
        return m["right"], None
    return None


def _like(text: str, right: str) -> str | None:
    """The value of the same shape that an earlier message holds, where it holds just one."""
    shape = re.sub(r"\d+", r"\\d+", re.escape(right))
    values = [m.group() for m in re.finditer(rf"(?<![\w.:]){shape}(?![\w:])", text) if m.group() != right]
    return values[0] if len(values) == 1 else None


def _contains(text: str, value: str) -> bool:
    return re.search(rf"(?<![\w.:]){re.escape(value)}(?![\w:])", text) is not None


def corrected(text: str, corrections: Sequence[Correction]) -> str:
    """The words with each wrong value replaced by the right one in brackets, as editors mark it."""
    for c in corrections:
        text = re.sub(rf"(?<![\w.:]){re.escape(c.wrong)}(?![\w:])", f"[{c.right}]", text)
    return text
