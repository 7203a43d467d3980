"""What a sentence must have right to the letter."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pipeline.language.literals import find_literals


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
