"""Who or what acted in a record: its own actor, the component or the log that it names, its author, its document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.evidence.authorship import authors_of
from pipeline.language.clauses import clauses
from pipeline.language.people import People
from pipeline.models.base import ActorKind
from pipeline.models.record import Record

_SAYS_SOURCE = re.compile(
    r"\(((?:[\w.-]+ ){0,2}(?:log|logs|graph|monitor|dashboard|table|audit)|[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)(?:,[^)]*)?\)\.?$"
)
_SOURCE_FIRST = re.compile(
    r"^((?:[\w.-]+ ){0,2}(?:log|audit(?: line)?|monitor|graph|dashboard|probe))\s*:", re.I
)
_COMPONENT = re.compile(r"`?\b([a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+|[a-z]+\d+)\b`?")
_ALERT = re.compile(r"\balert ([A-Z]\w+)")
_FULL_NAME = re.compile(r"\b([A-ZÀ-Ý][a-zà-ÿ]+) [A-ZÀ-Ý][a-zà-ÿ]+\b(?! (?:team|service|server|page))")
_NAME_BEFORE = re.compile(r"^([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?)\s*:\s")
_BY = re.compile(r"\bby ([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?)")
_DOCUMENTS = {
    "incident brief": "the incident brief",
    "root cause": "the root-cause document",
    "mitigation log": "the mitigation log",
    "resolution summary": "the resolution summary",
}


def _source_column(record: Record) -> tuple[str, ActorKind] | None:
    """ "Alertmanager", "deploy log": what a row of a timeline names as where it was seen."""
    for header, cell in record.columns:
        if (
            re.fullmatch(r"(?:source|seen in|where|system|from|origin)s?", header.strip(), re.I)
            and cell.strip()
        ):
            return cell.strip()[:40], "system"
    return None


class Actors:
    """Reads actors for the records of one incident."""

    def __init__(self, records: Sequence[Record], people: People) -> None:
        self._people = people
        self._services = [s.name for s in people.services]
        self._authors = authors_of(records, people)
        self._full: dict[str, str] = {}  # first name -> the full name that a document or a message gives
        for record in records:
            for m in _FULL_NAME.finditer(record.text if record.kind != "log" else ""):
                self._full.setdefault(m[1], m.group())

    def of(self, record: Record, text: str) -> tuple[str, ActorKind]:
        """The actor and its kind. Never a file name where anything better is known."""
        if record.actor:
            return record.actor, record.actor_kind
        if record.kind == "status":
            return "Status page", "system"
        return self._named(text) or _source_column(record) or self._fallback(record)

    def _named(self, text: str) -> tuple[str, ActorKind] | None:
        for m in (_NAME_BEFORE.match(text), _BY.search(text)):
            if m is None:
                continue
            person = self._people.find(m[1])
            if person is not None and person.kind == "person":
                return person.name, "person"
            if full := self._full.get(m[1].split()[0]):
                return full, "person"
        if m := _SOURCE_FIRST.match(text) or _SAYS_SOURCE.search(text):
            person = self._people.find(m[1])
            return (person.name, "person") if person else (m[1], "system")
        if m := _ALERT.search(text):
            return m[1], "system"
        for clause in clauses(text, self._people)[:1]:
            subject = clause.subject.strip()
            if (
                subject
                and len(subject) <= 60
                and clause.subject_kind in ("person", "role", "team", "organisation")
            ):
                return subject, clause.subject_kind
        for service in self._services:
            if re.search(rf"\b{re.escape(service)}\b", text, re.I):
                return service, "system"
        if m := _COMPONENT.search(text):
            return m[1], "system"
        for clause in clauses(text, self._people)[:1]:
            subject = clause.subject.strip()
            if subject and len(subject) <= 40 and clause.subject_kind == "system":
                return subject, "system"
        return None

    def _fallback(self, record: Record) -> tuple[str, ActorKind]:
        author = self._authors.get(record.source)
        if author:
            return author, "person"
        if record.document:
            return _DOCUMENTS[record.document], "unknown"
        return record.source.rsplit("/", 1)[-1], "unknown"
