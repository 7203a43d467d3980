"""Opens a single gzipped file, such as a rotated log or a chunk of Slackdump."""

from __future__ import annotations

import gzip
import io
import zlib

from pipeline.artifacts.archives import MAX_MEMBER, MAX_RATIO
from pipeline.artifacts.decoding import decode
from pipeline.artifacts.reader import About, Opened, Opener, UnopenedError

_READ = 1 << 20


def open_gzip(data: bytes) -> Opened:
    limit = min(MAX_MEMBER, MAX_RATIO * max(len(data), 1024))
    found = io.BytesIO()
    cut = ""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while piece := stream.read(_READ):
                found.write(piece)
                if found.tell() > limit:
                    raise UnopenedError("a gzipped file that unpacks to too much")
    except (OSError, EOFError, zlib.error) as error:
        cut = str(error)
    decoded = decode(found.getvalue()) if found.tell() else None
    if decoded is None:
        raise UnopenedError(f"a gzipped file, broken: {cut}" if cut else "a gzipped file without text in it")
    return Opened(decoded[0], missing=f"the file is broken from here on: {cut}" if cut else "")


GZIP = Opener(
    "gzip",
    About(
        known_by="Begins with the bytes 1f 8b; what is in it is read as its own format",
        exported_by="`gzip FILE`, or a rotated log as it is",
    ),
    lambda data: data.startswith(b"\x1f\x8b"),
    open_gzip,
)
