"""A bound on how long one call may take, whatever it is doing meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """What `call` returns or raises, if it does so in time; else TimeoutError.

    A client's own timeout is for each read: a service that sends a blank now and then, as gateways do to
    keep a connection open, never meets it. A call that is late is left to end by itself, in a thread that
    does not keep the process alive.
    """
    outcome: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # whatever it is, it belongs to the caller
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = outcome.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]
