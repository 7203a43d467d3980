"""A narrative and the facts of its case, put together into the postmortem."""

from __future__ import annotations

import re

from pipeline.models.case import Case
from pipeline.models.postmortem import Account, Heading, Impact, Narrative, Postmortem, Status, Writers

_SEVERITY = re.compile(r"\bsev(?:erity)?[ -]?([0-5])\b", re.I)


def assemble(case: Case, narrative: Narrative, writers: Writers, *, status: Status = "draft") -> Postmortem:
    """The author's sentences beside what code computed: milestones, latencies, figures, gaps, conflicts."""
    incident = case.incident
    return Postmortem(
        incident=Heading(
            id=incident.id,
            title=narrative.title,
            severity=incident.severity or _declared_severity(case),
            timezone=incident.timezone,
            commander=_commander(case),
        ),
        status=status,
        summary=narrative.summary,
        detection=narrative.detection,
        resolution=narrative.resolution,
        impact=Impact(statements=narrative.impact, figures=case.figures),
        timeline=narrative.timeline,
        gaps=case.gaps,
        milestones=case.milestones,
        latencies=case.latencies,
        root_cause=narrative.root_cause,
        contributing_factors=narrative.contributing_factors,
        ruled_out=narrative.ruled_out,
        prevention=narrative.prevention,
        went_well=narrative.went_well,
        went_poorly=narrative.went_poorly,
        lucky=narrative.lucky,
        lessons=narrative.lessons,
        open_questions=narrative.open_questions,
        conflicts=case.conflicts,
        inputs=case.inputs,
        external_ids=case.external_ids,
        written_by=writers,
    )


def _commander(case: Case) -> Account | None:
    """Whoever is the first named lead: the person behind the record that ends the coordination latency."""
    named = case.latencies.coordination.to
    lead = next((e for e in case.events if named in e.evidence), None)
    if lead is None or lead.actor_kind != "person" or named is None:
        return None
    return Account(value=lead.actor, evidence=(named,))


def _declared_severity(case: Case) -> str | None:
    """The severity that somebody called out when the incident was declared, where no document or file gives one."""
    for event in case.events:
        if event.act in ("declared", "handed over") and (called := _SEVERITY.search(event.text)):
            return f"SEV{called[1]}"
    return None
