"""Rows as documents: their neighbours, their incident.yaml, their day, and items one a line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.rubric.engine import default_means, load_criteria
from pipeline.suites.sentences import Unit, run_sentences

CRITERIA = {c.id: c for c in load_criteria()}
OWNED = "## Action items\n\n- Cap the pool of the ledger at 80 connections (owner: SRE, P1, due 2026-03-01, LED-1)\n"
ROSTER = "title: t\nroster:\n  - {name: Ada Renner, role: SRE, team: SRE}\n"


def agrees(tmp_path: Path, criterion: str, row: dict[str, Any], unit: Unit = "text") -> bool:
    """Whether the criterion reads the row as it is labelled."""
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": "R1", **row}) + "\n")
    means = default_means(date(2000, 1, 1))
    (case,) = run_sentences("dev", tmp_path / "rows.jsonl", CRITERIA[criterion], means, unit)
    return all(score.right == score.of for score in case.scores.values())


def test_the_roster_of_a_row_is_that_of_its_document(tmp_path: Path) -> None:
    assert agrees(tmp_path, "AI-OWN", {"text": OWNED, "label": "flag"})
    assert agrees(tmp_path, "AI-OWN", {"text": OWNED, "label": "clean", "incident": ROSTER})


def test_a_row_names_the_day_that_its_label_hangs_on(tmp_path: Path) -> None:
    assert agrees(tmp_path, "AI-DUE", {"text": OWNED, "label": "clean"})
    assert agrees(tmp_path, "AI-DUE", {"text": OWNED, "label": "flag", "today": "2026-03-02"})


def test_a_row_of_items_holds_one_a_line(tmp_path: Path) -> None:
    pair = "Set the read timeout of the client to 3 s\nReduce the client's read timeout from 30 s to three seconds"
    assert agrees(tmp_path, "SET-DUP", {"text": pair, "label": "flag"}, "items")
    assert agrees(tmp_path, "SET-DUP", {"text": pair, "label": "clean"})


def test_an_incident_that_is_wrong_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="R1"):
        agrees(tmp_path, "AI-OWN", {"text": OWNED, "label": "flag", "incident": "rooster: []\n"})
