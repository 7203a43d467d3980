"""What a check may lean on beside the document: the day, the people, the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.incident import Person, Service
from pipeline.models.judgement import Judgements
from pipeline.models.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Means:
    """`today` is what overdue dates are measured from; `case` is the evidence, where it was given.

    `items` tells why a field of a draft's item is what it is; `edited` says that a person has been at the
    draft, so that what stands there without a mark has a person as its source. `judgements` is what a judge
    answered about this very text, None where none was asked; with `judge_advises` its findings reject nothing.
    """

    today: date
    people: People
    roster: tuple[Person, ...] = ()
    services: tuple[Service, ...] = ()
    timezone: str | None = None
    case: Case | None = None
    postmortem: Postmortem | None = None
    items: ActionItems | None = None
    edited: bool = False
    item_cap: int = 12
    judgements: Judgements | None = None
    judge_advises: bool = False
