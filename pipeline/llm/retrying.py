"""A model that is asked again, later, when its service was busy, down or out of reach."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from tenacity import RetryCallState, RetryError, retry_if_exception, wait_random_exponential
from tenacity import Retrying as Attempts

from pipeline.config import Limits
from pipeline.llm.deadline import within
from pipeline.llm.failure import CallFailed
from pipeline.llm.limiting import Limiter
from pipeline.llm.port import ChatModel, Reply, Request

Tell = Callable[[str], None]


def silent(told: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: attempts, seconds for one call with all of them, and the longest wait of our choosing."""

    attempts: int = 6
    deadline: float = 900.0
    longest: float = 60.0
    first: float = 1.0


DEFAULT_PATIENCE = Patience()


class Retrying:
    """Exponential waits with full jitter; a Retry-After is honoured where it ends before the deadline.

    It alone retries: the clients below it are built with `max_retries=0`, because the attempts of two
    layers multiply. Each attempt takes its turn with the limiter. Waiting for that is not counted against
    the deadline: it is the doing of one's own limits, and says nothing about the service.
    """

    def __init__(
        self,
        model: ChatModel,
        patience: Patience = DEFAULT_PATIENCE,
        limiter: Limiter | None = None,
        *,
        tell: Tell = silent,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._patience = patience
        self._limiter = limiter or Limiter(model.name, Limits(), sleep, clock)
        self._tell = tell
        self._sleep = sleep
        self._clock = clock
        self._jitter = wait_random_exponential(multiplier=patience.first, max=patience.longest)

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        ends_at = self._clock() + self._patience.deadline

        def attempt() -> Reply:
            nonlocal ends_at
            turn = self._limiter.enter(request, self._tell)
            ends_at += turn.waited
            reply = self._in_time(request, ends_at)
            self._limiter.settle(turn, reply.usage)
            return reply

        def is_over(state: RetryCallState) -> bool:
            too_late = self._clock() + state.upcoming_sleep >= ends_at
            return too_late or state.attempt_number >= self._patience.attempts

        attempts = Attempts(
            stop=is_over,
            wait=self._wait,
            retry=retry_if_exception(lambda e: isinstance(e, CallFailed) and e.retryable),
            before_sleep=self._before_sleep,
            sleep=self._sleep,
        )
        try:
            return attempts(attempt)
        except RetryError as given_up:
            raise self._given_up(given_up.last_attempt.attempt_number, _failure(given_up)) from given_up

    def _in_time(self, request: Request, ends_at: float) -> Reply:
        left = max(0.0, ends_at - self._clock())  # a wait may overshoot by a little
        try:
            return within(left, lambda: self._model.complete(request))
        except TimeoutError as error:
            problem = f"no answer within the deadline of {self._patience.deadline:g} s"
            raise CallFailed(self.name, "connection", problem) from error

    def _wait(self, state: RetryCallState) -> float:
        jittered = self._jitter(state)
        failed = state.outcome.exception() if state.outcome else None
        if isinstance(failed, CallFailed) and failed.retry_after is not None:
            # Jitter is added, so that clients that were turned away together do not come back together.
            return failed.retry_after + min(jittered, 1.0)
        return jittered

    def _before_sleep(self, state: RetryCallState) -> None:
        failed = state.outcome.exception() if state.outcome else None
        if not isinstance(failed, CallFailed):  # only those are retried
            return
        if failed.retry_after is not None:
            self._limiter.pause(failed.retry_after)
        self._tell(
            f"{self.name}: {failed.problem}; waiting {ceil(state.upcoming_sleep)} s, "
            f"attempt {state.attempt_number + 1} of {self._patience.attempts}"
        )

    def _given_up(self, tried: int, failed: CallFailed) -> CallFailed:
        asked = failed.retry_after
        later = f" (it asks to come back in {asked:.0f} s)" if asked is not None else ""
        attempts = f"{tried} attempt" + ("" if tried == 1 else "s")
        return CallFailed(self.name, failed.kind, f"{failed.problem}; gave up after {attempts}{later}")


def _failure(given_up: RetryError) -> CallFailed:
    failed = given_up.last_attempt.exception()
    if not isinstance(failed, CallFailed):  # only those are retried
        raise given_up
    return failed
