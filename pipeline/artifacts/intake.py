"""Opens an incident: every file of its folder or archive as bytes, and what can't be opened with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from pipeline.artifacts.archives import archive_kind, unpack
from pipeline.artifacts.legible import legible
from pipeline.errors import InputError
from pipeline.models.record import Unread

MAX_FILE = 256 * 1024 * 1024  # a file is held in memory once; larger ones are listed with this reason
_MANAGED = frozenset({"__MACOSX", ".git", ".svn", ".hg"})


@dataclass(frozen=True, slots=True)
class RawFile:
    path: str  # relative, with "/", the archive's members below the archive's name
    data: bytes


@dataclass(frozen=True, slots=True)
class Intake:
    name: str
    files: tuple[RawFile, ...]
    unread: tuple[Unread, ...]


def incident_name(path: Path) -> str:
    """The folder's name (its parent's where it is called `artifacts`), or the archive's without its ending."""
    path = path.resolve()
    if path.is_dir():
        return path.parent.name if path.name == "artifacts" and path.parent.name else path.name
    name = path.name
    for ending in (".tar.gz", ".tgz", ".zip", ".tar"):
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return path.stem


def take_in(path: Path) -> Intake:
    """Everything below `path`. Raises InputError where there is nothing that could be an incident."""
    if not path.exists():
        raise InputError(str(path), "no such folder or archive")
    found: list[RawFile | Unread] = []
    if path.is_dir():
        found += _walk(path)
    else:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(str(path), f"can't be read: {error.strerror or error}") from error
        kind = archive_kind(data)
        if kind is None:
            raise InputError(
                str(path), "is neither a folder, a .zip nor a .tar.gz", "give the incident's folder"
            )
        found += [
            _member(m.path, m.data)
            if m.data is not None
            else Unread(source=_named(m.path), locator="file", reason=m.reason)
            for m in unpack(data, kind)
        ]
        found = _without_enclosing(found, {incident_name(path), "artifacts"})
    expanded = [piece for item in found for piece in _open_nested(item)]
    files = sorted((f for f in expanded if isinstance(f, RawFile)), key=lambda f: f.path)
    unread = sorted((u for u in expanded if isinstance(u, Unread)), key=lambda u: u.source)
    if not files and not unread:
        raise InputError(str(path), "holds no file", "put the incident's artifacts there")
    return Intake(incident_name(path), tuple(files), tuple(unread))


def is_ignored(path: str, globs: tuple[str, ...]) -> bool:
    """Whether a glob of incident.yaml's `ignore` names this file; `raw/**` is everything below raw."""
    name = PurePosixPath(path).name
    return any(fnmatch(path, g) or ("/" not in g and fnmatch(name, g)) for g in globs)


def _named(path: str) -> str:
    """A path as it is told: on one line, without what is unseen in it."""
    return " ".join(legible(path).split("\n"))


def _member(path: str, data: bytes) -> RawFile | Unread:
    path = _named(path)
    parts = PurePosixPath(path).parts
    if any(part in _MANAGED or part.startswith(".") for part in parts):
        return Unread(source=path, locator="file", reason="hidden file, ignored")
    return RawFile(path, data)


def _walk(root: Path) -> Iterator[RawFile | Unread]:
    inside = root.resolve()
    for folder, names, files in os.walk(root, followlinks=False):
        here = Path(folder)
        for name in sorted(names):
            if (here / name).is_symlink():
                yield from _link(here / name, root, inside)
        names[:] = sorted(n for n in names if n not in _MANAGED and not (here / n).is_symlink())
        for name in sorted(files):
            yield from _file(here / name, root, inside)


def _file(path: Path, root: Path, inside: Path) -> Iterator[RawFile | Unread]:
    relative = _named(path.relative_to(root).as_posix())
    if path.is_symlink():
        yield from _link(path, root, inside)
        return
    if not path.is_file():
        yield Unread(source=relative, locator="file", reason="is no regular file")
        return
    try:
        if path.stat().st_size > MAX_FILE:
            yield Unread(source=relative, locator="file", reason=f"larger than {MAX_FILE >> 20} MiB")
            return
        yield _member(relative, path.read_bytes())
    except OSError as error:
        yield Unread(source=relative, locator="file", reason=f"can't be read: {error.strerror or error}")


def _link(path: Path, root: Path, inside: Path) -> Iterator[RawFile | Unread]:
    relative = _named(path.relative_to(root).as_posix())
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        yield Unread(source=relative, locator="file", reason="a link to nothing")
        return
    if not target.is_relative_to(inside):
        yield Unread(source=relative, locator="file", reason="a link out of the folder, not followed")
    else:
        yield Unread(source=relative, locator="file", reason="a link within the folder; its target is read")


def _open_nested(item: RawFile | Unread) -> Iterator[RawFile | Unread]:
    """An archive within the incident is opened once, below its own name; one within that is only listed."""
    kind = archive_kind(item.data) if isinstance(item, RawFile) else None
    if not isinstance(item, RawFile) or kind is None:
        yield item
        return
    for member in unpack(item.data, kind):
        path = f"{item.path}/{member.path}" if member.path else item.path
        if member.data is None:
            yield Unread(source=_named(path), locator="file", reason=member.reason)
        elif archive_kind(member.data):
            yield Unread(
                source=_named(path), locator="file", reason="an archive within an archive, not opened"
            )
        else:
            yield _member(path, member.data)


def _without_enclosing(found: list[RawFile | Unread], names: set[str]) -> list[RawFile | Unread]:
    """An archive of one folder of its own name, or of `artifacts`, is that folder; a channel's folder stays."""
    while True:
        files = [f for f in found if isinstance(f, RawFile)]
        tops = {PurePosixPath(f.path).parts[0] for f in files}
        if len(tops) != 1 or any("/" not in f.path for f in files):
            return found
        top = tops.pop() + "/"
        if top[:-1] not in names and not any(f.path == top + "incident.yaml" for f in files):
            return found
        found = [
            RawFile(f.path.removeprefix(top), f.data)
            if isinstance(f, RawFile)
            else f.model_copy(update={"source": f.source.removeprefix(top)})
            for f in found
        ]
