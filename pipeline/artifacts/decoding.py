"""Bytes to text: byte order marks, UTF-8, then what charset-normalizer makes of it; binary has no text."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"SQLite format 3",
           b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ", b"RIFF", b"ID3", b"\x00\x00\x01\x00")  # fmt: skip
_SAMPLE = 200_000
# Line ends, terminals' escapes, IRC's colours, and the separators that `git log --format` likes to use.
_CONTROLS = "\n\r\t\f\v\x1b\x08\x02\x03\x0f\x11\x16\x1c\x1d\x1e\x1f"


def decode(data: bytes) -> tuple[str, str] | None:
    """(text, encoding), line ends as line feeds; None where the bytes are no text."""
    if data.startswith(_BINARY):
        return None
    found = _decode(data)
    if found is None:
        return None
    text, encoding = found
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decode(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file that was cut in the middle of a character, or holds one bad byte, is still UTF-8.
        if error.end >= len(data) - 3 and error.start > 0:
            return data.decode("utf-8", errors="replace"), "utf-8, cut off"
    else:
        return (text, "utf-8") if _is_text(text) else _wide(data)
    if b"\x00" in data[:_SAMPLE]:
        return _wide(data)
    from charset_normalizer import from_bytes  # most text is UTF-8, and never asks

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    text = data.decode(best.encoding, errors="replace")
    return (text, best.encoding) if _is_text(text) else None


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a byte order mark: every other byte of Western text is zero."""
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            return data.decode(encoding, errors="replace"), encoding
    return None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(c < " " and c not in _CONTROLS for c in sample)
    return odd <= len(sample) // 500
