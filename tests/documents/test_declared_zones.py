"""A zone that is declared once, as people write it, is the zone of every entry; a place that is named is none."""

from datetime import UTC, datetime

import pytest

from pipeline.documents.parse import parse
from pipeline.models.document import Entry


def only_entry(declaration: str, line: str = "- 2024-06-04 14:05 the sorter stops") -> Entry:
    (entry,) = parse(f"# Sorter\n\n## Timeline\n\n{declaration}\n\n{line}\n").entries
    return entry


@pytest.mark.parametrize(
    ("declaration", "hour"),
    [
        ("All times in US/Pacific", 21),
        ("All times in Pacific.", 21),
        ("All times are in Eastern unless noted.", 18),
        ("Times are London time", 13),
        ("Times below are in Europe/Helsinki.", 11),
        ("All times are America/Argentina/Salta", 17),
        ("Timezone: Pacific", 21),
        ("All times local (Helsinki)", 11),
        ("All times in PC/Pacific", 21),  # a slip that leaves no doubt
        ("4 June 2024, CEST", 12),
        ("2024-06-04 (UTC)", 14),
        ("TZ: CEST", 12),
        ("UTC is used throughout.", 14),
        ("| | |\n|---|---|\n| Time zone | CET |", 13),
    ],
)
def test_a_declared_zone_is_understood_by_name_alias_and_region(declaration: str, hour: int) -> None:
    assert only_entry(declaration).time == datetime(2024, 6, 4, hour, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "At the time Jordan looked away.",
        "This time Paris failed.",
        "All times in Mars",
        "Time zone: TBD",
        "All times are local.",
        "Our UTC dashboards were down.",
    ],
)
def test_a_name_beside_the_word_time_declares_nothing(words: str) -> None:
    entry = only_entry(words)
    assert entry.time is None
    assert not entry.has_zone


def test_an_entry_without_a_clock_has_the_zone_that_is_declared() -> None:
    entry = only_entry("All times in UTC", "- Around lunch: the sorter stops")
    assert entry.has_zone
    assert not entry.has_clock


def test_a_column_may_name_its_zone_in_brackets() -> None:
    table = "| Time (London) | Event |\n|---|---|\n| 2024-06-04 14:05 | the sorter stops |"
    assert only_entry("", table).time == datetime(2024, 6, 4, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "stated", "day"),
    [
        ("Night of 6 to 7 November 2026", "Dates are 7 November 2026 unless given.", 7),
        ("Night of 6 to 7 November 2026", "", 6),
        ("Night of 6 November 2026", "Dates are 7 November 2026 unless given.", 6),
    ],
)
def test_a_title_of_several_days_yields_to_a_line_that_names_one(title: str, stated: str, day: int) -> None:
    (entry,) = parse(
        f"# {title}\n\n## Timeline\n\nTimes in UTC. {stated}\n\n- 00:41 the sorter stops\n"
    ).entries
    assert entry.time == datetime(2026, 11, day, 0, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["- 1405: the sorter stops", "- 14.05 UTC the sorter stops", "- 14:05: the sorter stops"]
)
def test_a_clock_is_read_with_a_point_with_none_and_before_a_colon(line: str) -> None:
    assert only_entry("4 June 2024, UTC", line).time == datetime(2024, 6, 4, 14, 5, tzinfo=UTC)


def test_a_year_before_a_colon_is_no_clock() -> None:
    assert not only_entry("4 June 2024, UTC", "- 2021: the sorter is bought").has_clock


def test_a_weekday_before_a_clock_takes_nothing_from_it() -> None:
    assert only_entry("4 June 2024, UTC", "- Tuesday 14:05: the sorter stops").time == datetime(
        2024, 6, 4, 14, 5, tzinfo=UTC
    )


def test_an_unknown_minute_with_its_bounds_and_its_reason_is_told() -> None:
    entry = only_entry(
        "UTC", "- 2024-06-04 minute unknown, between 13:50 and 13:58 UTC (log lost): the sorter stops"
    )
    assert entry.marked_unknown
    assert (entry.time, entry.until) == (
        datetime(2024, 6, 4, 13, 50, tzinfo=UTC),
        datetime(2024, 6, 4, 13, 58, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "declared",
    [
        "Everything is UTC.",
        "Here converted to UTC from the recorder's seconds.",
        "The recorder is at the depot, which is on UTC.",
    ],
)
def test_a_sentence_above_the_entries_that_names_a_zone_declares_it(declared: str) -> None:
    text = f"## Timeline\n\n{declared}\n\n- 2024-06-04 14:05 the sorter stops\n"
    assert parse(text).declared_zone == "UTC"


@pytest.mark.parametrize(
    "doubtful", ["The recorder was not set to UTC.", "Some machines log in UTC.", "UTC or CET, nobody knows."]
)
def test_a_sentence_that_leaves_the_zone_in_doubt_declares_none(doubtful: str) -> None:
    assert parse(f"## Timeline\n\n{doubtful}\n\n- 2024-06-04 14:05 the sorter stops\n").declared_zone is None


def test_an_entry_without_a_zone_inherits_none_from_entries_on_both_sides_of_it() -> None:
    text = "## Timeline\n\n- 2024-06-04 14:05 UTC it stops\n- 2024-06-04 14:10 Ines sees it\n- 2024-06-04 14:20 UTC it runs\n"
    assert [e.has_zone for e in parse(text).entries] == [True, False, True]


def test_a_heading_before_the_alert_tells_no_time_above_entries_that_do() -> None:
    text = "## Timeline\n\n(4 June 2024, UTC)\n\n### Before the alert\n\n- 14:05 it stops\n- 14:10 Ines sees it\n"
    assert len(parse(text).entries) == 2
