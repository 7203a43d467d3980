"""Resolution and prevention: what ended it, what lasts, and which systemic measures the records hold."""

from __future__ import annotations

from pipeline.agents.author.passages import passages, statement
from pipeline.agents.author.phrases import clock, said, sentence
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.extractive import told_actions
from pipeline.evidence.likeness import overlap, shared
from pipeline.language.measures import is_systemic, rank_of
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.postmortem import Factor, Narrative, Prevention, Statement


def resolution(case: Case, people: People) -> tuple[Statement, ...]:
    """The mitigation as the records show it, then the fix as the documents tell it."""
    told: list[Statement] = []
    for event in case.events:
        if "MIT" in event.classes and event.act in ("did", "observed") and len(told) < 4:
            words = (
                said(event.actor, event.time, event.text)
                if event.quoted
                else f"{clock(event.time)}: {event.text}"
            )
            told.append(Statement(text=words, evidence=event.evidence[:2], basis="observed"))
    fix = list(passages(case, people, "resolution", kinds=("statement", "field")))
    from_summary = [s for s in fix if case.record(s.evidence[0]).document == "resolution summary"]
    told += from_summary[:5] or fix[:4]
    ended = case.milestones.resolved
    if ended.time is not None:
        told.append(
            Statement(
                text=f"The incident was closed at {clock(ended.time)}.",
                evidence=ended.evidence[:1],
                basis="observed",
            )
        )
    return tuple(told[:9])


def prevention(case: Case, people: People, factors: tuple[Factor, ...]) -> tuple[Prevention, ...]:
    """Systemic measures that the artifacts hold. The extractive author proposes none of its own."""
    found: list[Prevention] = []
    for text, evidence in _measures(case, people):
        rank = rank_of(text)
        if rank is None or not is_systemic(text):
            continue
        if any(overlap(text, p.statement) >= 0.6 for p in found):
            continue
        found.append(
            Prevention(
                id=f"P{len(found) + 1}",
                statement=text,
                addresses=_addressed(text, factors),
                rank=rank,
                basis="stated",
                evidence=evidence,
            )
        )
    return tuple(found[:10])


def _measures(case: Case, people: People) -> list[tuple[str, tuple[str, ...]]]:
    written = [(s.text, s.evidence) for s in passages(case, people, "prevention", "actions")]
    told = told_actions(Context(case, Narrative(title=case.incident.id)))
    owed = [(sentence(a.title), a.evidence) for a in told if a.claim.state == "open"]
    fixes = [
        (s.text, s.evidence)
        for r in case.records
        if r.document == "resolution summary" and "fix" in r.section.lower()
        if (s := statement(r, people)) is not None
    ]
    return owed + written + fixes


def _addressed(text: str, factors: tuple[Factor, ...]) -> tuple[str, ...]:
    """Factors that share the most words with the measure; none where nothing is shared."""
    scored = [(shared(text, f.statement), f.id) for f in factors]
    best = max((n for n, _ in scored), default=0)
    return tuple(fid for n, fid in scored if n == best and n >= 2)[:2]
