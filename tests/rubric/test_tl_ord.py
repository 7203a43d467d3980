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


@pytest.mark.parametrize(
    "sentence",
    [
        "Posts came every 30 minutes between 08:41 and 09:18.",
        "Was there a post between 08:41 and 09:18, as the plan of every 30 minutes foresaw?",
        "Was the importer down for 30 minutes between 08:41 and 09:18?",
        "204 one-minute values (07:52 to 11:16) were lost.",
        "One-minute data of the importer (07:52 to 11:16) were lost.",
    ],
)
def test_a_rate_a_property_of_each_and_a_question_state_no_length(sentence: str) -> None:
    assert contradictions(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "No post came for 30 minutes between 08:41 and 09:18.",
        "The importer had a 30-minute outage (08:41 to 09:28).",
        "The one-minute gap (07:52 to 11:16) lost values.",
        "The importer was down for 30 minutes between 08:41 and 09:18.",
    ],
)
def test_a_length_beside_its_two_times_is_still_held_against_them(sentence: str) -> None:
    assert len(contradictions(sentence)) == 1
