"""An edited document judged again: its records are read back from evidence.jsonl, since the artifacts may be gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.agents.judge.judge import Judge
from pipeline.config import Settings
from pipeline.documents.parse import parse
from pipeline.drafting.evaluating import PROFILE, hold
from pipeline.drafting.evidence_file import read_evidence
from pipeline.drafting.kept_judgements import kept_judgements
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Evaluation, Gate
from pipeline.models.evidence import EvidenceRow
from pipeline.models.incident import Incident, Person
from pipeline.models.postmortem import Postmortem
from pipeline.models.record import Record
from pipeline.rubric.engine import evaluate
from pipeline.rubric.means import Means


def evaluate_edited(
    folder: Path,
    text: str,
    postmortem: Postmortem,
    items: ActionItems,
    settings: Settings,
    today: date,
    *,
    gate: Gate = "draft",
    asked: Judge | None = None,
) -> Evaluation:
    """The verdict on a person's text. Findings carry lines; the caller places them in the data.

    Where no judge is asked anew, what one said before the edit counts as far as it still holds. Raises ModelError
    where the judge's service failed.
    """
    records = tuple(_record(row) for row in read_evidence(folder) if row.state != "unread" and not row.last)
    incident = Incident(
        name=folder.name,
        id=postmortem.incident.id,
        title=postmortem.incident.title,
        severity=postmortem.incident.severity,
        timezone=postmortem.incident.timezone,
        roster=_people(records, postmortem, items),
    )
    case = Case(
        incident=incident,
        records=records,
        milestones=postmortem.milestones,
        latencies=postmortem.latencies,
        figures=postmortem.impact.figures,
        gaps=postmortem.gaps,
        conflicts=postmortem.conflicts,
        inputs=postmortem.inputs,
    )
    means = Means(
        today=today,
        people=People.from_roster(incident.roster),
        roster=incident.roster,
        timezone=incident.timezone,
        case=case,
        postmortem=postmortem,
        items=items,
        edited=True,
        item_cap=settings.item_cap,
        judge_advises=settings.judge == "advise",
    )
    document = parse(text, "postmortem.md", roster=means.roster, timezone=means.timezone)
    if asked is None and settings.judge != "off":
        means = replace(means, judgements=kept_judgements(folder, document, postmortem, items))
    result = hold(document, means, gate, PROFILE, asked)
    return evaluate([result], gate, PROFILE)


def _record(row: EvidenceRow) -> Record:
    return Record(
        id=row.id,
        source=row.source,
        locator=row.locator,
        kind="text",
        text=row.text,
        time=row.time,
        until=row.until,
        precision=row.precision,
        zone_basis=row.zone_basis or "no time",
        actor=row.actor,
    )


def _people(records: tuple[Record, ...], postmortem: Postmortem, items: ActionItems) -> tuple[Person, ...]:
    """Who the draft knows as people: actors of its timeline, and owners of its items."""
    acting = {e.actor for e in postmortem.timeline if e.actor_kind == "person"}
    owning = {i.owner.name for i in items.items if i.owner and i.owner.kind == "person"}
    said = {r.actor for r in records if r.actor in acting}
    return tuple(Person(name=name, source="postmortem.json") for name in sorted(acting | owning | said))
