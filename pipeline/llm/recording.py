"""What the calls of one incident cost: calls, tokens, money."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from pipeline.llm.port import ChatModel, Reply, Request
from pipeline.llm.prices import Price


@dataclass(slots=True)
class Meter:
    """Counts what was asked of the service. A reply from the cache is a hit, and costs nothing.

    `cost_usd` is None as soon as one call has no known price: part of a sum would read as the whole.
    """

    calls: int = 0
    hits: int = 0
    prompt: int = 0
    completion: int = 0
    cached: int = 0
    models: set[str] = field(default_factory=set)
    _cost: float = 0.0
    _unpriced: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def cost_usd(self) -> float | None:
        return None if self._unpriced else round(self._cost, 6)

    def count(self, reply: Reply, price: Price | None) -> None:
        cost = price.of(reply.usage) if price else None
        with self._lock:
            self.calls += 1
            self.prompt += reply.usage.prompt
            self.completion += reply.usage.completion
            self.cached += reply.usage.cached
            self.models.add(reply.model)
            if cost is None:
                self._unpriced = True
            else:
                self._cost += cost

    def count_hit(self, reply: Reply) -> None:
        with self._lock:
            self.hits += 1
            self.models.add(reply.model)


class Recording:
    """Counts every reply of the model under it, the unreadable ones too: they were paid for."""

    def __init__(self, model: ChatModel, meter: Meter, price: Price | None = None) -> None:
        self._model = model
        self._meter = meter
        self._price = price

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        reply = self._model.complete(request)
        self._meter.count(reply, self._price)
        return reply
