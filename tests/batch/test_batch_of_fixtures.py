"""A batch of real drafting: what it writes is what `draft` writes, and a broken incident stands beside it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

from tests.cli.running import ending_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "incidents"
SMALL = FIXTURES / "milking-robots"


def test_a_batch_writes_what_draft_writes_packed_or_not(tmp_path: Path) -> None:
    archive = tmp_path / "in"
    shutil.copytree(SMALL, archive / "milking-robots")
    with zipfile.ZipFile(archive / "packed.zip", "w") as packed:
        for path in sorted((SMALL / "artifacts").rglob("*")):
            packed.write(path, path.relative_to(SMALL / "artifacts"))
    (archive / "broken.tar.gz").write_bytes(b"no archive at all")
    day = ("--today", "2026-11-25", "--quiet")
    ending_of("draft", SMALL / "artifacts", "--out", tmp_path / "alone", *day)
    assert ending_of("batch", archive, "--out", tmp_path / "out", "--workers", "3", *day) == 2
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    states = {incident["name"]: incident["state"] for incident in summary["incidents"]}
    assert states == {"broken": "failed", "milking-robots": "rejected", "packed": "rejected"}
    alone, batched = (
        {p.name: p.read_bytes() for p in (tmp_path / where / "milking-robots").iterdir()}
        for where in ("alone", "out")
    )
    assert {name for name in alone if alone[name] != batched.get(name)} <= {"run.json"}
    assert (tmp_path / "out" / "packed" / "postmortem.html").is_file()
