"""What a hat is shown: all of it where it fits, else what the document rests on, and passages of the rest."""

from __future__ import annotations

import pytest
from model_case import CASE, EVENTS, RECORDS, crowd, record

from pipeline.agents.brief import marks_of, select, whole_brief
from pipeline.errors import ModelError
from pipeline.models.case import Case
from pipeline.models.postmortem import Figure
from pipeline.tokens import count

MODEL = "openai:scripted"


def size(*texts: str) -> int:
    return count("\n".join(texts), MODEL)


def test_a_case_that_fits_is_shown_whole_and_says_so() -> None:
    shown = whole_brief(CASE, 5_000, MODEL)
    assert shown is not None
    assert [line.split()[0] for line in shown.records.splitlines() if line.startswith("E")] == [
        r.id for r in RECORDS
    ]
    assert shown.left_out == "Every record is shown."
    assert shown.notices == ()
    assert "severity was low" not in shown.records  # which only instructs its reader
    assert whole_brief(CASE, size(shown.incident, shown.computed, shown.records) - 1, MODEL) is None


def test_chatter_is_marked_where_it_stands_and_a_correction_as_one() -> None:
    case = crowd(noise=1, talk=1)
    case = case.model_copy(update={"set_aside": (*case.set_aside, ("E8", "corrects E7, which is told"))})
    marks = marks_of(case)
    assert marks["E1000"] == ("~",)
    assert marks["E8"] == ("corrects E7",)
    assert "E100" not in marks
    document = CASE.records[2].model_copy(update={"document": "root cause"})
    of_document = CASE.model_copy(
        update={"records": (document,), "events": (), "set_aside": (("E3", "undated"),)}
    )
    assert marks_of(of_document) == {}


def test_of_a_case_that_does_not_fit_what_the_document_rests_on_is_shown_first() -> None:
    crowded = crowd(noise=300, talk=100)
    figure = Figure(what="branches", value=3, unit="branches", evidence=("E150",))
    document = record("E9000", None, "", "The broker rejects large batches.", "statement", "cause.md")
    case = crowded.model_copy(update={"records": (*crowded.records, document), "figures": (figure,)})
    selection = select(case, 1_200, MODEL)
    assert selection.ids == {*(e.evidence[0] for e in EVENTS), "E150", "E9000"}
    passage = RECORDS[6].model_copy(update={"id": "E7 E8", "text": "owed: Mira took LED-77."})
    shown = selection.brief(case, [passage])
    assert size(shown.incident, shown.computed, shown.records) <= 1_200
    assert shown.records.endswith("== chat.txt\nE7 E8 2031-02-11 10:05 Mira Holt | owed: Mira took LED-77.")
    assert f"EXTRACTED by a reader from {shown.condensed} records" in shown.records
    assert shown.condensed == len(case.records) - 8
    assert str(shown.condensed) in shown.left_out
    assert shown.notices[0].startswith(f"{shown.condensed} records did not fit")


def test_long_records_are_cut_before_one_that_an_event_rests_on_is_left_out() -> None:
    long = RECORDS[2].model_copy(update={"text": RECORDS[2].text + " and so on" * 2_000})
    case = CASE.model_copy(update={"records": (*RECORDS[:2], long, *RECORDS[3:])})
    selection = select(case, 1_500, MODEL)
    shown = selection.brief(case, [])
    assert {e.evidence[0] for e in EVENTS} <= selection.ids
    assert "characters more)" in shown.records
    assert shown.cut
    assert "cut" in shown.left_out


def test_a_case_whose_events_do_not_fit_fails_with_what_to_do() -> None:
    with pytest.raises(ModelError, match="larger context_tokens"):
        select(CASE, 200, MODEL)


def test_a_case_without_events_can_be_shown_too() -> None:
    empty = Case(incident=CASE.incident, records=RECORDS[:1])
    shown = whole_brief(empty, 1_000, MODEL)
    assert shown is not None
    assert shown.records.count("\n") == 1
