"""Limits per minute: kept to by everybody who shares them, with bursts allowed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from moved_clock import Clock

from pipeline.config import Limits
from pipeline.llm.limiting import Limiter, Window
from pipeline.llm.port import Message, Request, Usage
from pipeline.llm.schema import ReplyModel


class Word(ReplyModel):
    word: str


def request(words: int = 1, room: int | None = 1) -> Request:
    return Request((Message("user", "disk " * words),), Word, max_output_tokens=room)


def limiter(clock: Clock, **limits: int) -> Limiter:
    return Limiter("openai:probe", Limits(**limits), clock.sleep, clock)


def test_no_minute_holds_more_than_the_limit() -> None:
    clock = Clock()
    limited = limiter(clock, requests_per_minute=3)
    sent = []
    for _ in range(10):
        limited.enter(request(), lambda _: None)
        sent.append(clock.now)
    assert sent[:3] == [1000.0] * 3
    assert all(sum(start <= at < start + 60 for at in sent) <= 3 for start in sent)
    assert sent[-1] < 1000 + 3 * 61  # and no slower than it must be


def test_tokens_are_set_aside_and_then_what_was_used_is_counted() -> None:
    clock = Clock()
    limited = limiter(clock, tokens_per_minute=5000)
    first = limited.enter(request(room=None), lambda _: None)
    assert first.tokens is not None
    assert first.tokens.amount > 4000  # a reply's share, where the request names none
    limited.settle(first, Usage(prompt=600, completion=200))
    assert limited.enter(request(room=None), lambda _: None).waited == 0
    assert limited.enter(request(room=None), lambda _: None).waited >= 59


def test_a_service_that_counts_nothing_leaves_the_estimate() -> None:
    limited = limiter(Clock(), tokens_per_minute=5000)
    turn = limited.enter(request(room=None), lambda _: None)
    limited.settle(turn, Usage())
    assert turn.tokens is not None
    assert turn.tokens.amount > 4000


def test_a_request_over_the_limit_goes_through_alone() -> None:
    clock = Clock()
    limited = limiter(clock, tokens_per_minute=100)
    assert limited.enter(request(words=500), lambda _: None).waited == 0
    assert limited.enter(request(words=500), lambda _: None).waited >= 60


def test_a_window_waits_for_as_many_as_it_needs() -> None:
    window = Window(10)
    for at in range(5):
        window.take(2, float(at))
    assert window.wait(2, 5.0) == 55.0
    assert window.wait(6, 5.0) == 57.0
    assert window.wait(2, 60.0) == 0.0


def test_a_pause_holds_everybody_and_is_told() -> None:
    clock = Clock()
    limited = limiter(clock)
    limited.pause(30)
    told: list[str] = []
    assert limited.enter(request(), told.append).waited == 30
    assert limited.enter(request(), told.append).waited == 0
    assert told == ["openai:probe: waiting 30 s, as the service asked"]


def test_a_wait_for_the_limit_is_told_once() -> None:
    limited = limiter(Clock(), requests_per_minute=1)
    told: list[str] = []
    for _ in range(2):
        limited.enter(request(), told.append)
    assert told == ["openai:probe: waiting 60 s, to keep to the limits per minute"]


def test_threads_that_share_a_limit_keep_to_it_together() -> None:
    clock = Clock()
    limited = limiter(clock, requests_per_minute=4)
    with ThreadPoolExecutor(8) as pool:
        waited = list(pool.map(lambda _: limited.enter(request(), lambda _: None).waited, range(12)))
    assert clock.now >= 1000 + 120
    assert len(waited) == 12
