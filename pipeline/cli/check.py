"""`postmortem check`: the rubric over any postmortem, as text or in the forms that tools read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.cli.bench import Bench
    from pipeline.cli.checking import Checking
    from pipeline.models.case import Case
    from pipeline.rubric.baseline import Baseline
    from pipeline.rubric.report.results import Results
    from pipeline.rubric.sources import Source

ReportFormat = Literal["text", "json", "sarif", "github", "junit"]
ProfileName = Literal["lint", "haiku", "google", "pagerduty", "etsy"]


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Markdown or text files, folders (*.md, *.markdown, *.txt below them), a draft's folder, "
            "or - for standard input.",
        ),
    ],
    profile: Annotated[
        ProfileName | None,
        typer.Option(
            "--profile",
            help="What is mandatory. lint: BLM, AI-PUN, AI-SPEC and TL-ORD block, everything else advises "
            "(default). haiku: the whole rubric (default with --gate). google, pagerduty, etsy: what these "
            "organisations ask for. postmortem explain --profiles shows how they differ.",
        ),
    ] = None,
    gate: Annotated[
        options.Gate | None,
        typer.Option("--gate", help="Which gate the documents have to pass. Default: draft."),
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", metavar="INCIDENT", help="Check claims against an incident's artifacts."),
    ] = None,
    model: options.JudgeModel = None,
    fallback_model: options.FallbackModels = None,
    no_cache: options.NoCache = False,
    trace: options.Trace = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="IDS", help="Report these criteria only, for example BLM,AI-SPEC."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="IDS", help="Do not report these criteria.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Leave out the findings that this file knows."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            help="Write all findings of these documents into a baseline, in place of what it knew of them, "
            "and exit 0.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, help="Processes to check in. Default: one for each core."),
    ] = None,
    format: Annotated[ReportFormat, typer.Option("--format", help="How to print the result.")] = "text",
    config: options.ConfigFile = None,
    today: options.Today = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Hold any postmortem against the rubric.

    Exits 0 if every document is accepted, 1 if one is rejected, 2 if one can't be read, 3 if the judge's service
    failed. --select and --ignore filter what is reported, not what counts. An incident.yaml beside a document
    gives its roster, services and zone. A comment in a document waives a finding and says why:
    <!-- postmortem: waive AI-SPEC "the reason" -->
    """
    from pipeline.cli.bench import open_bench
    from pipeline.cli.checking import Checking
    from pipeline.config import load_settings
    from pipeline.rubric import baseline as baselines
    from pipeline.rubric.report.results import Results

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    settings = options.with_models(load_settings(config, Path()), None, fallback_model)
    if profile is None and "profile" in settings.model_fields_set:
        profile = settings.profile
    chosen = profile or ("haiku" if gate else "lint")
    known = baselines.read_baseline(baseline) if baseline else None
    learning = baselines.begin(write_baseline) if write_baseline else None
    with Results(gate or "draft", chosen, _chosen(select, ignore)) as results:
        bench = open_bench(model, settings, console, no_cache=no_cache, trace=trace)
        checking = Checking(config, today or date.today(), results.gate, chosen, _case(evidence, config))
        failed = _check_all(paths, checking, bench, jobs, results, known, learning, console)
        bench.close()
        ending = 3 if bench.failed else 2 if failed else 0
        if learning is not None:
            learning.write()
            told = f"{_counted(learning.learned, 'finding')} of {_counted(results.documents, 'document')}"
            console.result(f"{told} written to {write_baseline}")
            raise typer.Exit(ending)
        if known is not None:
            _tell_outlived(known, console)
        _print(results, failed, format, console)
        if ending or results.verdict == "rejected":
            raise typer.Exit(ending or 1)


def _check_all(
    paths: Sequence[str],
    checking: Checking,
    bench: Bench,
    jobs: int | None,
    results: Results,
    known: Baseline | None,
    learning: Baseline | None,
    console: Console,
) -> list[InputError]:
    """Adds every document to the results, in order; what could not be read is said, and the rest goes on."""
    from pipeline.cli.checking import check_all, cores

    failed: list[InputError] = []
    sources = list(_sources(paths, failed, console))
    with console.counting("checking", len(sources)) as count:
        for told in check_all(checking, sources, bench, jobs or cores()):
            count()
            if isinstance(told, InputError):
                failed.append(told)
                console.error(str(told))
                continue
            console.detail(f"{told.result.path}: {told.result.verdict}")
            if learning is not None:
                learning.learn(told.result)
            hidden = known.hide(told.result, results.gate) if known else told.result
            results.add(told._replace(result=hidden))
    return failed


def _sources(paths: Sequence[str], failed: list[InputError], console: Console) -> Iterator[Source]:
    """Every document below the paths once; a path that there is not is said and added to `failed`."""
    from pipeline.rubric.sources import find_sources

    seen: set[Path | None] = set()
    for path in paths:
        sources: list[Source] = []
        try:
            sources = list(find_sources([path]))
            if not sources:
                raise InputError(path, "holds no document", "give a *.md, *.markdown or *.txt file")
        except InputError as error:
            failed.append(error)
            console.error(str(error))
        for source in sources:
            place = source.path.resolve() if source.path else None
            if place not in seen:
                seen.add(place)
                yield source


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"


def _case(evidence: Path | None, config: Path | None) -> Case | None:
    if evidence is None:
        return None
    from pipeline.artifacts.load import load_incident
    from pipeline.config import load_settings
    from pipeline.evidence.arrange import arrange
    from pipeline.language.people import People

    artifacts = load_incident(evidence, settings=load_settings(config, evidence))
    return arrange(artifacts, People.from_roster(artifacts.incident.roster, artifacts.incident.services))


def _chosen(select: Iterable[str] | None, ignore: Iterable[str] | None) -> frozenset[str]:
    """The criteria that are reported. Raises InputError for an id that there is not."""
    from pipeline.rubric.engine import criteria_ids

    ids = criteria_ids()
    wanted, unwanted = _ids("--select", select, ids), _ids("--ignore", ignore, ids)
    return (wanted or ids) - unwanted


def _ids(option: str, values: Iterable[str] | None, known: frozenset[str]) -> frozenset[str]:
    found = {part.strip().upper() for value in values or () for part in value.split(",") if part.strip()}
    if unknown := sorted(found - known):
        raise InputError(option, f"there is no criterion {unknown[0]}", "postmortem explain lists them")
    return frozenset(found)


def _tell_outlived(known: Baseline, console: Console) -> None:
    """What the baseline knows and nobody finds any more: one line, so that it is renewed."""
    rows = list(known.outlived())
    if not rows:
        return
    total, first = sum(count for _, count in rows), rows[0][0]
    told = f"{total} of its findings no longer {'occur' if total > 1 else 'occurs'}"
    console.notice(
        f"{known.file}: {told}{', for example' if total > 1 else ':'} {first.criterion} in {first.path}; "
        f"--write-baseline {known.file} renews it"
    )
    for key, count in rows:
        console.detail(f"  {key.path} {key.criterion} {count} x {key.text}")


def _print(results: Results, failed: Sequence[InputError], format: ReportFormat, console: Console) -> None:
    unread = [{"path": e.where, "reason": e.problem} for e in failed]
    match format:
        case "json":
            from pipeline.rubric.report.evaluation import as_json

            console.result_parts(as_json(results, unread))
        case "sarif":
            from pipeline.rubric.report.sarif import as_sarif

            console.result_parts(as_sarif(results, unread))
        case "junit":
            from pipeline.rubric.report.junit import as_junit

            console.result_parts(as_junit(results, unread))
        case "github":
            from pipeline.rubric.report.github import as_github

            console.result_parts(as_github(results, unread))
        case "text" if failed and not results.documents:
            return  # nothing could be read, so there is nothing to call accepted
        case "text":
            from pipeline.rubric.report.text import Look, as_text

            look = Look(console.paint, console.colours_results(), console.width(), console.verbose)
            console.result_parts(as_text(results, look))
