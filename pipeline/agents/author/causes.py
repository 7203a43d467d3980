"""Root cause and contributing factors: from the documents, else from what responders said, worded as said."""

from __future__ import annotations

import re
from datetime import datetime

from pipeline.agents.author.explanations import said_causes, said_conditions
from pipeline.agents.author.passages import records_at, statement
from pipeline.agents.author.phrases import capital, clock, day, said
from pipeline.evidence.wording import quotable
from pipeline.language.people import People
from pipeline.language.polarity import is_hedged
from pipeline.models.case import Case
from pipeline.models.postmortem import Factor, FactorKind, Statement
from pipeline.models.record import Record

_CALLED_CAUSE = re.compile(r"\broot[ -]cause\b\s*(?:is|was|=|:)", re.I)
_MOST_CAUSES, _MOST_FACTORS = 6, 10
# Kinds of factor by what the sentence is about; the first that applies names it.
_KINDS: tuple[tuple[FactorKind, str], ...] = (
    (
        "detection",
        r"alert\w*|monitor\w*|alarms?|paged|pager|probes?|dashboards?|detect\w*|notif\w+|bounce[ds]?|thresholds?|hear|mails?",
    ),
    (
        "organisation",
        r"own(?:s|er|ers|ership|ed)|staff\w*|budget|priorit\w+|nobody|hand-?overs?|on-?call|vacation|contract",
    ),
    (
        "process",
        r"reviews?|process\w*|procedures?|runbooks?|checklists?|tests?|tested|testing|rehears\w+|canary|staging|releases?"
        r"|approv\w+|calendar|templates?|acceptance|documented|written down|migration list",
    ),
    (
        "information or tooling",
        r"prompts?|consoles?|names?|named|colou?rs?|tools?|tooling|screens?|error (?:text|message)s?|indistinguish\w+|labels?"
        r"|look(?:s|ed)? (?:the same|like)|docs?|shown?|silent\w*",
    ),
    ("response", r"respon\w+|escalat\w+|access|credentials?|vpn|slow to"),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _KINDS)


def root_cause(case: Case, people: People) -> tuple[Statement, ...]:
    """Statements of the cause, from a document that tells it; else what responders said, as they said it."""
    resolved = case.milestones.resolved.time
    written = [
        s
        for r in records_at(case, "cause")
        if r.document is not None and (s := _dated(r, people, resolved)) is not None
    ]
    reviewed = [s for s in written if case.record(s.evidence[0]).document == "root cause"]
    told = reviewed or written or (*_labelled(case, people), *said_causes(case, people))
    return tuple(dict.fromkeys(told))[:_MOST_CAUSES]


def _labelled(case: Case, people: People) -> tuple[Statement, ...]:
    """What a responder called the root cause in so many words."""
    found = []
    for r in case.records:
        words = quotable(r.text, people) if r.kind == "message" and _CALLED_CAUSE.search(r.text) else None
        if words and _CALLED_CAUSE.search(words) and not is_hedged(words) and not words.endswith("?"):
            found.append(Statement(text=said(r.actor or "A responder", r.time, words), evidence=(r.id,)))
    return tuple(found[-2:])


def _dated(record: Record, people: People, resolved: datetime | None) -> Statement | None:
    """A dated row of the chain keeps its time: a cause without its moment is half told."""
    made = statement(record, people)
    if made is None or record.kind != "row" or record.time is None:
        return made
    if resolved is not None and record.time > resolved:
        return made  # a time that cannot be right is not told
    moment = clock(record.time, seconds=record.precision == "exact")
    first = made.text.split(" ", 1)[0]
    words = (
        made.text[0].lower() + made.text[1:] if first.istitle() and record.text[0].islower() else made.text
    )
    return made.model_copy(update={"text": f"At {moment} on {day(record.time)}, {words}"})


def contributing_factors(case: Case, people: People) -> tuple[Factor, ...]:
    """Factors that the documents list; else conditions that responders named."""
    listed = [s for r in records_at(case, "factors") if (s := statement(r, people)) is not None]
    merged = _per_item(case, listed) if listed else said_conditions(case, people)
    return tuple(
        Factor(
            id=f"F{i}", statement=capital(s.text), kind=kind_of(s.text), basis=s.basis, evidence=s.evidence
        )
        for i, s in enumerate(merged[:_MOST_FACTORS], start=1)
    )


def _per_item(case: Case, listed: list[Statement]) -> list[Statement]:
    """Sentences of one bullet are one factor."""
    merged: dict[str, Statement] = {}
    for s in listed:
        record = case.record(s.evidence[0])
        key = f"{record.source}:{record.locator}"
        before = merged.get(key)
        if before is not None:
            evidence = tuple(dict.fromkeys(before.evidence + s.evidence))
            s = before.model_copy(update={"text": f"{before.text} {s.text}", "evidence": evidence})
        merged[key] = s
    return list(merged.values())


def kind_of(text: str) -> FactorKind:
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), "technical")
