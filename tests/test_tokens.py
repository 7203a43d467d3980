"""Counting tokens: never by a download, never far too few."""

from __future__ import annotations

import hashlib
import inspect
from pathlib import Path

import pytest
import tiktoken_ext.openai_public

from pipeline import tokens


@pytest.fixture
def vocabularies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of vocabularies that is empty at first."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens._load.cache_clear()
    return tmp_path


def test_names_and_sums_of_the_vocabularies_are_those_of_tiktoken() -> None:
    source = inspect.getsource(tiktoken_ext.openai_public)
    for name, (file, sha256) in tokens.VOCABULARIES.items():
        url = f"https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"
        assert url in source
        assert hashlib.sha1(url.encode()).hexdigest() == file
        assert sha256 in source


def test_a_damaged_vocabulary_is_neither_used_nor_deleted(vocabularies: Path) -> None:
    file = vocabularies / tokens.VOCABULARIES["o200k_base"][0]
    file.write_bytes(b"IQ== 0\n")
    assert tokens.count("The queue stopped draining.", "openai:gpt-5-mini") > 3
    assert file.read_bytes() == b"IQ== 0\n"


def test_a_whole_vocabulary_counts(vocabularies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import base64

    single_bytes = b"".join(base64.b64encode(bytes([b])) + b" %d\n" % b for b in range(256))
    name, sha256 = "a" * 40, hashlib.sha256(single_bytes).hexdigest()
    (vocabularies / name).write_bytes(single_bytes)
    monkeypatch.setitem(tokens.VOCABULARIES, "o200k_base", (name, sha256))
    counted: list[str] = []
    monkeypatch.setattr("tiktoken.get_encoding", lambda wanted: counted.append(wanted) or _Bytes())
    assert tokens.count("abc", "openai:some-local-model") == 3
    assert counted == ["o200k_base"]


class _Bytes:
    def encode_ordinary(self, text: str) -> list[int]:
        return list(text.encode())


@pytest.mark.parametrize(
    ("text", "true"),
    [
        # True counts are o200k_base's.
        ("The rollback of the billing service finished before the second page went out.", 14),
        ("2031-02-11T04:05:06.789Z WARN [pool-3-thread-12] c.h.Ledger - retry 4/9 after 1500ms", 40),
        ('{"id": 4412, "state": "firing", "labels": {"job": "ledger"}}', 23),
    ],
)
def test_an_estimate_leans_to_too_many_and_not_far(vocabularies: Path, text: str, true: int) -> None:
    assert true * 0.95 <= tokens.count(text) <= true * 1.6
