"""Each thing a service may do has a named outcome, from the outermost layer to the wire and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from moved_clock import Clock
from scripted_service import Answer, Body, Drop, Hang, Service, Status, Step

from pipeline.config import Settings
from pipeline.llm.failure import CallFailed, Kind
from pipeline.llm.open import open_model, wire
from pipeline.llm.port import ChatModel, Message, Request
from pipeline.llm.recording import Meter
from pipeline.llm.schema import ReplyModel
from pipeline.llm.structured import ask


class Colour(ReplyModel):
    name: str
    shades: list[str]


GOOD = Answer('{"name": "blue", "shades": []}')
REQUEST = Request((Message("user", "Which?"),), Colour, max_output_tokens=50)
NO_CHOICES = Body(b'{"id": "x", "object": "chat.completion", "choices": []}')


@pytest.fixture
def model(service: Service) -> ChatModel:
    """As the commands open it, but that nobody waits."""
    clock = Clock()
    way = wire(Settings(timeout=0.3), {"OPENAI_BASE_URL": service.base_url}, use_cache=False)
    return open_model(("openai:probe",), replace(way, sleep=clock.sleep, clock=clock), Meter())


@pytest.mark.parametrize(
    "step",
    [
        Status(429),
        Status(429, headers={"Retry-After": "3"}),
        Status(500),
        Status(503),
        Drop(),
        Hang(),
        Body(b'{"id": "chatcmpl-1", "cho', promised=400),
        Body(b"<html>gateway</html>"),
        NO_CHOICES,
    ],
    ids=["429", "429-later", "500", "503", "drop", "hang", "half-a-body", "html", "no-choices"],
)
def test_a_fault_of_the_service_is_outlasted(service: Service, model: ChatModel, step: Step) -> None:
    service.steps = [step, step, GOOD]
    assert ask(model, REQUEST, Colour).name == "blue"
    assert len(service.requests) == 3
    assert len({str(r["messages"]) for r in service.requests}) == 1  # nothing was the model's fault


@pytest.mark.parametrize(
    ("step", "kind", "words"),
    [
        (Status(429), "busy", "HTTP 429"),
        (Status(500), "service", "HTTP 500"),
        (Status(503), "service", "HTTP 503"),
        (Drop(), "connection", "cannot be reached"),
        (Hang(), "connection", "did not answer in time"),
        (NO_CHOICES, "unreadable", "the service.s answer cannot be read"),
    ],
    ids=["429", "500", "503", "drop", "hang", "no-choices"],
)
def test_one_that_stays_ends_with_its_name(
    service: Service, model: ChatModel, step: Step, kind: Kind, words: str
) -> None:
    service.steps = [step]
    with pytest.raises(CallFailed, match=words) as failed:
        model.complete(REQUEST)
    assert failed.value.kind == kind
    assert len(service.requests) == 6


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "blue", "sha',
        "Sure! Here is your colour: blue.",
        '{"name": 3, "shades": []}',
        '{"name": "blue", "shades": [], "hue": 1}',
        "[]",
        "",
    ],
    ids=["half", "prose", "type", "field", "list", "empty"],
)
def test_a_fault_of_the_model_is_shown_to_it(service: Service, model: ChatModel, text: str) -> None:
    service.steps = [Answer(text), GOOD]
    assert ask(model, REQUEST, Colour).name == "blue"
    shown, complaint = service.requests[1]["messages"][-2:]
    assert shown == {"role": "assistant", "content": text or "(an empty reply)"}
    assert complaint["content"].startswith("That reply does not fit the schema: ")


@pytest.mark.parametrize(
    ("step", "kind", "words", "calls"),
    [
        (Answer("Sure!"), "unreadable", "cannot be read", 3),
        (Answer('{"name": "bl', finish="length"), "unreadable", "cut at the limit", 3),
        (Answer(None, refusal="I can't help with that."), "request", "the model refused", 1),
        (Answer("", finish="content_filter"), "request", "content filter", 1),
    ],
    ids=["prose", "length", "refusal", "filter"],
)
def test_a_model_that_does_not_answer_ends_with_its_name(
    service: Service, model: ChatModel, step: Step, kind: Kind, words: str, calls: int
) -> None:
    service.steps = [step]
    with pytest.raises(CallFailed, match=words) as failed:
        model.complete(REQUEST)
    assert (failed.value.kind, len(service.requests)) == (kind, calls)


def test_a_cut_reply_gets_more_room_and_half_a_surrogate_pair_is_read(
    service: Service, model: ChatModel
) -> None:
    service.steps = [Answer('{"name": "bl', finish="length"), Answer(r'{"name": "\ud83d", "shades": []}')]
    assert ask(model, REQUEST, Colour).name == "\ufffd"
    assert [r["max_completion_tokens"] for r in service.requests] == [50, 100]
