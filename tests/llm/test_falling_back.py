"""Models that stand in for one another, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted_service import Answer, Service, Status, Step

from pipeline.errors import ModelError
from pipeline.llm.failure import CallFailed
from pipeline.llm.open import Wire, open_model
from pipeline.llm.port import Message, Request
from pipeline.llm.recording import Meter
from pipeline.llm.retrying import Patience
from pipeline.llm.schema import ReplyModel


class Word(ReplyModel):
    word: str


GOOD = Answer('{"word": "kept"}')
REQUEST = Request((Message("user", "a"),), Word)
THREE = ("openai:first", "openai:second", "openai:third")


def answers(service: Service, **by_model: Step) -> None:
    service.script = lambda body: by_model[body["model"]]


def wire_to(service: Service, told: list[str] | None = None, cache: Path | None = None) -> Wire:
    tell = told.append if told is not None else lambda _: None
    return Wire(cache, service.base_url, patience=Patience(attempts=1), tell=tell)


@pytest.mark.parametrize(
    "fault",
    [
        Status(401),
        Status(404),
        Status(429, error_code="insufficient_quota"),
        Status(429),
        Status(400),
        Status(503),
        Answer(None, refusal="no"),
        Answer("", finish="content_filter"),
        Answer("I would rather not."),
    ],
)
def test_the_next_is_asked_where_one_fails_for_good(service: Service, fault: Step) -> None:
    answers(service, first=fault, second=GOOD)
    told: list[str] = []
    model = open_model(THREE, wire_to(service, told), Meter())
    reply = model.complete(REQUEST)
    assert (reply.model, reply.asked) == ("second-2026-01-01", "openai:second")
    assert model.name == "openai:first"
    (line,) = told
    assert line.startswith("openai:first: ")
    assert line.endswith("; asking openai:second instead")


def test_a_request_that_is_too_long_is_not_passed_on(service: Service) -> None:
    answers(service, first=Status(400, error_code="context_length_exceeded"), second=GOOD)
    with pytest.raises(CallFailed) as failed:
        open_model(THREE, wire_to(service), Meter()).complete(REQUEST)
    assert failed.value.kind == "context"
    assert len(service.requests) == 1


def test_where_none_answers_one_line_says_why_each_did_not(service: Service) -> None:
    answers(service, first=Status(401, "bad key"), second=Status(500, "on fire"), third=Answer("Sure!"))
    with pytest.raises(ModelError) as failed:
        open_model(THREE, wire_to(service), Meter()).complete(REQUEST)
    line = str(failed.value)
    assert "\n" not in line
    for part in (
        "openai:first: HTTP 401: bad key",
        "openai:second: HTTP 500: on fire",
        "openai:third: the reply",
    ):
        assert part in line


def test_each_keeps_its_own_replies_and_what_was_answered_is_not_asked_again(
    service: Service, tmp_path: Path
) -> None:
    answers(service, first=Status(503), second=GOOD)
    meter = Meter()
    wire = wire_to(service, cache=tmp_path / "r.sqlite")
    for _ in range(2):
        assert open_model(THREE, wire, meter).complete(REQUEST).asked == "openai:second"
    assert [r["model"] for r in service.requests] == ["first", "second", "first"]
    answers(service, first=Answer('{"word": "first"}'))
    assert open_model(THREE, wire, meter).complete(REQUEST).text == '{"word": "first"}'
    assert (meter.calls, meter.hits) == (2, 1)


@pytest.mark.parametrize(
    ("faults", "kind"),
    [
        ((Answer(None, refusal="no"), Answer("I would rather not.")), "request"),
        ((Answer(None, refusal="no"), Status(503)), "busy"),
    ],
)
def test_that_all_were_reached_and_none_answered_is_told_from_a_service_that_is_down(
    service: Service, faults: tuple[Step, Step], kind: str
) -> None:
    answers(service, first=faults[0], second=faults[1])
    model = open_model(("openai:first", "openai:second"), wire_to(service), Meter())
    with pytest.raises(CallFailed, match=r"no model answered: .*openai:second") as failed:
        model.complete(REQUEST)
    assert (failed.value.kind == "request") == (kind == "request")
