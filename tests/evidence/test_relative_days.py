"""Days that a dated record names from its own ("yesterday", "tomorrow") are derived, and no others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.evidence.grounding import ungrounded
from pipeline.language.relative_days import clocks_on_relative_days, find_relative_days
from pipeline.models.case import Case
from pipeline.models.incident import Incident
from pipeline.models.record import Record


def message(number: int, text: str, **given: object) -> Record:
    fields: dict[str, object] = {
        "time": datetime(2031, 3, 4, 9, 38, tzinfo=UTC),
        "offset_minutes": 60,
        "kind": "message",
        "actor": "bao",
    }
    return Record(id=f"E{number}", source="chat.txt", locator=f"line {number}", text=text, **(fields | given))  # type: ignore[arg-type]


SAVED = message(1, "the plates are saved, from 11:16 yesterday on")
AHEAD = message(2, "so tomorrow 07:52 they start to cool, the first in 40 minutes")
FLAT = message(3, "eight kilns are cold since yesterday before 8 o'clock")
AGO = message(4, "the recipe is gone since 2 days ago")
LOGGED = message(5, "WARN stale since yesterday 11:16", kind="log")
UNDATED = message(6, "cold since yesterday 11:16", time=None, offset_minutes=None)
WRITTEN = message(7, "at 14:20 the belt stood, on 2 March it ran")
CASE = Case(
    incident=Incident(name="kilns", id="kilns", timezone="Europe/Paris"),
    records=(SAVED, AHEAD, FLAT, AGO, LOGGED, UNDATED, WRITTEN),
)


@pytest.mark.parametrize(
    ("text", "cited", "wrong"),
    [
        ("The plates from 11:16 on 3 March are saved.", SAVED, []),
        ("The plates from 10:16 UTC on 3 March 2031 are saved.", SAVED, []),
        ("The plates from 12:16 UTC on 3 March 2031 are saved.", SAVED, ["12:16 UTC on 3 March 2031"]),
        ("The plates from 11:16 on 4 March are saved.", SAVED, ["11:16 on 4 March"]),
        ("The plates from 10:16 UTC on 2 March 2031 are saved.", SAVED, ["10:16 UTC on 2 March 2031"]),
        ("From 06:52 UTC on 5 March 2031 they start to cool.", AHEAD, []),
        ("From 06:52 UTC on 6 March 2031 they start to cool.", AHEAD, ["06:52 UTC on 6 March 2031"]),
        ("Eight kilns were cold since the morning of 3 March 2031.", FLAT, []),
        ("Eight kilns were cold since the morning of 1 March 2031.", FLAT, ["1 March 2031"]),
        ("The recipe is gone since 2 March 2031.", AGO, []),
        ("It was stale from 10:16 UTC on 3 March 2031.", LOGGED, ["10:16 UTC on 3 March 2031"]),
        ("It was cold since 10:16 UTC on 3 March 2031.", UNDATED, ["10:16 UTC on 3 March 2031"]),
    ],
)
def test_what_follows_from_the_day_of_the_record_stands(text: str, cited: Record, wrong: list[str]) -> None:
    assert [u.text for u in ungrounded(text, (cited,), CASE)] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The belt stood at 14:20 on 4 March 2031.", []),
        ("The belt stood at 14:20 on 9 March 2031.", ["14:20 on 9 March 2031"]),
        ("The belt stood from 14:20 to 14:20 on 9 March.", ["14:20 to 14:20 on 9 March."]),
    ],
)
def test_a_clock_that_is_written_without_a_day_is_told_only_of_the_days_of_its_record(
    text: str, wrong: list[str]
) -> None:
    assert [u.text for u in ungrounded(text, (WRITTEN,), CASE)] == wrong


def test_a_day_is_counted_from_the_day_of_speaking_and_its_clock_stands_beside_it() -> None:
    text = "the day before yesterday it ran, last night at 02:10 it stood, and at 23:50 yesterday; two weeks ago not"
    assert [d.shift for d in find_relative_days(text)] == [-2, -1, -1, -14]
    assert [(m.text, shift) for m, shift in clocks_on_relative_days(text)] == [("02:10", 0), ("23:50", -1)]
