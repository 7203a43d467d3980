"""The console: results apart from everything else, colour only where it can be shown and is wanted."""

from __future__ import annotations

import io

import pytest

from pipeline.cli.console import Console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_results_go_to_standard_output_and_all_else_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = Console()
    console.result("the result")
    console.progress("working")
    console.notice("mind this")
    console.detail("only for the curious")
    assert capsys.readouterr() == ("the result\n", "working\nwarning: mind this\n")


def test_quiet_keeps_errors_and_verbose_adds_details(capsys: pytest.CaptureFixture[str]) -> None:
    quiet, verbose = Console(quiet=True), Console(verbose=True)
    quiet.progress("working")
    quiet.notice("mind this")
    quiet.error("broken")
    verbose.detail("why")
    assert capsys.readouterr().err == "error: broken\nwhy\n"


@pytest.mark.parametrize(
    ("no_color", "variable", "stream", "coloured"),
    [
        (False, "", Terminal(), True),
        (True, "", Terminal(), False),
        (False, "1", Terminal(), False),
        (False, "", io.StringIO(), False),
    ],
)
def test_colour_is_for_terminals_and_nobody_who_declines(
    no_color: bool, variable: str, stream: io.StringIO, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", variable)
    monkeypatch.setenv("TERM", "xterm")
    assert ("\x1b[" in Console(no_color=no_color).paint("x", "good", stream)) is coloured
