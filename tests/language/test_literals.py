"""What a sentence must have right to the letter."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pipeline.language.literals import find_literals
from pipeline.language.times import TimeMention


def test_numbers_percentages_and_durations_carry_their_value() -> None:
    found = {
        (x.kind, x.text): x.value
        for x in find_literals("1,240 of 3k orders (41.3%) for 2 h 5 min, p95 800 ms")
    }
    assert found["number", "1,240"] == Decimal(1240)
    assert found["number", "3k"] == Decimal(3000)
    assert found["percent", "41.3%"] == Decimal("41.3")
    assert found["duration", "2 h 5 min"] == timedelta(hours=2, minutes=5)
    assert found["duration", "800 ms"] == timedelta(milliseconds=800)


def test_identifiers_tickets_and_quotations_are_told_apart() -> None:
    text = "OPS-77 and relay#12: `tide --stop`, node-4, tide.yaml said “no route” at https://a.example/x?y=1."
    assert [(x.kind, x.value) for x in find_literals(text)] == [
        ("ticket", "OPS-77"),
        ("ticket", "RELAY#12"),
        ("code", "tide --stop"),
        ("identifier", "node-4"),
        ("identifier", "tide.yaml"),
        ("quote", "no route"),
        ("url", "https://a.example/x?y=1"),
    ]


def test_a_clock_time_is_a_time_and_no_two_numbers() -> None:
    kinds = [x.kind for x in find_literals("It stopped at 06:12 UTC on 3 May 2026.")]
    assert kinds.count("number") == 0
    assert "time" in kinds or "date" in kinds


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`gate[0]` in change 2291 turned `all`.", ["gate[0]", "all"]),
        (r"\`gate[0]\` in change 2291 turned `all`.", ["gate[0]", "all"]),
        (r"`all` and \`gate\|x\` in change 2291.", ["all", "gate|x"]),
        ("A lone ` and `gate` in change 2291 turned `all`.", ["gate", "all"]),
        (r"A lone \` and `gate` in change 2291 turned `all`.", ["gate", "all"]),
        (r"\``https://a.example/x`\` in change 2291 turned `all`.", ["all"]),
        ("``a `b` c`` and `rm -rf all `", ["a `b` c", "rm -rf all"]),
    ],
)
def test_prose_between_two_code_spans_is_no_code(text: str, code: list[str]) -> None:
    assert [x.value for x in find_literals(text) if x.kind == "code"] == code
    assert sum(x.text == "2291" for x in find_literals(text)) == text.count("2291")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Drills ran on 6, 13 and 30 November 2026.", ["2026-11-06", "2026-11-13", "2026-11-30"]),
        ("Drills ran on 6th and 13th of November.", ["11-06", "11-13"]),
        ("Closed from 6 to 9 November.", ["11-06", "11-09"]),
        ("Closed 6–9 November 2026.", ["2026-11-06", "2026-11-09"]),
        ("Drills ran on November 6, 13 and 30, 2026.", ["2026-11-06", "2026-11-13", "2026-11-30"]),
        ("The drill ran on 13 November.", ["11-13"]),
        ("It failed for 28 of 30 hosts, 2 November saw 12.", ["11-02"]),
        ("Of 12 gates, 13 November shut 5.", ["11-13"]),
        ("On November 6 and 13 hosts were down.", ["11-06"]),
        ("Gates 28, 29 and 2 November failed.", ["11-02"]),
    ],
)
def test_days_that_share_a_month_are_days_and_no_numbers(text: str, days: list[str]) -> None:
    found = [x for x in find_literals(text) if isinstance(x.value, TimeMention)]
    named = [(x.value.date or x.value.month_day) for x in found if isinstance(x.value, TimeMention)]
    assert [d.isoformat() if isinstance(d, date) else "{:02}-{:02}".format(*d) for d in named if d] == days
