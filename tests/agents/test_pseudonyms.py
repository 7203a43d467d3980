"""People and hosts under other names on the wire: no original goes out, and every one comes back."""

from __future__ import annotations

import json

import pytest
from model_case import CASE, record

from pipeline.agents.pseudonyms import Pseudonymous, pseudonyms_of
from pipeline.language.people import People
from pipeline.llm.port import Message, Reply, Request
from pipeline.llm.schema import ReplyModel

PEOPLE = People(CASE.incident.roster)
CROWD = CASE.model_copy(
    update={
        "records": (
            *CASE.records,
            record("E10", "10:11", "mira", "@tariq and Élodie Brunvoll restarted db-03 from 10.4.7.19"),
            record(
                "E11",
                "10:12",
                "Tariq Aziz",
                "thanks Mira, ledger.int.harrow.example is fine, MIRA will close",
            ),
        )
    }
)
HIDDEN = ("Mira", "Holt", "Tariq", "Aziz", "Brunvoll", "db-03", "10.4.7.19", "ledger.int.harrow.example")


class Said(ReplyModel):
    text: str


class Echo:
    """Answers with what it was sent, as a model would: inside JSON."""

    name = "openai:echo"

    def __init__(self) -> None:
        self.sent = ""

    def complete(self, request: Request) -> Reply:
        self.sent = request.messages[0].content
        return Reply(json.dumps({"text": self.sent}), "echo")


@pytest.fixture
def text() -> str:
    return "\n".join(f"{r.id} {r.actor}: {r.text}" for r in CROWD.records)


def test_no_original_is_on_the_wire_in_any_case_that_people_write(text: str) -> None:
    echo = Echo()
    Pseudonymous(echo, pseudonyms_of(CROWD, PEOPLE)).complete(Request((Message("user", text),), Said))
    assert [name for name in HIDDEN if name.casefold() in echo.sent.casefold()] == []
    assert "ledger-writer" in echo.sent  # services are what the postmortem is about


def test_what_comes_back_is_what_the_records_say_letter_by_letter(text: str) -> None:
    reply = Pseudonymous(Echo(), pseudonyms_of(CROWD, PEOPLE)).complete(
        Request((Message("user", text),), Said)
    )
    assert json.loads(reply.text)["text"] == text


def test_a_placeholder_that_a_record_holds_already_is_not_used() -> None:
    odd = CASE.model_copy(
        update={"records": (*CASE.records, record("E10", "10:11", "Mira Holt", "Person1 is a label"))}
    )
    pseudonyms = pseudonyms_of(odd, PEOPLE)
    told = "Mira Holt wrote: Person1 is a label"
    assert "Person1 is a label" in pseudonyms.hide(told)
    assert json.loads(pseudonyms.restore(json.dumps(pseudonyms.hide(told)))) == told


def test_the_forms_of_one_person_share_a_number() -> None:
    hidden = pseudonyms_of(CROWD, PEOPLE).hide("Mira Holt and Mira, Tariq Aziz and tariq")
    mira, tariq = hidden.split(", ")
    assert mira.split(" and ")[1].startswith(mira.split(" and ")[0])
    assert tariq.split(" and ")[1].startswith(tariq.split(" and ")[0])
