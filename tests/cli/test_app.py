"""The command line's frame: help, version, exit codes, and what is not imported for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.cli import app
from pipeline.errors import InputError, ModelError, PipelineError, RefusedError

HEAVY = {"openai", "langchain_core", "langsmith", "httpx2", "pydantic"}


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_help_imports_no_heavy_library() -> None:
    done = run_python(
        "import sys\n"
        "from pipeline.cli.app import run\n"
        "try: run(['--help'])\n"
        "finally: print('IMPORTED', *sorted(sys.modules), file=sys.stderr)\n"
    )
    assert "Usage: postmortem" in done.stdout
    assert HEAVY.isdisjoint(done.stderr.split())


@pytest.mark.parametrize("command", [command.name for command in app.COMMANDS])
def test_the_help_of_a_command_imports_no_language_model_library(command: str) -> None:
    """typer itself takes pydantic to read a command's parameters; everything else waits for the command's body."""
    done = run_python(
        "import sys\n"
        "from pipeline.cli.app import run\n"
        f"try: run([{command!r}, '--help'])\n"
        "finally: print('IMPORTED', *sorted(sys.modules), file=sys.stderr)\n"
    )
    assert f"Usage: postmortem {command} " in done.stdout
    assert (HEAVY - {"pydantic"}).isdisjoint(done.stderr.split())


def test_help_shows_an_example_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(["--help"]) == 0
    printed = capsys.readouterr().out
    for command in app.COMMANDS:
        assert f"  {command.example}\n" in printed


def test_an_unknown_command_is_a_usage_error_that_suggests_the_right_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ending(["chek"]) == 2
    assert "'check'" in capsys.readouterr().err


def test_the_version_is_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(["--version"]) == 0
    assert capsys.readouterr().out.startswith("postmortem 0.")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("a.yaml:3", "unknown key 'titel'", "write title"), 2),
        (ModelError("no answer"), 3),
        (RefusedError("holds\nedits"), 4),
        (FileNotFoundError(2, "No such file or directory", "gone.md"), 2),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_error_becomes_its_exit_code_and_at_most_one_line(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising_from_a_command(error, monkeypatch)
    assert ending(["explain"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") <= 1
    if isinstance(error, PipelineError):
        assert said.err == f"error: {' '.join(str(error).split())}\n"


def test_a_bug_shows_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    raising_from_a_command(ZeroDivisionError(), monkeypatch)
    with pytest.raises(ZeroDivisionError):
        app.run(["explain"])


def ending(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as ended:
        app.run(arguments)
    code = ended.value.code
    return code if isinstance(code, int) else 0 if code is None else 1


def raising_from_a_command(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    class Module:
        @staticmethod
        def register(registered: object) -> None:
            def explain() -> None:
                raise error

            registered.command("explain")(explain)  # type: ignore[attr-defined]

    monkeypatch.setattr(app.importlib, "import_module", lambda name: Module)
