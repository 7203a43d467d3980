"""What reading a record for actions leans on: the people, the tracker, the phase of the incident, its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pipeline.evidence.likeness import content
from pipeline.evidence.naming import Directory, directory_of
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

Phase = Literal["during", "watching", "after", "unknown"]
DOCUMENT_KINDS = ("row", "field", "statement", "task", "text")


@dataclass(frozen=True)
class Context:
    case: Case
    narrative: Narrative
    today: date | None = None

    @cached_property
    def directory(self) -> Directory:
        return directory_of(self.case)

    @cached_property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.case.incident.timezone or "UTC")

    @cached_property
    def own_keys(self) -> frozenset[str]:
        """Keys that stand for the incident itself, never for work."""
        ids = {self.case.incident.id, self.case.incident.name, *self.case.external_ids}
        return frozenset(i.upper() for i in ids) | frozenset(f"#{i.lstrip('#')}".upper() for i in ids)

    @cached_property
    def last_day(self) -> date | None:
        """The day of the latest record of the incident; it lends its year to dates that name none."""
        milestones = self.case.milestones
        moment = milestones.resolved.time or milestones.mitigated.time
        if moment is None:
            moment = max((r.time for r in self.case.records if r.time), default=None)
        return moment.astimezone(self.zone).date() if moment else None

    def said(self, record: Record) -> date | None:
        """The day a record was written on, where its reader would have looked at a calendar."""
        return record.time.astimezone(self.zone).date() if record.time else None

    def phase(self, moment: datetime | None) -> Phase:
        if moment is None:
            return "unknown"
        mitigated, resolved = self.case.milestones.mitigated.time, self.case.milestones.resolved.time
        if resolved is not None:
            if moment >= resolved:
                return "after"
            return "watching" if mitigated and moment >= mitigated else "during"
        if mitigated is not None:
            return "after" if moment >= mitigated else "during"
        return "unknown"

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Content words of the incident's documents and of the narrative's findings."""
        texts = [
            r.text
            for r in self.case.records
            if r.document or r.kind in ("page", "status", "row", "field", "change")
        ]
        texts += [f.statement for f in self.narrative.contributing_factors]
        texts += [s.text for s in self.narrative.root_cause]
        return frozenset(w for t in texts for w in content(t) if len(w) > 2)
