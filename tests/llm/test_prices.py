"""What is known of prices, and that the rest is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.config import PriceEntry
from pipeline.llm.port import Reply, Usage
from pipeline.llm.prices import Price, price_of, published
from pipeline.llm.recording import Meter

TODAY = date(2026, 11, 25)


def test_each_entry_of_the_list_says_who_published_it_and_when_it_was_read() -> None:
    assert len(published()) > 20
    for spec, entry in published().items():
        assert spec.partition(":")[0] in {"openai", "anthropic", "google_genai"}
        assert entry.source.startswith("https://")
        assert entry.prompt < entry.completion
        assert entry.cached is None or entry.cached < entry.prompt


def test_the_users_price_goes_before_the_published_one() -> None:
    own = {"openai:gpt-5-mini": PriceEntry(prompt=7, completion=9)}
    assert price_of("openai:gpt-5-mini", own) == Price(7, 9)
    assert price_of("openai:gpt-5-mini", {}) == Price(0.25, 2, 0.025)


def test_a_release_costs_what_its_name_costs() -> None:
    plain = price_of("anthropic:claude-haiku-4-5", {})
    assert plain is not None
    assert price_of("anthropic:claude-haiku-4-5-20251001", {}) == plain
    assert price_of("openai:gpt-5-mini-2025-08-07", {}) == price_of("openai:gpt-5-mini", {})


@pytest.mark.parametrize("spec", ["openai:gpt-5-minimal", "openai:my-own", "ollama:gpt-5-mini"])
def test_what_nobody_tells_is_unknown(spec: str) -> None:
    assert price_of(spec, {}) is None


def test_a_price_that_was_announced_to_end_is_unknown_afterwards() -> None:
    assert price_of("google_genai:gemini-3.8-flash", {}, TODAY) is not None
    assert price_of("google_genai:gemini-3.8-flash", {}, date(2027, 1, 1)) is None


def test_kept_tokens_cost_less_and_a_prompt_over_the_limit_has_no_price() -> None:
    price = Price(prompt=2, completion=10, cached=0.2, up_to=1_000_000)
    assert price.of(Usage(prompt=1_000_000, completion=100_000, cached=500_000)) == pytest.approx(2.1)
    assert price.of(Usage(prompt=1_000_001)) is None


def test_a_sum_with_one_unknown_part_is_unknown() -> None:
    meter = Meter()
    assert meter.cost_usd == 0
    reply = Reply("{}", "m", Usage(1000, 1000))
    meter.count(reply, Price(1, 1))
    assert meter.cost_usd == 0.002
    meter.count(reply, None)
    assert meter.cost_usd is None
