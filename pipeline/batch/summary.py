"""summary.json (schema `summary/1`): what became of every incident of an archive."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.batch.outcome import Outcome, State, Tokens
from pipeline.models.base import Frozen


class Counts(Frozen):
    accepted: int = 0
    rejected: int = 0
    failed: int = 0
    waiting: int = 0


class IncidentSummary(Frozen):
    """`blocking` counts blocking findings by criterion; `error` is there where the incident failed."""

    name: str
    id: str
    state: State
    blocking: dict[str, int]
    rounds: int
    tokens: Tokens
    cost_usd: float | None
    seconds: float
    error: str | None = Field(default=None, exclude_if=lambda error: error is None)


class Summary(Frozen):
    """`seconds`, `tokens` and `cost_usd` add up the incidents'; `cost_usd` is None where no price is known."""

    schema_: Literal["summary/1"] = Field(default="summary/1", alias="schema")
    counts: Counts
    tokens: Tokens
    cost_usd: float | None
    seconds: float
    incidents: tuple[IncidentSummary, ...]

    model_config = Frozen.model_config | {"populate_by_name": True}


def summarise(outcomes: Iterable[Outcome]) -> Summary:
    incidents = tuple(
        IncidentSummary(
            name=outcome.name,
            id=outcome.id,
            state=outcome.state,
            blocking=outcome.blocking,
            rounds=outcome.rounds,
            tokens=outcome.tokens,
            cost_usd=outcome.cost_usd,
            seconds=round(outcome.seconds, 3),
            error=outcome.error,
        )
        for outcome in outcomes
    )
    states = Counter(incident.state for incident in incidents)
    costs = [incident.cost_usd for incident in incidents if incident.cost_usd is not None]
    return Summary(
        counts=Counts(
            accepted=states["accepted"],
            rejected=states["rejected"],
            failed=states["failed"],
            waiting=states["waiting"],
        ),
        tokens=Tokens(
            prompt=sum(incident.tokens.prompt for incident in incidents),
            completion=sum(incident.tokens.completion for incident in incidents),
        ),
        cost_usd=round(sum(costs), 6) if costs else None,
        seconds=round(sum(incident.seconds for incident in incidents), 3),
        incidents=incidents,
    )


def write_summary(summary: Summary, folder: Path) -> Path:
    """Writes summary.json whole or not at all."""
    path = folder / "summary.json"
    half = folder / f".summary.json.{os.getpid()}"
    half.write_text(json.dumps(as_data(summary), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    half.replace(path)
    return path


def as_data(summary: Summary) -> dict[str, object]:
    return summary.model_dump(mode="json", by_alias=True)
