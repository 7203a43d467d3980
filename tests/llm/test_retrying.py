"""Asking again: how often, how long, and what a person hears of it."""

from __future__ import annotations

import pytest
from moved_clock import Clock
from scripted_service import Answer, Drop, Hang, Service, Status

from pipeline.config import Limits
from pipeline.errors import ModelError
from pipeline.llm.deadline import within
from pipeline.llm.failure import CallFailed
from pipeline.llm.langchain_model import LangChainModel
from pipeline.llm.limiting import Limiter
from pipeline.llm.port import Message, Reply, Request
from pipeline.llm.retrying import Patience, Retrying
from pipeline.llm.schema import ReplyModel


class Word(ReplyModel):
    word: str


GOOD = Answer('{"word": "blue"}')
REQUEST = Request((Message("user", "Which?"),), Word)


def retrying(
    service: Service,
    clock: Clock,
    told: list[str] | None = None,
    limiter: Limiter | None = None,
    **patience: float,
) -> Retrying:
    client = LangChainModel("openai:probe", base_url=service.base_url, api_key="k", timeout=5.0)
    chosen = Patience(attempts=int(patience.pop("attempts", 4)), **patience)
    tell = told.append if told is not None else lambda _: None
    return Retrying(client, chosen, limiter, tell=tell, sleep=clock.sleep, clock=clock)


def test_faults_that_pass_are_waited_out_as_long_as_the_service_asks(service: Service) -> None:
    service.steps = [Status(429, headers={"Retry-After": "7"}), Status(503), Drop(), GOOD]
    clock = Clock()
    assert retrying(service, clock).complete(REQUEST).text == GOOD.text
    assert 7 <= clock.slept[0] <= 8
    assert len(service.requests) == 4


def test_a_wait_is_told_with_its_reason_and_its_length(service: Service) -> None:
    service.steps = [Status(429, "slow down", headers={"Retry-After": "12"}), GOOD]
    told: list[str] = []
    retrying(service, Clock(), told).complete(REQUEST)
    (line,) = told
    assert line.startswith("openai:probe: HTTP 429: slow down; waiting 1")
    assert line.endswith(" s, attempt 2 of 4")


def test_a_service_that_stays_down_ends_in_one_clear_line(service: Service) -> None:
    service.steps = [Status(500, "engine overloaded")]
    with pytest.raises(
        ModelError, match=r"openai:probe: HTTP 500: engine overloaded; gave up after 4 attempts"
    ) as failed:
        retrying(service, Clock()).complete(REQUEST)
    assert isinstance(failed.value, CallFailed)
    assert failed.value.kind == "service"
    assert len(service.requests) == 4


def test_no_attempt_begins_after_the_deadline(service: Service) -> None:
    service.steps = [Status(429, headers={"Retry-After": "50"})]
    clock = Clock()
    with pytest.raises(ModelError, match="gave up after 4 attempts"):
        retrying(service, clock, attempts=100, deadline=170.0).complete(REQUEST)
    assert clock.now < 1000 + 170


def test_a_service_that_asks_to_come_back_after_the_deadline_is_given_up_at_once(service: Service) -> None:
    service.steps = [Status(429, headers={"Retry-After": "3600"})]
    clock = Clock()
    with pytest.raises(ModelError, match=r"after 1 attempt \(it asks to come back in 3600 s\)"):
        retrying(service, clock).complete(REQUEST)
    assert clock.slept == []


def test_an_attempt_has_no_more_time_than_is_left(service: Service) -> None:
    service.steps = [Hang()]  # and the client would wait for five seconds
    clock = Clock()
    with pytest.raises(ModelError, match=r"no answer within the deadline of 0\.2 s; gave up after 1 attempt"):
        retrying(service, clock, deadline=0.2, first=1000.0, longest=1000.0).complete(REQUEST)
    assert len(service.requests) == 1


def test_a_call_that_is_late_is_left_and_one_in_time_keeps_its_error() -> None:
    import threading

    never = threading.Event()
    with pytest.raises(TimeoutError):
        within(0.01, never.wait)
    never.set()
    assert within(5, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


def test_waiting_for_ones_own_limits_is_not_counted_against_the_service(service: Service) -> None:
    service.steps = [GOOD]
    clock = Clock()
    limiter = Limiter("openai:probe", Limits(requests_per_minute=1), clock.sleep, clock)
    model = retrying(service, clock, limiter=limiter, deadline=30.0)
    for _ in range(3):
        assert model.complete(REQUEST).text == GOOD.text
    assert clock.now >= 1120


def test_every_attempt_is_counted_by_the_limiter(service: Service) -> None:
    service.steps = [Drop(), GOOD]
    clock = Clock()
    limiter = Limiter("openai:probe", Limits(requests_per_minute=1), clock.sleep, clock)
    retrying(service, clock, limiter=limiter).complete(REQUEST)
    assert clock.now >= 1060


def test_one_who_is_turned_away_holds_all_who_share_the_service(service: Service) -> None:
    service.steps = [Status(429, headers={"Retry-After": "40"}), GOOD]
    clock = Clock()
    limiter = Limiter("openai:probe", Limits(), clock.sleep, clock)
    entered: list[float] = []

    class Other:
        name = "openai:probe"

        def complete(self, request: Request) -> Reply:
            entered.append(clock.now)
            return Reply("{}", "probe")

    def wait_and_let_another_try(seconds: float) -> None:
        Retrying(Other(), limiter=limiter, sleep=clock.sleep, clock=clock).complete(REQUEST)
        clock.sleep(max(0.0, seconds - 40))

    client = LangChainModel("openai:probe", base_url=service.base_url, api_key="k", timeout=5.0)
    Retrying(client, limiter=limiter, sleep=wait_and_let_another_try, clock=clock).complete(REQUEST)
    assert entered == [1040.0]


def test_a_wrong_key_is_not_tried_again(service: Service) -> None:
    service.steps = [Status(401, "Incorrect API key provided")]
    with pytest.raises(ModelError, match="check the provider's API key"):
        retrying(service, Clock()).complete(REQUEST)
    assert len(service.requests) == 1


def test_a_wait_that_overshoots_the_deadline_is_a_failure_and_no_bug(service: Service) -> None:
    service.steps = [Status(429, headers={"Retry-After": "4"}), Answer('{"word": "late"}')]
    clock = Clock()

    def oversleep(seconds: float) -> None:
        clock.sleep(seconds + 3.0)

    client = LangChainModel("openai:m", base_url=service.base_url, api_key="none")
    model = Retrying(client, Patience(deadline=6.0), sleep=oversleep, clock=clock)
    with pytest.raises(CallFailed, match="deadline"):
        model.complete(REQUEST)
