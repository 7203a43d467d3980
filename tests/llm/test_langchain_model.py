"""The door to the vendors, against a service that answers by a script and against a real one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from scripted_service import Answer, Body, Drop, Hang, Service, Status, Step

from pipeline.errors import InputError, ModelError
from pipeline.llm.cache import Cached, ReplyStore
from pipeline.llm.failure import CallFailed
from pipeline.llm.langchain_model import LangChainModel
from pipeline.llm.port import Message, Request
from pipeline.llm.prices import Price
from pipeline.llm.recording import Meter, Recording
from pipeline.llm.repairing import Repairing
from pipeline.llm.schema import ReplyModel
from pipeline.llm.structured import ask


class Colour(ReplyModel):
    name: str
    shades: list[str]


GOOD = Answer('{"name": "blue", "shades": []}')
REQUEST = Request((Message("system", "Be brief."), Message("user", "Which?")), Colour, max_output_tokens=50)


def client(service: Service, timeout: float = 5.0) -> LangChainModel:
    return LangChainModel("openai:probe", base_url=service.base_url, api_key="k", timeout=timeout)


def test_a_request_is_sent_as_a_strict_schema_and_its_reply_comes_back_whole(service: Service) -> None:
    service.steps = [GOOD]
    reply = client(service).complete(REQUEST)
    sent = service.requests[0]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["response_format"]["json_schema"]["schema"]["required"] == ["name", "shades"]
    assert sent["max_completion_tokens"] == 50
    assert "temperature" not in sent
    assert (reply.text, reply.model, reply.usage.prompt) == (GOOD.text, "probe-2026-01-01", 100)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Status(401), "key"),
        (Status(403), "key"),
        (Status(404), "model"),
        (Status(400), "request"),
        (Status(400, "too long", error_code="context_length_exceeded"), "context"),
        (Status(429, error_code="insufficient_quota"), "quota"),
        (Status(429), "busy"),
        (Status(409), "busy"),
        (Status(500), "service"),
        (Status(503), "service"),
        (Drop(), "connection"),
        (Body(b'{"id": "chatcmpl-1", "cho', promised=400), "connection"),
        (Body(b"<html>gateway</html>"), "unreadable"),
        (Body(b'{"id": "x", "object": "chat.completion", "choices": []}'), "unreadable"),
        (Body(b'{"id": "x", "object": "chat.completion", "choices": null}'), "unreadable"),
    ],
)
def test_each_fault_of_a_service_is_an_error_of_a_known_kind(service: Service, step: Step, kind: str) -> None:
    service.steps = [step]
    with pytest.raises(CallFailed) as failed:
        client(service).complete(REQUEST)
    assert failed.value.kind == kind
    assert "\n" not in str(failed.value)
    assert len(service.requests) == 1


def test_a_service_that_never_answers_is_given_up(service: Service) -> None:
    service.steps = [Hang()]
    with pytest.raises(CallFailed) as failed:
        client(service, timeout=0.2).complete(REQUEST)
    assert failed.value.kind == "connection"


def test_a_reply_cut_by_the_token_limit_keeps_its_usage(service: Service) -> None:
    service.steps = [Answer('{"name": "bl', finish="length", usage=(70, 50))]
    reply = client(service).complete(REQUEST)
    assert (reply.finish_reason, reply.text, reply.usage.completion) == ("length", '{"name": "bl', 50)


def test_a_model_is_shown_its_unreadable_reply_and_what_is_wrong_with_it(service: Service) -> None:
    service.steps = [Answer("Sure! Blue."), Answer('{"name": 3, "shades": []}'), GOOD]
    meter = Meter()
    model = Repairing(Recording(client(service), meter))
    assert ask(model, REQUEST, Colour) == Colour(name="blue", shades=[])
    shown = service.requests[2]["messages"][-2:]
    assert shown[0] == {"role": "assistant", "content": '{"name": 3, "shades": []}'}
    assert "name: Input should be a valid string" in shown[1]["content"]
    assert (meter.calls, meter.prompt) == (3, 300)


def test_a_cut_reply_is_asked_for_again_with_more_room(service: Service) -> None:
    service.steps = [Answer('{"name"', finish="length"), GOOD]
    Repairing(client(service)).complete(REQUEST)
    assert [r["max_completion_tokens"] for r in service.requests] == [50, 100]
    assert len(service.requests[1]["messages"]) == 2


@pytest.mark.parametrize(
    ("step", "problem", "calls"),
    [
        (Answer("I would rather not."), "cannot be read", 3),
        (Answer('{"name": "blue", "shades": ['), "cannot be read", 3),
        (Answer(""), "cannot be read", 3),
        (Answer(None, refusal="I can't help with that."), "refused: I can't help", 1),
        (Answer("", finish="content_filter"), "content filter", 1),
        (Answer("{", finish="length"), "cut at the limit", 3),
    ],
)
def test_a_reply_that_cannot_be_had_fails_closed(
    service: Service, step: Step, problem: str, calls: int
) -> None:
    service.steps = [step]
    with pytest.raises(ModelError, match=problem):
        Repairing(client(service)).complete(REQUEST)
    assert len(service.requests) == calls


def test_half_a_surrogate_pair_does_not_spoil_a_reply(service: Service) -> None:
    service.steps = [Answer(r'{"name": "\ud83d blue \\ud83d \ud83d\ude00", "shades": []}')]
    found = ask(client(service), REQUEST, Colour)
    assert found.name == "\ufffd blue \\ud83d \U0001f600"


def test_half_a_surrogate_pair_in_a_prompt_is_sent_as_a_question_mark_of_its_own(service: Service) -> None:
    service.steps = [GOOD]
    client(service).complete(Request((Message("user", "log \ud83d line"),), Colour))
    assert service.requests[0]["messages"][0]["content"] == "log \ufffd line"


def test_a_kept_reply_is_not_asked_for_or_counted_again(service: Service, tmp_path: Path) -> None:
    service.steps = [Answer("no"), GOOD]
    meter, price = Meter(), Price(prompt=1.0, completion=10.0)
    for _ in range(2):  # a second process would open the same file
        model = Cached(
            Repairing(Recording(client(service), meter, price)), ReplyStore(tmp_path / "r.sqlite"), meter
        )
        assert ask(model, REQUEST, Colour).name == "blue"
    assert (meter.calls, meter.hits, meter.prompt, meter.completion) == (2, 1, 200, 20)
    assert meter.cost_usd == pytest.approx(0.0004)


def test_an_unreadable_reply_is_never_kept(service: Service, tmp_path: Path) -> None:
    service.steps = [Answer("no"), Answer("no"), Answer("no"), GOOD]
    model = Cached(Repairing(client(service)), ReplyStore(tmp_path / "r.sqlite"), Meter())
    with pytest.raises(ModelError):
        model.complete(REQUEST)
    assert model.complete(REQUEST).text == GOOD.text


def test_the_cost_is_unknown_as_soon_as_one_price_is(service: Service) -> None:
    service.steps = [GOOD]
    meter = Meter()
    Recording(client(service), meter).complete(REQUEST)
    assert meter.cost_usd is None


def test_a_file_that_is_no_cache_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "r.sqlite").write_text("not a database, but long enough to be taken for one" * 40)
    with pytest.raises(InputError, match=r"r\.sqlite: not usable as a reply cache"):
        ReplyStore(tmp_path / "r.sqlite")


@pytest.fixture
def traced_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The place that the environment says traces are posted to, in the old words and the new."""
    from langsmith import utils

    tracker = Service()
    tracker.steps = [Status(400)]
    utils.get_env_var.cache_clear()
    for name in ("LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "some-key")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", tracker.base_url)
    yield tracker
    tracker.close()
    utils.get_env_var.cache_clear()


def test_nothing_is_traced_whatever_the_environment_says(
    service: Service, traced_environment: Service
) -> None:
    from langchain_core.tracers.langchain import wait_for_all_tracers

    service.steps = [GOOD]
    model = client(service)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: model.complete(REQUEST), range(4)))
    wait_for_all_tracers()
    assert traced_environment.connections == 0


@pytest.mark.parametrize("trace", [False, True])
def test_the_environment_decides_only_where_tracing_was_asked_for(
    traced_environment: Service, monkeypatch: pytest.MonkeyPatch, trace: bool
) -> None:
    from langchain_core.messages import AIMessage
    from langsmith.utils import tracing_is_enabled

    seen: list[object] = []

    class Watching:
        """No runnable of LangChain's, so that nothing is posted by it."""

        def with_structured_output(self, *_: Any, **__: Any) -> Any:
            return self

        def __or__(self, _: object) -> Any:
            return self

        def invoke(self, _: object) -> AIMessage:
            seen.append(tracing_is_enabled())
            return AIMessage("{}")

    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda *_, **__: Watching())
    LangChainModel("other:probe", trace=trace).complete(REQUEST)
    assert seen == [trace]


def test_a_provider_with_a_protocol_of_its_own_is_asked_for_the_same_schema(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from langchain_core.language_models import FakeListChatModel
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import RunnableLambda

    asked: list[dict[str, Any]] = []

    class Other(FakeListChatModel):
        def with_structured_output(self, schema: Any, **options: Any) -> Any:
            asked.append({"schema": schema, **options})
            told = {"model": "other-1", "done_reason": "length"}
            usage = {"input_tokens": 9, "output_tokens": 4, "total_tokens": 13}
            raw = AIMessage('{"name"', response_metadata=told, usage_metadata=usage)
            return RunnableLambda(lambda _: {"raw": raw, "parsed": None, "parsing_error": None})

    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda *_, **__: Other(responses=[]))
    reply = LangChainModel("ollama:other").complete(REQUEST)
    assert (asked[0]["schema"]["title"], asked[0]["method"], asked[0]["include_raw"]) == (
        "Colour",
        "json_schema",
        True,
    )
    assert (reply.text, reply.model, reply.finish_reason, reply.usage.prompt) == (
        '{"name"',
        "other-1",
        "length",
        9,
    )


def test_many_threads_share_one_model_on_a_real_server(tiny_server: str) -> None:
    model = LangChainModel("openai:tiny", base_url=tiny_server, api_key="none")
    requests = [
        Request((Message("user", "Name a colour."),), Colour, max_output_tokens=2000, seed=seed)
        for seed in range(8)
    ]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(model.complete, requests))
    assert all(Colour.model_validate_json(r.text) for r in replies)
    assert all(r.usage.prompt > 0 and r.usage.completion > 0 for r in replies)
    assert len({r.text for r in replies}) > 1


def test_a_local_server_is_told_how_long_a_context_and_a_reply_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not told cuts the prompt to a few thousand tokens, in silence."""
    from langchain_core.language_models import FakeListChatModel
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import RunnableLambda

    opened: list[dict[str, Any]] = []
    rooms: list[int | None] = []

    class Local(FakeListChatModel):
        num_predict: int | None = None

        def with_structured_output(self, schema: Any, **_: Any) -> Any:
            rooms.append(self.num_predict)
            return RunnableLambda(lambda _: {"raw": AIMessage(GOOD.text or "")})

    def init(spec: str, **options: Any) -> Local:
        opened.append(options)
        return Local(responses=[])

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init)
    LangChainModel("ollama:local", timeout=9, context=32_000).complete(REQUEST)
    assert opened == [{"client_kwargs": {"timeout": 9}, "num_ctx": 32_000}]
    assert rooms == [50]


def test_a_real_server_says_that_a_prompt_is_too_long(tiny_server: str) -> None:
    model = LangChainModel("openai:tiny", base_url=tiny_server, api_key="none")
    with pytest.raises(CallFailed) as failed:
        model.complete(Request((Message("user", "0123456789 " * 20_000),), Colour, max_output_tokens=10))
    assert failed.value.kind == "context"


def test_what_a_vendors_library_misses_is_told_and_not_how_it_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from pydantic import BaseModel, field_validator

    class Client(BaseModel):
        key: str

        @field_validator("key")
        @classmethod
        def _given(cls, key: str) -> str:
            raise ValueError("API key required")

    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda *_, **__: Client(key=""))
    with pytest.raises(InputError, match="--model google_genai:some: API key required; see"):
        LangChainModel("google_genai:some")
