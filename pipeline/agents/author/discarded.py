"""Hypotheses that fell: from the documents, and from responders who ruled one out, in their own words."""

from __future__ import annotations

import re

from pipeline.agents.author.passages import statement
from pipeline.agents.author.phrases import clock, said
from pipeline.evidence.wording import quotable
from pipeline.language.event_classes import read_event
from pipeline.language.people import People
from pipeline.models.case import Case, Hypothesis
from pipeline.models.postmortem import RuledOut

_MOST = 6
_NEGATION = re.compile(r"\b(?:not?|nope|never|nothing|none|neither|cannot)\b|n['’]t\b", re.I)


def ruled_out(case: Case, people: People) -> tuple[RuledOut, ...]:
    """Where a document lists them, an attempt without effect is no hypothesis: the timeline tells it. Where
    none does, it stands for the cause that it was an attempt at."""
    listed = any(case.record(h.evidence[0]).kind != "message" for h in case.ruled_out)
    told = [r for h in case.ruled_out if (r := _told(case, h, people, attempts=not listed)) is not None]
    return tuple(told[:_MOST])


def _told(case: Case, fell: Hypothesis, people: People, *, attempts: bool) -> RuledOut | None:
    record = case.record(fell.evidence[0])
    if record.kind != "message":
        made = statement(record, people)
        return RuledOut(statement=made.text, evidence=fell.evidence) if made is not None else None
    suspected = _suspicion(case, fell)
    event = next((e for e in case.events if record.id in e.evidence), None)
    words = quotable(record.text, people)
    if words is None:
        return None
    reading = read_event(words)
    denies = _NEGATION.search(words) is not None and (
        suspected is not None or (event is not None and event.act == "ruled out")
    )
    if not denies and not (attempts and reading.has("no effect")):
        return None
    text = said(record.actor or "A responder", record.time, words)
    if suspected is not None:
        before = case.record(suspected)
        if before.time is not None:
            text = f"Suspected at {clock(before.time)}; {text}"
    return RuledOut(
        statement=text, evidence=tuple(dict.fromkeys((record.id, *([suspected] if suspected else []))))
    )


def _suspicion(case: Case, fell: Hypothesis) -> str | None:
    """The record of the suspicion that this one refuted, where it was told as such."""
    refuted = {i for e in case.events if e.refuted_by for i in e.evidence}
    return next((i for i in fell.evidence[1:] if i in refuted), None)
