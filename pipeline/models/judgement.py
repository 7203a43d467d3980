"""What a judge answered about one document: the defects that it sees, and the questions that got no answer."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models.document import Span


@dataclass(frozen=True, slots=True)
class Judgement:
    """A defect. `span` holds the words that the judge named, else the whole unit; `reason` is its words: data."""

    criterion: str
    span: Span
    reason: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgements:
    """`failed` holds (criterion, why) for each question whose answer could not be read. They are not `complete`
    where they were given about an earlier wording, and nobody was asked about this one."""

    defects: tuple[Judgement, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    complete: bool = True
