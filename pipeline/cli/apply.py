"""`postmortem apply`: a person's edit of postmortem.md taken over into the data and evaluated again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.cli.draft import counted, finding_line

if TYPE_CHECKING:
    from pipeline.drafting.apply import Applied
    from pipeline.models.actions import ActionItems
    from pipeline.models.evaluation import Evaluation, Finding
    from pipeline.models.postmortem import Postmortem


def register(app: typer.Typer) -> None:
    app.command("apply")(apply)


def apply(
    folder: Annotated[
        Path, typer.Argument(metavar="DRAFT_DIR", help="A folder that `postmortem draft` wrote.")
    ],
    model: options.JudgeModel = None,
    fallback_model: options.FallbackModels = None,
    no_cache: options.NoCache = False,
    trace: options.Trace = False,
    config: options.ConfigFile = None,
    today: options.Today = None,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Read an edited postmortem.md back and evaluate it again.

    Text and data are joined by evidence marks and ids; a sentence without a mark counts as yours. The document
    stays as you saved it, but for the words at its top that say how far it has come. Where a time, a date, a
    priority or a type can't be read, the line is named and nothing is written. What a judge found stays until
    its words are gone, or a judge is asked again.
    """
    from pipeline.cli.bench import open_bench
    from pipeline.config import load_settings
    from pipeline.drafting import apply as applying
    from pipeline.drafting.reevaluating import evaluate_edited

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    settings = options.with_models(load_settings(config, folder), None, fallback_model)
    bench = open_bench(model, settings, console, no_cache=no_cache, trace=trace)
    day: date = today or datetime.now(UTC).date()

    def evaluate(text: str, postmortem: Postmortem, items: ActionItems) -> Evaluation:
        return evaluate_edited(folder, text, postmortem, items, settings, day, asked=bench.judge(settings))

    applied = applying.apply(folder, evaluate)
    bench.close()
    for notice in applied.notices:
        console.notice(notice)
    if format == "json":
        console.result_json(as_json(applied))
    else:
        console.result(as_text(applied, console))
    if applied.evaluation.verdict == "rejected":
        raise typer.Exit(1)


def as_text(applied: Applied, console: Console) -> str:
    evaluation = applied.evaluation
    verdict = console.paint(evaluation.verdict, "good" if evaluation.verdict == "accepted" else "bad")
    what = "the edit is taken over" if applied.changed else "the document says what the data says"
    lines = [
        f"{verdict} at the gate {evaluation.gate}: {what}",
        f"  page: {applied.folder / 'postmortem.html'}",
    ]
    blocking = blocking_of(evaluation)
    if blocking:
        lines += ["", f"{counted(len(blocking), 'finding')} to mend before it passes:"]
        lines += [f"  {finding_line(f)}" for f in blocking]
    return "\n".join(lines)


def blocking_of(evaluation: Evaluation) -> list[Finding]:
    """The findings that reject at the gate that the edit was held against."""
    from pipeline.rubric.engine import rejects

    return [f for f in evaluation.findings if rejects(f, evaluation.gate)]


def as_json(applied: Applied) -> dict[str, object]:
    return {
        "schema": "apply/1",
        "folder": str(applied.folder),
        "changed": applied.changed,
        "verdict": applied.evaluation.verdict,
        "gate": applied.evaluation.gate,
        "notices": list(applied.notices),
        "blocking": [f.model_dump(mode="json") for f in blocking_of(applied.evaluation)],
    }
