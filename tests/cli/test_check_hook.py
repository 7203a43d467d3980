"""The hook for pre-commit: it calls a command that there is, on files that are postmortems by their path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.cli.running import ending_of

ROOT = Path(__file__).parents[2]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("docs/postmortems/2026-03-02-labels.md", True),
        ("docs/post-mortem/labels.txt", True),
        ("Post Mortem labels.md", True),
        ("ops/incident-reports/2026/labels.md", True),
        ("incident_review_labels.md", True),
        ("README.md", False),
        ("docs/incidental.md", False),
    ],
)
def test_it_takes_what_is_called_a_postmortem(path: str, taken: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) == taken


def test_its_entry_rejects_and_accepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program, *arguments = HOOK["entry"].split()
    Path("bad.md").write_text("# Stall\n\n## Action items\n\n- Improve monitoring\n")
    Path("fine.md").write_text("# Stall\n\nInes restarted the importer at 14:05 UTC on 2024-06-04.\n")
    assert program == "postmortem"
    assert ending_of(*arguments, "bad.md", "fine.md") == 1
    assert ending_of(*arguments, "fine.md") == 0
