"""A due date that leans on a sentence of its document."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.rubric.deadlines import last_day

HEAD = "# Ferry held at the quay\n\nDate of incident: 2027-03-02\n\n## Action items\n\n"


def _day(due: str, sentence: str) -> date | None:
    return last_day(due, parse(f"{HEAD}{sentence}\n\n- Pin the ramp controller at 2.4\n", People()))


@pytest.mark.parametrize(
    ("due", "sentence", "day"),
    [
        ("before the dry dock", "The dry dock begins on 12 April 2027.", date(2027, 4, 12)),
        ("end of cycle", "The cycle runs from 8 March 2027 to 2 April 2027.", date(2027, 4, 2)),
        ("18 days", "Periods run from the review on 10 March 2027.", date(2027, 3, 28)),
        ("09/04/2027", "Dates are written day/month/year.", date(2027, 4, 9)),
        ("09/04/2027", "Dates are written month/day/year.", date(2027, 9, 4)),
        ("Q2", "Quarters are those of 2027.", date(2027, 6, 30)),
        ("9. Oktober 2027", "", date(2027, 10, 9)),
    ],
)
def test_a_sentence_dates_what_the_field_names(due: str, sentence: str, day: date) -> None:
    assert _day(due, sentence) == day


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        ("before the dry dock", "The dry dock of 12 April 2027 was postponed."),
        ("soon after the dry dock", "The dry dock begins on 12 April 2027."),
        ("Friday", "The ramp stood still on Friday 5 March 2027."),
        ("18 days", "The review is on 10 March 2027."),
        ("09/04/2027", "The ramp stood still."),
        ("not before 12 April 2027", "The dry dock begins on 12 April 2027."),
        ("12 April 2027 or 14 April 2027", ""),
    ],
)
def test_what_is_left_open_stays_so(due: str, sentence: str) -> None:
    assert _day(due, sentence) is None
