"""`postmortem draft`: one incident in, its postmortem and action items out."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.drafting.story import DraftResult
    from pipeline.models.evaluation import Finding


def register(app: typer.Typer) -> None:
    app.command("draft")(draft)


def draft(
    incident: Annotated[
        Path,
        typer.Argument(metavar="INCIDENT", help="A folder, .zip or .tar.gz with the incident's artifacts."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder to write into; made where missing. Required."),
    ] = None,
    model: options.Model = None,
    fallback_model: options.FallbackModels = None,
    config: options.ConfigFile = None,
    gate: options.GateOption = "draft",
    rounds: options.Rounds = None,
    fallback: options.Fallback = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Draft anew over a folder that holds edits, reviews or tickets; the old one is kept beside it.",
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Print what the model would be sent, with tokens and cost. Sends and writes nothing.",
        ),
    ] = False,
    no_cache: options.NoCache = False,
    trace: options.Trace = False,
    today: options.Today = None,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Draft the postmortem of one incident.

    Writes DIR/<incident name>/ with postmortem.md and .html for people, the same as data, the action
    items, the findings of the rubric and the evidence. A rejected draft is written too, and says so.
    """
    from pipeline.config import load_settings
    from pipeline.drafting import story
    from pipeline.drafting.hats import Asking

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    settings = options.with_models(load_settings(config, incident), fallback, fallback_model)
    chosen = options.choose_model(model, settings.model)
    if dry_run:
        from pipeline.cli.prompts import tell_rehearsal

        tell_rehearsal(incident, chosen, settings, today, format, console)
        return
    if out is None:
        raise InputError("--out", "is missing", "name the folder that the draft is written into")
    result = story.draft(
        incident,
        out=options.usable_folder(out),
        model=Asking(chosen, use_cache=not no_cache, trace=trace) if chosen else None,
        settings=settings,
        gate=gate,
        today=today,
        replace=replace,
        rounds=rounds,
        progress=console.progress,
    )
    for unread in result.case.unread:
        console.notice(f"not read: {unread.source} {unread.locator}: {unread.reason}")
    if format == "json":
        console.result_json(as_json(result))
    else:
        console.result(as_text(result, console))
    if result.verdict == "rejected":
        raise typer.Exit(1)


def as_text(result: DraftResult, console: Console) -> str:
    accepted = result.verdict == "accepted"
    verdict = console.paint(result.verdict, "good" if accepted else "bad")
    postmortem, actions = result.postmortem, result.action_items
    lines = [
        f"{verdict} at the gate {result.evaluation.gate}: {postmortem.incident.title}",
        "  "
        + ", ".join(
            (
                counted(len(postmortem.timeline), "timeline entry", "timeline entries"),
                counted(len(actions.items), "action item"),
                counted(len(actions.needs_detail), "item that needs detail", "items that need detail"),
                counted(len(postmortem.open_questions), "open question"),
            )
        ),
    ]
    if postmortem.inputs.missing:
        lines.append(f"  not among the artifacts: {', '.join(postmortem.inputs.missing)}")
    if result.folder is not None:
        lines += [
            f"  page: {result.folder / 'postmortem.html'}",
            f"  text: {result.folder / 'postmortem.md'}",
        ]
    blocking = blocking_of(result)
    if blocking:
        lines += ["", f"{counted(len(blocking), 'finding')} to mend before it passes:"]
        lines += [f"  {finding_line(finding)}" for finding in blocking]
    later = later_of(result)
    if later:
        told = ", ".join(f"{criterion} {number}" for criterion, number in later.items())
        lines += ["", f"before it can be published: {told}"]
    return "\n".join(lines)


def finding_line(finding: Finding) -> str:
    """Where, which criterion, what is wrong, in which words, and what to do: one line."""
    to_do = finding.suggestion or f"postmortem explain {finding.criterion}"
    words = shorten(finding.text, 80, placeholder="…")
    said = f"{finding.message.rstrip('.')}: “{words}”" if words else finding.message.rstrip(".")
    return f"postmortem.md:{finding.line} {finding.criterion} {said} -> {to_do}"


def as_json(result: DraftResult) -> dict[str, object]:
    postmortem, actions = result.postmortem, result.action_items
    return {
        "schema": "draft/1",
        "incident": postmortem.incident.id,
        "verdict": result.verdict,
        "gate": result.evaluation.gate,
        "folder": None if result.folder is None else str(result.folder),
        "timeline": len(postmortem.timeline),
        "items": len(actions.items),
        "needs_detail": len(actions.needs_detail),
        "open_questions": len(postmortem.open_questions),
        "missing": list(postmortem.inputs.missing),
        "unread": [unread.model_dump(mode="json", exclude={"text"}) for unread in result.case.unread],
        "blocking": [finding.model_dump(mode="json") for finding in blocking_of(result)],
        "before_publishing": later_of(result),
    }


def blocking_of(result: DraftResult) -> list[Finding]:
    """The findings that reject at the gate that was asked for."""
    from pipeline.rubric.engine import rejects

    return [finding for finding in result.evaluation.findings if rejects(finding, result.evaluation.gate)]


def later_of(result: DraftResult) -> dict[str, int]:
    """How many findings would reject at the gate `publish` and do not yet, by criterion."""
    from pipeline.rubric.engine import rejects

    blocking = blocking_of(result)
    later = [f.criterion for f in result.evaluation.findings if rejects(f, "publish") and f not in blocking]
    return {criterion: later.count(criterion) for criterion in sorted(set(later))}


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
