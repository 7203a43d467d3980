"""Root cause and contributing factors: from the documents, else from what responders said, worded as said."""

from __future__ import annotations

import re

from pipeline.agents.author.passages import part, passages, statement
from pipeline.agents.author.phrases import said, sentence
from pipeline.evidence.wording import clean, quotable
from pipeline.language.event_classes import read_event
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Factor, FactorKind, Statement
from pipeline.models.record import Record

# A latent condition, by its form: something expected is absent, indistinct, or covers less than all.
_CONDITION = re.compile(
    r"\b(?:no(?:body|thing| one|ne)?|never|not? \w+ (?:had|has|have|is|are|was|were)|without|only|not only|missing|lacks?|"
    r"(?:do|does|did|is|are|was|were|has|have|had)(?: not|n['’]t)|unaware|unmonitored|undocumented|unread|cannot|can['’]t|"
    r"same (?:colou?r|prompt|name|path)|look(?:s|ed)? the same|indistinguishable|bounce[sd]?|silent(?:ly)?|because|due to)\b",
    re.I,
)
_CAUSE = re.compile(
    r"\b(?:because|caused by|root cause|due to|that['’]s it|turns? out|it is our|it's our|which we|the (?:problem|cause|reason) (?:is|was)|"
    r"never|since (?:the|we|v)|so the|explains)\b|=\s*\d+\s*>|->",
    re.I,
)
_KINDS: tuple[tuple[FactorKind, re.Pattern[str]], ...] = (
    (
        "detection",
        re.compile(
            r"alert|monitor|alarm|page[ds]?\b|probe|dashboard|detect|notif|hear it|mails?\b|bounce|threshold|log(?:s|ged)?\b",
            re.I,
        ),
    ),
    (
        "organisation",
        re.compile(
            r"\bown(?:s|er|ership|ed)?\b|team|staff|budget|priorit|nobody(?:['’]s)? (?:owns|board)|handover|on-?call|vacation|left in|contract",
            re.I,
        ),
    ),
    (
        "process",
        re.compile(
            r"review|process|procedure|runbook|checklist|test(?:ed|s|ing)?\b|rehears|canary|staging|release|approval|change (?:request|window)|migration list|written down|document",
            re.I,
        ),
    ),
    (
        "information or tooling",
        re.compile(
            r"prompt|console|name[sd]?\b|colou?r|tool|screen|error text|message|indistinguish|look the same|label|docs?\b|shows?\b|dashboard",
            re.I,
        ),
    ),
    ("response", re.compile(r"respon|escalat|rollback took|access|credential|vpn|late|slow to", re.I)),
)


def root_cause(case: Case, people: People) -> tuple[Statement, ...]:
    """Statements of the cause. Without a root-cause document they say who said so."""
    written = [
        s
        for s in passages(case, people, "root cause", kinds=("statement", "field", "row"))
        if not _is_factor(case, s)
    ]
    if written:
        return tuple(written[:6])
    told = [e for e in case.events if _names_cause(e)]
    return tuple(_as_said(e) for e in told[:5])


def _names_cause(event: Event) -> bool:
    if event.refuted_by or event.act in ("asked", "suspected", "planned", "posted", "declared"):
        return False
    reading = read_event(event.text)
    if reading.question and not _CAUSE.search(event.text):
        return False
    return bool(_CAUSE.search(event.text)) or (
        "DIA" in event.classes
        and reading.has("trigger")
        and event.act in ("found", "did", "wrote", "ruled out")
    )


def _as_said(event: Event) -> Statement:
    if not event.quoted:
        return Statement(text=sentence(event.text), evidence=event.evidence, basis="stated")
    return Statement(
        text=said(event.actor, event.time, event.text), evidence=event.evidence[:2], basis="stated"
    )


def _is_factor(case: Case, s: Statement) -> bool:
    return any(_factor_section(case.record(e)) for e in s.evidence)


def _factor_section(record: Record) -> bool:
    return any("factor" in h.lower() or "contribut" in h.lower() for h in record.section.split(" > "))


def contributing_factors(case: Case, people: People) -> tuple[Factor, ...]:
    """Factors that the documents list; else conditions that responders named after the cause was known."""
    listed = [
        s
        for r in case.records
        if r.kind in ("statement", "row", "field", "task") and part(r) == "root cause" and _factor_section(r)
        if (s := statement(r, people)) is not None
    ]
    if not listed:
        listed = _said_conditions(case, people)
    merged = _per_item(case, listed)
    return tuple(
        Factor(id=f"F{i}", statement=s.text, kind=kind_of(s.text), basis=s.basis, evidence=s.evidence)
        for i, s in enumerate(merged[:10], start=1)
    )


def _per_item(case: Case, listed: list[Statement]) -> list[Statement]:
    """Sentences of one bullet are one factor."""
    merged: list[tuple[str, Statement]] = []
    for s in listed:
        record = case.record(s.evidence[0])
        key = f"{record.source}:{record.locator}"
        if merged and merged[-1][0] == key:
            before = merged[-1][1]
            merged[-1] = (
                key,
                before.model_copy(
                    update={
                        "text": f"{before.text} {s.text}",
                        "evidence": tuple(dict.fromkeys(before.evidence + s.evidence)),
                    }
                ),
            )
        else:
            merged.append((key, s))
    return [s for _, s in merged]


def _said_conditions(case: Case, people: People) -> list[Statement]:
    """What responders said of a standing condition: absent, unread, indistinct, known to nobody."""
    start = case.milestones.detected.time
    found: list[Statement] = []
    for r in case.records:
        if r.kind != "message" or r.time is None or (start and r.time < start):
            continue
        words = quotable(clean(r.text), people)
        if not words or not _CONDITION.search(words) or words.rstrip().endswith("?"):
            continue
        reading = read_event(words)
        if len(words.split()) < 6 or reading.strength < 0.5 or reading.has("chatter"):
            continue
        found.append(Statement(text=said(r.actor or "A responder", r.time, words), evidence=(r.id,)))
    return found[:8]


def kind_of(text: str) -> FactorKind:
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return "technical"
