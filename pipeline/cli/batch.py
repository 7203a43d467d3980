"""`postmortem batch`: every incident of an archive drafted, and gone on with where it stopped."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.cli.draft import counted

if TYPE_CHECKING:
    from pipeline.batch.run import Ended, Step
    from pipeline.batch.summary import Summary


def register(app: typer.Typer) -> None:
    app.command("batch")(batch)


def batch(
    archive: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVE", help="A folder whose direct subfolders, .zip and .tar.gz are incidents."
        ),
    ],
    out: options.Out,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, help="How many incidents are drafted at a time.")
    ] = 4,
    engine: Annotated[Literal["local"], typer.Option("--engine", help="Where the work is done.")] = "local",
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Draft again also what failed on its own input.")
    ] = False,
    model: options.Model = None,
    fallback_model: options.FallbackModels = None,
    no_cache: options.NoCache = False,
    trace: options.Trace = False,
    config: options.ConfigFile = None,
    gate: options.GateOption = "draft",
    rounds: options.Rounds = None,
    fallback: options.Fallback = None,
    today: options.Today = None,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Draft every incident of an archive.

    The same command again goes on where it stopped: finished incidents are kept as long as their artifacts
    and the options stay the same. Ends with 3 if the model service failed on any, else 2 if any incident
    could not be read, else 1 if any was rejected.
    """
    from functools import partial
    from importlib.metadata import version

    from pipeline.batch.run import Plan, options_digest, run_batch
    from pipeline.config import load_settings
    from pipeline.drafting import story
    from pipeline.drafting.hats import Asking
    from pipeline.prompting.lock import prompt_versions
    from pipeline.rubric.digest import criteria_digest

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    settings = options.with_models(load_settings(config, archive), fallback, fallback_model)
    options.usable_folder(out)
    chosen = options.choose_model(model, settings.model)
    plan = Plan(
        archive=archive,
        out=out,
        draft=partial(
            story.draft,
            out=out,
            model=Asking(chosen, use_cache=not no_cache, trace=trace) if chosen else None,
            settings=settings,
            gate=gate,
            today=today,
            rounds=rounds,
            progress=console.detail,
        ),
        options=options_digest(
            version=version("postmortem-pipeline"),
            criteria=criteria_digest(),
            prompts=prompt_versions() if chosen else {},
            model=chosen,
            settings=settings.model_dump(mode="json"),
            gate=gate,
            today=today,
            rounds=rounds,
        ),
        workers=workers,
        retry_failed=retry_failed,
    )
    with stopping(console) as stop, reporting(console) as observe:
        ended = run_batch(plan, observe=observe, stop=stop)
    summary = ended.summary
    if format == "json":
        console.result_json(summary.model_dump(mode="json", by_alias=True))
    else:
        console.result(as_text(summary, out))
    code = 130 if stop.is_set() and summary.counts.waiting else exit_code(ended)
    if code:
        raise typer.Exit(code)


def exit_code(ended: Ended) -> int:
    if "model" in ended.failures:
        return 3
    if ended.failures:
        return 2
    return 1 if ended.summary.counts.rejected else 0


@contextmanager
def stopping(console: Console) -> Iterator[threading.Event]:
    """Ctrl-C once: what is in flight is finished. Twice: stop now; the ledger holds all that had finished."""
    stop = threading.Event()

    def interrupted(signum: int, frame: object) -> None:
        if stop.is_set():
            os._exit(130)
        stop.set()
        console.progress("stopping: what is in flight is finished; interrupt again to stop now")

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def reporting(console: Console) -> Iterator[Callable[[Step], None]]:
    """A bar on a terminal, a line per incident elsewhere."""
    if not console.draws_bars():
        yield lambda step: console.progress(step_line(step))
        return
    from rich.console import Console as Terminal
    from rich.progress import Progress

    terminal = Terminal(stderr=True, no_color=console.no_color)
    with Progress(console=terminal, transient=True) as progress:
        bar = progress.add_task("drafting")

        def advance(step: Step) -> None:
            progress.update(bar, completed=step.done, total=step.total, description=step.outcome.name[:30])
            if step.outcome.state == "failed" or console.verbose:
                progress.console.print(step_line(step), markup=False, highlight=False)

        yield advance


def step_line(step: Step) -> str:
    outcome = step.outcome
    how = "kept" if step.kept else f"{outcome.seconds:.1f} s"
    line = f"[{step.done}/{step.total}] {outcome.state} {outcome.name} ({how})"
    return f"{line}: {outcome.error}" if outcome.error else line


def as_text(summary: Summary, out: Path) -> str:
    counts = summary.counts
    states = (("accepted", counts.accepted), ("rejected", counts.rejected), ("failed", counts.failed))
    lines = [
        f"{counted(len(summary.incidents), 'incident')}: "
        + ", ".join(f"{number} {state}" for state, number in (*states, ("waiting", counts.waiting)) if number)
    ]
    spent = f"  {summary.seconds:.1f} s of drafting"
    if summary.tokens.prompt:
        spent += f", {summary.tokens.prompt:,} prompt and {summary.tokens.completion:,} completion tokens"
    lines.append(spent)
    blocking: Counter[str] = Counter()
    for incident in summary.incidents:
        blocking.update(incident.blocking.keys())
    if blocking:
        shares = ", ".join(f"{criterion} in {number}" for criterion, number in blocking.most_common())
        lines.append(f"  rejected by: {shares}")
    lines += [f"  failed: {i.name}: {i.error}" for i in summary.incidents if i.state == "failed"]
    if counts.failed:
        lines.append(
            "  the same command tries again what the model service failed on, with --retry-failed all of them"
        )
    lines.append(f"  summary: {out / 'summary.json'}")
    return "\n".join(lines)
