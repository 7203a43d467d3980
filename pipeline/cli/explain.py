"""`postmortem explain`: what a criterion wants and why, with a bad and a good example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.models.evaluation import ProfileName
    from pipeline.rubric.criterion import Criterion, Question


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(
    criterion: Annotated[
        str | None,
        typer.Argument(metavar="CRITERION", help="Its id, for example AI-SPEC. Default: all, as a table."),
    ] = None,
    profiles: Annotated[
        bool, typer.Option("--profiles", help="What each criterion does in each profile of check.")
    ] = False,
    markdown: Annotated[
        bool,
        typer.Option(
            "--markdown",
            help="All criteria as the page docs/rubric.md; with --profiles, docs/check/profiles.md.",
        ),
    ] = False,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Say what a criterion wants, why, and show it."""
    from pipeline.rubric.engine import load_criteria
    from pipeline.rubric.page import as_page
    from pipeline.rubric.profile_page import as_profiles_page, as_profiles_table
    from pipeline.rubric.profiles import PROFILES

    console = Console(quiet=quiet, no_color=no_color)
    criteria = load_criteria()
    if criterion is not None:
        criteria = tuple(c for c in criteria if c.id == criterion.upper())
        if not criteria:
            raise InputError(criterion, "there is no such criterion", "postmortem explain lists them")
    if profiles:
        if format == "json":
            console.result_json({"schema": "profiles/1", "profiles": [profile_json(p) for p in PROFILES]})
        else:
            console.result(as_profiles_page(criteria) if markdown else as_profiles_table(criteria))
    elif format == "json":
        console.result_json({"schema": "criteria/1", "criteria": [as_json(c) for c in criteria]})
    elif markdown:
        console.result(as_page(criteria))
    elif criterion is None:
        console.result(as_table(criteria))
    else:
        console.result(as_text(criteria[0], console))


def profile_json(name: ProfileName) -> dict[str, object]:
    from pipeline.rubric.engine import load_criteria
    from pipeline.rubric.profiles import PROFILES

    profile = PROFILES[name]
    return {
        "name": name,
        "summary": profile.summary,
        "source": profile.source,
        "criteria": {c.id: profile.standing(c.id, c.gate, c.severity) for c in load_criteria()},
        "optional_parts": sorted(profile.optional_parts),
        "reasons": dict(profile.reasons),
    }


def as_json(criterion: Criterion) -> dict[str, object]:
    asked = criterion.question
    return {
        "id": criterion.id,
        "title": criterion.title,
        "unit": criterion.unit,
        "severity": criterion.severity,
        "gate": criterion.gate,
        "rationale": criterion.rationale,
        "advice": criterion.advice,
        "bad": list(criterion.bad),
        "good": list(criterion.good),
        "needs": criterion.needs,
        "question": None
        if asked is None
        else {
            "asks": asked.asks,
            "rule": asked.rule,
            "bad": asked.bad,
            "good": asked.good,
            "kinds": dict(asked.kinds),
        },
    }


def as_table(criteria: tuple[Criterion, ...]) -> str:
    rows = [
        ("id", "unit", "severity", "gate", "what is wrong"),
        *((c.id, c.unit, c.severity, c.gate, c.title) for c in criteria),
    ]
    widths = [max(len(r[n]) for r in rows) for n in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row[:4], widths, strict=True)), row[4]]) for row in rows
    )


def as_question(question: Question) -> str:
    kinds = "".join(f"\n- {kind}: {meaning}" for kind, meaning in question.kinds)
    shown = f"Yes, for example: {question.bad}\nNo, for example: {question.good}"
    return f"{question.asks}\n\n{question.rule}{kinds}\n\n{shown}"


def as_text(criterion: Criterion, console: Console) -> str:
    import textwrap

    def block(title: str, text: str) -> str:
        return f"{console.paint(title, 'strong')}\n{textwrap.indent(text.strip(), '  ')}\n"

    head = console.paint(criterion.id, "strong") + f": {criterion.title}"
    where = f"{criterion.severity} at the gate {criterion.gate}, judged for each {criterion.unit}"
    if criterion.needs:
        where += f"; needs {criterion.needs}"
    asked = criterion.question
    put = () if asked is None else (block("What a judge is asked, with --model", as_question(asked)),)
    return "\n".join(
        [
            f"{head}\n{where}\n",
            block("Why", textwrap.fill(criterion.rationale, 98)),
            block("What to do", textwrap.fill(criterion.advice, 98)),
            *(block("Bad", example) for example in criterion.bad[:2]),
            *(block("Good", example) for example in criterion.good[:2]),
            *put,
        ]
    ).rstrip()
