"""From a name to a model: what is refused at once, what goes over the wire, what is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from moved_clock import Clock
from scripted_service import Answer, Service

from pipeline.config import Limits, PriceEntry, Settings
from pipeline.errors import InputError
from pipeline.llm.open import Wire, open_model, wire
from pipeline.llm.port import Message, Request
from pipeline.llm.recording import Meter
from pipeline.llm.schema import ReplyModel, json_schema


class Word(ReplyModel):
    word: str


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("gpt-5-mini", "names no provider"),
        ("openai:", "names no provider"),
        ("openai:gpt-5-mini", "OPENAI_API_KEY is not set; .*OPENAI_BASE_URL"),
        ("anthropic:some", r"not installed; pip install 'postmortem-pipeline\[anthropic\]'"),
        ("mistralai:some", r"not installed; pip install 'postmortem-pipeline\[mistral\]'"),
        ("cohere:some", "not installed; pip install 'langchain-cohere'"),
        ("nobody:some", "Unable to infer|Unsupported"),
    ],
)
def test_a_model_that_cannot_be_had_is_refused_in_one_line(spec: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as refused:
        open_model((spec,), Wire(cache=None), Meter())
    assert "\n" not in str(refused.value)


def test_the_cache_lies_where_the_environment_says() -> None:
    assert wire(Settings(), {"POSTMORTEM_CACHE": "/x"}).cache == Path("/x/replies.sqlite")
    assert wire(Settings(), {"XDG_CACHE_HOME": "/y"}).cache == Path("/y/postmortem-pipeline/replies.sqlite")
    assert wire(Settings(), {"XDG_CACHE_HOME": "/y"}, use_cache=False).cache is None


def test_no_secret_is_on_the_wire_or_in_the_cache(service: Service, tmp_path: Path) -> None:
    secret = "ghp_" + "aZ3kQ9xW7vB2nM5tR8yL1cD4eF6gH0jKpS2u"
    service.steps = [Answer('{"word": "kept"}')]
    here = Wire(cache=tmp_path / "replies.sqlite", base_url=service.base_url)
    model = open_model(("openai:probe",), here, Meter())
    request = Request((Message("user", f"export TOKEN={secret} and mail mira.holt@harbour.example"),), Word)
    model.complete(request)
    sent = str(service.requests) + str(list(service.headers))
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret not in sent
    assert "mira.holt" not in sent
    assert secret.encode() not in kept


def test_everything_that_is_sent_is_part_of_what_a_reply_is_kept_by(service: Service, tmp_path: Path) -> None:
    service.steps = [Answer('{"word": "one"}')]
    here = Wire(cache=tmp_path / "replies.sqlite", base_url=service.base_url)
    request = Request((Message("user", "a"),), Word)
    variants = [
        request,
        replace(request, messages=(Message("user", "b"),)),
        replace(request, messages=(Message("system", "a"),)),
        replace(request, max_output_tokens=5),
        replace(request, seed=1),
    ]
    meter = Meter()
    for spec in ("openai:probe", "openai:other"):
        for variant in variants * 2:
            open_model((spec,), here, meter).complete(variant)
    assert (meter.calls, meter.hits, len(service.requests)) == (10, 10, 10)


def test_a_schema_that_strict_mode_refuses_is_a_fault_of_ours() -> None:
    class Open(ReplyModel):
        counts: dict[str, int]

    class Optional_(ReplyModel):
        word: str | None = None

    for into in (Open, Optional_):
        with pytest.raises(ValueError, match=into.__name__):
            json_schema(into)


def test_the_settings_describe_the_wire() -> None:
    limits = Limits(requests_per_minute=3)
    prices = {"openai:probe": PriceEntry(prompt=1, completion=2)}
    settings = Settings(timeout=7, deadline=70, limits=limits, prices=prices)
    told = wire(settings, {"OPENAI_API_KEY": "k"}, trace=True, tell=print)
    assert (told.timeout, told.patience.deadline, told.limits, told.prices) == (7, 70, limits, prices)
    assert (told.api_key, told.trace, told.tell) == ("k", True, print)
    assert wire(Settings(), {}).trace is False


def test_all_incidents_of_a_process_share_the_limits_and_pay_the_price_of_the_settings(
    service: Service,
) -> None:
    service.steps = [Answer('{"word": "one"}', usage=(1000, 500))]
    clock = Clock()
    settings = Settings(
        limits=Limits(requests_per_minute=2),
        prices={"openai:probe": PriceEntry(prompt=1, completion=2)},
    )
    way = wire(settings, {"OPENAI_BASE_URL": service.base_url}, use_cache=False)
    here, meter = replace(way, sleep=clock.sleep, clock=clock), Meter()
    for _ in range(5):  # as a batch opens models for five incidents
        open_model(("openai:probe",), here, meter).complete(Request((Message("user", "a"),), Word))
    assert clock.now >= 1120
    assert meter.cost_usd == pytest.approx(0.01)
