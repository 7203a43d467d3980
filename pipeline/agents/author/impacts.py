"""Who was affected, how much and how long: the final account first, an interim one only where no other exists."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.agents.author.passages import passages, statement, tells_duration
from pipeline.agents.author.phrases import apart, clock, day, said
from pipeline.agents.author.places import place
from pipeline.evidence.likeness import marks, overlap
from pipeline.evidence.wording import quotable
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.postmortem import Statement
from pipeline.models.record import Record

_ORDER = {"resolution summary": 0, "root cause": 1, None: 2, "mitigation log": 3, "incident brief": 4}
_MOST = 9


def impact(case: Case, people: People) -> tuple[Statement, ...]:
    """Statements of impact: what documents call final, what was counted afterwards, whom it reached, what the
    mitigation cost; where nothing is final, what was known while it lasted."""
    final = final_impact(case, people)
    told = list(final)
    told += [s for s in _counted_later(case, people) if not _is_told(s, told)]
    if not told:
        told = list(passages(case, people, "impact so far"))
    told += [s for s in passages(case, people, "scope") if not _is_told(s, told)][:4]
    told += [s for s in passages(case, people, "side effects") if not _is_told(s, told)][:2]
    duration = lasted(case)
    if duration is not None and not any(tells_duration(s.text) for s in final):
        told.insert(0, duration)
    return tuple(told[:_MOST])


def final_impact(case: Case, people: People) -> tuple[Statement, ...]:
    """What the latest document says of impact: the resolution summary where it does, else another."""
    written = list(passages(case, people, "impact"))
    documents = sorted({_ORDER[case.record(s.evidence[0]).document] for s in written})
    return tuple(s for s in written if _ORDER[case.record(s.evidence[0]).document] == documents[0])


def lasted(case: Case) -> Statement | None:
    """How long impact lasted, from the two records that bound it."""
    start, end = case.milestones.onset, case.milestones.mitigated
    if start.time is None or end.time is None or end.time <= start.time:
        return None
    until = (
        clock(end.time) if end.time.date() == start.time.date() else f"{clock(end.time)} on {day(end.time)}"
    )
    return Statement(
        text=f"Impact lasted {apart(start.time, end.time)}, from {clock(start.time)} on {day(start.time)} until {until}.",
        evidence=tuple(dict.fromkeys(start.evidence[:1] + end.evidence[:1])),
        basis="observed",
    )


def _counted_later(case: Case, people: People) -> Iterator[Statement]:
    """Counts that people gave once impact was over; what was counted while it lasted is a reading, not a size."""
    over = case.milestones.mitigated.time or case.milestones.resolved.time
    seen: set[str] = set()
    for figure in case.figures:
        for record_id in figure.evidence[:1]:
            record = case.record(record_id)
            if not figure.final or figure.unit == "minutes" or record_id in seen:
                continue
            if record.document is None and record.time and over and record.time >= over:
                seen.add(record_id)
                made = _counted(record, people)
                if made is not None:
                    yield made


def _counted(record: Record, people: People) -> Statement | None:
    if record.kind == "message":
        words = quotable(record.text, people)
        if words is None:
            return None
        return Statement(text=said(record.actor or "A responder", record.time, words), evidence=(record.id,))
    return statement(record, people) if place(record) in ("impact", "scope", "other") else None


def _is_told(s: Statement, told: list[Statement]) -> bool:
    """Whether the same is said already: the same numbers and most of the words."""
    return any(
        set(s.evidence) & set(t.evidence)
        or (overlap(s.text, t.text) >= 0.7 and marks(s.text) <= marks(t.text))
        for t in told
    )
