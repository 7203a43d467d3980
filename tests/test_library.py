"""The library: the contract's example as it stands there, and a command line that somebody else wrote over it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline import InputError, check, draft, load_incident

ROOT = Path(__file__).parents[1]
INCIDENT = ROOT / "fixtures" / "incidents" / "harbour-checkout" / "artifacts"
TODAY = date(2026, 11, 25)


def test_the_contracts_example_runs(tmp_path: Path) -> None:
    result = draft(INCIDENT, model=None, out=tmp_path, today=TODAY)
    assert result.verdict == "accepted"
    assert result.postmortem.timeline[0].time.tzinfo is not None
    assert result.action_items.items
    blocking = [f for f in result.evaluation.findings if f.severity == "blocking"]
    assert blocking == []
    assert "DOC-REV" in {u.criterion for u in result.evaluation.documents[0].unscored}
    assert result.folder == tmp_path / "harbour-checkout"
    page = (tmp_path / "harbour-checkout" / "postmortem.md").read_text()
    assert [f for f in check(page).findings if f.severity == "blocking"] == []


def test_a_rejected_text_is_a_value_that_says_where() -> None:
    result = check("# Outage\n\n## Root cause\n\nThe outage was caused by a careless engineer.\n")
    assert result.verdict == "rejected"
    assert [(f.criterion, f.line) for f in result.findings if f.criterion == "BLM"] == [("BLM", 5)]


def test_an_incident_is_read_without_being_drafted() -> None:
    artifacts = load_incident(INCIDENT)
    assert artifacts.incident.name == "harbour-checkout"
    assert any(record.time for record in artifacts.records)


@pytest.mark.parametrize("use", [draft, load_incident])
def test_bad_input_raises_with_the_place_in_its_words(use: object, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        use(tmp_path / "nowhere")  # type: ignore[operator]


def test_a_draft_without_a_folder_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert draft(INCIDENT, today=TODAY).folder is None
    assert list(tmp_path.iterdir()) == []


def test_importing_the_library_imports_nothing_heavy() -> None:
    code = "import sys, pipeline; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {"pydantic", "openai", "langchain_core", "typer"}.isdisjoint(modules.split())


def test_a_wrapper_of_ten_lines_needs_nothing_but_the_library(tmp_path: Path) -> None:
    wrapper = ROOT / "docs" / "examples" / "wrapper.py"
    assert len([line for line in wrapper.read_text().splitlines() if line.strip()]) <= 10

    def run(incident: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, wrapper, incident]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    done = run(INCIDENT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"accepted: {Path('drafts', 'harbour-checkout')}")
    assert (tmp_path / "drafts" / "harbour-checkout" / "postmortem.html").is_file()
    failing = run(tmp_path / "nowhere")
    assert failing.returncode == 2
    assert failing.stderr.startswith("sorry: ")
    assert failing.stderr.count("\n") == 1
