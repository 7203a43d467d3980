"""A whole draft by a real server whose model knows nothing: its nonsense is dropped, counted and never accepted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.config import Settings
from pipeline.drafting import story
from pipeline.rubric.engine import check

CHAT = """Monday, March 2nd, 2026
Ines Falk
  9:06 AM
LabelQueueHigh fired, labels come out blank on line 3
Omar Haddad
  9:15 AM
release 5.2 reads the font from a path that the printer image lacks
9:21
rolled label-service back to 5.1
Ines Falk
  9:30 AM
labels are readable on all lines. resolved
"""


@pytest.fixture
def incident(tmp_path: Path) -> Path:
    folder = tmp_path / "blank-labels"
    folder.mkdir()
    (folder / "chat.txt").write_text(CHAT, "utf-8")
    (folder / "incident.yaml").write_text("timezone: UTC\nseverity: SEV2\n", "utf-8")
    return folder


def test_a_draft_of_a_model_that_knows_nothing_is_rejected(incident, tiny_server, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", tiny_server)
    monkeypatch.setenv("POSTMORTEM_CACHE", str(tmp_path / "replies.sqlite"))
    result = story.draft(
        incident,
        out=tmp_path / "out",
        model="openai:tiny",
        settings=Settings(judge="off"),  # a judge that knows nothing would reject whatever was written
        today=date(2026, 3, 10),
        rounds=1,
    )
    assert result.run.engine == "model"
    assert result.run.model_returned == "tiny"
    assert result.run.tokens.completion > 0
    assert result.verdict == "rejected"
    printed = (result.folder / "postmortem.md").read_text("utf-8")
    assert printed.startswith("**Rejected")
    # What it made up is kept for whoever asks why, and stands nowhere in the document.
    assert all(d.text.strip() not in printed for d in result.run.removed if len(d.text.strip()) > 12)
    # The facts are the records' own: its timeline holds the events that the chat holds.
    assert [e.time.strftime("%H:%M") for e in result.postmortem.timeline] != []
    assert not [f for f in check(printed, gate="draft", profile="haiku").findings if f.criterion == "BLM"]
