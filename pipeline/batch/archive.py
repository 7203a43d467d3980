"""What an archive holds: its incidents by name, each with a digest of everything that belongs to it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.artifacts.intake import incident_name
from pipeline.errors import InputError

PACKED = (".zip", ".tar.gz", ".tgz", ".tar")


@dataclass(frozen=True, slots=True)
class Source:
    """One incident of an archive. `problem` says why it cannot be drafted, where that is plain beforehand."""

    name: str
    path: Path
    problem: str | None = None


def find_incidents(archive: Path, out: Path) -> tuple[Source, ...]:
    """The direct subfolders and packed incidents of the archive, by name; `out` is not one of them.

    A subfolder that has a folder `artifacts` is an incident kept together with notes about it, so the
    artifacts alone are read. Hidden folders and loose files are no incidents. Raises InputError.
    """
    if not archive.is_dir():
        raise InputError(str(archive), "is not a folder", "name the folder that holds the incidents")
    found: dict[str, Source] = {}
    written = out.resolve()
    for path in sorted(archive.iterdir(), key=lambda path: (not path.is_dir(), path.name)):
        if path.name.startswith(".") or not is_incident(path) or archive.resolve() / path.name == written:
            continue
        name = path.name if path.is_symlink() else incident_name(path)
        if name in found:
            problem = f"{found[name].path.name} has the same name"
            found[path.name] = Source(path.name, path, problem)
        elif path.is_symlink():
            found[name] = Source(name, path, "is a link, which is not followed")
        else:
            inner = path / "artifacts"
            found[name] = Source(name, inner if inner.is_dir() else path)
    if not found:
        raise InputError(str(archive), "holds no incident: no subfolder, .zip or .tar.gz")
    return tuple(found[name] for name in sorted(found))


def is_incident(path: Path) -> bool:
    return path.is_dir() or path.is_symlink() or (path.is_file() and path.name.lower().endswith(PACKED))


def digest_of(path: Path) -> str:
    """The sha256 of names and contents of every file of an incident.

    A file that cannot be read counts by the reason: that a draft lists it so is part of the draft.
    """
    whole = hashlib.sha256()
    for file in files_of(path):
        whole.update(os.fsencode(file.relative_to(path)) + b"\0")
        if file.is_symlink():  # no reader follows one
            whole.update(os.fsencode(file.readlink()))
            continue
        try:
            with file.open("rb") as opened:
                whole.update(hashlib.file_digest(opened, "sha256").digest())
        except OSError as error:
            whole.update((error.strerror or "unreadable").encode())
    return whole.hexdigest()


def files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from sorted(file for file in path.rglob("*") if file.is_file() or file.is_symlink())
