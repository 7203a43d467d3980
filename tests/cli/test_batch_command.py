"""`postmortem batch`: exit codes, what it says, and an interrupt by the keyboard."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from pipeline.drafting import story
from pipeline.errors import InputError, ModelError
from tests.batch.fakes import FakeDraft, archive_of
from tests.cli.running import ending_of


def drafting(monkeypatch: pytest.MonkeyPatch, out: Path, **errors: Exception) -> FakeDraft:
    fake = FakeDraft(out, errors=dict(errors))
    monkeypatch.setattr(story, "draft", lambda incident, **asked: fake(incident))
    return fake


@pytest.mark.parametrize(
    ("names", "errors", "code"),
    [
        (("a", "b"), {}, 0),
        (("a", "bad"), {}, 1),
        (("a", "bad", "c"), {"c": InputError("c", "broken")}, 2),
        (("a", "bad", "c", "d"), {"c": InputError("c", "broken"), "d": ModelError("gone")}, 3),
        (("a", "bad", "c"), {"c": ZeroDivisionError()}, 2),
    ],
)
def test_the_worst_ending_of_an_incident_is_the_batchs(
    names: tuple[str, ...],
    errors: dict[str, Exception],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drafting(monkeypatch, tmp_path / "out", **errors)
    assert ending_of("batch", archive_of(tmp_path / "in", *names), "--out", tmp_path / "out") == code


def test_json_is_the_summary_and_progress_is_a_line_per_incident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drafting(monkeypatch, tmp_path / "out")
    archive = archive_of(tmp_path / "in", "a", "bad")
    command = ("batch", archive, "--out", tmp_path / "out", "--workers", "1", "--format", "json")
    ending_of(*command)
    said = capsys.readouterr()
    assert json.loads(said.out) == json.loads((tmp_path / "out" / "summary.json").read_text())
    assert [line.split(" (")[0] for line in said.err.splitlines()] == [
        "[1/2] accepted a",
        "[2/2] rejected bad",
    ]
    ending_of(*command)
    assert [line.split(" (")[1] for line in capsys.readouterr().err.splitlines()] == ["kept)", "kept)"]


def test_another_gate_is_other_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = drafting(monkeypatch, tmp_path / "out")
    command = ("batch", archive_of(tmp_path / "in", "a"), "--out", tmp_path / "out")
    for more in ((), ("--workers", "2"), ("--gate", "publish"), ("--gate", "publish", "--quiet")):
        ending_of(*command, *more)
    assert fake.drafted == ["a", "a"]


def test_an_interrupt_finishes_what_is_in_flight_writes_the_summary_and_ends_with_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = drafting(monkeypatch, tmp_path / "out")

    def interrupted(incident: Path, **asked: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return fake(incident)

    monkeypatch.setattr(story, "draft", interrupted)
    archive = archive_of(tmp_path / "in", "a", "b", "c")
    command = ("batch", archive, "--out", tmp_path / "out", "--workers", "1")
    assert ending_of(*command) == 130
    counts = json.loads((tmp_path / "out" / "summary.json").read_text())["counts"]
    assert counts == {"accepted": 1, "rejected": 0, "failed": 0, "waiting": 2}
    drafting(monkeypatch, tmp_path / "out")
    assert ending_of(*command) == 0
