"""TL-ORD: a range is read with the days that it names."""

from datetime import date

import pytest

from pipeline.rubric.engine import check, default_means

MEANS = default_means(date(2025, 12, 1))


def contradictions(sentence: str) -> list[str]:
    return contradictions_of(f"# Importer stalls, 12 November 2025\n\n## Impact\n\n{sentence}\n")


def contradictions_of(text: str) -> list[str]:
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


@pytest.mark.parametrize(
    ("false", "true"),
    [
        (  # labels in one line
            "**Impact began** 2024-06-04 06:31 UTC. **Resolved** 2024-06-04 06:05 UTC.",
            "**Impact began** 2024-06-04 06:31 UTC. **Resolved** 2024-06-04 07:05 UTC.",
        ),
        (
            "- Start: 2024-06-04 11:20 UTC\n- End: 2024-06-04 13:40 UTC\n- Duration: 1 h 20 min",
            "- Start: 2024-06-04 11:20 UTC\n- End: 2024-06-04 13:40 UTC\n- Duration: 2 h 20 min",
        ),
        (
            "Time to detect: 3 minutes\nImpact start: 15:00 UTC\nDetected: 15:48 UTC",
            "Time to detect: 3 minutes\nImpact start: 15:00 UTC\nDetected: 15:03 UTC",
        ),
        (
            "The sorter stopped at 11:20 UTC and ran again at 13:40 UTC, 90 minutes later.",
            "The sorter stopped at 11:20 UTC and ran again at 12:50 UTC, 90 minutes later.",
        ),
        (
            "The alert fired at 11:05 UTC, nine minutes after the sorter had stopped at 11:20 UTC.",
            "The alert fired at 11:29 UTC, nine minutes after the sorter had stopped at 11:20 UTC.",
        ),
        (
            "Wei was paged at 15:06 UTC and acknowledged at 15:31 UTC, within two minutes.",
            "Wei was paged at 15:06 UTC and acknowledged at 15:07 UTC, within two minutes.",
        ),
        (
            "The sorter stopped at 11:20 UTC and was repaired at 10:55 UTC.",
            "The sorter stopped at 23:20 UTC and was repaired at 00:55 UTC.",
        ),
        (
            "The sorter was still from 2024-06-03 22:00 UTC to 2024-06-04 07:12 UTC, six hours in all.",
            "The sorter was still from 2024-06-03 22:00 UTC to 2024-06-04 07:12 UTC, nine hours in all.",
        ),
        ("The sorter stopped at 09:14 UTC (11:14 CET).", "The sorter stopped at 09:14 UTC (10:14 CET)."),
        (
            "| UTC | Oslo (CEST) | Event |\n|---|---|---|\n| 09:14 | 10:14 | the sorter stops |",
            "| UTC | Oslo (CEST) | Event |\n|---|---|---|\n| 09:14 | 11:14 | the sorter stops |",
        ),
        (
            "| From | To | Event |\n|---|---|---|\n| 06:52 | 06:31 | the sorter restarts |",
            "| From | To | Event |\n|---|---|---|\n| 06:31 | 06:52 | the sorter restarts |",
        ),
        (
            "Wei restarted the sorter at 09:05 UTC.\n\n## Timeline\n\n- 09:20 Wei restarts the sorter",
            "Wei restarted the sorter at 09:20 UTC.\n\n## Timeline\n\n- 09:20 Wei restarts the sorter",
        ),
        (
            "The incident was resolved at 10:05 UTC.\n\n## Timeline\n\n- 10:20 the incident is resolved",
            "The incident was declared at 10:05 UTC.\n\n## Timeline\n\n- 10:20 the incident is resolved",
        ),
        (
            "## Timeline\n\n- 15:00 wrong tariff goes live\n- 15:20 Omar sees it, 5 minutes after it went live",
            "## Timeline\n\n- 15:00 wrong tariff goes live\n- 15:20 Omar sees it, 20 minutes after it went live",
        ),
    ],
)
def test_what_cannot_be_true_at_once_is_found_and_what_can_is_left_alone(false: str, true: str) -> None:
    head = "# Sorter, 4 June 2024\n\nAll times UTC.\n\n"
    assert contradictions_of(head + false + "\n")
    assert not contradictions_of(head + true + "\n")


FIRED = "## Timeline\n\n- 09:02 the pressure falls below 2 bar\n- 09:08 the alarm rings\n- 09:40 Wei swaps the valve\n- 09:52 pressure back\n"


@pytest.mark.parametrize(
    ("false", "true"),
    [
        (
            "The alarm rang 16 minutes after the pressure had fallen.",
            "The alarm rang 6 minutes after the pressure had fallen.",
        ),
        ("The alarm rang at 09:18 UTC.", "The alarm rang at 09:08 UTC."),
        (
            "At 09:02 UTC the pressure fell. Six minutes later, at 09:20 UTC, the alarm rang.",
            "At 09:02 UTC the pressure fell. Six minutes later, at 09:08 UTC, the alarm rang.",
        ),
        (
            "After the valve had been swapped at 09:40 UTC it took another 50 minutes until it was back at 09:52 UTC.",
            "After the valve had been swapped at 09:40 UTC it took another 12 minutes until it was back at 09:52 UTC.",
        ),
        ("It was 40 minutes until anybody noticed.", "It was 6 minutes until anybody noticed."),
        ("The alarm came within a minute of the onset.", "The alarm came within ten minutes of the onset."),
        (
            "| Onset | Recovery | Duration |\n|---|---|---|\n| 09:02 UTC | 09:52 UTC | 95 min |",
            "| Onset | Recovery | Duration |\n|---|---|---|\n| 09:02 UTC | 09:52 UTC | 50 min |",
        ),
        (
            "The supplier needs 45 minutes, from 09:40 to 09:52 UTC.",
            "The supplier needs 45 minutes; we needed twelve, from 09:40 to 09:52 UTC.",
        ),
    ],
)
def test_prose_and_timeline_are_held_against_each_other(false: str, true: str) -> None:
    head = "# Valve, 4 June 2024\n\nAll times UTC.\n\n## What happened\n\n"
    assert contradictions_of(head + false + "\n\n" + FIRED)
    assert not contradictions_of(head + true + "\n\n" + FIRED)


def test_a_clock_that_is_named_as_wrong_explains_what_slowness_does_not() -> None:
    text = "# Sorter, 4 June 2024\n\n{}\n\nThe sorter stood still for 35 minutes, from 09:02 to 09:52 UTC.\n"
    assert contradictions_of(text.format("Requests were slow, up to 40 seconds each."))
    assert not contradictions_of(text.format("The clock of the sorter ran 15 minutes fast."))


def test_a_length_in_working_hours_contradicts_no_clock() -> None:
    text = "# Sorter\n\n- Start: 2024-06-04 11:20 UTC\n- End: 2024-06-05 13:40 UTC\n- Duration: 8 h (support hours only)\n"
    assert not contradictions_of(text)


def test_a_day_that_goes_back_between_entries_in_order_is_found_and_an_entry_about_something_else_is_not() -> (
    None
):
    text = "## Timeline (UTC)\n\n- 2024-06-04 22:10 rule set 9 goes live\n- 2024-06-{day} 22:47 Wei takes {what}\n- 2024-06-04 22:50 tills run\n"
    assert contradictions_of(text.format(day="03", what="rule set 9 out"))
    assert not contradictions_of(text.format(day="04", what="rule set 9 out"))
    assert not contradictions_of(text.format(day="03", what="a day of leave"))


def test_how_long_a_search_took_is_no_delay_until_detection() -> None:
    document = (
        "# Importer stalls\n\n## Timeline (12 November 2025, UTC)\n\n- 10:00 UTC Bo: deploys build 7\n"
        "- 10:04 UTC Alertmanager: alert QueueDepth fires\n- 10:40 UTC Bo: rolls build 7 back\n\n"
        "## Lessons\n\n{}\n"
    )
    assert contradictions_of(document.format("The queue was found in 25 minutes."))
    assert not contradictions_of(document.format("A comparison found in 25 minutes what four hours had not."))
