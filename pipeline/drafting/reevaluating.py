"""An edited document judged again: its records are read back from evidence.jsonl, since the artifacts may be gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.config import Settings
from pipeline.drafting.evaluating import PROFILE
from pipeline.drafting.evidence_file import read_evidence
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Evaluation, Gate
from pipeline.models.evidence import EvidenceRow
from pipeline.models.incident import Incident, Person
from pipeline.models.postmortem import Postmortem
from pipeline.models.record import Record
from pipeline.rubric.engine import check, evaluate
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
) -> Evaluation:
    """The verdict on a person's text. Findings carry lines; the caller places them in the data."""
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
    )
    result = check(text, path="postmortem.md", gate=gate, profile=PROFILE, means=means)
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
