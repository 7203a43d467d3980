"""Counting tokens: never by a download, never far too few."""

from __future__ import annotations

import base64
import gzip
import hashlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiktoken_ext.openai_public

from pipeline import tokens

TEXTS = [
    # The counts are o200k_base's.
    ("The rollback of the billing service finished before the second page went out.", 14),
    ("2031-02-11T04:05:06.789Z WARN [pool-3-thread-12] c.h.Ledger - retry 4/9 after 1500ms", 40),
    ('{"id": 4412, "state": "firing", "labels": {"job": "ledger"}}', 23),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where tiktoken would keep vocabularies; empty at first."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens._encoder.cache_clear()
    yield tmp_path
    tokens._encoder.cache_clear()


@pytest.fixture
def without_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tokens, "EXTRA", "no_such_package")
    return folder


def test_names_and_sums_of_the_vocabularies_are_those_of_tiktoken() -> None:
    source = inspect.getsource(tiktoken_ext.openai_public)
    for name, (file, sha256) in tokens.VOCABULARIES.items():
        url = f"https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"
        assert url in source
        assert hashlib.sha1(url.encode()).hexdigest() == file
        assert sha256 in source


@pytest.mark.parametrize(("text", "true"), TEXTS)
def test_the_extra_counts_exactly_and_writes_nothing(folder: Path, text: str, true: int) -> None:
    assert tokens.count(text, "openai:gpt-5-mini") == true
    assert tokens.count(text, "openai:some-local-model") == true
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", list(tokens.VOCABULARIES))
def test_an_encoder_that_was_handed_its_words_is_tiktokens_own(folder: Path, name: str) -> None:
    import tiktoken

    file, sha256 = tokens.VOCABULARIES[name]
    words = tokens._vocabulary(name, file, sha256)
    assert words is not None
    (folder / file).write_bytes(words)
    text = "".join(text for text, _ in TEXTS) + "  \n\tçà 数据库 <|endoftext|> aB9" * 3
    encode = tokens._encoder(name)
    assert encode is not None
    assert encode(text) == tiktoken.get_encoding(name).encode_ordinary(text)


def test_what_tiktoken_has_downloaded_is_used_where_the_extra_is_not_installed(
    without_extra: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    single_bytes = b"".join(base64.b64encode(bytes([b])) + b" %d\n" % b for b in range(256))
    name, sha256 = "a" * 40, hashlib.sha256(single_bytes).hexdigest()
    (without_extra / name).write_bytes(single_bytes)
    monkeypatch.setitem(tokens.VOCABULARIES, "o200k_base", (name, sha256))
    assert tokens.count("abc", "openai:some-local-model") == 3


def test_a_damaged_vocabulary_is_neither_used_nor_deleted(without_extra: Path) -> None:
    file = without_extra / tokens.VOCABULARIES["o200k_base"][0]
    file.write_bytes(b"IQ== 0\n")
    assert 10 < tokens.count(TEXTS[0][0], "openai:gpt-5-mini") < 30
    assert file.read_bytes() == b"IQ== 0\n"


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"IQ== 0\n"), gzip.compress(b"IQ== 0\n")[:-9]])
def test_a_damaged_extra_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    damaged = tmp_path / "o200k_base.tiktoken.gz"
    damaged.write_bytes(content)
    monkeypatch.setattr(tokens, "_in_extra", lambda _: [damaged])
    assert tokens._encoder("o200k_base") is None


@pytest.mark.parametrize(("text", "true"), TEXTS)
def test_an_estimate_leans_to_too_many_and_not_far(without_extra: Path, text: str, true: int) -> None:
    assert true * 0.95 <= tokens.count(text) <= true * 1.6
