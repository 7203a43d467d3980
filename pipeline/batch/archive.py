"""What an archive holds: its incidents by name, each with a digest of everything that belongs to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError

PACKED = (".zip", ".tar.gz", ".tgz")


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
    for path in sorted(archive.iterdir(), key=lambda p: (incident_name(p), not p.is_dir(), p.name)):
        if path.name.startswith(".") or path.resolve() == out.resolve():
            continue
        if not (path.is_symlink() or path.is_dir() or is_packed(path)):
            continue
        name = incident_name(path)
        if name in found:
            problem = f"{found[name].path.name} has the same name"
            found[path.name] = Source(path.name, path, problem)
        elif not path.resolve().is_relative_to(archive.resolve()):
            found[name] = Source(name, path, "is a link out of the archive")
        elif path.exists():
            inner = path / "artifacts"
            found[name] = Source(name, inner if inner.is_dir() else path)
    if not found:
        raise InputError(str(archive), "holds no incident: no subfolder, .zip or .tar.gz")
    return tuple(found.values())


def is_packed(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(PACKED)


def incident_name(path: Path) -> str:
    lower = path.name.lower()
    for suffix in PACKED:
        if lower.endswith(suffix) and not path.is_dir():
            return path.name[: -len(suffix)]
    return path.name


def digest_of(path: Path) -> str:
    """The sha256 of names and contents of every file of an incident; raises OSError."""
    whole = hashlib.sha256()
    for file in files_of(path):
        whole.update(str(file.relative_to(path)).encode(errors="surrogateescape") + b"\0")
        if file.is_symlink() and not file.is_file():
            whole.update(str(file.readlink()).encode(errors="surrogateescape"))
            continue
        with file.open("rb") as opened:
            whole.update(hashlib.file_digest(opened, "sha256").digest())
    return whole.hexdigest()


def files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from sorted(file for file in path.rglob("*") if file.is_file() or file.is_symlink())
