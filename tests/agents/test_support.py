"""What a sentence or a question of a model may say, and what it is told where it may not."""

from __future__ import annotations

import pytest
from model_case import CASE, RECORDS, record

from pipeline.agents.support import Fault, fault_detail, fault_of, is_readable, question_fault
from pipeline.models.case import Case

HOSTS = record(
    "E20", "10:12", "Mira Holt", "g1 g2 g5 g8 and g9 hold the queue ledger.in, `LedgerTest` imports it"
)
MORE = Case(incident=CASE.incident, records=(*RECORDS, HOSTS), events=CASE.events)


@pytest.mark.parametrize(
    "text",
    [
        "The hosts were g1, g2, g5, g8 and g9, all of one queue.",
        "The regression test `LedgerTest` imports the whole queue.",
        "`LedgerTest` rejects batches.",
        "Fix of the queue: ledger-writer 5.3.1, live on 11 February at 09:36 UTC, takes a row limit per batch.",
        "Which times hold: 09:09:30 or 09:09:38?",
        "Which batch holds, 50 or 500?",
    ],
)
def test_lists_of_names_and_verbs_behind_a_name_are_readable(text: str) -> None:
    assert is_readable(text, MORE)


@pytest.mark.parametrize(
    "text",
    [
        "g1, g2, g5, g8 and g9",
        "g1, g2, g5, g8 , ; , was",
        "Requests of `LedgerTest` in the queue",
        "Fix of the queue: ledger-writer 5.3.1, live on 11 February at 09:36 UTC, a row limit per batch.",
        "Which times: 09:09:30 or 09:09:38?",
        "Which batch size: 50 or 500?",
        "Batches of the queue's exports",
        "The hosts were , , , , and , all .",
        "Zorblat were g1, g2 krandle fipsel, mostrup.",
    ],
)
def test_a_list_without_words_and_words_without_a_verb_are_not(text: str) -> None:
    assert not is_readable(text, MORE)


@pytest.mark.parametrize(
    ("text", "ids", "fault"),
    [
        ("Why did ledger-writer 5.3 raise the batch size to 500?", (), None),
        ("Who uses the queue ledger.in besides the branches, and since 09:02 UTC?", ("E3",), None),
        ("Did nothing drain before 09:31?", ("E4",), None),  # asks, and says the opposite of nothing
        ("Why did ledger-writer 5.9 raise the batch size to 500?", (), "says what no cited record says"),
        ("Who wrote to Priya about the queue?", (), "says what no cited record says"),
        ("Did the queue stop at 08:14?", ("E3",), "says what no cited record says"),
        ("Why was the batch size raised?", ("E404",), "cites a record that does not exist"),
        ("Why did the batch size grow?", ("E9",), "cites only text that instructs its reader"),
        ("Nobody knows why the batch size was raised.", (), "is no readable sentence"),
        (
            "Would elephants prefer violins over pianos in winter gardens?",
            (),
            "is not about what the cited records are about",
        ),
    ],
)
def test_a_question_needs_no_answer_but_brings_nothing_in(
    text: str, ids: tuple[str, ...], fault: Fault | None
) -> None:
    assert question_fault(text, ids, CASE) == fault
    assert bool(fault_detail(text, ids, CASE, question=True)) == (fault is not None)


def test_a_statement_still_needs_its_own_records() -> None:
    text = "The batch size was raised from 50 to 500."
    assert fault_of(text, ("E1",), CASE) is None
    assert fault_of(text, ("E3",), CASE) == "says what no cited record says"
    assert fault_of(text, (), CASE) == "cites no record"


@pytest.mark.parametrize(
    ("text", "ids", "detail"),
    [
        ("The queue held 48,500 messages.", ("E2",), "“48,500” (number) stands in no cited record and follows from none"),
        ("LED-78 and LED-79 were opened at 07:01 on node-4 for Tariq Aziz.", ("E7",), "“LED-78” (ticket) stands in no cited record; “LED-79” (ticket) stands in no cited record; “07:01” (time) stands in no cited record"),
        ("The queue stopped.", ("E3", "E404", "E405"), "cites E404, E405, which do not exist"),
        ("The queue stopped.", ("E404",), "cites E404, which does not exist"),
        ("The elephants preferred violins to pianos.", ("E3",), "shares too few words with the records it cites"),
        ("The queue stopped.", (), "cites no record"),
        ("The queue stopped draining.", ("E3",), ""),
    ],
)  # fmt: skip
def test_a_fault_names_what_to_mend(text: str, ids: tuple[str, ...], detail: str) -> None:
    assert fault_detail(text, ids, CASE) == detail


def test_a_question_is_told_that_no_record_at_all_has_it() -> None:
    asked = "Why did ledger-writer 5.9 raise the batch size?"
    assert (
        fault_detail(asked, (), CASE, question=True)
        == "“5.9” (number) stands in no record and follows from none"
    )
    assert (
        fault_detail("The batch size grew.", (), CASE, question=True) == "does not end with a question mark"
    )
