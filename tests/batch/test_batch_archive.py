"""What counts as an incident of an archive, and when it counts as changed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.batch.archive import digest_of, find_incidents
from pipeline.errors import InputError
from tests.batch.fakes import archive_of


def test_subfolders_and_packed_folders_are_incidents_and_loose_files_are_not(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "mail", "checkout", ".git", "out")
    with zipfile.ZipFile(archive / "search.zip", "w") as packed:
        packed.writestr("brief.md", "search was down")
    (archive / "db.tar.gz").write_bytes(b"broken")
    (archive / "postmortem.toml").write_text("")
    found = find_incidents(archive, archive / "out")
    assert [source.name for source in found] == ["checkout", "db", "mail", "search"]
    assert all(source.problem is None for source in found)


def test_where_an_incident_keeps_its_artifacts_apart_only_they_are_read(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "mail/artifacts")
    (archive / "mail" / "gold.json").write_text("{}")
    assert [(s.name, s.path.name) for s in find_incidents(archive, tmp_path / "out")] == [
        ("mail", "artifacts")
    ]


def test_a_name_that_is_taken_and_a_link_are_told_as_problems(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "in", "mail")
    with zipfile.ZipFile(archive / "mail.zip", "w"):
        pass
    (archive / "etc").symlink_to("/etc")
    (archive / "loop").symlink_to("loop")
    problems = {source.name: source.problem for source in find_incidents(archive, tmp_path / "out")}
    assert problems == {
        "mail": None,
        "mail.zip": "mail has the same name",
        "etc": "is a link, which is not followed",
        "loop": "is a link, which is not followed",
    }


@pytest.mark.parametrize("there", [True, False])
def test_an_archive_without_incidents_is_an_input_error(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="holds no incident" if there else "is not a folder"):
        find_incidents(tmp_path / "in", tmp_path / "out")


def test_a_digest_changes_with_a_name_or_a_byte_and_with_nothing_else(tmp_path: Path) -> None:
    one = archive_of(tmp_path / "one", "mail") / "mail"
    two = archive_of(tmp_path / "two", "mail") / "mail"
    assert digest_of(one) == digest_of(two)
    (two / "brief.md").rename(two / "BRIEF.md")
    assert digest_of(one) != digest_of(two)
    (two / "BRIEF.md").rename(two / "brief.md")
    (two / "brief.md").write_bytes(b"mail was up\n")
    assert digest_of(one) != digest_of(two)
