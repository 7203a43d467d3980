"""The author that is built in: it fills every part from records, deterministic, with no model and no network."""

from __future__ import annotations

from pipeline.agents.author import causes, impacts, remedies
from pipeline.agents.author.detection import detection
from pipeline.agents.author.mending import mend
from pipeline.agents.author.passages import passages
from pipeline.agents.author.phrases import clock, day, entry, sentence
from pipeline.agents.author.questions import open_questions
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative, RuledOut, Statement
from pipeline.models.removal import Dropped


class ExtractiveAuthor:
    """Writes no sentence without a record; what no record tells becomes an open question."""

    name = "extractive"

    def __init__(self, people: People) -> None:
        self._people = people
        self._dropped: list[Dropped] = []

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return tuple(self._dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return ()

    def write(self, case: Case) -> Narrative:
        people = self._people
        factors = causes.contributing_factors(case, people)
        narrative = Narrative(
            title=case.incident.title or case.incident.id,
            detection=detection(case, people),
            impact=impacts.impact(case, people),
            resolution=remedies.resolution(case, people),
            timeline=tuple(entry(case, e) for e in case.events),
            root_cause=causes.root_cause(case, people),
            contributing_factors=factors,
            ruled_out=tuple(
                RuledOut(statement=sentence(h.text), evidence=h.evidence) for h in case.ruled_out
            ),
            prevention=remedies.prevention(case, people, factors),
            went_well=tuple(passages(case, people, "went well"))[:6],
            went_poorly=tuple(passages(case, people, "went poorly"))[:6],
            lucky=tuple(passages(case, people, "lucky"))[:4],
            lessons=tuple(passages(case, people, "lessons"))[:6],
        )
        narrative = narrative.model_copy(update={"summary": _summary(case, narrative)})
        return narrative.model_copy(update={"open_questions": open_questions(case, narrative)})

    def revise(self, case: Case, narrative: Narrative, findings: tuple[Finding, ...]) -> Narrative:
        return mend(case, narrative, findings, self._people, self._dropped)


def _summary(case: Case, narrative: Narrative) -> tuple[Statement, ...]:
    """Size, cause, detection, end, and what is still open: each the strongest sentence of its part."""
    told: list[Statement] = []
    duration = impacts.lasted(case)
    if duration is not None:
        told.append(duration)
    told += [s for s in narrative.impact if s != duration][:2]
    told += narrative.root_cause[:2]
    told += narrative.detection[:1]
    fixes = [s for s in narrative.resolution if case.record(s.evidence[0]).document == "resolution summary"]
    told += (fixes or list(narrative.resolution))[:1]
    ended = case.milestones.resolved
    if ended.time is not None:
        told.append(
            Statement(
                text=f"The incident was closed at {clock(ended.time)} on {day(ended.time)}.",
                evidence=ended.evidence[:1],
                basis="observed",
            )
        )
    return tuple(dict.fromkeys(told))
