"""The story of a draft: what is written, what is refused, and that nothing is accepted because rounds ran out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.drafting import hats as hats_module
from pipeline.drafting import story
from pipeline.drafting.apply import apply
from pipeline.drafting.hats import Hats
from pipeline.drafting.reevaluating import evaluate_edited
from pipeline.drafting.standing_in import AuthorWithStandIn, Service
from pipeline.errors import InputError, ModelError, RefusedError

TODAY = date(2026, 3, 10)
FILES = {
    "postmortem.md",
    "postmortem.html",
    "postmortem.json",
    "action-items.json",
    "action-items.csv",
    "evaluation.json",
    "evidence.jsonl",
    "run.json",
}

BRIEF = """# Incident brief: parcel labels printed blank

- **Severity:** SEV2
- **Started:** 2026-03-02 09:00 UTC
- **Detected:** 09:06, alert LabelQueueHigh paged Ines Falk
- **Affected:** 1,240 parcels left the depot without a readable label
- **Commanding:** Ines Falk since 09:10

## Timeline (UTC, 2 March 2026)

| Time | Who | What |
|---|---|---|
| 08:58 | Omar Haddad | deployed label-service 5.2 |
| 09:00 | label-service | first blank label printed |
| 09:06 | Alertmanager | LabelQueueHigh fired |
| 09:10 | Ines Falk | declared SEV2 and took command |
| 09:15 | Omar Haddad | found that release 5.2 reads the font from a path that the printer image lacks |
| 09:21 | Omar Haddad | rolled label-service back to 5.1 |
| 09:30 | Ines Falk | confirmed readable labels on all lines, closed the incident |
"""


@pytest.fixture
def incident(tmp_path: Path) -> Path:
    folder = tmp_path / "blank-labels"
    folder.mkdir()
    (folder / "brief.md").write_text(BRIEF, "utf-8")
    return folder


class Stubborn:
    """An author that rewrites everything and mends nothing."""

    writers = ("stubborn",)
    dropped = ()
    notices = ()

    def __init__(self, inner) -> None:
        self._inner = inner
        self.rounds = 0

    def write(self, case):
        narrative = self._inner.write(case)
        blamed = narrative.summary[0].model_copy(update={"text": "Omar carelessly broke the printers."})
        return narrative.model_copy(update={"summary": (blamed, *narrative.summary[1:])})

    def revise(self, case, narrative, findings):
        self.rounds += 1
        worse = narrative.summary[0].model_copy(
            update={"text": f"Omar carelessly broke it, {self.rounds} times."}
        )
        return narrative.model_copy(update={"summary": (worse, *narrative.summary[1:])})


def test_a_draft_that_no_round_mends_stays_rejected_and_every_round_is_kept(incident, monkeypatch):
    authors = []

    def stubborn(people, settings, today):
        built = hats_module.extractive(people, settings, today)
        authors.append(Stubborn(built.author))
        return Hats(authors[-1], built.tracker)

    monkeypatch.setattr(story, "extractive", stubborn)
    result = story.draft(incident, today=TODAY, rounds=2)
    assert result.verdict == "rejected"
    assert authors[0].rounds == 2
    assert len(result.run.rounds) == 3
    assert all(any(f.criterion == "BLM" for f in r.findings) for r in result.run.rounds)
    assert result.postmortem.status == "rejected"


def test_every_file_is_written_and_a_second_run_differs_in_run_json_alone(incident, tmp_path):
    out = tmp_path / "out"
    first = story.draft(incident, out=out, today=TODAY)
    assert first.folder == out / "blank-labels"
    assert {f.name for f in first.folder.iterdir()} == FILES
    before = {f.name: f.read_bytes() for f in first.folder.iterdir()}
    story.draft(incident, out=out, today=TODAY)
    after = {f.name: f.read_bytes() for f in first.folder.iterdir()}
    assert {n for n in FILES if before[n] != after[n]} <= {"run.json"}


def test_a_persons_edit_is_refused_and_with_replace_kept_beside(incident, tmp_path):
    out = tmp_path / "out"
    folder = story.draft(incident, out=out, today=TODAY).folder
    document = folder / "postmortem.md"
    document.write_text(document.read_text("utf-8") + "\nA person's line.\n", "utf-8")
    with pytest.raises(RefusedError):
        story.draft(incident, out=out, today=TODAY)
    assert "A person's line." in document.read_text("utf-8")
    story.draft(incident, out=out, today=TODAY, replace=True)
    kept = [p for p in out.iterdir() if p.name.startswith("blank-labels") and p != folder]
    assert any("A person's line." in (p / "postmortem.md").read_text("utf-8") for p in kept)


def test_an_edit_that_was_applied_is_a_persons_work_too(incident, tmp_path):
    out = tmp_path / "out"
    folder = story.draft(incident, out=out, today=TODAY).folder
    document = folder / "postmortem.md"
    text = document.read_text("utf-8")
    document.write_text(
        text.replace("## Lessons\n", "## Lessons\n\n- Fonts belong into the image.\n", 1), "utf-8"
    )

    def judged_again(text, postmortem, items):
        return evaluate_edited(folder, text, postmortem, items, story.load_settings(None, folder), TODAY)

    apply(folder, judged_again)
    with pytest.raises(RefusedError, match="applied"):
        story.draft(incident, out=out, today=TODAY)
    assert "Fonts belong into the image." in document.read_text("utf-8")


def test_every_finding_of_a_draft_names_the_field_or_the_line_it_stands_in(incident, tmp_path):
    folder = story.draft(incident, out=tmp_path / "out", today=TODAY).folder
    evaluation = json.loads((folder / "evaluation.json").read_text("utf-8"))
    lines = (folder / "postmortem.md").read_text("utf-8").splitlines()
    for finding in evaluation["documents"][0]["findings"]:
        assert 1 <= finding["line"] <= len(lines)
        assert finding.get("text", "") in "\n".join(lines)


def test_every_record_is_cited_or_set_aside_with_a_reason(incident, tmp_path):
    folder = story.draft(incident, out=tmp_path / "out", today=TODAY).folder
    rows = [json.loads(line) for line in (folder / "evidence.jsonl").read_text("utf-8").splitlines()[1:]]
    assert rows
    assert all(row["state"] == "cited" or row["reason"] for row in rows)


def test_a_failing_model_is_an_error_and_the_fallback_is_used_only_where_asked(
    incident, tmp_path, monkeypatch
):
    class Dead:
        writers = ("dead",)
        dropped = ()
        notices = ()

        def write(self, case):
            raise ModelError("dead: the service cannot be reached")

    def dead(models, case, people, settings, today, tell):
        built = hats_module.extractive(people, settings, today)
        author = (
            Dead() if settings.fallback is None else AuthorWithStandIn(Dead(), built.author, Service(), tell)
        )
        return Hats(author, built.tracker, meter=hats_module.Meter())

    monkeypatch.setattr(story, "open_models", lambda asking, settings, tell: "models")
    monkeypatch.setattr(story, "played_by", dead)
    with pytest.raises(ModelError):
        story.draft(incident, model="openai:dead", today=TODAY)
    settings = story.load_settings(None, incident).model_copy(update={"fallback": "extractive"})
    result = story.draft(incident, model="openai:dead", settings=settings, today=TODAY, out=tmp_path / "out")
    assert result.run.model_asked == "openai:dead"
    assert result.run.written_by.sentences == ("extractive",)
    assert "Written by: sentences the built-in engine;" in (result.folder / "postmortem.md").read_text(
        "utf-8"
    )


def test_an_incident_that_is_not_there_is_bad_input(tmp_path):
    with pytest.raises(InputError):
        story.draft(tmp_path / "nowhere")
