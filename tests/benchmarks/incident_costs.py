"""What the first pass of incidents costs with a model: calls, tokens, the share of a kept beginning, US dollars.

    .venv/bin/python tests/benchmarks/incident_costs.py --model openai:gpt-5-mini fixtures/incidents/*/artifacts

Nothing is sent: requests are those of a rehearsal, and the built-in engine's draft stands in for answers. The
length of replies is that of this draft in JSON. A beginning counts as kept where an earlier request of the same
incident, or a request of the same prompt for another incident, begins with the same words and is 1,024 tokens or
longer, as OpenAI and others document it; that the schema may be part of it is left out.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings
from pipeline.drafting import story
from pipeline.drafting.rehearsal import Planned, rehearse
from pipeline.llm.port import Usage
from pipeline.llm.prices import price_of
from pipeline.rendering.prompt_blocks import record_line
from pipeline.tokens import count

LEAST = 1024


@dataclass(frozen=True)
class Cost:
    """Tokens of one incident's first pass. `author` is the author's first request alone, without its schema."""

    name: str
    records: int
    author: int
    hats: int
    calls: int
    prompt: int
    kept: int
    replies: int


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("incidents", nargs="+", type=Path)
    parser.add_argument("--model", default="openai:gpt-5-mini")
    given = parser.parse_args()
    price = price_of(given.model, {})
    print(
        f"{'incident':24} {'records':>8} {'author':>7} {'+tracker':>8} {'calls':>5} {'prompt':>8} {'kept':>5}  US$"
    )
    total = 0.0
    for incident in given.incidents:
        cost = cost_of(incident, given.model)
        dollars = price.of(Usage(cost.prompt, cost.replies, cost.kept)) if price else None
        total += dollars or 0.0
        shown = f"{dollars:.4f}" if dollars is not None else "unknown"
        print(
            f"{cost.name[:24]:24} {cost.records:8,} {cost.author / cost.records:7.2f} "
            f"{cost.hats / cost.records:8.2f} {cost.calls:5} {cost.prompt:8,} {cost.kept / cost.prompt:5.0%}  {shown}"
        )
    if price:
        print(
            f"1,000 incidents like these, first pass, {given.model}: US$ {total / len(given.incidents) * 1000:.2f}"
        )


def cost_of(incident: Path, model: str) -> Cost:
    artifacts = load_incident(incident, settings=Settings())
    lines = "\n".join(record_line(r) for r in artifacts.records)
    planned = rehearse(incident, model, Settings(), date(2026, 11, 25))
    texts = ["\n".join(m.content for m in p.messages) for p in planned]
    kept = sum(_kept(at, texts, planned, model) for at in range(len(texts)))
    drafted = story.draft(incident, settings=Settings(max_rounds=0), today=date(2026, 11, 25))
    replies = count(drafted.postmortem.model_dump_json() + drafted.action_items.model_dump_json(), model)
    hats = [text for text, p in zip(texts, planned, strict=True) if p.prompt in ("author", "tracker")]
    return Cost(
        artifacts.incident.name,
        count(lines, model),
        count(hats[0], model),
        sum(count(text, model) for text in hats),
        len(planned),
        sum(p.tokens for p in planned),
        kept,
        replies,
    )


def _kept(at: int, texts: list[str], planned: tuple[Planned, ...], model: str) -> int:
    """Tokens of the longest beginning that a request shares with one before it; a system part always was sent
    before, for another incident."""
    system = planned[at].messages[0].content
    shared = max(
        (os.path.commonprefix([texts[at], before]) for before in texts[:at]),  # noqa: RUF071  # of texts, not paths
        key=len,
        default="",
    )
    tokens = count(max(system, shared, key=len), model)
    return tokens if tokens >= LEAST else 0


if __name__ == "__main__":
    main()
