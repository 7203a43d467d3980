"""A baseline: a loss is told case by case, and a new case is neither gain nor loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.suites.baseline import Baseline, compare, read_baseline, write_baseline
from pipeline.suites.report import SuiteResult, as_data, as_text
from pipeline.suites.score import Case, Score
from pipeline.suites.suite import SUITE

SUITE_OF_TWO = SUITE.validate_python(
    {
        "schema": "suite/1",
        "name": "drafts",
        "title": "t",
        "labelled_by": "l",
        "task": "drafts",
        "fixtures": "f",
        "today": "2026-01-01",
    }
)


def baseline_of(tmp_path: Path, *cases: Case) -> Baseline:
    write_baseline(tmp_path / "drafts.json", "drafts", "extractive", cases)
    read = read_baseline(tmp_path / "drafts.json")
    assert read is not None
    return read


def test_a_broken_rule_is_told_as_a_loss_with_the_cases_that_it_cost(tmp_path: Path) -> None:
    before = baseline_of(tmp_path, Case("a", {"found": Score(2, 2)}), Case("b", {"found": Score(1, 2)}))
    changes = compare(before, [Case("a", {"found": Score(0, 2)}), Case("b", {"found": Score(2, 2)})])
    assert [(c.lost, c.before, c.now, c.better, c.worse) for c in changes] == [
        (True, (3, 4), (2, 4), ("b",), ("a",))
    ]
    result = SuiteResult(SUITE_OF_TWO, "extractive", (Case("a", {"found": Score(0, 2)}),), changes)
    assert "WORSE than the baseline: found: a" in as_text(result, verbose=False)
    assert as_data([result])["passed"] is False


def test_a_new_case_is_neither_gain_nor_loss(tmp_path: Path) -> None:
    before = baseline_of(tmp_path, Case("a", {"found": Score(2, 2)}))
    (change,) = compare(before, [Case("a", {"found": Score(2, 2)}), Case("new", {"found": Score(0, 9)})])
    assert not change.lost
    assert not change.gained


def test_a_case_that_can_no_longer_be_scored_is_a_loss(tmp_path: Path) -> None:
    before = baseline_of(tmp_path, Case("a", {"found": Score(1, 2)}))
    (change,) = compare(before, [Case("a", {}, unscored="broke")])
    assert change.lost


def test_a_file_that_is_no_baseline_is_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"schema": "baseline/9"}')
    with pytest.raises(ConfigError, match=r"x\.json"):
        read_baseline(tmp_path / "x.json")
    assert read_baseline(tmp_path / "absent.json") is None
