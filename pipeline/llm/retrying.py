"""A model that is asked again, later, when its service was busy, down or out of reach."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import (
    RetryCallState,
    RetryError,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)
from tenacity import Retrying as Attempts

from pipeline.errors import ModelError
from pipeline.llm.failure import ADVICE, CallFailed
from pipeline.llm.port import ChatModel, Reply, Request


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: attempts, seconds of waiting in all, and the longest single wait."""

    attempts: int = 6
    total: float = 180.0
    longest: float = 60.0
    first: float = 1.0


DEFAULT_PATIENCE = Patience()


class Retrying:
    """Exponential waits with full jitter; a Retry-After is honoured, up to the longest wait.

    It alone retries: the clients below it are built with `max_retries=0`, because the attempts of two
    layers multiply.
    """

    def __init__(
        self,
        model: ChatModel,
        patience: Patience = DEFAULT_PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._model = model
        self._patience = patience
        self._sleep = sleep
        self._jitter = wait_random_exponential(multiplier=patience.first, max=patience.longest)

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        attempts = Attempts(
            stop=self._is_over,
            wait=self._wait,
            retry=retry_if_exception(lambda e: isinstance(e, CallFailed) and e.retryable),
            sleep=self._sleep,
        )
        try:
            return attempts(self._model.complete, request)
        except RetryError as given_up:
            tried = given_up.last_attempt.attempt_number
            cause = given_up.last_attempt.exception()
            if not isinstance(cause, CallFailed):  # only those are retried
                raise
            raise ModelError(
                f"{self.name}: {cause.problem}; gave up after {tried} attempts; {ADVICE[cause.kind]}"
            ) from cause

    def _wait(self, state: RetryCallState) -> float:
        jittered = self._jitter(state)
        failed = state.outcome.exception() if state.outcome else None
        if isinstance(failed, CallFailed) and failed.retry_after is not None:
            # Jitter is added, so that clients that were turned away together do not come back together.
            return min(failed.retry_after, self._patience.longest) + min(jittered, 1.0)
        return jittered

    def _is_over(self, state: RetryCallState) -> bool:
        waited = state.idle_for + state.upcoming_sleep
        return stop_after_attempt(self._patience.attempts)(state) or waited > self._patience.total
