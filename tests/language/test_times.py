"""What `find_times`, `zone_of` and `resolve_relative` read in a text, and what they refuse to read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipeline.language.times import find_times, resolve_relative, zone_of

WEDNESDAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("text", "day", "clock", "zone"),
    [
        ("2026-03-18T06:20:15Z", date(2026, 3, 18), time(6, 20, 15), "Z"),
        ("2026-03-18T00:20:15.123-06:00", date(2026, 3, 18), time(0, 20, 15), "-06:00"),
        ("18 March 2026 06:12 UTC", date(2026, 3, 18), time(6, 12), "UTC"),
        ("06:12 UTC on 18 March 2026", date(2026, 3, 18), time(6, 12), "UTC"),
        ("March 18th, 2026 at 6:12 PM PT", date(2026, 3, 18), time(18, 12), "PT"),
        ("[18/Mar/2026:06:18:04 +0000]", date(2026, 3, 18), time(6, 18, 4), "+0000"),
        ("Wed Mar 18 06:20:00 2026", date(2026, 3, 18), time(6, 20), None),
        ("2026/03/18 06:18:04 [error]", date(2026, 3, 18), time(6, 18, 4), None),
        ("GMT20260318-063600_Recording", date(2026, 3, 18), time(6, 36), "GMT"),
        ("18.03.2026 07:20", date(2026, 3, 18), time(7, 20), None),
        ("3/18/2026 0:20", date(2026, 3, 18), time(0, 20), None),
        ("14h02 CET", None, time(14, 2), "CET"),
        ("at 1420 UTC", None, time(14, 20), "UTC"),
        ("[8:27 PM]", None, time(20, 27), None),
        ("06:12 (Helsinki time)", None, time(6, 12), "Helsinki time"),
        ("1999-12-31 24:00", date(2000, 1, 1), time(0, 0), None),
    ],
)
def test_a_written_time_is_read_as_it_stands(text, day, clock, zone):
    (mention,) = find_times(text)
    assert (mention.date, mention.clock, mention.zone) == (day, clock, zone)


@pytest.mark.parametrize(
    "text",
    ["a ratio of 24:10", "10.0.0.1:8080", "main.py:12:30", "aa:bb:cc:12:34:56", "v2026.3.18", "took 0:20 minutes",
     "2001:db8::10:20", "image app:20:04", "error 503, pool 14", "1:1"],
)  # fmt: skip
def test_ports_versions_ratios_and_durations_are_no_times(text):
    assert find_times(text) == ()


def test_a_hyphen_between_two_clocks_is_a_range_and_not_an_offset():
    (mention,) = find_times("06:00-07:00 wrong theory")
    assert (mention.clock, mention.until_clock, mention.zone) == (time(6), time(7), None)


@pytest.mark.parametrize(
    "text", ["12:00–12:10: rolled back", "12:00-12:10: rolled back", "12:00 to 12:10: rolled back"]
)
def test_a_colon_behind_a_range_does_not_cost_its_end(text):
    (mention,) = find_times(text)
    assert mention.until_clock == time(12, 10)


def test_the_first_clock_of_a_range_takes_the_mark_of_the_second():
    (mention,) = find_times("from 11:50 to 12:10 PM")
    assert (mention.clock, mention.until_clock) == (time(11, 50), time(12, 10))


def test_a_range_over_midnight_keeps_both_days():
    (mention,) = find_times("18 March 2026 23:50 – 19 March 00:10")
    assert (mention.date, mention.until_date) == (date(2026, 3, 18), date(2026, 3, 19))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("15 October 2026 19:02 to 19 October 06:10", date(2026, 10, 15), date(2026, 10, 19)),
        ("15 October 19:02 to 19 October 2026 06:10", date(2026, 10, 15), date(2026, 10, 19)),
        ("30 December 19:02 to 2 January 2027 06:10", date(2026, 12, 30), date(2027, 1, 2)),
        ("31 December 2026 22:00 to 2 January 02:00", date(2026, 12, 31), date(2027, 1, 2)),
        ("15 October 2026 19:02 to 14 October 20:00", date(2026, 10, 15), date(2026, 10, 14)),
    ],
)
def test_the_end_of_a_range_has_its_own_day(text, first, last):
    (mention,) = find_times(text)
    assert (mention.date, mention.until_date) == (first, last)


@pytest.mark.parametrize("text", ["~06:35", "around 06:35", "06:35ish", "at approx. 06:35", "06:35 or so"])
def test_an_estimated_time_says_so(text):
    assert find_times(text)[0].approximate


def test_a_numeric_date_that_could_be_two_days_stays_undecided():
    (mention,) = find_times("4/3/2026 0:20")
    assert mention.date is None
    assert mention.undecided == (4, 3, 2026)


def test_a_date_without_a_year_is_a_month_and_a_day():
    assert find_times("Mar 18 06:18:04 web01 app")[0].month_day == (3, 18)


def test_a_north_american_name_follows_daylight_saving():
    summer, winter = datetime(2026, 7, 1, 12), datetime(2026, 1, 5, 12)
    zone = zone_of("MT")
    assert zone is not None
    assert (zone.utcoffset(summer), zone.utcoffset(winter)) == (timedelta(hours=-6), timedelta(hours=-7))


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("UTC+11", 11),
        ("CET", 1),
        ("Europe/Helsinki", 2),
        ("Melbourne time", 11),
        ("norway time", 1),
        ("-0330", -3.5),
    ],
)
def test_a_zone_is_known_by_its_name(name, hours):
    zone = zone_of(name)
    assert zone is not None
    assert zone.utcoffset(datetime(2026, 1, 5)) == timedelta(hours=hours)


def test_letters_that_mean_several_zones_need_a_hint_from_the_folder():
    assert zone_of("IST") is None
    assert str(zone_of("IST", near="Asia/Kolkata")) == "Asia/Kolkata"
    assert zone_of("Nowhere time") is None
    assert zone_of("gmt") is UTC


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("tomorrow", date(2026, 3, 19)),
        ("by Wednesday", date(2026, 3, 25)),
        ("this Friday", date(2026, 3, 20)),
        ("next Friday", date(2026, 3, 27)),
        ("by Friday next week", date(2026, 3, 27)),
        ("until Monday", date(2026, 3, 23)),
        ("by 21 Nov", date(2026, 11, 21)),
        ("Fri 3 April", date(2026, 4, 3)),
        ("Fri 4/3", date(2026, 4, 3)),
        ("end of next week", date(2026, 3, 27)),
        ("in two weeks", date(2026, 4, 1)),
        ("by the end of the month", date(2026, 3, 31)),
        ("before the 21st", date(2026, 3, 21)),
    ],
)
def test_a_promised_day_is_counted_from_the_day_it_was_said(words, day):
    resolved = resolve_relative(words, WEDNESDAY)
    assert resolved is not None
    assert resolved[0] == day


@pytest.mark.parametrize(
    "words", ["soon", "ASAP", "next week", "4/3", "last Friday", "Sat 3 April", "I sat on it"]
)
def test_what_names_no_one_day_stays_open(words):
    assert resolve_relative(words, WEDNESDAY) is None
