"""Patterns of an earlier run match as freshly compiled ones do, hold nothing of documents, and are never trusted when damaged."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.kept_patterns import kept_patterns, read

PATTERNS = {
    "PLAIN": r"r'(?P<day>\d\d)-(?P<month>[a-z]+)|(x)'",
    "FOLDED": r"r'straße|café|[A-Z]{2,}', re.IGNORECASE",
    "VERBOSE": r"r'''(?<!\w) a+? # short\n (?=b)''', re.VERBOSE",
    "LINES": r"r'^(?:ab|cd)*$', re.MULTILINE | re.DOTALL",
}
TEXTS = ["12-may", "x", "STRASSE CAFÉ ABC", "Straße café", "aab ab", "abcd\nab\n", ""]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    lines = [f"{name} = re.compile({pattern})" for name, pattern in PATTERNS.items()]
    made = "def made(word):\n    return re.compile(rf'{word}-made')\n"
    (tmp_path / "patterned.py").write_text("\n".join(["import re", *lines, made]))
    monkeypatch.syspath_prepend(str(tmp_path))
    return "patterned"


def imported(module: str) -> dict[str, re.Pattern[str]]:
    re.purge()
    sys.modules.pop(module, None)
    return vars(__import__(module))


def kept(folder: Path) -> dict[tuple[str, int], object]:
    (file,) = folder.glob("patterns-*.bin")
    return dict(read(file))


def test_a_pattern_of_an_earlier_run_is_the_same_pattern(module: str, tmp_path: Path) -> None:
    fresh = imported(module)
    with kept_patterns(tmp_path / "kept"):
        imported(module)
    assert len(kept(tmp_path / "kept")) == len(PATTERNS)
    with kept_patterns(tmp_path / "kept"):
        loaded = imported(module)
    for name in PATTERNS:
        ours, theirs = loaded[name], fresh[name]
        assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (
            theirs.pattern,
            theirs.flags,
            theirs.groups,
            theirs.groupindex,
        )
        for text in TEXTS:
            assert [(m.span(), m.groups(), m.groupdict()) for m in ours.finditer(text)] == [
                (m.span(), m.groups(), m.groupdict()) for m in theirs.finditer(text)
            ]


def test_what_a_document_says_is_not_kept(module: str, tmp_path: Path) -> None:
    with kept_patterns(tmp_path / "kept"):
        imported(module)["made"]("Caldeira")  # type: ignore[operator]
    assert not [pattern for pattern, _ in kept(tmp_path / "kept") if "Caldeira" in pattern]


def test_a_wrong_pattern_is_the_error_that_it_is_without(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text("import re\nre.compile('(')\n")
    code = (
        "import sys; from pathlib import Path; from pipeline.cli.kept_patterns import kept_patterns\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        f"with kept_patterns(Path({str(tmp_path)!r})): import wrong\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "missing ), unterminated subpattern" in done.stderr


@pytest.mark.parametrize("spoil", ["cut", "changed", "empty"])
def test_a_damaged_file_is_made_anew(module: str, tmp_path: Path, spoil: str) -> None:
    with kept_patterns(tmp_path / "kept"):
        imported(module)
    (file,) = (tmp_path / "kept").iterdir()
    whole = file.read_bytes()
    file.write_bytes({"cut": whole[:-9], "changed": whole[:-9] + b"123456789", "empty": b""}[spoil])
    with kept_patterns(tmp_path / "kept"):
        assert imported(module)["PLAIN"].search("12-may")
    assert len(kept(tmp_path / "kept")) == len(PATTERNS)


def test_without_a_folder_patterns_are_compiled_as_ever(module: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    plain = re._compiler.compile  # type: ignore[attr-defined]
    with kept_patterns(tmp_path / "file"):
        assert imported(module)["PLAIN"].search("12-may")
    assert re._compiler.compile is plain  # type: ignore[attr-defined]
