"""What stands around a record tells how to read it: its file's numbers, its file's name, and whom its pronoun means."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pipeline.evidence.grounding import ungrounded
from pipeline.language.literals import find_literals
from pipeline.models.case import Case
from pipeline.models.incident import Incident, Person
from pipeline.models.record import Record, RecordKind

ROSTER = (Person(name="Aline Moreau"), Person(name="Bao Tran"))


def record(number: int, text: str, source: str, kind: RecordKind = "statement", **given: object) -> Record:
    return Record(id=f"E{number}", source=source, locator=f"line {number}", kind=kind, text=text, **given)  # type: ignore[arg-type]


def case(*records: Record) -> Case:
    return Case(incident=Incident(name="kilns", id="kilns", roster=ROSTER), records=records)


def fallen(text: str, cited: Record, within: Case) -> list[str]:
    return [u.text for u in ungrounded(text, (cited,), within)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("7,0 s", []),
        ("1.234,5 EUR, 0,125 of it", [Decimal("1234.5"), Decimal("0.125")]),
        ("1,204 of 13,272", [Decimal(1204), Decimal(13272)]),
        ("1,204,331.5", [Decimal("1204331.5")]),
        ("12,5 %", [Decimal("12.5")]),
    ],
)
def test_a_comma_is_a_decimal_mark_except_before_three_digits(text: str, values: list[Decimal]) -> None:
    assert [x.value for x in find_literals(text) if isinstance(x.value, Decimal)] == values


OFFSET = record(1, "kiln-4; Check: probe; Value: 119,3 s", "export.csv", "row")
SHARE = record(2, "kiln-4; Check: load; Value: 37,5 %", "export.csv", "row")
LONG = record(3, "kiln-4; Check: weight; Value: 1,204 t", "export.csv", "row")
POINTS = record(4, "The probe was 7.0 s late.", "report.md")
SHOT = record(5, "1,204 plates broke", "report.md")
NUMBERS = case(OFFSET, SHARE, LONG, POINTS, SHOT)


@pytest.mark.parametrize(
    ("text", "cited", "wrong"),
    [
        ("The probe was 119.3 s late.", OFFSET, []),
        ("The probe was 119,3 s late.", OFFSET, []),
        ("The probe was 119.8 s late.", OFFSET, ["119.8 s"]),
        ("The probe was 3 s late.", OFFSET, ["3 s"]),
        ("The load was 37.5%.", SHARE, []),
        ("The load was 5%.", SHARE, ["5%"]),
        ("The probe was 7,0 s late.", POINTS, []),
        ("The probe was 7,4 s late.", POINTS, ["7,4 s"]),
        ("The weight was 1.204 t.", LONG, []),
        ("1204 plates broke.", SHOT, []),
        ("1.204 plates broke.", SHOT, ["1.204"]),
    ],
)
def test_a_value_is_the_same_with_either_decimal_mark(text: str, cited: Record, wrong: list[str]) -> None:
    assert fallen(text, cited, NUMBERS) == wrong


def test_two_numbers_with_a_comma_between_stay_two_numbers_too() -> None:
    rows = record(1, "rows 4,5 and 9 are empty", "chat.txt", "message")
    assert fallen("Rows 4, 5 and 9 were empty.", rows, case(rows)) == []
    assert fallen("Row 8 was empty.", rows, case(rows)) == ["8"]


TICKET = record(1, "Two glazes on one plate.", "desk/ticket-3318.txt")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Ticket 3318 told of two glazes on one plate.", []),
        ("Two glazes on one plate were put into ticket no. 3318.", []),
        ("Ticket 3319 told of two glazes on one plate.", ["3319"]),
        ("Two glazes were on 3318 plates.", ["3318"]),
    ],
)
def test_the_name_of_its_file_numbers_a_record_and_counts_nothing(text: str, wrong: list[str]) -> None:
    assert fallen(text, TICKET, case(TICKET)) == wrong


def told(number: int, text: str, section: str = "What happened", **given: object) -> Record:
    return record(number, text, "wiki.md", section=section, **given)


BEFORE = told(1, "The feeder feed-2 takes its recipe from node-7 at 10:34.")
CHAINED = told(2, "From then it had no recipe, and its belt became 4 mm slower.")
PRONOUN = told(3, "it was 12 mm behind.")
OWN = told(4, "kiln-4 waited, so it cooled down.")
APART = told(5, "It was cold.", section="What we changed")
SHE = told(6, "Aline Moreau found the belt in K-12.")
FOUND = told(7, "She stopped feeding.")
WIKI = case(BEFORE, CHAINED, PRONOUN, OWN, APART, SHE, FOUND)


@pytest.mark.parametrize(
    ("text", "cited", "wrong"),
    [
        ("feed-2 was 12 mm behind.", PRONOUN, []),
        ("The belt of feed-2 became 4 mm slower.", CHAINED, []),
        ("feed-3 was 12 mm behind.", PRONOUN, ["feed-3"]),  # named nowhere
        ("kiln-4 was 12 mm behind.", PRONOUN, ["kiln-4"]),  # named only later
        ("feed-2 was 13 mm behind.", PRONOUN, ["13"]),
        ("feed-2 was 12 mm behind at 10:34.", PRONOUN, ["10:34"]),  # a time belongs to its own record
        ("feed-2 cooled down.", OWN, ["feed-2"]),  # the record itself says what it was
        ("kiln-4 was cold.", APART, ["kiln-4"]),  # another section
        ("Aline Moreau stopped feeding.", FOUND, []),
        ("Bao Tran stopped feeding.", FOUND, ["Bao Tran"]),
        ("K-12 stopped feeding.", FOUND, ["K-12"]),  # "she" is no belt
    ],
)
def test_a_pronoun_may_be_told_by_the_name_that_stands_just_before_it(
    text: str, cited: Record, wrong: list[str]
) -> None:
    assert fallen(text, cited, WIKI) == wrong


def test_in_a_chat_the_words_before_are_those_of_the_same_person() -> None:
    at = datetime(2031, 3, 4, 8, 0, tzinfo=UTC)
    mine = record(1, "feed-2 restarted", "chat.txt", "message", actor="Bao Tran", time=at)
    slow = record(2, "it is slow again", "chat.txt", "message", actor="Bao Tran", time=at)
    theirs = record(3, "it is quick now", "chat.txt", "message", actor="Aline Moreau", time=at)
    talk = case(mine, slow, theirs)
    assert fallen("feed-2 was slow again.", slow, talk) == []
    assert fallen("feed-2 was quick.", theirs, talk) == ["feed-2"]
