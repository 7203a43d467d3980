"""What reading a record for actions leans on: the people, the tracker, the phase of the incident, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from pipeline.evidence.grounding import people_of
from pipeline.evidence.likeness import content
from pipeline.evidence.naming import Directory, directory_of
from pipeline.language.event_classes import classes_of
from pipeline.language.people import People
from pipeline.language.times import zone_of
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative
from pipeline.models.record import Record

Phase = Literal["during", "watching", "after", "unknown"]
DOCUMENT_KINDS = ("row", "field", "statement", "task", "text")


# "the chat is Melbourne time", "Helsinki time, UTC+2", as reading a file noted it down.
_ZONE_WORDS = re.compile(
    r"\b(?:UTC|GMT)\s?[+\-−]\s?\d{1,2}(?::?\d\d)?|\b(?:[A-Z][\w]+ ){1,2}time\b|\b[A-Z][a-z]+/[A-Z]\w+"
)


_INCIDENT_CHANNEL = re.compile(r"(?<![a-z])(?:inc|incident|outage|emergency|war-?room|sev\d)(?![a-z])", re.I)


@lru_cache(maxsize=1024)
def _stated_zone(basis: str) -> tzinfo | None:
    named = [zone for words in _ZONE_WORDS.findall(basis) if (zone := zone_of(words)) is not None]
    return named[0] if named else None


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

    def is_incident_channel(self, record: Record) -> bool:
        """Was it said where the incident was worked on? Where no channel is known for that, everywhere."""
        return record.channel is None or not self._channels or record.channel in self._channels

    @cached_property
    def _channels(self) -> frozenset[str]:
        named = {r.channel for r in self.case.records if r.channel and _INCIDENT_CHANNEL.search(r.channel)}
        return frozenset(named | set(self.case.incident.channels))

    def zone(self, record: Record | None = None) -> tzinfo:
        """The calendar that people went by: the incident's, else what the record's own zone was read from."""
        if self.case.incident.timezone:
            return ZoneInfo(self.case.incident.timezone)
        stated = _stated_zone(record.zone_basis) if record is not None else None
        return stated or self._usual_zone

    @cached_property
    def _usual_zone(self) -> tzinfo:
        for record in self.case.records:
            stated = _stated_zone(record.zone_basis)
            if stated is not None and stated.utcoffset(record.time):
                return stated
        return UTC

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
        return moment.astimezone(self.zone()).date() if moment else None

    def said(self, record: Record) -> date | None:
        """The day a record was written on, where its reader would have looked at a calendar."""
        return record.time.astimezone(self.zone(record)).date() if record.time else None

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

    def is_about_it(self, text: str) -> bool:
        """Does it use a word of the incident? Where nothing tells these, everything may."""
        return not self._vocabulary or bool(content(text) & self._vocabulary)

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
