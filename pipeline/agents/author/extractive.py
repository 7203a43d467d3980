"""The author that is built in: it fills every part from records, deterministic, with no model and no network."""

from __future__ import annotations

import re

from pipeline.agents.author import causes, hindsight, impacts, remedies
from pipeline.agents.author.detection import detection
from pipeline.agents.author.discarded import ruled_out
from pipeline.agents.author.mending import mend
from pipeline.agents.author.phrases import capital, entry
from pipeline.agents.author.questions import open_questions
from pipeline.agents.author.summary import summary
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import EXTRACTIVE, Narrative, TimelineEntry
from pipeline.models.removal import Dropped


class ExtractiveAuthor:
    """Writes no sentence without a record; what no record tells becomes an open question."""

    writers = (EXTRACTIVE,)

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
            title=title_of(case),
            detection=detection(case, people),
            impact=impacts.impact(case, people),
            resolution=remedies.resolution(case, people),
            timeline=timeline(case),
            root_cause=causes.root_cause(case, people),
            contributing_factors=factors,
            ruled_out=ruled_out(case, people),
            prevention=remedies.prevention(case, people, factors),
            went_well=hindsight.went_well(case, people),
            went_poorly=hindsight.went_poorly(case, people),
            lucky=hindsight.lucky(case, people),
            lessons=hindsight.lessons(case, people),
        )
        narrative = narrative.model_copy(update={"summary": summary(case, narrative, people)})
        return narrative.model_copy(update={"open_questions": open_questions(case, narrative)})

    def revise(self, case: Case, narrative: Narrative, findings: tuple[Finding, ...]) -> Narrative:
        return mend(case, narrative, findings, self._people, self._dropped)


_DETAIL = re.compile(r"\s*\([^)]*\)\.?$|\.$")


def timeline(case: Case) -> tuple[TimelineEntry, ...]:
    """An entry for each event; what one system tells twice of one moment, once with more detail, is one."""
    told: list[TimelineEntry] = []
    for made in (entry(case, e) for e in case.events):
        last = told[-1] if told else None
        if last is not None and _alike(last, made):
            evidence = tuple(dict.fromkeys(last.evidence + made.evidence))
            told[-1] = max(last, made, key=lambda t: len(t.event)).model_copy(update={"evidence": evidence})
        else:
            told.append(made)
    return tuple(told)


def _alike(a: TimelineEntry, b: TimelineEntry) -> bool:
    return (a.time, a.actor) == (b.time, b.actor) and _DETAIL.sub("", a.event) == _DETAIL.sub("", b.event)


_BRIEF = re.compile(r"^(?:short |incident )*brief\b\s*[-–—:]*\s*|\s*\b(?:incident )?brief$", re.I)


_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


def title_of(case: Case) -> str:
    """The incident's title; where that was a document's, without the document's name."""
    told = _BRIEF.sub("", case.incident.title or "").strip()
    if told.isupper() and len(told.split()) > 3:
        told = _MONTH.sub(lambda m: m[0].capitalize(), told.capitalize())
    return capital(told) if told else case.incident.id
