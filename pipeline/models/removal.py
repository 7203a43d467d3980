"""A statement that was not printed, and why; it goes into run.json, which is never published."""

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
