"""From `provider:name` to a model that redacts, remembers, mends, counts, retries and falls back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from pipeline.config import Limits, PriceEntry, Settings
from pipeline.errors import InputError
from pipeline.llm.cache import Cached, ReplyStore, cache_path
from pipeline.llm.falling_back import FallingBack
from pipeline.llm.langchain_model import TIMEOUT, LangChainModel
from pipeline.llm.limiting import Limiter
from pipeline.llm.port import ChatModel
from pipeline.llm.prices import price_of
from pipeline.llm.recording import Meter, Recording
from pipeline.llm.redacting import Redacting
from pipeline.llm.repairing import Repairing
from pipeline.llm.retrying import DEFAULT_PATIENCE, Patience, Retrying, Tell, silent

_NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Wire:
    """How a model is reached. `cache` is the file of kept replies, None for none; `timeout` in seconds.

    `tell` hears of what a person may wonder about: waits, and another model being asked.
    """

    cache: Path | None
    base_url: str | None = None
    api_key: str | None = None
    timeout: float = TIMEOUT
    context: int | None = None  # tokens; told to servers that ask for it
    patience: Patience = DEFAULT_PATIENCE
    limits: Limits = _NO_LIMITS
    prices: Mapping[str, PriceEntry] = field(default_factory=dict)
    trace: bool = False
    tell: Tell = silent
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


def wire(
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    *,
    use_cache: bool = True,
    trace: bool = False,
    tell: Tell = silent,
) -> Wire:
    """The wire that the settings and the environment (OPENAI_BASE_URL, OPENAI_API_KEY, POSTMORTEM_CACHE)
    describe."""
    return Wire(
        cache=cache_path(environ) if use_cache else None,
        base_url=environ.get("OPENAI_BASE_URL") or None,
        api_key=environ.get("OPENAI_API_KEY") or None,
        timeout=settings.timeout,
        context=settings.context_tokens,
        patience=Patience(deadline=settings.deadline),
        limits=settings.limits,
        prices=settings.prices,
        trace=trace,
        tell=tell,
    )


def open_model(specs: Sequence[str], wire: Wire, meter: Meter) -> ChatModel:
    """The model behind `provider:name`, and those that stand in for it in their order. Raises InputError.

    Safe to use from several threads. From the outside in: nothing secret goes further, or into the cache's
    key (Redacting); the next model is asked where one fails for good (FallingBack); only readable replies
    are kept (Cached, Repairing); unreadable ones count, kept ones do not (Recording); a call is counted
    once, however often it was tried (Retrying).
    """
    models = [_open_one(spec, wire, meter) for spec in specs]
    return Redacting(models[0] if len(models) == 1 else FallingBack(models, wire.tell))


def _open_one(spec: str, wire: Wire, meter: Meter) -> ChatModel:
    provider, colon, name = spec.partition(":")
    if not (provider and colon and name):
        raise InputError(
            "--model", f"'{spec}' names no provider", "write PROVIDER:NAME, such as openai:gpt-5-mini"
        )
    openai = provider == "openai"
    key = wire.api_key if openai else None
    if openai and not key:
        if not wire.base_url:
            raise InputError(
                f"--model {spec}",
                "OPENAI_API_KEY is not set",
                "set it, or set OPENAI_BASE_URL to a server of your own",
            )
        key = "none"  # the SDK refuses an empty key; a server of one's own needs none
    base_url = wire.base_url if openai else None
    if base_url and not base_url.startswith(("http://", "https://")):
        raise InputError(
            "OPENAI_BASE_URL",
            f"'{base_url}' is no address",
            "write it whole, such as http://localhost:8000/v1",
        )
    client = LangChainModel(
        spec,
        base_url=base_url,
        api_key=key,
        timeout=wire.timeout,
        context=wire.context,
        trace=wire.trace,
    )
    limiter = _limiter(spec, base_url, wire.limits, wire.sleep, wire.clock)
    retrying = Retrying(client, wire.patience, limiter, tell=wire.tell, sleep=wire.sleep, clock=wire.clock)
    model: ChatModel = Repairing(Recording(retrying, meter, price_of(spec, wire.prices)))
    if wire.cache is not None:
        model = Cached(model, _store(wire.cache), meter, endpoint=base_url or "")
    return model


@lru_cache
def _store(path: Path) -> ReplyStore:
    """One connection for a file, however many incidents a batch opens models for."""
    return ReplyStore(path)


@cache
def _limiter(
    spec: str,
    base_url: str | None,
    limits: Limits,
    sleep: Callable[[float], None],
    clock: Callable[[], float],
) -> Limiter:
    """One for a model and where it is served, however many incidents a batch opens models for."""
    return Limiter(spec, limits, sleep, clock)
