"""`postmortem eval`: suites run, and compared with the committed baselines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console


def register(app: typer.Typer) -> None:
    app.command("eval")(evaluate)


def evaluate(
    suites: Annotated[
        list[str] | None, typer.Argument(metavar="[SUITE]...", help="Which suites; all where none is named.")
    ] = None,
    fixtures: Annotated[
        Path | None,
        typer.Option(
            "--fixtures", metavar="DIR", help="Folder of fixture incidents instead of the checkout's."
        ),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Make what was measured the baseline.")
    ] = False,
    model: options.Model = None,
    config: options.ConfigFile = None,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Run eval suites and compare them with the baselines.

    Each figure is a share of what is right, with its 95 % interval. Ends with 1 if a figure is worse than
    the committed baseline over the same cases. --verbose lists every case that was missed.
    """
    from pipeline.assets import asset_folder
    from pipeline.config import Settings, load_settings
    from pipeline.suites import report, run
    from pipeline.suites.suite import find_suites, load_suite

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    evals = asset_folder("evals")
    asked = options.well_named(model) if model else None
    # Measured under no settings but those named: a postmortem.toml that lies about is not part of a suite.
    settings = load_settings(config, config) if config else Settings()
    bench = run.Bench(evals, settings, fixtures, asked)
    results = []
    for name in suites or find_suites(evals):
        suite = load_suite(evals, name)
        console.progress(f"running {name}")
        results.append(run.run_suite(suite, bench, observe=lambda case: console.detail(case.id)))
    if update_baseline:
        for result in results:
            console.progress(f"wrote {run.update_baseline(result, bench)}")
    if format == "json":
        console.result_json(report.as_data(results))
    else:
        console.result("\n\n".join(report.as_text(result, verbose=verbose) for result in results))
    if any(result.lost for result in results) and not update_baseline:
        raise typer.Exit(1)
