"""The table on disk says what simplemma says, and is never trusted when it is damaged."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import simplemma

from pipeline.language import dictionary
from pipeline.language.dictionary import FORMAT, Loaded, Table, is_known, lemma_of, packed

ROOT = Path(__file__).parents[2]
ODD = [
    "'s",
    "’s",
    "'d",
    "-",
    "_",
    "a-",
    "-a",
    "quote_stale",
    "restarted_twice",
    "x",
    "42",
    "café",
    "naïve",
    "don't",
    "grafana's",
    "Wolfgang’s",
    "we'be",
    "they'd've",
    "shan't",
    "résumé's",
    "'cause",
    "rock'n'roll",
    "it’s",
]


def vocabulary() -> list[str]:
    pages = [
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("fixtures/incidents/*/artifacts/*.md"),
        ROOT / "README.md",
    ]
    found = {w for page in pages for w in re.findall(r"[^\s.,;()\[\]|*`]+", page.read_text("utf-8"))}
    lower = {w.lower() for w in found}
    return sorted(found | lower | {w + ending for w in lower for ending in ("ing", "ed", "s")} | set(ODD))


def test_every_word_has_the_lemma_that_simplemma_gives_it() -> None:
    words = vocabulary()
    assert len(words) > 5000
    assert [w for w in words if lemma_of(w) != simplemma.lemmatize(w, lang="en")] == []
    assert [w for w in words if is_known(w) != simplemma.is_known(w, lang="en")] == []


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POSTMORTEM_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(dictionary, "_book", dictionary._book.__wrapped__)
    return tmp_path / "kept"


def test_the_first_run_makes_the_table_and_the_next_one_reads_it(empty: Path) -> None:
    assert isinstance(dictionary._book(), Loaded)
    (file,) = empty.iterdir()
    assert re.fullmatch(r"english-\d+\.\d+.*\.table", file.name)
    table = dictionary._book()
    assert isinstance(table, Table)
    assert (table.find("alerts"), table.find("Monday"), table.find("yoloed")) == ("alert", "Monday", None)


@pytest.mark.parametrize("spoil", ["cut", "changed", "other"])
def test_a_damaged_table_is_made_anew(empty: Path, spoil: str) -> None:
    dictionary._book()
    (file,) = empty.iterdir()
    whole = file.read_bytes()
    middle = len(whole) - 1000
    spoilt = {
        "cut": whole[:middle],
        "changed": whole[:middle] + b"x" + whole[middle + 1 :],
        "other": b"something else",
    }
    file.write_bytes(spoilt[spoil])
    assert isinstance(dictionary._book(), Loaded)
    assert file.read_bytes() == whole


def test_without_a_folder_to_keep_it_in_simplemma_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("POSTMORTEM_CACHE", str(tmp_path / "file"))
    book = dictionary._book.__wrapped__()
    assert isinstance(book, Loaded)
    assert book.find("alerts") == "alert"
    assert os.listdir(tmp_path) == ["file"]


def test_a_table_finds_words_that_share_a_slot(tmp_path: Path) -> None:
    words = {f"word{n}": f"lemma{n}" for n in range(500)}
    file = tmp_path / "t"
    file.write_bytes(packed(words))
    assert file.read_bytes().startswith(FORMAT)
    table = Table(file)
    assert {w: table.find(w) for w in words} == words
    assert table.find("word") is None
