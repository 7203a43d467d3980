"""What a check may lean on beside the document: the day, the people, the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.incident import Person, Service
from pipeline.models.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Means:
    """`today` is what overdue dates are measured from; `case` is the evidence, where it was given."""

    today: date
    people: People
    roster: tuple[Person, ...] = ()
    services: tuple[Service, ...] = ()
    timezone: str | None = None
    case: Case | None = None
    postmortem: Postmortem | None = None
    item_cap: int = 12
