"""Resolution and prevention: what ended it, what lasts, what is left, and which systemic measures the records hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from pipeline.agents.author.passages import passages, statement
from pipeline.agents.author.phrases import clock, day, said, sentence
from pipeline.agents.author.places import above, place, step_of
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.extractive import told_actions
from pipeline.agents.tracker.merging import Action
from pipeline.evidence.likeness import content, overlap
from pipeline.evidence.wording import clean
from pipeline.language.event_classes import read_event
from pipeline.language.measures import is_systemic, rank_of
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Factor, Narrative, Prevention, Statement
from pipeline.models.record import Record

_MOST_STEPS, _MOST_FIXES, _MOST_LEFT, _MOST_MEASURES = 3, 4, 4, 10
_SOON = timedelta(minutes=15)
_RESULT = re.compile(r"\b(?:after|result|effect|outcome)\b", re.I)
_ACTION = re.compile(r"\b(?:action|what|step|measure|command|done)\b", re.I)


def resolution(case: Case, people: People) -> tuple[Statement, ...]:
    """What ended the impact, the lasting fix, what is left to do or at risk, and the end of the incident."""
    told = [*ending(case)]
    fix = list(fixes(case, people))
    told += closing(case)
    told += fix[:_MOST_FIXES]
    told += list(passages(case, people, "difference"))[: 1 if fix else 2]
    told += list(left_over(case, people))[:_MOST_LEFT]
    return tuple(told)


def closing(case: Case) -> tuple[Statement, ...]:
    closed = case.milestones.resolved
    if closed.time is None:
        return ()
    words = f"The incident was closed at {clock(closed.time)} on {day(closed.time)}."
    return (Statement(text=words, evidence=closed.evidence[:1], basis="observed"),)


def ending(case: Case) -> tuple[Statement, ...]:
    """The steps that had an effect, the last of them last: from the mitigation log, else as responders told them."""
    logged = [e for e in case.events if _logged(case, e) is not None and _in_time(case, e)]
    acted = [e for e in logged if not _changed_nothing(case, e)]
    said_so = [e for e in case.events if _intervenes(e) and _in_time(case, e) and not _in_vain(case, e)]
    return tuple(_step(case, e) for e in (acted or said_so)[-_MOST_STEPS:])


def _logged(case: Case, event: Event) -> Record | None:
    """The mitigation log's own record of a step."""
    return next(
        (
            r
            for i in event.evidence
            if (r := case.record(i)).document == "mitigation log"
            and r.kind in ("row", "field")
            and place(r) == "mitigation"
        ),
        None,
    )


def _intervenes(event: Event) -> bool:
    reading = read_event(event.text)
    return (
        event.act in ("did", "decided")
        and bool({"ATT", "MIT"} & set(event.classes))
        and reading.has("intervene", "decide")
        and not reading.failed
        and "?" not in event.text
    )


def _in_vain(case: Case, event: Event) -> bool:
    """Whether the same person soon reports of the same thing that it did not help."""
    return any(
        later.actor == event.actor
        and timedelta(0) < later.time - event.time <= _SOON
        and read_event(later.text).failed
        and content(later.text) & content(event.text)
        for later in case.events
    )


def _in_time(case: Case, event: Event) -> bool:
    start, end = case.milestones.detected.time, case.milestones.resolved.time
    return (start is None or event.time >= start) and (end is None or event.time <= end)


def _changed_nothing(case: Case, event: Event) -> bool:
    texts = [event.text] + [c for i in event.evidence for h, c in case.record(i).columns if _RESULT.search(h)]
    return any(read_event(t).failed for t in texts)


def _step(case: Case, event: Event) -> Statement:
    """`09:11 UTC, Lin Zhao: published table 2026-4 again as current. Result: 0.3 % refused at 09:14.`"""
    row = _logged(case, event)
    if row is None:
        return Statement(
            text=said(event.actor, event.time, event.text)
            if event.quoted
            else f"{clock(event.time)}: {event.text}",
            evidence=event.evidence,
            basis="stated",
        )
    cells = dict(row.columns)
    done = next((c for h, c in cells.items() if _ACTION.search(h)), "")
    result = next((c for h, c in cells.items() if _RESULT.search(h) and not _ACTION.search(h)), "")
    if not done:
        done = step_of(row) if row.kind == "field" else clean(row.text)
    evidence = event.evidence
    if row.kind == "field" and (stands_under := above(case, row)) is not None:
        evidence = (*evidence, stands_under.id)
    when = clock(event.time) + (
        f", {row.actor}" if row.actor and row.actor_kind in ("person", "role", "team") else ""
    )
    words = f"{when}: {done.rstrip('.')}" + (f". Result: {result}" if result else "")
    return Statement(text=words if words.endswith(".") else f"{words}.", evidence=evidence, basis="observed")


def fixes(case: Case, people: People) -> Iterator[Statement]:
    """Sentences on the lasting fix and its tests, of the resolution summary first."""
    found = [
        s
        for r in case.records
        if r.document is not None and place(r) in ("fix", "tests") and (s := statement(r, people)) is not None
    ]
    yield from sorted(found, key=lambda s: case.record(s.evidence[0]).document != "resolution summary")


def left_over(case: Case, people: People) -> Iterator[Statement]:
    """Cleanup, the same defect elsewhere and remaining risk; cleanup of the log only where no summary tells more."""
    summary = [
        s
        for s in passages(case, people, "cleanup", "elsewhere")
        if _document(case, s) == "resolution summary"
    ]
    log = [
        s
        for s in passages(case, people, "cleanup", "remaining risk")
        if _document(case, s) != "resolution summary"
    ]
    done = {i for a in _actions(case) if a.claim.state == "done" for i in a.evidence}
    yield from summary
    yield from (s for s in log if not done & set(s.evidence))


def _document(case: Case, s: Statement) -> str | None:
    return case.record(s.evidence[0]).document


def prevention(case: Case, people: People, factors: tuple[Factor, ...]) -> tuple[Prevention, ...]:
    """Systemic measures that the artifacts hold. The extractive author proposes none of its own."""
    found: list[Prevention] = []
    addressed = _Addressed(factors)
    for text, evidence in _measures(case, people):
        rank = rank_of(text)
        if rank in (None, "administrative") or not is_systemic(text) or len(text.split()) < 4:
            continue
        if any(overlap(text, p.statement) >= 0.6 for p in found):
            continue
        found.append(
            Prevention(
                id=f"P{len(found) + 1}",
                statement=text,
                addresses=addressed.by(text),
                rank=rank,
                basis="stated",
                evidence=evidence,
            )
        )
    return tuple(found[:_MOST_MEASURES])


def _measures(case: Case, people: People) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is owed, what documents list as measures, and the fix itself where it changes a mechanism."""
    for action in _actions(case):
        if action.claim.state == "open":
            yield sentence(action.title), action.evidence
    for s in passages(case, people, "measures", kinds=("statement", "task")):
        yield s.text, s.evidence
    for s in fixes(case, people):
        if _document(case, s) == "resolution summary" and place(case.record(s.evidence[0])) == "fix":
            yield s.text, s.evidence


def _actions(case: Case) -> Sequence[Action]:
    return told_actions(Context(case, Narrative(title=case.incident.id)))


class _Addressed:
    """Which factors a measure meets, by the words they share; a word that one factor alone has counts most."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        self._factors = [(f.id, content(f.statement)) for f in factors]
        self._often = Counter(w for _, words in self._factors for w in words)

    def by(self, text: str) -> tuple[str, ...]:
        words = content(text)
        scored = [
            (sum(1 / self._often[w] for w in words & about), len(words & about), i)
            for i, about in self._factors
        ]
        best = max((score for score, _, _ in scored), default=0.0)
        return tuple(i for score, shared, i in scored if shared >= 2 and score >= max(1.0, 0.8 * best))[:2]
