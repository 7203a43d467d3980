"""How many tokens a text is, by tiktoken where its vocabulary is at hand, else by an estimate."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from functools import lru_cache
from math import ceil
from pathlib import Path

# tiktoken downloads a vocabulary that it doesn't find, without a timeout, and deletes one whose sum is
# wrong; so it is asked only where the file is there and whole. The file's name is the sha1 of its URL,
# and both sums are those of tiktoken_ext/openai_public.py (tests compare them).
VOCABULARIES: dict[str, tuple[str, str]] = {
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}
_NEWEST = "o200k_base"  # what a name that tiktoken doesn't know is counted by

# Fitted on prose, code, traces, JSON, logs, CSV, base64 and CJK text: -2 % to +26 % of o200k, where
# bytes/4 counts logs 27-63 % too low.
_PIECES = re.compile(
    r"(?P<mixed>(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9+/=_]{8,})"
    r"|(?P<word>[^\W\d_]+)|(?P<digits>[0-9]+)|(?P<space>\s+)|(?P<mark>[!-/:-@\[-`{-~])|(?P<other>.)",
    re.DOTALL,
)
_WORD, _DIGITS, _MARK, _MIXED, _CJK, _OTHER, _SCALE = 7, 3, 0.8, 1.45, 0.75, 0.3, 1.1
_HEADROOM = 1.1  # on top of an estimate, never on a count


def count(text: str, model: str = "") -> int:
    """Tokens of a text for a model (`openai:gpt-5-mini`, or its bare name); estimates lean to too many."""
    encode = _encoder(_encoding_name(model.partition(":")[2] or model))
    if encode is not None:
        return len(encode(text))
    return ceil(estimate(text) * _HEADROOM)


def estimate(text: str) -> float:
    """Tokens by the kinds of characters alone."""
    total = 0.0
    for piece in _PIECES.finditer(text):
        length = piece.end() - piece.start()
        match piece.lastgroup:
            case "mixed":
                total += length / _MIXED
            case "word":
                wide = sum(1 for c in piece.group() if "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3")
                total += wide * _CJK + (ceil((length - wide) / _WORD) if length > wide else 0)
            case "digits":
                total += ceil(length / _DIGITS)
            case "mark":
                total += _MARK
            case "space":
                total += 0.0 if piece.group() == " " else _OTHER
            case _:
                total += _OTHER
    return total * _SCALE


def _encoding_name(model: str) -> str:
    import tiktoken

    try:
        return tiktoken.encoding_name_for_model(model)
    except KeyError:
        return _NEWEST


def _encoder(name: str) -> Callable[[str], list[int]] | None:
    known = VOCABULARIES.get(name)
    folder = _cache_folder()
    return _load(name, folder / known[0], known[1]) if known and folder else None


@lru_cache(maxsize=8)
def _load(name: str, file: Path, sha256: str) -> Callable[[str], list[int]] | None:
    import tiktoken

    try:
        whole = hashlib.sha256(file.read_bytes()).hexdigest() == sha256
    except OSError:
        return None
    return tiktoken.get_encoding(name).encode_ordinary if whole else None


def _cache_folder() -> Path | None:
    """Where tiktoken would look; None where it is told to keep nothing."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            return Path(os.environ[variable]) if os.environ[variable] else None
    return Path(tempfile.gettempdir()) / "data-gym-cache"
