"""`postmortem apply` on the command line: what it says, and what it ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.drafting import reevaluating
from pipeline.drafting.write import write_draft
from pipeline.models.evaluation import Evaluation, Finding
from tests.drafting.folders import files_of
from tests.rendering.examples import evaluation, plain_one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_draft(tmp_path / "lamps", files_of(*plain_one()))
    return tmp_path / "lamps"


def evaluated_as(monkeypatch: pytest.MonkeyPatch, result: Evaluation) -> None:
    monkeypatch.setattr(reevaluating, "evaluate_edited", lambda *_, **__: result)


def ended(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        run(list(arguments))
    return int(left.value.code or 0)


def test_an_accepted_edit_ends_with_0(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluated_as(monkeypatch, evaluation())
    document = folder / "postmortem.md"
    document.write_text(document.read_text("utf-8").replace("| P1 |", "| P0 |") + "\n## Our notes\n\nMine.\n")
    assert ended("apply", str(folder), "--format", "json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["changed"] is True
    assert "“Mine.” stays in the document only" in said.err
    assert json.loads((folder / "action-items.json").read_text())["items"][0]["priority"] == "P0"


def test_a_rejected_edit_ends_with_1_and_names_the_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blaming = Finding(criterion="BLM", severity="blocking", gate="draft", line=9, message="charges a person")
    evaluated_as(monkeypatch, evaluation(blaming))
    assert ended("apply", str(folder)) == 1
    assert "postmortem.md:9 BLM charges a person" in capsys.readouterr().out


def test_what_cannot_be_read_ends_with_2_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = folder / "postmortem.md"
    document.write_text(document.read_text("utf-8").replace("| P1 |", "| urgent |"))
    assert ended("apply", str(folder)) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: postmortem.md:")
    assert "unknown priority “urgent”" in line
