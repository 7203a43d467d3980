"""What reading a record for actions leans on: the people, the tracker, the phase of the incident, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from pipeline.evidence.calendars import Calendar
from pipeline.evidence.grounding import people_of
from pipeline.evidence.likeness import content
from pipeline.evidence.naming import Directory, directory_of
from pipeline.evidence.voices import outside_of, strangers_in
from pipeline.language.event_classes import classes_of
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

Phase = Literal["during", "watching", "after", "unknown"]
DOCUMENT_KINDS = ("row", "field", "statement", "task", "text")


_INCIDENT_CHANNEL = re.compile(r"(?<![a-z])(?:inc|incident|outage|emergency|war-?room|sev\d)(?![a-z])", re.I)


@dataclass(frozen=True)
class Context:
    case: Case
    narrative: Narrative
    today: date | None = None

    @cached_property
    def directory(self) -> Directory:
        return directory_of(self.case)

    @cached_property
    def people(self) -> People:
        return people_of(self.case)

    @cached_property
    def outside(self) -> frozenset[str]:
        """Records in which somebody outside the response speaks: they assign nobody any work."""
        return outside_of(self.case, self.people)

    @cached_property
    def strangers(self) -> frozenset[str]:
        """Who may promise their own work, as a vendor does, and give nobody else any."""
        return strangers_in(self.case.records, self.people, self.case.incident.roster)

    def is_incident_channel(self, record: Record) -> bool:
        """Was it said where the incident was worked on? Where no channel is known for that, everywhere."""
        return record.channel is None or not self._channels or record.channel in self._channels

    @cached_property
    def _channels(self) -> frozenset[str]:
        named = {r.channel for r in self.case.records if r.channel and _INCIDENT_CHANNEL.search(r.channel)}
        return frozenset(named | set(self.case.incident.channels))

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(self.case.incident.timezone, self.case.records)

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
            moment = self._closed or max((r.time for r in self.case.records if r.time), default=None)
        return moment.astimezone(self._calendar.zone).date() if moment else None

    def said(self, record: Record) -> date | None:
        """The day a record was written on, where its reader would have looked at a calendar."""
        return self._calendar.day_of(record)

    def phase(self, moment: datetime | None) -> Phase:
        if moment is None:
            return "unknown"
        mitigated, resolved = self.case.milestones.mitigated.time, self.case.milestones.resolved.time
        if resolved is not None:
            if moment >= resolved:
                return "after"
            return "watching" if mitigated and moment >= mitigated else "during"
        ended = mitigated or self._closed
        if ended is not None:
            return "after" if moment >= ended else "during"
        return "unknown"

    @cached_property
    def _closed(self) -> datetime | None:
        """Where no milestone is known: the last message of a person that calls the incident over."""
        said = ((r.time, r.text) for r in self.case.records if r.kind == "message" and r.time)
        return max((time for time, text in said if "RES" in classes_of(text)), default=None)

    def is_about_it(self, text: str, *, untold: bool) -> bool:
        """Does it use a word of the incident? `untold`: the answer where nothing tells these."""
        return bool(content(text) & self._vocabulary) if self._vocabulary else untold

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Content words of the incident's documents and signals, and of what was said while it lasted."""
        told = [
            r
            for r in self.case.records
            if r.document or r.kind in ("page", "status", "change", "row", "field")
        ]
        told += [
            r
            for r in self.case.records
            if r.kind == "message" and self.is_incident_channel(r) and self.phase(r.time) == "during"
        ]
        texts = [r.text for r in told] + [f.statement for f in self.narrative.contributing_factors]
        texts += [s.text for s in self.narrative.root_cause]
        return frozenset(w for t in texts for w in content(t) if len(w) > 2)
