"""Requests and tokens per minute, kept to by all the calls of a process that share a model and its service."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.config import Limits
from pipeline.llm.port import Request, Usage
from pipeline.tokens import count

_MINUTE = 60.0
# What is set aside for a reply: few fill the room they are given, and the service says afterwards.
_REPLY = 4_000
_LOOK_AGAIN = 1.0  # seconds; a reply that came meanwhile may have given tokens back
_WORTH_TELLING = 5.0


@dataclass(slots=True)
class Taken:
    at: float
    amount: int


class Window:
    """What was taken within the last minute of at most `limit`. It has no clock: it is told the time."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken: deque[Taken] = deque()

    def wait(self, amount: int, now: float) -> float:
        """Seconds until that much may be taken. More than the limit may be taken after an empty minute."""
        while self._taken and self._taken[0].at <= now - _MINUTE:
            self._taken.popleft()
        over = sum(t.amount for t in self._taken) + min(amount, self._limit) - self._limit
        for taken in self._taken:
            if over <= 0:
                break
            over -= taken.amount
            if over <= 0:
                return taken.at + _MINUTE - now
        return 0.0

    def take(self, amount: int, now: float) -> Taken:
        taken = Taken(now, amount)
        self._taken.append(taken)
        return taken


@dataclass(frozen=True, slots=True)
class Turn:
    """`waited` seconds for it; `tokens` is what was set aside."""

    waited: float
    tokens: Taken | None = None


class Limiter:
    """One for a model and its service. Calls go through in the order in which they come to its lock."""

    def __init__(
        self,
        model: str,
        limits: Limits,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._requests = Window(limits.requests_per_minute) if limits.requests_per_minute else None
        self._tokens = Window(limits.tokens_per_minute) if limits.tokens_per_minute else None
        self._sleep = sleep
        self._clock = clock
        self._paused_until = 0.0
        self._queue = threading.Lock()  # held while waiting
        self._book = threading.Lock()  # held for a moment

    def enter(self, request: Request, tell: Callable[[str], None]) -> Turn:
        """Waits until the request may be sent, and books it."""
        tokens = self._estimate(request) if self._tokens else 0
        began = self._clock()
        with self._queue:
            told = False
            while (wait := self._wait(tokens)) > 0:
                if not told and wait >= _WORTH_TELLING:
                    tell(f"{self._model}: waiting {wait:.0f} s, {self._reason()}")
                    told = True
                self._sleep(min(wait, _LOOK_AGAIN))
            with self._book:
                now = self._clock()
                if self._requests:
                    self._requests.take(1, now)
                booked = self._tokens.take(tokens, now) if self._tokens else None
        return Turn(now - began, booked)

    def settle(self, turn: Turn, usage: Usage) -> None:
        """What the service counted, in place of what was set aside. One that counts nothing changes nothing."""
        used = usage.prompt + usage.completion
        if turn.tokens is not None and used:
            with self._book:
                turn.tokens.amount = used

    def pause(self, seconds: float) -> None:
        """Nobody goes through before that: the service asked one of us to come back later."""
        with self._book:
            self._paused_until = max(self._paused_until, self._clock() + seconds)

    def _wait(self, tokens: int) -> float:
        with self._book:
            now = self._clock()
            waits = [self._paused_until - now]
            if self._requests:
                waits.append(self._requests.wait(1, now))
            if self._tokens:
                waits.append(self._tokens.wait(tokens, now))
        return max(waits)

    def _reason(self) -> str:
        paused = self._paused_until > self._clock()
        return "as the service asked" if paused else "to keep to the limits per minute"

    def _estimate(self, request: Request) -> int:
        prompt = sum(count(message.content, self._model) for message in request.messages)
        return prompt + min(request.max_output_tokens or _REPLY, _REPLY)
