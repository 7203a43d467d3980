"""Who was affected, how much and how long: the final account first, interim ones told as such."""

from __future__ import annotations

from pipeline.agents.author.passages import passages, statement
from pipeline.agents.author.phrases import clock, day, minutes, said
from pipeline.evidence.wording import quotable
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.postmortem import Statement
from pipeline.models.record import Record

_ORDER = {"resolution summary": 0, "root cause": 1, None: 2, "mitigation log": 3, "incident brief": 4}


def impact(case: Case, people: People) -> tuple[Statement, ...]:
    """Statements of impact: of the resolution summary, else of other documents, else of those who counted."""
    written = sorted(
        passages(case, people, "impact"), key=lambda s: _ORDER[case.record(s.evidence[0]).document]
    )
    told = list(written[:6])
    cited = {e for s in told for e in s.evidence}
    for figure in case.figures:
        for record_id in figure.evidence[:1]:
            record = case.record(record_id)
            if figure.unit == "minutes" or record_id in cited or not figure.final:
                continue
            cited.add(record_id)
            made = _counted(record, people)
            if made is not None:
                told.append(made)
    duration = lasted(case)
    if duration is not None:
        told.append(duration)
    return tuple(told[:9])


def lasted(case: Case) -> Statement | None:
    """How long impact lasted, from the two records that bound it."""
    start, end = case.milestones.onset, case.milestones.mitigated
    if start.time is None or end.time is None or end.time <= start.time:
        return None
    length = minutes((end.time - start.time).total_seconds() / 60)
    until = (
        clock(end.time) if end.time.date() == start.time.date() else f"{clock(end.time)} on {day(end.time)}"
    )
    return Statement(
        text=f"Impact lasted {length}, from {clock(start.time)} on {day(start.time)} until {until}.",
        evidence=tuple(dict.fromkeys(start.evidence[:1] + end.evidence[:1])),
        basis="observed",
    )


def _counted(record: Record, people: People) -> Statement | None:
    if record.kind == "message":
        words = quotable(record.text, people)
        if words is None:
            return None
        return Statement(text=said(record.actor or "A responder", record.time, words), evidence=(record.id,))
    return statement(record, people)
