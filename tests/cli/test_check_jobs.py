"""Many documents in several processes: the same result in the same order, also of what can't be read."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import checking
from tests.cli.running import ending_of

VAGUE = "# Stall {n}\n\n## Action items\n\n- Improve monitoring of pool {n} (owner: Ines Caldeira)\n"


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(checking, "FEW", 0)
    Path("docs").mkdir()
    for n in range(24):
        Path(f"docs/{n:02}.md").write_text(VAGUE.format(n=n))
    Path("docs/11.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    return tmp_path


@pytest.mark.parametrize("format", ["json", "text", "sarif", "junit", "github"])
def test_the_output_is_the_same_in_any_number_of_processes(
    many: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    told = []
    for jobs in ("1", "3"):
        capsys.readouterr()
        assert ending_of("check", "docs", "gone.md", "--jobs", jobs, "--format", format) == 2
        told.append(capsys.readouterr())
    assert told[0].out == told[1].out
    assert told[0].err == told[1].err
    assert "docs/11.md: is no text" in told[0].err


def test_results_that_wait_on_disk_are_the_same(
    many: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for held in (1, 10_000_000):
        monkeypatch.setattr("pipeline.rubric.report.results.IN_MEMORY", held)
        capsys.readouterr()
        ending_of("check", "docs", "--jobs", "1", "--format", "json")
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert len(json.loads(told[0])["documents"]) == 23


def test_an_interrupt_ends_it_with_130_and_leaves_no_process(many: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from pipeline.cli import checking, processes\n"
        "from pipeline.cli.app import run\n"
        "checking.FEW = 0\n"
        "plain = checking.Checking.check\n"
        "def check(self, source, bench):\n"
        "    if source.name == 'docs/07.md':\n"
        "        os.kill(os.getppid(), signal.SIGINT)\n"
        "        signal.pause()\n"  # a document that would take for ever
        "    return plain(self, source, bench)\n"
        "checking.Checking.check = check\n"
        "run(['check', 'docs', '--jobs', '2'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_process_that_is_killed_is_told_and_never_taken_for_silence(many: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from pipeline.cli import checking\n"
        "from pipeline.cli.app import run\n"
        "checking.FEW = 0\n"
        "plain = checking.Checking.check\n"
        "def check(self, source, bench):\n"
        "    if source.name == 'docs/07.md':\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return plain(self, source, bench)\n"
        "checking.Checking.check = check\n"
        "run(['check', 'docs', '--jobs', '2'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "error: --jobs: a process ended in the middle of its work; use --jobs 1"
    )
