"""Where a clock's day and zone come from, and that the record says so in words."""

import pytest
from folders import holding, read, times

CHAT = "21:05 ada: LampsDark fires for lamp-17\n21:09 ben: firmware 9 went out to 412 lamps\n21:20 ada: rolling back\n"


def pages(*clocks):
    """Two entries of a pager that tell what CHAT tells, in UTC."""
    words = ("LampsDark fires for lamp-17", "firmware 9 went out to 412 lamps")
    return {
        "notes": [
            {
                "id": str(i),
                "content": text,
                "created_at": clock,
                "user": {"type": "user_reference", "summary": "Ada"},
            }
            for i, (text, clock) in enumerate(zip(words, clocks, strict=True))
        ]
    }


def test_incident_yaml_gives_the_zone_of_a_clock_without_one(tmp_path):
    artifacts = read(tmp_path, {"2031-02-03.txt": CHAT, "incident.yaml": "timezone: America/Denver\n"})
    record = holding(artifacts, "rolling back")
    assert times((record,)) == ["02-04 04:20"]
    assert record.zone_basis == "incident.yaml: America/Denver; date from the name 2031-02-03.txt"


def test_another_file_may_say_which_zone_the_chat_is_in(tmp_path):
    brief = "# Brief, 3 Feb 2031\n\nAll times below UTC (the chat is Melbourne time, UTC+11).\n\n- Started: 10:05\n"
    artifacts = read(
        tmp_path, {"chat.txt": CHAT, "brief.md": brief, "incident.yaml": "timezone: America/Denver\n"}
    )
    record = holding(artifacts, "rolling back")
    assert times((record,)) == ["02-03 10:20"]
    assert record.zone_basis.startswith('brief.md says "the chat is Melbourne time"')
    assert times((holding(artifacts, "Started"),)) == ["02-03 10:05"]


def test_the_same_events_in_a_zoned_file_give_zone_and_day(tmp_path):
    artifacts = read(
        tmp_path, {"chat.txt": CHAT, "pd.json": pages("2031-02-04T04:05:20Z", "2031-02-04T04:09:30Z")}
    )
    record = holding(artifacts, "rolling back")
    assert times((record,)) == ["02-04 04:20"]
    assert "whole-hour match of 2 events with pd.json: UTC-7" in record.zone_basis
    assert not artifacts.notices


def test_one_match_alone_proves_nothing(tmp_path):
    artifacts = read(
        tmp_path, {"2031-02-03.txt": CHAT, "pd.json": pages("2031-02-04T04:05:20Z", "2031-02-04T09:31:30Z")}
    )
    record = holding(artifacts, "rolling back")
    assert record.zone_basis.startswith("unknown zone: no record says it; printed as written")
    assert times((record,)) == ["02-03 21:20"]
    assert "no record says which zone" in artifacts.notices[0]


def test_without_any_date_the_clock_stays_in_order_and_undated(tmp_path):
    (tmp_path / "lamps").mkdir()
    artifacts = read(tmp_path / "lamps", {"chat.txt": CHAT, "incident.yaml": "timezone: UTC\n"})
    assert times(artifacts.records) == [None, None, None]
    assert [r.line for r in artifacts.records] == [1, 2, 3]
    assert "no date" in artifacts.notices[0]


def test_a_year_comes_from_dated_neighbours_and_the_weekday_must_fit(tmp_path):
    chat = "Monday, February 3rd\nAda Moreau\n  9:05 PM\nlamps are dark\nBen Ito\n  9:07 PM\nrolling back\n"
    other = "# Brief\n\n- **Declared:** 2031-02-03 21:06 UTC\n- **Severity:** SEV2\n- **Symptom:** dark\n"
    artifacts = read(tmp_path, {"chat.txt": chat, "brief.md": other, "incident.yaml": "timezone: UTC\n"})
    assert holding(artifacts, "rolling").time.strftime("%Y-%m-%dT%H:%M") == "2031-02-03T21:07"


def test_a_heading_s_zone_holds_below_it_only(tmp_path):
    text = "# Log of 3 Feb 2031\n\n## Vienna (CET)\n- 22:05 a\n\n## Denver (MT)\n- 14:05 b\n"
    assert times(read(tmp_path, {"x.md": text}).records) == ["02-03 21:05", "02-03 21:05"]


def test_a_day_named_by_its_number_is_the_one_beside_the_incident(tmp_path):
    text = "# Brief\n\n- **Declared:** 2031-02-03 21:06 UTC\n- **Symptom:** dark\n\n## Impact\n\nDark from 22:27 UTC on the 3rd to 01:10 UTC on the 4th.\n"
    record = holding(read(tmp_path, {"x.md": text}), "Dark from")
    assert (times((record,)), record.until.strftime("%m-%d %H:%M")) == (["02-03 22:27"], "02-04 01:10")


def test_the_end_of_a_range_is_on_its_own_day_though_no_year_is_written(tmp_path):
    text = "# Brief\n\n- **Declared:** 2031-12-30 21:06 UTC\n- **Symptom:** dark\n\n## Impact\n\nDark from 30 December 19:02 to 3 January 06:10 UTC.\n"
    record = holding(read(tmp_path, {"x.md": text}), "Dark from")
    assert (times((record,)), f"{record.until:%Y-%m-%d %H:%M}") == (["12-30 19:02"], "2032-01-03 06:10")


def test_a_day_and_month_that_nobody_can_tell_apart_date_nothing_unless_their_column_does(tmp_path):
    undecided = read(
        tmp_path / "a",
        {"t.csv": "When (UTC),What\n04/03/2031 21:05,lamps are dark\n05/03/2031 21:09,lamps on\n"},
    )
    decided = read(
        tmp_path / "b",
        {"t.csv": "When (UTC),What\n04/03/2031 21:05,lamps are dark\n13/03/2031 21:09,lamps on\n"},
    )
    assert times(undecided.records) == [None, None]
    assert times(decided.records) == ["03-04 21:05", "03-13 21:09"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ada, written at 23:30. Local time (Vienna) throughout.", "21:10"),
        ("Ada, 3 February 2031. UTC.", "22:10"),
        ("Ada, 4 February 2031, times IST", "16:40"),
        ("We met in Vienna at local time.", "22:10"),
    ],
)
def test_a_zone_in_brackets_alone_or_in_letters_of_several_zones_holds_for_the_document(tmp_path, line, told):
    chat = "[2031-02-03T22:00:00+05:30] Ada: lamps are dark\n"
    files = {"notes.md": f"# Lamps, 3 February 2031\n\n{line}\n\n- 22:10 pushed table 9\n", "chat.log": chat}
    artifacts = read(tmp_path, files)
    assert [r.time.strftime("%H:%M") for r in artifacts.records if "pushed" in r.text] == [told]
