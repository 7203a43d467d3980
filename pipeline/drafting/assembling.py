"""A narrative and the facts of its case, put together into the postmortem."""

from __future__ import annotations

from pipeline.models.case import Case
from pipeline.models.postmortem import Heading, Impact, Narrative, Postmortem, Status


def assemble(case: Case, narrative: Narrative, *, status: Status = "draft") -> Postmortem:
    """The author's sentences beside what code computed: milestones, latencies, figures, gaps, conflicts."""
    incident = case.incident
    return Postmortem(
        incident=Heading(
            id=incident.id, title=narrative.title, severity=incident.severity, timezone=incident.timezone
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
    )
