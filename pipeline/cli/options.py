"""The options that commands share, each spelt once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.config import Settings

OutputFormat = Literal["text", "json"]
Gate = Literal["draft", "publish"]

Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="PROVIDER:NAME",
        help="Language model to use, for example openai:gpt-5-mini. Without one nothing leaves this machine.",
    ),
]
JudgeModel = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="PROVIDER:NAME",
        help="Ask this language model as a judge too; it only adds findings. Without this option nothing leaves "
        "this machine, whatever the settings or POSTMORTEM_MODEL say; with it, judge_model is not asked.",
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings to use instead of the nearest postmortem.toml."),
]
Format = Annotated[OutputFormat, typer.Option("--format", help="How to print the result.")]
GateOption = Annotated[Gate, typer.Option("--gate", help="Which gate the document has to pass.")]
Today = Annotated[
    date | None,
    typer.Option(
        "--today",
        metavar="DATE",
        help="What overdue and policy dates are measured from, as YYYY-MM-DD. Default: the system's date.",
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into; made where missing.")]
Rounds = Annotated[
    int | None,
    typer.Option(
        "--rounds",
        metavar="N",
        min=0,
        help="How often a rejected draft is revised. Default: 3, or the settings'.",
    ),
]
Fallback = Annotated[
    Literal["extractive"] | None,
    typer.Option("--fallback", help="What to draft with when the model service fails."),
]
FallbackModels = Annotated[
    list[str] | None,
    typer.Option(
        "--fallback-model",
        metavar="PROVIDER:NAME",
        help="Language model to ask where the one before fails for good. May be given several times.",
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Ask models anew, and keep none of their replies on this machine.")
]
Trace = Annotated[
    bool,
    typer.Option(
        "--trace",
        help="Let LangSmith trace calls as its environment variables say. "
        "Everything that is sent to a model then goes there too.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="No progress and no notices, only the result and errors.")
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Say more about what is being done.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colour, as with NO_COLOR in the environment.")]


def usable_folder(out: Path) -> Path:
    """The same path, if results can be written below it; told before any work is done. Raises InputError."""
    there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    if not there.is_dir():
        raise InputError(
            "--out", f"{there} is a file, not a folder", "name a folder; it is made where missing"
        )
    if not os.access(there, os.W_OK):
        raise InputError("--out", f"{there} cannot be written to", "name another folder")
    return out


def choose_model(option: str | None, configured: str | None) -> str | None:
    """The model that was asked for: by option, by POSTMORTEM_MODEL, by configuration; else None.

    A key in the environment is not a wish, so none is looked at.
    """
    wishes = (
        ("--model", option),
        ("POSTMORTEM_MODEL", os.environ.get("POSTMORTEM_MODEL")),
        ("model", configured),
    )
    for where, wanted in wishes:
        if wanted:
            return well_named(wanted, where)
    return None


def well_named(model: str, where: str = "--model") -> str:
    """The same name, if it is PROVIDER:NAME; raises InputError."""
    if not all(model.partition(":")):
        raise InputError(where, f"{model!r} is not PROVIDER:NAME", "write for example openai:gpt-5-mini")
    return model


def with_models(
    settings: Settings, fallback: Literal["extractive"] | None, models: list[str] | None
) -> Settings:
    """The settings with what the command line says of whom to ask where a model fails."""
    update: dict[str, object] = {}
    if fallback is not None:
        update["fallback"] = fallback
    if models:
        update["fallback_models"] = tuple(well_named(m, "--fallback-model") for m in models)
    return settings.model_copy(update=update)
