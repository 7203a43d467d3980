"""What the calls of one incident cost: calls, tokens, money."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.llm.port import ChatModel, Reply, Request


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    prompt: float
    completion: float
    cached: float | None = None  # of a prompt token that the service had kept; None: as any other

    def of(self, reply: Reply) -> float:
        usage = reply.usage
        kept = self.prompt if self.cached is None else self.cached
        fresh = usage.prompt - usage.cached
        return (fresh * self.prompt + usage.cached * kept + usage.completion * self.completion) / 1e6


@dataclass(slots=True)
class Meter:
    """Counts what was asked of the service. A reply from the cache is a hit, and costs nothing.

    `cost_usd` is None as soon as one call has no known price: part of a sum would read as the whole.
    """

    prices: Mapping[str, Price] = field(default_factory=dict)
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

    def count(self, asked: str, reply: Reply) -> None:
        price = self.prices.get(reply.model) or self.prices.get(asked) or self.prices.get(_bare(asked))
        with self._lock:
            self.calls += 1
            self.prompt += reply.usage.prompt
            self.completion += reply.usage.completion
            self.cached += reply.usage.cached
            self.models.add(reply.model)
            if price is None:
                self._unpriced = True
            else:
                self._cost += price.of(reply)

    def count_hit(self, reply: Reply) -> None:
        with self._lock:
            self.hits += 1
            self.models.add(reply.model)


class Recording:
    """Counts every reply of the model under it, the unreadable ones too: they were paid for."""

    def __init__(self, model: ChatModel, meter: Meter) -> None:
        self._model = model
        self._meter = meter

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        reply = self._model.complete(request)
        self._meter.count(self.name, reply)
        return reply


def _bare(name: str) -> str:
    return name.partition(":")[2] or name
