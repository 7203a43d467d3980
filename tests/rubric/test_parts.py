"""Where a document tells something decides nothing: the parts are read wherever they stand, and only if told."""

from datetime import date

import pytest

from pipeline.models.evaluation import Finding
from pipeline.rubric.engine import check, default_means

MEANS = default_means(date(2024, 6, 10))
MERGED = """# Parcel tracking showed old positions, 4 June 2024

## What happened

From 09:10 to 11:40 UTC the tracking page could not load new positions for any of the 41,000 parcels on the road. The
feed reader had been pinned to one broker, so it stopped with that broker's reboot.

## Timeline (UTC)

| Time | Event |
|---|---|
| 09:10 | broker-2 rebooted for its kernel update |
| 09:32 | Feed lag alert paged Marit Oyen |
| 11:40 | Marit Oyen restarted the feed reader and positions moved again |

## Action items

- Read the feed from every broker by default in the shared client

## Lessons

A pinned reader survives every test that we have, because tests run one broker.
"""


def told(text: str, criterion: str) -> list[Finding]:
    return [f for f in check(text, profile="haiku", means=MEANS).findings if f.criterion == criterion]


def lacking(text: str, criterion: str) -> set[str]:
    return {part for f in told(text, criterion) for part in f.missing}


def test_parts_that_are_told_inside_others_are_there() -> None:
    assert lacking(MERGED, "DOC-SEC") == set()
    assert lacking(MERGED, "DET") == set()
    assert lacking(MERGED, "IMP") == set()


@pytest.mark.parametrize(
    ("was", "now", "part"),
    [
        ("09:32 | Feed lag alert paged Marit Oyen", "09:32 | Marit Oyen opened the runbook", "detection"),
        ("Read the feed from every broker by default in the shared client", "Restart the reader on broker-2", "prevention"),
        ("A pinned reader survives every test that we have, because tests run one broker.", "", "lessons"),
        ("- Read the feed from every broker by default in the shared client", "", "action items"),
    ],
)  # fmt: skip
def test_a_part_that_nothing_tells_is_missed_wherever_it_might_stand(was: str, now: str, part: str) -> None:
    assert MERGED.count(was) == 1
    assert part in lacking(MERGED.replace(was, now), "DOC-SEC")


def test_weak_material_is_for_the_finer_criterion_and_not_missed_twice() -> None:
    weak = MERGED.replace(
        "the tracking page could not load new positions for any of the 41,000 parcels on the road",
        "tracking was slow for some customers",
    )
    assert "how much" in lacking(weak, "IMP")
    assert "impact" not in lacking(weak, "DOC-SEC")


def test_a_part_that_is_answered_by_a_word_alone_is_said_to_be_so() -> None:
    (found,) = told(MERGED + "\n## Detection\n\nNone.\n", "DOC-SEC")
    assert found.message == "the part “detection” says only “None.”, and not why"
    (found,) = told(MERGED + "\n## Detection\n", "DOC-SEC")
    assert "nothing below it" in found.message


@pytest.mark.parametrize(
    "lag",
    [
        "The page was stale for nearly an hour before anyone noticed.",
        "Time to detection: 22 minutes",
        "It took us 40 minutes to notice.",
        "The stale feed went unnoticed for two hours.",
        "Twenty minutes after the reboot a carrier reported old positions.",
        "Positions stopped at 09:10 UTC.",
    ],
)
def test_a_lag_counts_wherever_it_is_stated(lag: str) -> None:
    text = "# Tracking\n\n## Detection\n\nA carrier called the desk at 09:32 UTC about old positions.\n\n## Summary\n\n{}\n"
    assert "when, relative to onset" in lacking(text.format("Tracking was down."), "DET")
    assert lacking(text.format(lag), "DET") == set()


def test_a_delay_of_the_repair_is_no_delay_of_the_detection() -> None:
    text = "# Tracking\n\n## Detection\n\nAn alert paged Marit.\n\n## Resolution\n\n20 minutes after the page Marit restarted it.\n"
    assert lacking(text, "DET") == {"when, relative to onset"}


def test_what_comes_after_the_first_signal_gives_no_lag() -> None:
    text = "# Feed, 4 June 2024\n\n## Timeline (UTC)\n\n- 09:32 Feed lag alert paged Marit\n- 10:05 Marit deployed build 4\n"
    assert lacking(text, "DET") == {"when, relative to onset"}
    before = text.replace("- 09:32", "- 09:10 broker-2 rebooted\n- 09:32")
    assert lacking(before, "DET") == set()


def test_a_measured_time_to_detection_tells_when_and_nothing_else() -> None:
    text = "# Tracking\n\n## Summary\n\nTracking was down.\n\n## Stats\n\n- Time to detection: 5 minutes\n"
    assert lacking(text, "DET") == {"by what mechanism", "who or what noticed"}


@pytest.mark.parametrize(
    ("impact", "measured"),
    [
        ("All sign-ins failed for 20 minutes.", True),
        ("None of the night's jobs ran, for several hours: 01:00 to 05:00 UTC.", True),
        ("No carrier could upload positions for 20 minutes.", True),
        ("At most 300 carriers, if the office was open, for 20 minutes.", True),
        ("A few carriers could not sign in for 20 minutes.", False),
        ("A small number of carriers could not sign in for 20 minutes.", False),
        ("Some sign-ins failed for 20 minutes.", False),
        ("If all 6 brokers had stopped, every carrier would have been cut off for 20 minutes.", False),
        ("Risk that all feeds fail, for 20 minutes.", False),
    ],
)
def test_a_whole_of_something_is_a_magnitude_and_what_nobody_counted_is_none(
    impact: str, measured: bool
) -> None:
    assert lacking(f"# Tracking\n\n## Impact\n\n{impact}\n", "IMP") == (set() if measured else {"how much"})


def test_who_was_affected_is_not_told_by_naming_the_effect() -> None:
    lacks = lacking("# Tracking\n\n## Impact\n\nDegraded performance for 20 minutes.\n", "IMP")
    assert lacks == {"who or what was affected", "how much"}


def test_the_timeline_tells_how_long_where_it_labels_onset_and_end() -> None:
    text = "# Tracking, 4 June 2024\n\n## Impact\n\n312 carriers could not sign in.\n\n## Timeline (UTC)\n\n"
    rows = "- 09:10 sign-ins start failing at the gateway\n- 09:50 sign-ins restored by Marit\n"
    assert lacking(text + rows, "IMP") == set()
    assert lacking(text + "- 09:10 Marit deployed build 4\n- 09:50 Marit wrote the report\n", "IMP") == {
        "how long"
    }


@pytest.mark.parametrize(
    "filler",
    [
        "_Two or three sentences: what a reader keeps, and why._",
        "- Lesson 1\n- Lesson 2",
        "Pending. The broker's makers look at it, text follows.",
        "TBD, to be added by Marit after the review",
        "As told above.",
        "As agreed in the review.",
    ],
)
def test_a_template_s_words_and_a_promise_of_words_are_no_part(filler: str) -> None:
    lesson = "A pinned reader survives every test that we have, because tests run one broker."
    assert lacking(MERGED.replace(lesson, filler), "DOC-SEC") == {"lessons"}


@pytest.mark.parametrize(
    ("part", "row"),
    [
        ("timeline", "| Time | Event |\n|---|---|\n| hh:mm | what happened |\n"),
        ("action items", "| Action | Owner | Priority | Due |\n|---|---|---|---|\n| _action_ | _name_ | _P0–P3_ | _date_ |\n"),
    ],
)  # fmt: skip
def test_a_table_that_holds_only_the_names_of_its_fields_is_empty(part: str, row: str) -> None:
    head, _, rest = MERGED.partition("| Time | Event |")
    items = "- Read the feed from every broker by default in the shared client\n"
    if part == "timeline":
        text = head + row + "\n## Action items" + rest.partition("## Action items")[2]
    else:
        text = MERGED.replace(items, row)
    assert part in lacking(text, "DOC-SEC")


@pytest.mark.parametrize(
    "told",
    [
        "## Insight\n\nTests run one broker.",
        "**Insight.** Tests run one broker.",
        "*learned* tests run one broker",
        "💡 **Takeaway**: tests run one broker.",
        "| Part | Text |\n|---|---|\n| Learned | Tests run one broker |",
        "**Part F.** Tests run one broker. _(lesson)_",
    ],
)
def test_a_label_of_any_layout_announces_a_part(told: str) -> None:
    lesson = "## Lessons\n\nA pinned reader survives every test that we have, because tests run one broker."
    assert MERGED.count(lesson) == 1
    assert lacking(MERGED.replace(lesson, f"## Sign-off\n\n11 June.\n\n{told}"), "DOC-SEC") == set()


@pytest.mark.parametrize(
    "hollow", ["## Insight", "**Insight.**", "| Learned | TBD |", "## Insight\n\nLessons are documented."]
)
def test_a_label_that_nothing_follows_announces_nothing(hollow: str) -> None:
    lesson = "## Lessons\n\nA pinned reader survives every test that we have, because tests run one broker."
    assert lacking(MERGED.replace(lesson, hollow), "DOC-SEC") == {"lessons"}


def test_a_task_that_is_named_after_a_part_is_not_that_part() -> None:
    lesson = "## Lessons\n\nA pinned reader survives every test that we have, because tests run one broker."
    item = "- Read the feed from every broker by default in the shared client"
    text = MERGED.replace(lesson, "").replace(item, f"{item}\n- **Learned limits**: read them at start")
    assert lacking(text, "DOC-SEC") == {"lessons"}


def test_a_timeline_may_run_on_in_one_paragraph() -> None:
    head, _, rest = MERGED.partition("| Time | Event |")
    tail = "\n## Action items" + rest.partition("## Action items")[2]
    run = "09:10 broker-2 rebooted. 09:32 an alert paged Marit Oyen. 11:40 she restarted the reader.\n"
    assert lacking(head + run + tail, "DOC-SEC") == set()
    assert "timeline" in lacking(head + "It went on from 09:10 to 11:40.\n" + tail, "DOC-SEC")


@pytest.mark.parametrize(
    "item",
    ["Refund the 14 customers", "Apology on the website", "Delete the wrong positions", "Tell the partners"],
)
def test_amends_prevent_nothing(item: str) -> None:
    was = "Read the feed from every broker by default in the shared client"
    assert lacking(MERGED.replace(was, item), "DOC-SEC") == {"prevention"}
