"""Whole documents as cases: what blocks a good one is told, and a bad one answers for each of its criteria."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.rubric.engine import default_means
from pipeline.suites.documents import run_documents
from pipeline.suites.score import Case

GOOD = Path(__file__).parents[1] / "rubric" / "documents" / "search_plain.txt"
MEANS = default_means(date(2023, 11, 24))


def run(folder: Path, good: str, bad: str, criteria: str) -> dict[str, Case]:
    (folder / "good").mkdir()
    (folder / "good" / "one.txt").write_text(good)
    (folder / "bad.md").write_text(bad)
    (folder / "rejected.yaml").write_text(f"bad.md: [{criteria}]\n")
    return {case.id: case for case in run_documents(folder / "good", folder / "rejected.yaml", MEANS)}


def test_a_good_document_scores_and_a_blocked_one_says_what_blocks_it(tmp_path: Path) -> None:
    text = GOOD.read_text()
    (score,) = run(tmp_path, text, "# Outage\n", "IMP")["one.txt"].scores.values()
    assert (score.right, score.of) == (1, 1)
    (tmp_path / "good" / "one.txt").write_text(
        text.replace("13:21 Leila Azimi: declared SEV2", "Soon after: declared SEV2")
    )
    (worse, _) = run_documents(tmp_path / "good", tmp_path / "rejected.yaml", MEANS)
    (score,) = worse.scores.values()
    assert score.right == 0
    assert "TL-TIME" in score.missed[0]


def test_a_bad_document_answers_for_each_criterion_that_must_reject_it(tmp_path: Path) -> None:
    scores = run(tmp_path, GOOD.read_text(), "# Outage\n\nSome users saw errors.\n", "IMP, DOC-SEC, TL-TIME")[
        "bad.md"
    ].scores
    assert scores["bad documents rejected"].right == 1
    told = scores["criteria that must reject them"]
    assert (told.right, told.of, told.missed) == (2, 3, ("TL-TIME is silent",))


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rejected.yaml").write_text("{}\n")
    with pytest.raises(InputError, match="holds no document"):
        list(run_documents(tmp_path, tmp_path / "rejected.yaml", MEANS))
