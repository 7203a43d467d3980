"""The story of a draft, top to bottom: read, arrange, author, track, evaluate, revise, write."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings, load_settings
from pipeline.drafting.evaluating import Judged
from pipeline.drafting.files import files_of
from pipeline.drafting.folder import refuse_overwriting
from pipeline.drafting.hats import Asking, Hats, extractive, open_models, played_by
from pipeline.drafting.provenance import Run, provenance
from pipeline.drafting.rounds import Judging, Progress, Table, write
from pipeline.drafting.write import write_draft
from pipeline.errors import ModelError
from pipeline.evidence.arrange import arrange
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Evaluation, Gate, Verdict
from pipeline.models.incident import Person
from pipeline.models.postmortem import Postmortem
from pipeline.models.record import Artifacts


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A draft, accepted or rejected; a rejected one is a value, not an error. `folder` is None where nothing was written."""

    verdict: Verdict
    postmortem: Postmortem
    action_items: ActionItems
    evaluation: Evaluation
    case: Case = field(repr=False)
    run: Run = field(repr=False)
    folder: Path | None = None


def draft(
    incident: str | Path,
    *,
    out: Path | None = None,
    model: str | Asking | None = None,
    settings: Settings | None = None,
    gate: Gate = "draft",
    today: date | None = None,
    replace: bool = False,
    rounds: int | None = None,
    progress: Progress | None = None,
) -> DraftResult:
    """Drafts one incident. `incident` is a folder, .zip or .tar.gz; `model` is PROVIDER:NAME or None.

    Times in the result are UTC. Raises InputError for bad input, ModelError where the model service
    failed after retries, RefusedError where a person's work would be overwritten.
    """
    tell = progress or (lambda _: None)
    started = time.monotonic()
    path = Path(incident)
    settings = settings or load_settings(None, path)
    today = today or datetime.now(UTC).date()
    asking = Asking(model) if isinstance(model, str) else model

    tell("reading the artifacts")
    artifacts = load_incident(path, settings=settings)
    folder = None if out is None else out / artifacts.incident.name
    if folder is not None:
        refuse_overwriting(folder, replace=replace)
        artifacts = with_kept_ids(artifacts, folder)
    for notice in artifacts.notices:
        tell(f"note: {notice}")

    tell(f"arranging {len(artifacts.records)} records")
    people = people_of(artifacts)
    case = arrange(artifacts, people)

    most = settings.max_rounds if rounds is None else rounds
    table = Table(case, people, gate, today, settings, most, tell)
    models = open_models(asking, settings, tell) if asking else None
    built_in = extractive(people, settings, today)
    hats = playing = played_by(models, case, people, settings, today, tell) if models else built_in
    judged, history = _write(table, hats)
    if models and settings.fallback and (judged is None or judged.evaluation.verdict == "rejected"):
        tell("the model's draft did not pass; the built-in engine drafts, as --fallback asks")
        # A judge that was reached judges whoever writes; where the service has failed, the rules decide alone.
        playing = dataclasses.replace(built_in, judge=hats.judge if judged else None)
        judged, more = write(table, playing)
        history = (*history, *more)
    assert judged is not None  # without a fallback, a failed model has raised
    for notice in hats.notices:
        tell(f"note: {notice}")

    run = provenance(
        artifacts,
        hats,
        playing,
        asking.spec if asking else None,
        history,
        gate=gate,
        today=today,
        started=started,
    )
    if folder is not None:
        tell("writing")
        write_draft(folder, files_of(case, judged, run), replace=replace)
    return DraftResult(
        verdict=judged.evaluation.verdict,
        postmortem=judged.postmortem,
        action_items=judged.items,
        evaluation=judged.evaluation,
        case=case,
        run=run,
        folder=folder,
    )


def _write(table: Table, hats: Hats) -> tuple[Judged | None, tuple[Judging, ...]]:
    """None where the model's service failed and the built-in engine is to draft instead."""
    try:
        return write(table, hats)
    except ModelError as error:
        if hats.meter is None or not table.settings.fallback:
            raise
        table.tell(f"note: {error}")
        return None, ()


def people_of(artifacts: Artifacts) -> People:
    """The roster, and everybody whom a record shows acting."""
    roster = artifacts.incident.roster
    known = {p.name.lower() for p in roster}
    seen: dict[str, Person] = {}
    for r in artifacts.records:
        if r.actor and r.actor_kind == "person" and r.actor.lower() not in known:
            seen.setdefault(r.actor, Person(name=r.actor, source=r.source))
    return People.from_roster((*roster, *seen.values()), artifacts.incident.services)


def with_kept_ids(artifacts: Artifacts, folder: Path) -> Artifacts:
    """Records that an earlier draft in this folder has seen keep their ids, so that marks stay true."""
    from pipeline.drafting.evidence_file import keep_ids, read_evidence

    mapping = keep_ids(read_evidence(folder), artifacts.records)
    records = tuple(
        r.model_copy(update={"id": mapping[r.id], "thread": mapping.get(r.thread or "", r.thread)})
        for r in artifacts.records
    )
    return artifacts.model_copy(update={"records": records})
