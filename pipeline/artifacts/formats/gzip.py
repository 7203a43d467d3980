"""Opens a single gzipped file, such as a rotated log or a chunk of Slackdump."""

from __future__ import annotations

import zlib

from pipeline.artifacts.archives import MAX_MEMBER, MAX_RATIO
from pipeline.artifacts.decoding import decode
from pipeline.artifacts.reader import About, Opened, Opener, UnopenedError

_MARK = b"\x1f\x8b"
_GZIPPED = 31  # zlib: a gzip header, and the largest window


def open_gzip(data: bytes) -> Opened:
    """All members of the file, within the limits; one that is cut off is read as far as it goes."""
    limit = min(MAX_MEMBER, MAX_RATIO * max(len(data), 1024))
    found = bytearray()
    broken = ""
    while data.startswith(_MARK):
        member = zlib.decompressobj(_GZIPPED)
        try:
            found += member.decompress(data, limit - len(found) + 1)
        except zlib.error as error:
            broken = str(error)
            break
        if len(found) > limit:
            raise UnopenedError("a gzipped file that unpacks to too much")
        if not member.eof:
            broken = "it is cut off"
            break
        data = member.unused_data
    decoded = decode(bytes(found)) if found else None
    if decoded is None:
        raise UnopenedError(
            f"a gzipped file, broken: {broken}" if broken else "a gzipped file without text in it"
        )
    return Opened(decoded[0], missing=f"the file is broken from here on: {broken}" if broken else "")


GZIP = Opener(
    "gzip",
    About(
        known_by="Begins with the bytes 1f 8b; what is in it is read as its own format",
        exported_by="`gzip FILE`, or a rotated log as it is",
    ),
    lambda data: data.startswith(_MARK),
    open_gzip,
)
