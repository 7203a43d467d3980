"""A case: the records of one incident arranged into events, with every fact that code computes from them."""

from __future__ import annotations

from typing import Literal

from pipeline.models.base import ActorKind, EventClass, Frozen, Precision, UtcTime
from pipeline.models.incident import Incident
from pipeline.models.postmortem import Conflict, Figure, Gap, Ids, Inputs, Latencies, Milestones
from pipeline.models.record import Record, Unread

Act = Literal[
    "did",  # somebody acted (rolled back, restarted, paged)
    "observed",  # somebody or something saw a state
    "suspected",  # a hypothesis
    "ruled out",  # a hypothesis that fell
    "found",  # a cause was named
    "decided",
    "asked",
    "posted",  # told to people outside the response
    "declared",
    "handed over",
    "planned",  # a promise or a follow-up
    "wrote",  # anything else that was said
]


class Event(Frozen):
    """What happened at one time, joined from the records that tell it; the first id leads.

    `text` is the leading record's words, redacted and cleaned of markup, without blame; `quoted` says
    that it is somebody's literal wording. `retold` is False where only the arrangement may use it.
    """

    id: str  # V1, V2, ...
    time: UtcTime
    until: UtcTime | None = None
    precision: Precision
    actor: str
    actor_kind: ActorKind
    text: str
    quoted: bool = False
    act: Act
    classes: tuple[EventClass, ...] = ()
    evidence: Ids
    refuted_by: str | None = None  # id of the event that ruled this hypothesis out


class Hypothesis(Frozen):
    """A suspicion that was ruled out: what it was, who ruled it out, on which records."""

    text: str
    evidence: Ids


class Case(Frozen):
    incident: Incident
    records: tuple[Record, ...]
    unread: tuple[Unread, ...] = ()
    events: tuple[Event, ...] = ()
    milestones: Milestones = Milestones()
    latencies: Latencies = Latencies()
    gaps: tuple[Gap, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    figures: tuple[Figure, ...] = ()
    ruled_out: tuple[Hypothesis, ...] = ()
    inputs: Inputs = Inputs()
    external_ids: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()  # (record id, reason)

    def record(self, record_id: str) -> Record:
        """The record of that id; KeyError where there is none."""
        found = self._by_id().get(record_id)
        if found is None:
            raise KeyError(record_id)
        return found

    def _by_id(self) -> dict[str, Record]:
        """Kept with the tuple that it was made of: a copied case may hold another."""
        cached: tuple[tuple[Record, ...], dict[str, Record]] | None = self.__dict__.get("_index")
        if cached is not None and cached[0] is self.records:
            return cached[1]
        found = {r.id: r for r in self.records}
        self.__dict__["_index"] = (self.records, found)
        return found
