"""Writes a draft folder all or nothing: a crash at any instant leaves the old one or the new one, whole."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.drafting.folder import OWN_FILES, REVIEW, TRACKING, refuse_overwriting, work_in

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def write_draft(folder: Path, files: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Puts the files in the folder in place of what an earlier draft left there.

    Files that the program does not know are carried over. With `replace`, a folder that holds a person's work
    is kept beside the new one as `NAME.replaced-1` (2, 3, …), and its tickets are carried over.
    Raises RefusedError where the folder holds such work and `replace` is False.
    """
    folder = Path(os.path.abspath(folder))  # not resolve(): a link in the path is the user's business
    _recover(folder)
    refuse_overwriting(folder, replace=replace)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = _build(folder, files)
    if not folder.exists():
        os.rename(fresh, folder)
    elif work_in(folder):
        if (folder / TRACKING).is_file():
            _copy(folder / TRACKING, fresh / TRACKING)
        kept = _free_name(folder)
        os.rename(fresh, kept)
        _exchange(kept, folder)
    else:
        _carry_over(folder, fresh)
        _exchange(fresh, folder)
        shutil.rmtree(fresh)
    _sync(folder.parent)


def write_file(path: Path, content: bytes) -> None:
    """Puts the content in the file's place at once; the old content stays until the new one is on disk."""
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    _write(fresh, content)
    os.replace(fresh, path)
    _sync(path.parent)


def _build(folder: Path, files: Mapping[str, bytes]) -> Path:
    for stale in folder.parent.glob(f".{_escaped(folder.name)}.new-*"):
        if not _is_running(stale.name.rpartition("-")[2]):
            shutil.rmtree(stale, ignore_errors=True)
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for name, content in files.items():
        _write(fresh / name, content)
    _sync(fresh)
    return fresh


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _carry_over(old: Path, fresh: Path) -> None:
    """What a person laid beside the draft's files is theirs, and stays."""
    for entry in old.iterdir():
        if (
            entry.name in OWN_FILES
            or entry.name in (REVIEW, TRACKING)
            or entry.name.startswith(".postmortem")
        ):
            continue
        _copy(entry, fresh / entry.name)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)


def _free_name(folder: Path) -> Path:
    number = 1
    while (kept := folder.with_name(f"{folder.name}.replaced-{number}")).exists():
        number += 1
    return kept


def _exchange(one: Path, other: Path) -> None:
    """Swaps two folders' names; at once where the system can, else with a moment that `_recover` can mend."""
    if _swap_at_once(one, other):
        return
    aside = _aside(other)
    os.rename(other, aside)
    os.rename(one, other)
    os.rename(aside, one)


def _swap_at_once(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    swapped: int = libc.renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    )
    return swapped == 0


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _recover(folder: Path) -> None:
    """Ends what a crash between two renames has left: the old folder goes back to its place."""
    aside = _aside(folder)
    if not aside.exists():
        return
    if not folder.exists():
        os.rename(aside, folder)
    else:
        os.rename(aside, _free_name(folder))


def _sync(folder: Path) -> None:
    """Makes renames in the folder last; some systems cannot open a folder, and need not."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _escaped(name: str) -> str:
    """The name as a pattern that matches only itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _is_running(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
