"""What a draft lost or changed on its way, and why; it goes into run.json, which is never published."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models.postmortem import Ids


@dataclass(frozen=True, slots=True)
class Dropped:
    """`part` is the field of postmortem.json it was meant for; `fault` says what did not hold."""

    part: str
    text: str
    fault: str
    evidence: Ids = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Words that a revision changed, by JSON pointer; None where they were not there, or are not any more."""

    where: str
    before: str | None
    after: str | None
