"""What tokens cost: the user's own prices, then the shipped list of published ones; else unknown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from pipeline.config import PriceEntry
from pipeline.llm.port import Usage

PRICE_LIST = Path(__file__).with_name("prices.toml")
# A service names its releases by date; they cost what the name without it costs.
_RELEASE = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$")


class Published(PriceEntry):
    """An entry of the shipped list: who published it, and when it was read."""

    up_to: int | None = Field(default=None, ge=1)  # tokens of a prompt; a longer one has a price of its own
    until: date | None = None  # the last day of a price that was announced to end
    read: date
    source: str


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens; of a longer prompt than `up_to` the price is not known."""

    prompt: float
    completion: float
    cached: float | None = None  # of a prompt token that the service had kept; None: as any other
    up_to: int | None = None

    def of(self, usage: Usage) -> float | None:
        if self.up_to is not None and usage.prompt > self.up_to:
            return None
        kept = self.prompt if self.cached is None else self.cached
        fresh = usage.prompt - usage.cached
        return (fresh * self.prompt + usage.cached * kept + usage.completion * self.completion) / 1e6


def price_of(spec: str, own: Mapping[str, PriceEntry], today: date | None = None) -> Price | None:
    """The price of `provider:name`: of the user's `own`, else as published; None where nobody tells it."""
    for name in dict.fromkeys((spec, _RELEASE.sub("", spec))):
        if entry := own.get(name):
            return Price(entry.prompt, entry.completion, entry.cached)
        listed = published().get(name)
        if listed and (listed.until is None or (today or date.today()) <= listed.until):
            return Price(listed.prompt, listed.completion, listed.cached, listed.up_to)
    return None


@lru_cache(maxsize=1)
def published() -> Mapping[str, Published]:
    data = tomllib.loads(PRICE_LIST.read_text("utf-8"))
    return {name: Published.model_validate(entry) for name, entry in data.items()}
