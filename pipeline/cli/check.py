"""`postmortem check`: the rubric over any postmortem, as text or in the forms that tools read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.cli.bench import Bench
    from pipeline.config import Settings
    from pipeline.models.case import Case
    from pipeline.models.evaluation import DocumentResult, Evaluation
    from pipeline.rubric.baseline import Baseline
    from pipeline.rubric.engine import Profile
    from pipeline.rubric.means import Means
    from pipeline.rubric.sources import Source

ReportFormat = Literal["text", "json", "sarif", "github", "junit"]
ProfileName = Literal["lint", "haiku"]


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
            help="lint: BLM, AI-PUN, AI-SPEC and TL-ORD block, everything else advises (default). "
            "haiku: the severities of the guide (default with --gate).",
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
            "--write-baseline", metavar="FILE", help="Write all findings into a baseline, and exit 0."
        ),
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
    failed. --select and --ignore filter what is reported, not what counts. An incident.yaml beside a document gives its roster,
    services and zone.
    """
    from pipeline.cli.bench import open_bench
    from pipeline.config import load_settings
    from pipeline.rubric import baseline as baselines
    from pipeline.rubric.engine import evaluate

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    shown = _chosen(select, ignore)
    chosen: Profile = profile or ("haiku" if gate else "lint")
    reached: options.Gate = gate or "draft"
    known = baselines.read_baseline(baseline) if baseline else None
    bench = open_bench(
        model,
        options.with_models(load_settings(config, Path()), None, fallback_model),
        console,
        no_cache=no_cache,
        trace=trace,
    )
    given = _Given(config, today, _case(evidence, config))
    results, failed = _check_all(paths, given, bench, chosen, reached, known, console)
    bench.close()
    ending = 3 if bench.failed else 2 if failed else 0
    if write_baseline is not None:
        count = baselines.write_baseline(write_baseline, results)
        console.result(
            f"{count} finding{'s' * (count != 1)} of {len(results)} documents written to {write_baseline}"
        )
        raise typer.Exit(ending)
    evaluation = evaluate(results, reached, chosen)
    _print(_filtered(evaluation, shown), evaluation, failed, format, console)
    if ending or evaluation.verdict == "rejected":
        raise typer.Exit(ending or 1)


class _Given:
    """What every document of one call is checked with."""

    def __init__(self, config: Path | None, today: date | None, case: Case | None) -> None:
        self.config, self.today, self.case = config, today or date.today(), case

    def settings(self, source: Source) -> Settings:
        from pipeline.config import load_settings

        return load_settings(self.config, source.path or Path())

    def means(self, source: Source, settings: Settings) -> Means:
        from pipeline.language.people import People
        from pipeline.rubric.means import Means

        incident = source.incident() or (self.case.incident if self.case else None)
        roster = incident.roster if incident else ()
        services = incident.services if incident else ()
        return Means(
            today=self.today,
            people=People.from_roster(roster, services),
            roster=roster,
            services=services,
            timezone=incident.timezone if incident else None,
            case=self.case,
            item_cap=settings.item_cap,
            judge_advises=settings.judge == "advise",
        )


def _check_all(
    paths: Sequence[str],
    given: _Given,
    bench: Bench,
    profile: Profile,
    gate: options.Gate,
    known: Baseline | None,
    console: Console,
) -> tuple[list[DocumentResult], list[InputError]]:
    """The results in order; what could not be read is said and the rest goes on."""
    from pipeline.documents.parse import parse
    from pipeline.drafting.printed_places import with_fields
    from pipeline.rubric.sources import find_sources

    results: list[DocumentResult] = []
    failed: list[InputError] = []

    def fail(error: InputError) -> None:
        failed.append(error)
        console.error(str(error))

    for path in paths:
        try:
            sources = list(find_sources([path]))
        except InputError as error:
            fail(error)
            continue
        if not sources:
            fail(InputError(path, "holds no document", "give a *.md, *.markdown or *.txt file"))
        for source in sources:
            if any(r.path == source.name for r in results):
                continue
            try:
                text, settings = source.text(), given.settings(source)
                means = given.means(source, settings)
                document = parse(text, source.name, roster=means.roster, timezone=means.timezone)
                result = bench.hold(document, means, gate, profile, settings)
                if source.draft is not None:
                    result = with_fields(result, source.draft, text)
            except InputError as error:
                fail(error)
                continue
            console.detail(f"{source.name}: {result.verdict}")
            results.append(known.hide(result, gate) if known else result)
    return results, failed


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
    from pipeline.rubric.engine import load_criteria

    ids = {c.id for c in load_criteria()}
    wanted, unwanted = _ids("--select", select, ids), _ids("--ignore", ignore, ids)
    return frozenset((wanted or ids) - unwanted)


def _ids(option: str, values: Iterable[str] | None, known: set[str]) -> set[str]:
    found = {part.strip().upper() for value in values or () for part in value.split(",") if part.strip()}
    if unknown := sorted(found - known):
        raise InputError(option, f"there is no criterion {unknown[0]}", "postmortem explain lists them")
    return found


def _filtered(evaluation: Evaluation, shown: frozenset[str]) -> Evaluation:
    documents = tuple(
        d.model_copy(
            update={
                "findings": tuple(f for f in d.findings if f.criterion in shown),
                "unscored": tuple(u for u in d.unscored if u.criterion in shown),
            }
        )
        for d in evaluation.documents
    )
    return evaluation.model_copy(update={"documents": documents})


def _print(
    shown: Evaluation, whole: Evaluation, failed: Sequence[InputError], format: ReportFormat, console: Console
) -> None:
    match format:
        case "json":
            told = shown.model_dump(mode="json", by_alias=True, exclude_none=True)
            unread = [{"path": e.where, "reason": e.problem} for e in failed]
            console.result_json({**told, "unread": unread} if unread else told)
        case "sarif":
            from pipeline.rubric.report.sarif import as_sarif

            console.result(json.dumps(as_sarif(shown), indent=2, ensure_ascii=False))
        case "junit":
            from pipeline.rubric.report.junit import as_junit

            console.result(as_junit(shown))
        case "github":
            from pipeline.rubric.report.github import as_github

            console.result(as_github(shown))
        case "text" if failed and not shown.documents:
            return  # nothing could be read, so there is nothing to call accepted
        case "text":
            from pipeline.rubric.engine import rejects
            from pipeline.rubric.report.text import as_text

            count = [sum(rejects(f, e.gate) for f in e.findings) for e in (whole, shown)]
            console.result(as_text(shown, console.paint, hidden=count[0] - count[1]))
