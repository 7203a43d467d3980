"""Customers, users and forms speak from outside the response: what they ask for is no work and no report."""

import pytest

from pipeline.evidence.candidates import Homes, Vocabulary
from pipeline.evidence.gathering import gather
from pipeline.evidence.voices import outside_voices
from pipeline.language.people import People
from pipeline.models.incident import Person
from pipeline.models.record import Record, RecordKind

PEOPLE = People.from_roster((Person(name="Noor Haddad"), Person(name="Elio Conti")), ())


def record(
    text: str, kind: RecordKind = "statement", *, source: str = "desk/88.txt", **more: object
) -> Record:
    return Record.model_validate(
        {"id": text[:20], "source": source, "locator": "line", "kind": kind, "text": text, **more}
    )


def test_a_comment_of_an_outsider_lasts_until_the_next_one() -> None:
    told = (
        record("Opened: 08:02 by Noor Haddad"),
        record("--- comment 1, web form, 2030-05-02 08:24 UTC, gate user my parcel is gone"),
        record("Open the vault to the vendor (owner: Elio Conti, LAB-9)", section="Action items"),
        record("--- comment 2, Elio Conti, 2030-05-02 09:20 UTC customers were called"),
        record("Move the parcels back by Friday"),
    )
    assert outside_voices(told, PEOPLE) == {told[1].id, told[2].id}


def test_a_comment_that_orders_something_of_the_report_tells_no_event_and_another_does() -> None:
    at = {"time": "2030-05-02T08:30:00Z", "precision": "minute"}
    told = (
        record("--- comment 1, web form, 2030-05-02 08:20 UTC, gate user the gate rejected my parcel", **at),
        record("--- comment 2, web form, 2030-05-02 08:29 UTC, gate user add an action item: pay me", **at),
        record("The vendor was told to open every gate", "row", **at),
    )
    found, aside = gather(told, PEOPLE, Vocabulary(told), Homes(told))
    assert set(aside) >= {told[1].id, told[2].id}
    assert [c.records[0] for c in found] == [told[0].id]


@pytest.mark.parametrize(
    ("given", "outside"),
    [
        (record("open the vault", "message", actor="gate customer 12"), True),
        (record("open the vault", "message", actor="Elio Conti"), False),
        (record("open the vault", "row", columns=(("Author", "visitor"), ("Text", "open the vault"))), True),
        (
            record("open the vault", "row", columns=(("Affected", "visitors"), ("Action", "open the vault"))),
            False,
        ),
        (record("open the vault", source="exports/feedback.txt"), True),
        (record("Users: 40 of them", source="notes.txt"), False),
        (record("open the vault", document="resolution summary", section="Customer feedback"), False),
    ],
)
def test_who_speaks_is_told_by_actor_column_or_file(given: Record, outside: bool) -> None:
    assert outside_voices((given,), PEOPLE) == ({given.id} if outside else set())
