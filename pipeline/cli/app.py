"""The command line: which commands there are, and how every ending of one becomes an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Annotated, Any, NamedTuple, NoReturn

import typer
from typer.core import TyperGroup

from pipeline.assets import cache_folder
from pipeline.cli.kept_patterns import kept_patterns
from pipeline.errors import PipelineError


class Command(NamedTuple):
    """A line of the table: the module is imported, and its `register(app)` called, when the command runs."""

    name: str
    module: str
    help: str
    example: str


COMMANDS = (
    Command(
        "draft",
        "pipeline.cli.draft",
        "Draft the postmortem of one incident.",
        "postmortem draft incidents/checkout --out out",
    ),
    Command(
        "batch",
        "pipeline.cli.batch",
        "Draft every incident of an archive; run it again to go on.",
        "postmortem batch incidents --out out --workers 8",
    ),
    Command(
        "check",
        "pipeline.cli.check",
        "Hold any postmortem against the rubric.",
        "postmortem check docs/postmortems",
    ),
    Command(
        "evidence",
        "pipeline.cli.evidence",
        "Show what was read from which file, and what was not and why.",
        "postmortem evidence incidents/checkout",
    ),
    Command(
        "formats",
        "pipeline.cli.formats",
        "List the formats that are read, and how to export each.",
        "postmortem formats",
    ),
    Command(
        "parse",
        "pipeline.cli.parse",
        "Read a postmortem that a person wrote into data.",
        "postmortem parse report.md --format json",
    ),
    Command(
        "explain",
        "pipeline.cli.explain",
        "Say what a criterion wants, why, and show it.",
        "postmortem explain AI-SPEC",
    ),
    Command(
        "prompts",
        "pipeline.cli.prompts",
        "Read the prompts, and see what would be sent.",
        "postmortem prompts render incidents/checkout",
    ),
    Command(
        "apply",
        "pipeline.cli.apply",
        "Read an edited postmortem.md back and evaluate it again.",
        "postmortem apply out/checkout",
    ),
    Command(
        "eval",
        "pipeline.cli.evals",
        "Run the eval suites and compare them with the baselines.",
        "postmortem eval blame",
    ),
)
INTRODUCTION = (
    "Drafts blameless postmortems and owned action items from incident artifacts, "
    "and refuses to let a bad one out."
)
EXIT_CODES = """\
Nothing leaves this machine unless --model, POSTMORTEM_MODEL or `model` in postmortem.toml names a model.

Exit codes: 0 accepted, 1 rejected, 2 bad usage or input, 3 the model service failed, 4 refused,
130 interrupted."""


class Commands(TyperGroup):
    """A group that knows its commands by the table, so that `--help` imports none of them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        for command in COMMANDS:
            if command.name == cmd_name:
                return load_command(command)
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.commands = {command.name: None for command in COMMANDS}  # type: ignore[misc]  # names to suggest
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.help) for command in COMMANDS])
        with formatter.section("Examples"):
            for command in COMMANDS:
                formatter.write(f"  {command.example}\n")

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        formatter.write(f"\n{EXIT_CODES}\n")


def load_command(command: Command) -> Any:
    """The command's own click object, made from the typer app that its module registers on."""
    app = plain_typer()
    importlib.import_module(command.module).register(app)
    loaded = typer.main.get_command(app)
    loaded.name = command.name
    loaded.epilog = loaded.epilog or f"Example: {command.example}"
    return loaded


def plain_typer() -> typer.Typer:
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"postmortem {version('postmortem-pipeline')}")
        raise typer.Exit


def root(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=show_version, help="Show the version and exit."),
    ] = False,
) -> None:
    """The options that stand before a command."""


def build_app() -> Any:
    app = plain_typer()
    app.callback(cls=Commands, no_args_is_help=True, help=INTRODUCTION)(root)
    return typer.main.get_command(app)


def run(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits; a PipelineError is one line on standard error, a bug a traceback.

    typer itself ends usage errors (2), an interrupt (130) and a reader that went away (1).
    """
    # Nothing here is a plugin of pydantic's, and to look for one it reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        with kept_patterns(cache_folder(os.environ)):
            build_app().main(args=arguments, prog_name="postmortem")
    except PipelineError as error:
        leave(error.exit_code, str(error))
    except OSError as error:
        leave(2, f"{error.filename or 'the system'}: {error.strerror or error}")
    except KeyboardInterrupt:  # while still importing
        leave(130, "interrupted")


def leave(code: int, message: str) -> NoReturn:
    print(f"error: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
