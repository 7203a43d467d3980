"""`parse` prints a postmortem as data; `explain` prints the rubric."""

import json
from pathlib import Path

import pytest

from pipeline.rubric.engine import load_criteria
from pipeline.rubric.page import as_page
from tests.cli.running import ending_of

TEXT = """# Stall, 4 June 2024

## Timeline (UTC)

- 14:05 Alertmanager paged Ines
- Shortly after: Ines restarted it

## Action items

- [ ] Cap the pool at 80 connections (owner: Ines Caldeira, P1, due 2024-07-15, LED-12)
"""


def test_parse_tells_what_the_document_tells_and_null_for_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    file.write_text(TEXT)
    assert ending_of("parse", file, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    (document,) = told["documents"]
    first, second = document["postmortem"]["timeline"]
    assert told["schema"] == "parse/1"
    assert (first["line"], first["time"], first["time_text"], first["actor"]) == (
        5,
        "2024-06-04T14:05:00Z",
        "14:05",
        "Alertmanager",
    )
    assert (second["time"], second["time_text"], second["event"]) == (
        None,
        "Shortly after",
        "Ines restarted it",
    )
    (item,) = document["items"]
    assert (item["line"], item["owner"], item["due"], item["type"]) == (
        10,
        "Ines Caldeira",
        "2024-07-15",
        None,
    )


def test_parse_ends_with_2_where_a_file_is_unreadable_and_reads_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    file.write_text(TEXT)
    assert ending_of("parse", tmp_path / "missing.md", file, "--format", "json") == 2
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)["documents"]) == 1
    assert "missing.md" in captured.err


def test_explain_lists_every_criterion_and_shows_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending_of("explain") == 0
    table = capsys.readouterr().out
    assert all(c.id in table for c in load_criteria())
    assert ending_of("explain", "ai-own") == 0
    shown = capsys.readouterr().out
    assert "AI-OWN" in shown
    assert "Bad" in shown
    assert "owner: TBD" in shown
    assert ending_of("explain", "AI-FOO") == 2


def test_the_page_of_the_rubric_is_what_the_criteria_say() -> None:
    page = Path(__file__).parents[2] / "docs" / "rubric.md"
    assert page.read_text("utf-8") == as_page(load_criteria()), (
        "run: postmortem explain --markdown > docs/rubric.md"
    )
