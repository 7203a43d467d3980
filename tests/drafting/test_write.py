"""A draft folder is written whole or not at all, and never over a person's work."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.drafting import write
from pipeline.drafting.folder import refuse_overwriting
from pipeline.drafting.write import write_draft
from pipeline.errors import RefusedError
from tests.drafting.folders import files_of
from tests.rendering.examples import plain_one

FILES = files_of(*plain_one())
NEWER = FILES | {"evaluation.json": b"{}\n"}


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_draft_is_written_and_written_again(tmp_path: Path) -> None:
    write_draft(tmp_path / "out" / "lamps", FILES)
    write_draft(tmp_path / "out" / "lamps", NEWER)
    assert content(tmp_path / "out" / "lamps") == NEWER
    assert names(tmp_path / "out") == ["lamps"]


def test_what_a_person_laid_beside_the_draft_stays(tmp_path: Path) -> None:
    folder = tmp_path / "lamps"
    write_draft(folder, FILES)
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_text("mine")
    write_draft(folder, NEWER)
    assert (folder / "notes" / "mine.txt").read_text() == "mine"
    assert (folder / "evaluation.json").read_bytes() == b"{}\n"


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        (lambda f: (f / "postmortem.md").write_text("mine"), "holds edits"),
        (lambda f: (f / "review.json").write_text("{}"), "holds reviews"),
        (lambda f: (f / "tracking.json").write_text("{}"), "holds tickets"),
        (lambda f: (f / "run.json").write_text("broken"), "holds edits"),
    ],
)
def test_a_persons_work_is_refused_or_kept_beside(
    tmp_path: Path, touch: Callable[[Path], object], reason: str
) -> None:
    folder = tmp_path / "lamps"
    write_draft(folder, FILES)
    touch(folder)
    before = content(folder)
    with pytest.raises(RefusedError, match=f"{reason}.*--replace"):
        write_draft(folder, NEWER)
    assert content(folder) == before
    write_draft(folder, NEWER, replace=True)
    assert content(tmp_path / "lamps.replaced-1") == before
    assert {n: c for n, c in content(folder).items() if n != "tracking.json"} == NEWER
    assert (folder / "tracking.json").exists() == (tmp_path / "lamps.replaced-1" / "tracking.json").exists()
    touch(folder)
    write_draft(folder, FILES, replace=True)
    assert names(tmp_path) == ["lamps", "lamps.replaced-1", "lamps.replaced-2"]


def test_a_folder_that_is_no_draft_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    for name in ("home", "file"):
        with pytest.raises(RefusedError, match="choose another --out"):
            refuse_overwriting(tmp_path / name, replace=True)
    write_draft(tmp_path / "empty", FILES)
    assert content(tmp_path / "empty") == FILES


@pytest.mark.parametrize("at_once", [True, False], ids=["swapped at once", "by renames"])
@pytest.mark.parametrize("worked_in", [True, False])
def test_a_crash_at_any_step_leaves_the_old_draft_or_the_new_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool, worked_in: bool
) -> None:
    """Every call that changes the disk is made the last one, in turn."""

    class Crash(BaseException):
        pass

    if not at_once:
        monkeypatch.setattr(write, "_swap_at_once", lambda one, other: False)
    for last in range(1, 60):
        folder = tmp_path / str(last) / "lamps"
        write_draft(folder, FILES)
        if worked_in:
            (folder / "postmortem.md").write_bytes(b"mine")
        before = content(folder)
        calls = 0

        def counted(call: Callable[..., object], last: int = last) -> Callable[..., object]:
            def counting(*args: object, **kwargs: object) -> object:
                nonlocal calls
                calls += 1
                if calls > last:
                    raise Crash
                return call(*args, **kwargs)

            return counting

        with monkeypatch.context() as patch:
            patch.setattr(os, "rename", counted(os.rename))
            patch.setattr(os, "fsync", counted(os.fsync))
            patch.setattr(write, "_swap_at_once", counted(write._swap_at_once))
            patch.setattr(write.shutil, "rmtree", counted(write.shutil.rmtree))
            try:
                write_draft(folder, NEWER, replace=True)
                crashed = False
            except Crash:
                crashed = True
        write._recover(folder)
        held = content(folder)
        assert held in (before, NEWER), last
        if worked_in and held == NEWER:
            assert before in [content(p) for p in folder.parent.iterdir() if "replaced" in p.name], last
        write_draft(folder, FILES, replace=True)
        assert content(folder) == FILES
        if not crashed:
            return
    pytest.fail("never ran to its end")


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write.write_file(path, b"old")
    write.write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["run.json"]
