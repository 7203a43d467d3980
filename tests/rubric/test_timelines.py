"""The criteria of timelines: their development rows are read as labelled, and a draft owes more than people do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.documents.parse import parse
from pipeline.models.evaluation import Finding
from pipeline.rubric.engine import default_means, load_criteria
from pipeline.suites.sentences import Row, read_rows

DATA = Path(__file__).parents[2] / "evals" / "data"
MEANS = default_means(date(2024, 6, 10))
CRITERIA = {c.id: c for c in load_criteria()}
HEAD = "## Timeline (4 June 2024, UTC)\n\n"


def told(criterion: str, text: str) -> list[Finding]:
    return list(CRITERIA[criterion].check(parse(text), MEANS))


def rows(criterion: str) -> list[Row]:
    return list(read_rows(DATA / criterion.lower() / "dev.jsonl"))


@pytest.mark.parametrize("criterion", ["TL-EVENT", "TL-SRC", "TL-GAP"])
def test_the_development_rows_are_told_as_labelled(criterion: str) -> None:
    wrong = [row.id for row in rows(criterion) if bool(told(criterion, row.text)) != (row.label == "flag")]
    assert wrong == []


def test_a_complete_timeline_is_never_rejected_and_most_that_lack_something_are_told() -> None:
    found = {row.id: told("TL-KEY", row.text) for row in rows("TL-KEY")}
    clean = [row.id for row in rows("TL-KEY") if row.label == "clean"]
    lacking = [row.id for row in rows("TL-KEY") if row.label == "flag"]
    assert [i for i in clean if any(f.severity == "blocking" for f in found[i])] == []
    assert sum(bool(found[i]) for i in lacking) >= 0.6 * len(lacking)


def test_an_entry_without_a_source_is_advice_to_people_and_rejects_a_draft() -> None:
    document = parse(HEAD + "- 14:20 Ines restarted importer-3\n")
    check = CRITERIA["TL-SRC"].check
    assert [f.severity for f in check(document, MEANS)] == ["advisory"]
    row = parse(HEAD + "| Time | Event | Source |\n|---|---|---|\n| 14:20 | Ines restarted importer-3 | |\n")
    machine = replace(row, machine_made=True)
    assert [f.severity for f in check(machine, MEANS)] == ["blocking"]
    assert [f.severity for f in check(machine, replace(MEANS, edited=True))] == ["advisory"]


STORY = (
    "- 09:00 alert EdgeDown paged Ilse\n- 09:04 Ilse declared a SEV2\n- {at} Ravi replaced edge-2\n"
    "- 10:20 edge answers again, Ilse closed the incident\n"
)


@pytest.mark.parametrize(("at", "gaps"), [("09:16", 1), ("09:17", 2)])
def test_an_interval_of_fifteen_percent_passes_and_a_longer_one_does_not(at: str, gaps: int) -> None:
    # 80 minutes from detection to the end: 12 may pass in silence. The stretch behind the repair is silent in both.
    assert len(told("TL-GAP", HEAD + STORY.format(at=at))) == gaps


def test_a_note_on_a_stretch_explains_it_whatever_stands_behind_its_times() -> None:
    silent = HEAD + STORY.format(at="10:15")
    assert [f.line for f in told("TL-GAP", silent)] == [5]
    assert (
        told("TL-GAP", silent + "\nNothing was recorded 09:04–10:15: all were on a call without notes.\n")
        == []
    )


def test_work_without_a_result_is_no_event_unless_its_details_tell_one() -> None:
    assert told("TL-EVENT", HEAD + "- 14:10 Ines: investigating\n")
    assert told("TL-EVENT", HEAD + "- 14:10 Ines: investigating\n  - `kubectl top` shows 4 GB\n") == []


def test_empty_brackets_behind_an_event_are_no_pointer_and_no_obstacle() -> None:
    assert told("TL-EVENT", HEAD + "- 14:20 Ines restarted importer-3 []\n") == []
    assert told("TL-EVENT", HEAD + "- 14:20 Ines: looking into it []\n") != []


@pytest.mark.parametrize(
    "event", ["the situation stabilised", "Meeting about the issue", "Wei weighed things up"]
)
def test_drift_a_meeting_about_it_and_weighing_are_no_events(event: str) -> None:
    assert told("TL-EVENT", HEAD + f"- 14:20 {event}\n") != []


@pytest.mark.parametrize(
    "event",
    ["replication lag stabilised", "Meeting about the lock on importer-3", "Wei examined the lock file"],
)
def test_the_same_words_about_something_named_are_events(event: str) -> None:
    assert told("TL-EVENT", HEAD + f"- 14:20 {event}\n") == []
