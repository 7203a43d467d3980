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


AUTHORS = ("Grace Young", "Mark Hill", "Will Black", "Priya Raman", "zk")


def hidden_in(text: str, *beside: str) -> str:
    """The text as it goes out where the authors write in the chat."""
    records = (
        *CASE.records,
        *(record(f"E{n}", "10:11", name, "ok") for n, name in enumerate(AUTHORS, 10)),
        record("E20", "10:12", "Mira Holt", text, source="dm/priya_raman_dm.json"),
    )
    case = CASE.model_copy(update={"records": records})
    pseudonyms = pseudonyms_of(case, PEOPLE, beside)
    for told in (text, *beside):
        assert json.loads(pseudonyms.restore(json.dumps(pseudonyms.hide(told)))) == told
    return "\n".join(map(pseudonyms.hide, (text, *beside)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("thanks Grace, Mark said Will is out, says zk", ("Grace", "Mark", "Will", "zk")),
        ("see dm/priya_raman_dm.json and /home/priya_r/x.sh", ("priya", "raman")),
        ("user_praman ran it with praman_key on priyaraman-laptop", ("praman", "priyaraman")),
        ("gyoung and PRAMAN signed off, WILL did not", ("gyoung", "PRAMAN", "WILL")),
        ("DeShawn rebooted it; McAllister agreed", ("DeShawn", "McAllister")),
        ("Ask O'Brien, or O’Brien's deputy LeBron", ("Brien", "LeBron")),
        ("dana, please look; olga_petrova.log has it", ("dana", "olga")),
        ("cc @qxv9 and @tjones", ("qxv9", "tjones")),
        ("they asked Faith, and Hope Larssen agreed", ("Faith", "Hope", "Larssen")),
        ("ssh to PRD-SQL-01, DB01 or WEB03", ("PRD", "SQL", "DB01", "WEB03")),
        ("db_primary_02 and Ledger.Int.Harrow.Example", ("primary_02", "Harrow")),
        ("i-0abc12345de67 was replaced", ("0abc12345de67",)),
        ("fe80::1, 2001:db8::8a2e, ::1 and 2001:db8:: answer", ("fe80", "2001", "db8", "8a2e", "::1")),
    ],
)
def test_the_shapes_that_names_come_in(text: str, names: tuple[str, ...]) -> None:
    hidden = hidden_in(text)
    assert [name for name in names if name in hidden] == []


@pytest.mark.parametrize(
    "text",
    [
        "SEV1 since Mar-18, tracked in PAY-123; the ledger-writer will mark it with grace",
        "Alertmanager fired on Tuesday, Nov 18: std::vector is empty in main.py",
    ],
)
def test_what_is_nobody_s_name_stays(text: str) -> None:
    assert hidden_in(text) == text


def test_what_is_shown_beside_the_records_hides_its_people_too() -> None:
    hidden = hidden_in("ok", "Write as Ottoline Brack does, and never name cdn-07.")
    assert "Ottoline" not in hidden
    assert "cdn-07" not in hidden
