"""TL-ORD: a range is read with the days that it names."""

from datetime import date

import pytest

from pipeline.rubric.engine import check, default_means

MEANS = default_means(date(2025, 12, 1))


def contradictions(sentence: str) -> list[str]:
    text = f"# Importer stalls, 12 November 2025\n\n## Impact\n\n{sentence}\n"
    found = check(text, means=MEANS).findings
    return [f.text for f in found if f.criterion == "TL-ORD"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Uploads failed from 22:27 UTC on the 12th to 14:10 UTC on the 13th.",
        "Between 22:31 on the 12th and 14:40 UTC on the 13th, 1,204 uploads failed.",
        "Uploads failed from 22:27 on 12 November to 14:10 on 13 November.",
        "Uploads failed from 22:27 on the 30th to 14:10 on the 1st.",
        "Uploads failed from 22:27 on 31 December to 14:10 on 1 January.",
        "Uploads failed from 22:27 UTC on 12 November 2025 to 14:10 UTC on 13 November 2025.",
    ],
)
def test_a_range_over_midnight_that_names_both_days_ends_after_it_begins(sentence: str) -> None:
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Uploads failed from 22:27 UTC on the 12th to 14:10 UTC on the 12th.",
        "Uploads failed from 09:27 UTC on the 13th to 14:10 UTC on the 12th.",
        "Uploads failed from 09:27 on 13 November to 14:10 on 12 November.",
        "Uploads failed from 15:27 to 14:10 UTC.",
    ],
)
def test_a_range_that_ends_on_an_earlier_day_or_clock_is_found(sentence: str) -> None:
    assert len(contradictions(sentence)) == 1
