"""Shares and their intervals."""

from __future__ import annotations

import pytest

from pipeline.suites.score import Case, Measure, Score, marked, measures_of, wilson


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # published values of the Wilson interval
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=1e-4)


def test_a_score_keeps_the_words_of_what_was_wrong_only() -> None:
    assert marked([(True, "a"), (False, "b"), (False, "c")]) == Score(1, 3, ("b", "c"))


def test_measures_add_up_over_cases_and_a_measure_of_nothing_has_no_share() -> None:
    cases = [Case("a", {"found": Score(1, 2)}), Case("b", {"found": Score(2, 2), "dated": Score(0, 0)})]
    assert measures_of(cases) == (Measure("found", 3, 4), Measure("dated", 0, 0))
    assert measures_of(cases)[1].share is None
