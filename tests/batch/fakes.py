"""Fakes of drafting: one that writes a page and counts, as quick as a batch's own work needs it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.models.actions import ActionItems
from pipeline.models.evaluation import DocumentResult, Evaluation, Finding
from pipeline.models.postmortem import Heading, Postmortem


@dataclass
class FakeDraft:
    """Drafts by the text of `brief.md`: `reject`, `raise` and `wait` are what its words ask for."""

    out: Path
    errors: dict[str, Exception] = field(default_factory=dict)
    drafted: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, incident: Path) -> Any:
        name = incident.parent.name if incident.name == "artifacts" else incident.name.removesuffix(".zip")
        with self.lock:
            self.drafted.append(name)
        if name in self.errors:
            raise self.errors[name]
        folder = self.out / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "postmortem.md").write_text(f"# {name}\n")
        return result(name, rejected=name.startswith("bad"))


def result(name: str, *, rejected: bool) -> Any:
    findings = (
        (Finding(criterion="PRV", severity="blocking", gate="draft", message="no measure"),)
        if rejected
        else ()
    )
    verdict = "rejected" if rejected else "accepted"
    evaluation = Evaluation(
        verdict=verdict,
        gate="draft",
        profile="haiku",
        documents=(DocumentResult(path="postmortem.md", verdict=verdict, findings=findings),),
    )
    return SimpleNamespace(
        verdict=verdict,
        evaluation=evaluation,
        postmortem=Postmortem(incident=Heading(id=f"id-{name}", title=name)),
        action_items=ActionItems(),
        folder=Path(name),
        case=SimpleNamespace(unread=()),
        run=SimpleNamespace(rounds=((),), tokens=SimpleNamespace(prompt=700, completion=50), cost_usd=None),
    )


def archive_of(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "brief.md").write_text(f"{name} was down\n")
    return folder
