"""Which day a clock belongs to where no date stands beside it."""

import pytest
from folders import holding, read, times

from pipeline.artifacts.plans import tells_no_event

BRIEF = (
    "# Incident brief\n\n- Severity: SEV1, orders of the day close at 01:00\n"
    "- Started: 3 Feb 2031, 22:12\n- Declared: 22:34\n\n## Who\n\nCommander: Ada until 00:15, then Ben.\n"
)
YAML = "timezone: Pacific/Auckland\n"


def test_a_bare_clock_of_a_brief_is_on_the_day_nearest_to_the_incident_before_or_after_midnight(tmp_path):
    artifacts = read(tmp_path, {"brief.md": BRIEF, "incident.yaml": YAML})
    assert times(tuple(holding(artifacts, w) for w in ("close at", "Declared", "Ada until"))) == [
        "02-03 12:00",
        "02-03 09:34",
        "02-03 11:15",
    ]
    assert (
        "day nearest to the incident's dated records (brief.md, Started)"
        in holding(artifacts, "close at").zone_basis
    )


def test_a_log_in_another_zone_counts_its_days_from_the_incident_not_from_the_brief_s_clock(tmp_path):
    log = "# Mitigation log\n\nAll times Singapore (UTC+8).\n\n## Restart\n\nAfter: 410 waiting at 18:08.\n"
    artifacts = read(tmp_path, {"brief.md": BRIEF, "log.md": log, "incident.yaml": YAML})
    assert times((holding(artifacts, "410 waiting"),)) == ["02-03 10:08"]


def test_a_sentence_stays_near_to_the_dated_one_above_it_whichever_zone_each_is_in(tmp_path):
    text = (
        "# Resolution summary\n\n## Impact\n\nOrders were late from 09:12 to 11:58 UTC on 3 February 2031. "
        "Some missed the close of 01:00 Auckland time.\n"
    )
    artifacts = read(tmp_path, {"resolution.md": text, "incident.yaml": YAML})
    assert times((holding(artifacts, "missed"),)) == ["02-03 12:00"]


def test_the_date_of_a_heading_is_that_of_writing_where_the_incident_is_dated_better(tmp_path):
    text = (
        "# Resolution summary, 10 February 2031\n\nTimes in UTC. Written at 15:00 by Ada.\n\n"
        "## Impact, final\n\nOrders failed between 22:12 and 01:40.\n\n## Timeline\n\n- 23:50 rolled back\n- 00:20 checked\n"
    )
    brief = "# Incident brief\n\n- Severity: SEV1\n- Started: 2031-02-03 22:12 UTC\n"
    artifacts = read(tmp_path / "dated", {"resolution.md": text, "brief.md": brief})
    told = holding(artifacts, "Orders failed")
    assert (times((told,)), told.until.strftime("%m-%d %H:%M")) == (["02-03 22:12"], "02-04 01:40")
    assert times((holding(artifacts, "rolled back"), holding(artifacts, "checked"))) == [
        "02-03 23:50",
        "02-04 00:20",
    ]
    assert times((holding(artifacts, "Written at"),)) == ["02-10 15:00"]
    alone = read(tmp_path / "alone", {"resolution.md": text})
    assert times((holding(alone, "rolled back"), holding(alone, "checked"))) == ["02-10 23:50", "02-11 00:20"]


def test_headings_that_are_days_date_what_stands_below_them(tmp_path):
    text = "# Log\n\nTimes UTC\n\n## 12 February 2031\n\n- 22:05 a\n\n## Day two, 13 February\n\n- 23:00 b\n"
    assert [t for t in times(read(tmp_path, {"log.md": text}).records) if t] == ["02-12 22:05", "02-13 23:00"]


def test_in_a_long_incident_the_minute_that_is_told_with_its_day_elsewhere_decides(tmp_path):
    files = {
        "brief.md": "# Incident brief\n\n- Severity: SEV1\n- Started: 2031-02-12 22:27 UTC\n- Resolved: 2031-02-13 15:00 UTC\n",
        "log.md": "# Mitigation log\n\nTimes UTC\n\nThe dump of 12 February 16:05 was loaded.\n",
        "cause.md": "# Root cause\n\nTimes UTC\n\nOnly the dump of 16:05 was usable, and loading it ended at 10:00.\n",
    }
    assert times((holding(read(tmp_path, files), "Only the dump"),)) == ["02-12 16:05"]


def test_a_weekday_and_a_date_at_the_head_of_a_sentence_say_its_day(tmp_path):
    text = (
        "# Root cause\n\nTimes UTC\n\n**Trigger.** The limit was lowered on Sunday at 21:00.\n\n"
        "**Before.** On 30 January the table grew until 10:40.\n"
    )
    brief = "# Incident brief\n\n- Severity: SEV1\n- Started: Tue 4 Feb 2031 08:00 UTC\n"
    artifacts = read(tmp_path, {"cause.md": text, "brief.md": brief})
    assert times((holding(artifacts, "lowered"), holding(artifacts, "grew"))) == [
        "02-02 21:00",
        "01-30 10:40",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Let the gate refuse releases between 18:00 and 02:00.",
        "Releases must not start between 18:00 and 02:00.",
        "The index is rebuilt every night at 03:00.",
        "The desk ran it each Monday at 03:00.",
        "From 18:00 on the desk answers by phone.",
        "Next update at 16:30.",
        "Review with the vendor at 16:00 on Monday.",
        "Bridge call scheduled for 18:00.",
    ],
)
def test_a_rule_or_a_plan_tells_no_event(sentence):
    assert tells_no_event(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Every order sent between 18:00 and 02:00 was refused.",
        "The nightly backup of 02:00 failed.",
        "From 18:00 on, writes were throttled.",
        "We decided at 18:00 that the gate should stay shut.",
        "The alert fired on Monday at 16:00.",
        "Back at 18:40.",
    ],
)
def test_what_happened_at_a_clock_is_an_event_though_it_speaks_of_rules(sentence):
    assert not tells_no_event(sentence)


def test_a_rule_among_events_gets_no_time(tmp_path):
    text = BRIEF + "\n## Rules\n\nReleases must not start between 18:00 and 02:00.\n"
    artifacts = read(tmp_path, {"brief.md": text, "incident.yaml": YAML})
    assert holding(artifacts, "must not start").time is None
