"""Events as marks on records: no word is paid for twice, and none is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pipeline.models.case import Event
from pipeline.models.record import Record
from pipeline.rendering.event_marks import event_marks

NOON = datetime(2031, 2, 11, 12, 0, tzinfo=UTC)


def record(record_id: str, text: str, **more: Any) -> Record:
    told = {"source": "chat.txt", "locator": "line 1", "kind": "message", "actor": "Mira Holt", "time": NOON}
    return Record(id=record_id, text=text, **{**told, **more})


def event(text: str, *evidence: str, **more: Any) -> Event:
    told = {
        "id": "V1",
        "time": NOON,
        "precision": "minute",
        "actor": "Mira Holt",
        "actor_kind": "person",
        "act": "did",
    }
    return Event(text=text, evidence=evidence, **{**told, **more})


def marked(told: Event, *records: Record) -> dict[str, tuple[str, ...]]:
    return event_marks([told], {r.id: r for r in records})


def test_an_event_marks_the_record_that_has_its_words_and_names_the_others() -> None:
    pager = record("E1", "Incident 17 (status resolved)", kind="page")
    said = record("E2", "restarting the *broker* now")
    told = event("Restarting the broker now.", "E1", "E2", classes=("ATT",))
    assert marked(told, pager, said) == {"E2": ("V1 ATT + E1",)}


def test_what_the_line_does_not_say_stands_in_the_mark() -> None:
    told = event(
        "Queue stopped draining", "E1", actor="ledger-writer", time=NOON.replace(minute=4), act="suspected",
        refuted_by="V6",
    )  # fmt: skip
    line = record("E1", "the queue stopped draining at about four past")
    assert marked(told, line) == {"E1": ("V1 12:04 by ledger-writer suspected fell with V6",)}
    undated = line.model_copy(update={"time": None})
    assert marked(told, undated) == {"E1": ("V1 2031-02-11 12:04 by ledger-writer suspected fell with V6",)}


def test_words_are_added_only_where_no_record_of_the_event_has_them() -> None:
    wrong = record("E1", "backlog was highest at 23:51 with 436 files")
    assert marked(event("backlog was highest at [23:15] with 436 files", "E1"), wrong) == {
        "E1": ("V1 : backlog was highest at [23:15] with 436 files",)
    }
    cut = event("the queue is full … restarting the broker” “it drains", "E1", "E2")
    whole = record("E1", "the queue is full because somebody slept, restarting the broker")
    assert marked(cut, whole, record("E2", "it drains")) == {"E1": ("V1 + E2",)}
    headed = record("E1", "410 at 18:08", section="Log > 18:02 restart of the signer", actor=None)
    assert marked(event("Restart of the signer: 410 at 18:08.", "E1"), headed) == {"E1": ("V1 by Mira Holt",)}


def test_an_event_without_a_record_marks_nothing() -> None:
    assert marked(event("Restarting.", "E9"), record("E1", "restarting")) == {}
