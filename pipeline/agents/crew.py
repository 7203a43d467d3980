"""Several calls at once, in threads that whoever waits for them can walk away from."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Crew(Generic[Result]):
    """At most so many calls at once, begun in their order; the first that raises is the last that is begun.

    The threads of an executor are waited for at the end of the process, and so an interrupt would wait for
    calls that a service answers in minutes, if ever.
    """

    def __init__(self, calls: Iterable[Callable[[], Result]], most: int) -> None:
        self._waiting = deque(enumerate(calls))
        self._threads = min(most, len(self._waiting))
        self._ended: SimpleQueue[tuple[int, Result] | None] = SimpleQueue()
        self._raised: list[BaseException] = []

    def results(self) -> Iterator[tuple[int, Result]]:
        """The number of each call and what it returned, as they end; what one raised goes up once those under way
        have ended. Interrupted, it begins no further call and leaves those under way to themselves."""
        try:
            for _ in range(self._threads):
                threading.Thread(target=self._work, daemon=True).start()
            working = self._threads
            while working:
                ended = self._ended.get()
                if ended is None:
                    working -= 1
                else:
                    yield ended
        finally:
            self._waiting.clear()
        if self._raised:
            raise self._raised[0]

    def _work(self) -> None:
        while call := self._next():
            number, answer = call
            try:
                self._ended.put((number, answer()))
            except BaseException as error:  # whatever it is, it belongs to who waits
                self._raised.append(error)
                self._waiting.clear()
        self._ended.put(None)

    def _next(self) -> tuple[int, Callable[[], Result]] | None:
        try:
            return self._waiting.popleft()
        except IndexError:  # asked first and taken then, it may be gone meanwhile
            return None
