"""What made a draft (run.json, schema `run/1`): versions, engine, artifacts, criteria, rounds, tokens, cost."""

from __future__ import annotations

import platform
import time
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from pydantic import ConfigDict, Field

from pipeline.drafting.hats import Hats
from pipeline.drafting.rounds import Judging
from pipeline.llm.recording import Meter
from pipeline.models.base import Frozen
from pipeline.models.evaluation import Finding, Gate
from pipeline.models.postmortem import Writers
from pipeline.models.record import Artifacts
from pipeline.models.removal import Change, Dropped
from pipeline.prompting.lock import prompt_versions
from pipeline.rubric.digest import criteria_digest


class Round(Frozen):
    """What a round wrote anew and what blocked after it; the first is the first writing. `calls` of models."""

    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()
    calls: int = 0


class Tokens(Frozen):
    prompt: int = 0
    completion: int = 0
    cached: int = 0


class ArtifactFile(Frozen):
    path: str
    format: str
    sha256: str | None = None


class Run(Frozen):
    """run.json. `seconds` is wall time; `cost_usd` is None where no price is known."""

    schema_: Literal["run/1"] = Field(default="run/1", alias="schema")
    versions: dict[str, str]
    engine: Literal["extractive", "model"]
    written_by: Writers
    model_asked: str | None = None
    model_returned: str | None = None
    gate: Gate
    today: date
    prompts: dict[str, str] = Field(default_factory=dict)
    criteria_digest: str
    artifacts: tuple[ArtifactFile, ...] = ()
    redacted: dict[str, int] = Field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    removed: tuple[Dropped, ...] = ()  # statements that fell in revision or could not be located
    tokens: Tokens = Tokens()
    calls: int = 0
    replies_kept: int = 0  # of an earlier run, which were not asked for again
    cost_usd: float | None = None
    seconds: float = 0.0
    edited: bool = False  # a person's edit was applied; a re-draft would lose it and is refused
    document_sha256: str | None = None  # of postmortem.md as the program wrote it; an edit shows against it

    model_config = ConfigDict(populate_by_name=True)


def provenance(
    artifacts: Artifacts,
    asked: Hats,
    playing: Hats,
    model: str | None,
    rounds: tuple[Judging, ...],
    *,
    gate: Gate,
    today: date,
    started: float,
) -> Run:
    """`asked` is who was to write, `playing` who wrote in the end; `started` a time.monotonic() reading."""
    meter = asked.meter or Meter()
    digests = dict(artifacts.digests)
    return Run(
        versions=_versions(),
        engine="extractive" if playing.meter is None else "model",
        written_by=playing.writers,
        model_asked=model,
        model_returned=", ".join(sorted(meter.models)) or None,
        gate=gate,
        today=today,
        prompts=prompt_versions() if asked.meter is not None else {},
        criteria_digest=criteria_digest(),
        artifacts=tuple(
            ArtifactFile(path=path, format=kind, sha256=digests.get(path)) for path, kind in artifacts.files
        ),
        redacted=dict(artifacts.redacted),
        rounds=tuple(Round(findings=r.findings, changes=r.changes, calls=r.calls) for r in rounds),
        removed=asked.dropped if asked is playing else (*asked.dropped, *playing.dropped),
        tokens=Tokens(prompt=meter.prompt, completion=meter.completion, cached=meter.cached),
        calls=meter.calls,
        replies_kept=meter.hits,
        cost_usd=None if asked.meter is None else meter.cost_usd,
        seconds=round(time.monotonic() - started, 3),
    )


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("postmortem-pipeline", "pydantic", "langchain", "openai"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
