"""The postmortem as data (schema `postmortem/1`), and the part of it that an author writes."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from pipeline.models.base import ActorKind, Basis, EventClass, Frozen, Precision, UtcTime

Ids = tuple[str, ...]
Rank = Literal["eliminate", "substitute", "guard", "detect", "administrative"]
FactorKind = Literal[
    "technical", "process", "information or tooling", "detection", "response", "organisation"
]
EXTRACTIVE = "extractive"  # who writes where no model does
Status = Literal["rejected", "draft", "ready", "approved", "published"]


class Statement(Frozen):
    """One sentence, the ids of the records behind it, and what kind of claim it is."""

    text: str
    evidence: Ids = ()
    basis: Basis = "stated"


class Figure(Frozen):
    what: str
    value: float | int | str
    unit: str
    approximate: bool = False
    final: bool = True
    evidence: Ids = ()


class Impact(Frozen):
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()


class TimelineEntry(Frozen):
    time: UtcTime
    until: UtcTime | None = None
    precision: Precision
    actor: str
    actor_kind: ActorKind = "unknown"
    event: str = Field(max_length=300)
    classes: tuple[EventClass, ...] = Field(default=(), max_length=2)
    evidence: Ids = ()


class Gap(Frozen):
    """A silent stretch between detection and resolution, with what explains it, or None."""

    start: UtcTime = Field(alias="from", serialization_alias="from")
    until: UtcTime
    explanation: str | None = None
    evidence: Ids = ()

    model_config = ConfigDict(populate_by_name=True)


class Milestone(Frozen):
    """When something was reached, by which records; or None and the reason why nobody can say."""

    time: UtcTime | None = None
    evidence: Ids = ()
    reason: str | None = None


class Milestones(Frozen):
    onset: Milestone = Milestone(reason="no record says when impact began")
    detected: Milestone = Milestone(reason="no record says when a signal reached a responder")
    declared: Milestone = Milestone(reason="no record says when the incident was declared")
    mitigated: Milestone = Milestone(reason="no record says when impact ended")
    resolved: Milestone = Milestone(reason="no record says when the incident was closed")


class Latency(Frozen):
    """Minutes to one decimal between two records, or None and the reason."""

    minutes: float | None = None
    start: str | None = Field(default=None, alias="from", serialization_alias="from")
    to: str | None = None
    reason: str | None = None

    model_config = ConfigDict(populate_by_name=True)


class Latencies(Frozen):
    detection: Latency = Latency(reason="not computed")
    coordination: Latency = Latency(reason="not computed")
    response: Latency = Latency(reason="not computed")
    mitigation: Latency = Latency(reason="not computed")
    communication: Latency = Latency(reason="not computed")


class Factor(Frozen):
    id: str  # F1, F2, ...
    statement: str
    kind: FactorKind
    basis: Basis = "stated"
    evidence: Ids = ()


class RuledOut(Frozen):
    statement: str
    evidence: Ids = ()


class Prevention(Frozen):
    """A measure. `basis: proposed` is printed as proposed and not agreed; only a model or a person may use it."""

    id: str  # P1, P2, ...
    statement: str
    addresses: tuple[str, ...] = ()
    rank: Rank
    basis: Literal["observed", "stated", "inferred", "disputed", "proposed"] = "stated"
    evidence: Ids = ()


class OpenQuestion(Frozen):
    question: str
    for_whom: str | None = Field(default=None, alias="for", serialization_alias="for")
    evidence: Ids = ()

    model_config = ConfigDict(populate_by_name=True)


class Account(Frozen):
    value: str
    evidence: Ids = ()


class Conflict(Frozen):
    """What sources disagree about. `used` is the value the document tells, or None where it is not settled."""

    about: str
    accounts: tuple[Account, ...]
    used: str | None = None


class Inputs(Frozen):
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Writers(Frozen):
    """Who wrote which part: `PROVIDER:NAME` of a model, or "extractive"; several where one stood in for another.

    Times, latencies and figures are always computed by code.
    """

    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class Heading(Frozen):
    """`incident` of postmortem.json."""

    id: str
    title: str
    severity: str | None = None
    timezone: str | None = None
    commander: Account | None = None  # who led the response, and the records that say so


class Narrative(Frozen):
    """What an author writes: sentences. It writes no milestone, latency, figure, gap or conflict."""

    title: str
    summary: tuple[Statement, ...] = ()
    detection: tuple[Statement, ...] = ()
    impact: tuple[Statement, ...] = ()
    resolution: tuple[Statement, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    root_cause: tuple[Statement, ...] = ()
    contributing_factors: tuple[Factor, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    prevention: tuple[Prevention, ...] = ()
    went_well: tuple[Statement, ...] = ()
    went_poorly: tuple[Statement, ...] = ()
    lucky: tuple[Statement, ...] = ()
    lessons: tuple[Statement, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()


class Postmortem(Frozen):
    """postmortem.json; the author's sentences and the facts that code computed."""

    schema_: Literal["postmortem/1"] = Field(default="postmortem/1", alias="schema")
    incident: Heading
    status: Status = "draft"
    summary: tuple[Statement, ...] = ()
    detection: tuple[Statement, ...] = ()
    resolution: tuple[Statement, ...] = ()
    impact: Impact = Impact()
    timeline: tuple[TimelineEntry, ...] = ()
    gaps: tuple[Gap, ...] = ()
    milestones: Milestones = Milestones()
    latencies: Latencies = Latencies()
    root_cause: tuple[Statement, ...] = ()
    contributing_factors: tuple[Factor, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    prevention: tuple[Prevention, ...] = ()
    went_well: tuple[Statement, ...] = ()
    went_poorly: tuple[Statement, ...] = ()
    lucky: tuple[Statement, ...] = ()
    lessons: tuple[Statement, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    inputs: Inputs = Inputs()
    external_ids: tuple[str, ...] = ()
    written_by: Writers = Writers()

    model_config = ConfigDict(populate_by_name=True)
