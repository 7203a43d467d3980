"""From `provider:name` to a model that redacts, remembers, mends, counts and retries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import InputError
from pipeline.llm.cache import Cached, ReplyStore, cache_path
from pipeline.llm.langchain_model import TIMEOUT, LangChainModel
from pipeline.llm.port import ChatModel
from pipeline.llm.recording import Meter, Recording
from pipeline.llm.redacting import Redacting
from pipeline.llm.repairing import Repairing
from pipeline.llm.retrying import DEFAULT_PATIENCE, Patience, Retrying


@dataclass(frozen=True, slots=True)
class Wire:
    """How a model is reached. `cache` is the file of kept replies, None for none; `timeout` in seconds."""

    cache: Path | None
    base_url: str | None = None
    api_key: str | None = None
    timeout: float = TIMEOUT
    patience: Patience = DEFAULT_PATIENCE


def wire(environ: Mapping[str, str] = os.environ, *, use_cache: bool = True) -> Wire:
    """The wire that the environment describes: OPENAI_BASE_URL, OPENAI_API_KEY, POSTMORTEM_CACHE."""
    return Wire(
        cache=cache_path(environ) if use_cache else None,
        base_url=environ.get("OPENAI_BASE_URL") or None,
        api_key=environ.get("OPENAI_API_KEY") or None,
    )


def chosen_model(
    option: str | None, configured: str | None, environ: Mapping[str, str] = os.environ
) -> str | None:
    """The model asked for by option, POSTMORTEM_MODEL or configuration, in that order. A key alone asks
    for none."""
    return option or environ.get("POSTMORTEM_MODEL") or configured or None


def open_model(spec: str, wire: Wire, meter: Meter) -> ChatModel:
    """The model behind `provider:name`, safe to use from several threads. Raises InputError.

    From the outside in: nothing secret goes further, or into the cache's key (Redacting); only readable
    replies are kept (Cached, Repairing); unreadable ones count, kept ones do not (Recording); a call is
    counted once, however often it was tried (Retrying).
    """
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
    client = LangChainModel(spec, base_url=base_url, api_key=key, timeout=wire.timeout)
    model: ChatModel = Repairing(Recording(Retrying(client, wire.patience), meter))
    if wire.cache is not None:
        model = Cached(model, _store(wire.cache), meter, endpoint=base_url or "")
    return Redacting(model)


@lru_cache
def _store(path: Path) -> ReplyStore:
    """One connection for a file, however many incidents a batch opens models for."""
    return ReplyStore(path)
