"""Postmortems from incident artifacts: read, drafted, checked. `check`, `draft` and `load_incident` are the library.

Bad input raises an InputError, a failing model service a ModelError, a person's work in the way a
RefusedError; all are PipelineErrors and carry the command line's `exit_code`. A rejected document is a
value. Importing this package imports nothing heavy: each function fetches what it needs when called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import ConfigError, InputError, ModelError, PipelineError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from pipeline.config import Settings
    from pipeline.drafting.story import DraftResult
    from pipeline.models.evaluation import DocumentResult, Gate, ProfileName
    from pipeline.models.record import Artifacts

__all__ = [
    "ConfigError",
    "InputError",
    "ModelError",
    "PipelineError",
    "RefusedError",
    "check",
    "draft",
    "load_incident",
]


def draft(
    incident: str | Path,
    *,
    out: str | Path | None = None,
    model: str | None = None,
    settings: Settings | None = None,
    gate: Gate = "draft",
    today: date | None = None,
    replace: bool = False,
    rounds: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> DraftResult:
    """Drafts one incident: `verdict`, `postmortem`, `action_items`, `evaluation`, `folder` of the result.

    `incident` is a folder, .zip or .tar.gz. `out` is the folder to write `<incident name>/` into; None writes
    nothing. `model` is PROVIDER:NAME ("openai:gpt-5-mini"); None is the built-in engine, and nothing leaves
    the machine. `settings` defaults to the postmortem.toml of the archive or of the working folder. `today`
    is what policy dates are measured from, by default the system's date. `rounds` is how often a rejected
    draft is revised. All times of the result are UTC, latencies are in minutes.

    Raises InputError for bad input, ModelError if the model service failed after retries, RefusedError if
    `out` holds edits, reviews or tickets and `replace` is False. Source: pipeline/drafting/story.py.
    """
    from pathlib import Path

    from pipeline.drafting import story

    return story.draft(
        incident,
        out=None if out is None else Path(out),
        model=model,
        settings=settings,
        gate=gate,
        today=today,
        replace=replace,
        rounds=rounds,
        progress=progress,
    )


def check(
    text: str,
    *,
    path: str = "-",
    gate: Gate | None = None,
    profile: ProfileName | None = None,
    today: date | None = None,
) -> DocumentResult:
    """Holds a postmortem, Markdown or plain text of any layout, against the rubric: `verdict`, `findings`.

    A finding's `line` and `column` are 1-based in `text`. `profile` is `lint`, which suits what people
    wrote, `haiku`, as for drafts, `google`, `pagerduty` or `etsy` (docs/check/profiles.md); by default `haiku`
    where a `gate` is named, else `lint`. `path` is how
    the result names the text; `today` is what overdue dates are measured from, by default the system's
    date. Calls no model, reads no file, raises nothing for any text. Source: pipeline/rubric/engine.py.
    """
    from pipeline.rubric import engine

    chosen: ProfileName = profile or ("haiku" if gate else "lint")
    return engine.check(text, path=path, gate=gate, profile=chosen, means=engine.default_means(today))


def load_incident(incident: str | Path, *, settings: Settings | None = None) -> Artifacts:
    """Reads an incident's artifacts into records: dated, attributed, located, and redacted.

    `incident` is a folder, .zip or .tar.gz. Times are UTC, None where nothing dates a record. Whatever could
    not be read is listed under `unread`. Raises InputError for a folder that is missing or empty, or an
    incident.yaml that says something wrong. Source: pipeline/artifacts/load.py.
    """
    from pathlib import Path

    from pipeline.artifacts import load
    from pipeline.config import load_settings

    path = Path(incident)
    return load.load_incident(path, settings=settings or load_settings(None, path))
