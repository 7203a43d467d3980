"""A repository with a past adopts the rubric: what is known stays quiet, what is new is seen, what is gone is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import ending_of

VAGUE = "# Stall\n\n## Action items\n\n- Improve monitoring (owner: Ines Caldeira)\n"
NEW = "- Look into database performance\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("docs/a.md").write_text(VAGUE)
    Path("docs/b.md").write_text(VAGUE)
    ending_of("check", "docs", "--write-baseline", "known.json")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = ending_of("check", *arguments, "--baseline", "known.json")
    out = capsys.readouterr()
    return code, out.out, out.err


def test_what_is_known_is_left_out_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "docs")
    assert code == 0
    assert "docs/a.md: nothing found" in out
    assert "known to the baseline" in out
    assert err == ""


def test_a_line_that_moved_is_still_known_and_the_same_words_a_second_time_are_new(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("docs/a.md").write_text("A new first line.\n\n" + VAGUE)
    assert said(capsys, "docs")[0] == 0
    Path("docs/a.md").write_text(VAGUE + "- Improve monitoring (owner: Ines Caldeira)\n")
    code, out, _ = said(capsys, "docs")
    assert code == 1
    assert "docs/a.md:6:3 AI-SPEC" in out


def test_it_holds_from_any_folder_and_however_a_path_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(capsys, "./docs/../docs/a.md")[0] == 0
    assert said(capsys, str(Path("docs/a.md").resolve()))[0] == 0
    monkeypatch.chdir("docs")
    capsys.readouterr()
    assert ending_of("check", "a.md", "--baseline", "../known.json") == 0


def test_what_no_longer_occurs_is_told_and_renewed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/a.md").write_text("# Stall\n\nInes restarted the importer.\n")
    Path("docs/b.md").unlink()
    code, _, err = said(capsys, "docs")
    assert code == 0
    assert "known.json: " in err
    assert "no longer occur" in err
    assert "--write-baseline known.json renews it" in err
    ending_of("check", "docs", "--write-baseline", "known.json")
    assert "no longer occur" not in said(capsys, "docs")[2]


def test_of_documents_that_are_not_checked_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "docs/a.md")[2] == ""


def test_renewing_for_one_document_keeps_what_is_known_of_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("docs/a.md").write_text(VAGUE + NEW)
    assert said(capsys, "docs")[0] == 1
    ending_of("check", "docs/a.md", "--write-baseline", "known.json")
    assert said(capsys, "docs")[0] == 0
    paths = {row["path"] for row in json.loads(Path("known.json").read_text())["known"]}
    assert paths == {"docs/a.md", "docs/b.md"}


def test_a_file_that_is_no_baseline_is_bad_input_and_can_be_written_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("known.json").write_text("[]")
    code, _, err = said(capsys, "docs")
    assert code == 2
    assert "known.json: is no baseline/1" in err
    assert ending_of("check", "docs", "--write-baseline", "known.json") == 0
    assert said(capsys, "docs")[0] == 0
