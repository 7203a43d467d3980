"""Unpacks .zip and .tar(.gz) in memory, and lets nothing out of its folder, no link and no bomb."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["zip", "tar"]
MAX_MEMBERS = 20_000
MAX_MEMBER = 256 * 1024 * 1024
MAX_TOTAL = 1024 * 1024 * 1024
MAX_RATIO = 200  # deflate reaches 1,032 on zeros; real logs stay below 60
_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive; `data` is None where it was not unpacked, and `reason` says why."""

    path: str  # "" for the archive as a whole
    data: bytes | None
    reason: str = ""


def archive_kind(data: bytes) -> Kind | None:
    """What the bytes are, by what is in them."""
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None if _is_office(data) else "zip"
    if data[:2] == b"\x1f\x8b" or data[257:262] == b"ustar":
        try:
            with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
                archive.next()
            return "tar"
        except (tarfile.TarError, OSError, EOFError):
            # A tarball that is cut off still begins as one; a single gzipped file does not.
            return "tar" if data[257:262] == b"ustar" else None
    return None


def unpack(data: bytes, kind: Kind) -> Iterator[Member]:
    """The members in order, within the limits; what breaks them comes with a reason and no data."""
    total = 0
    for count, member in enumerate(_zip(data) if kind == "zip" else _tar(data), 1):
        total += len(member.data or b"")
        if count > MAX_MEMBERS:
            yield Member("", None, f"the archive holds more than {MAX_MEMBERS} files; the rest is not read")
            return
        if total > MAX_TOTAL:
            yield Member(member.path, None, f"the archive unpacks to more than {MAX_TOTAL >> 20} MiB")
            return
        yield member


def _escapes(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":") or "\0" in name


def _clean(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).as_posix()


def _is_office(data: bytes) -> bool:
    """docx, xlsx and their kind are zips, but a document each."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return "[Content_Types].xml" in names or "mimetype" in names[:1]


def _zip(data: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        yield Member("", None, f"a broken archive: {error}")
        return
    with archive:
        for info in infos:
            if info.is_dir():
                continue
            link = (info.external_attr >> 16) & 0o170000 == 0o120000
            if _escapes(info.filename):
                yield Member(_shown(info.filename), None, "its path leads out of the archive, not unpacked")
            elif link:
                yield Member(_clean(info.filename), None, "a link in an archive, not followed")
            elif info.flag_bits & 1:
                yield Member(_clean(info.filename), None, "encrypted")
            elif info.file_size > MAX_MEMBER or info.file_size > MAX_RATIO * max(info.compress_size, 1024):
                yield Member(_clean(info.filename), None, "unpacks to too much, not unpacked")
            else:
                yield _inflate(archive, info)


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    path = _clean(info.filename)
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)  # the header's size may lie
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        return Member(path, None, f"broken in the archive: {error}")
    except Exception as error:  # zlib.error and lzma.LZMAError share no base but this
        return Member(path, None, f"broken in the archive: {error}")
    if len(content) > info.file_size:
        return Member(path, None, "unpacks to more than the archive says, not unpacked")
    return Member(path, content)


def _tar(data: bytes) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
            budget = max(MAX_RATIO * len(data), 16 * _READ)
            for info in archive:
                if info.isdir():
                    continue
                budget -= info.size
                if _escapes(info.name):
                    yield Member(_shown(info.name), None, "its path leads out of the archive, not unpacked")
                elif info.issym() or info.islnk():
                    yield Member(_clean(info.name), None, "a link in an archive, not followed")
                elif not info.isfile():
                    yield Member(_clean(info.name), None, "is no regular file")
                elif info.size > MAX_MEMBER or budget < 0:
                    yield Member(_clean(info.name), None, "unpacks to too much, not unpacked")
                    return
                else:
                    stream = archive.extractfile(info)
                    content = stream.read(info.size + 1) if stream else b""
                    if len(content) < info.size:
                        yield Member(_clean(info.name), None, "cut off in the archive")
                    else:
                        yield Member(_clean(info.name), content)
    except Exception as error:  # tarfile, gzip, lzma and zlib each raise their own
        yield Member("", None, f"a broken archive, read as far as it goes: {error}")


def _shown(name: str) -> str:
    return name.replace("\0", "").replace("\n", " ")[:200]
