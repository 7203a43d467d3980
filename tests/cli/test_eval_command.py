"""`postmortem eval`: figures, a baseline, a loss that is caught; on a suite of three sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import ending_of

SUITE = """\
schema: suite/1
name: three
title: three sentences
labelled_by: this test
task: sentences
criterion: BLM
halves: {dev: ../data/three.jsonl}
"""
ROWS = [
    {
        "id": "a",
        "text": "The outage was caused by a careless engineer.",
        "label": "flag",
        "kind": "character",
    },
    {"id": "b", "text": "The pump stopped at 09:14.", "label": "clean"},
    {"id": "c", "text": "The pump started again at 09:20.", "label": "clean"},
]


@pytest.fixture
def evals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POSTMORTEM_ASSETS", str(tmp_path))
    folder = tmp_path / "evals"
    (folder / "suites").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "suites" / "three.yaml").write_text(SUITE)
    label(folder)
    return folder


def label(evals: Path, **labels: str) -> None:
    rows = [row | {"label": labels.get(row["id"], row["label"])} for row in ROWS]
    (evals / "data" / "three.jsonl").write_text("\n".join(map(json.dumps, rows)))


def test_figures_are_shares_with_intervals_by_half(evals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ending_of("eval", "--format", "json") == 0
    (suite,) = json.loads(capsys.readouterr().out)["suites"]
    assert [(m["measure"], m["right"], m["of"], m["baseline"]) for m in suite["measures"]] == [
        ("dev: sentences found", 1, 1, None),
        ("dev: found with the right kind", 1, 1, None),
        ("dev: clean sentences left alone", 2, 2, None),
    ]


def test_a_loss_against_the_baseline_ends_with_1_until_it_is_accepted(
    evals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending_of("eval", "three", "--update-baseline") == 0
    assert ending_of("eval", "three") == 0
    label(evals, a="clean")
    capsys.readouterr()
    assert ending_of("eval", "three", "--verbose") == 1
    said = capsys.readouterr().out
    assert "WORSE than the baseline: dev: sentences found: a" in said
    assert "a: The outage was caused by a careless engineer." in said
    assert ending_of("eval", "three", "--update-baseline") == 0
    assert ending_of("eval", "three") == 0


def test_a_broken_row_is_told_by_its_line(evals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label(evals, b="dubious")
    assert ending_of("eval", "three", "--quiet") == 2
    assert "three.jsonl:2: label:" in capsys.readouterr().err


def test_an_unknown_suite_is_bad_usage(evals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ending_of("eval", "four", "--quiet") == 2
    assert capsys.readouterr().err == "error: four: no such suite; there are: three\n"
