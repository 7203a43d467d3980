"""One question about several units as a request: the rule, the records, and the units behind a fence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.prompting.collection import Library
from pipeline.prompting.fence import boundary_of
from pipeline.prompting.prompt import Filled
from pipeline.rendering.prompt_blocks import RECORD_FIELDS, one_line
from pipeline.rubric.criterion import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit as the judge is shown it: what its answer depends on, and so what it is remembered by.

    `records` are the lines of the records that it leans on, by their ids.
    """

    criterion: str
    text: str
    before: str
    after: str
    records: tuple[tuple[str, str], ...]


def numbers_of(units: Sequence[Asked]) -> list[str]:
    return [f"U{n}" for n in range(1, len(units) + 1)]


def fill(library: Library, question: Question, units: Sequence[Asked]) -> Filled:
    """The prompt for units of one criterion, numbered from U1 in their order."""
    records = dict(line for unit in units for line in unit.records)
    evidence = "\n".join(records.values()) or "(this question needs none)"
    told = "\n".join(_lines(units))
    return library["judge"].fill(
        criterion=units[0].criterion,
        asks=question.asks,
        rule=question.rule,
        kinds="\n".join(f"- {kind}: {meaning}" for kind, meaning in question.kinds) or "(none)",
        bad=question.bad,
        good=question.good,
        boundary=boundary_of(evidence, told),
        fields=RECORD_FIELDS,
        evidence=evidence,
        units=told,
    )


def _lines(units: Sequence[Asked]) -> Iterator[str]:
    """Each unit, and the neighbours that are not units beside it: most of them are."""
    last = ""
    for at, (number, unit) in enumerate(zip(numbers_of(units), units, strict=True)):
        following = units[at + 1].text if at + 1 < len(units) else ""
        if unit.before and unit.before != last:
            yield f". {one_line(unit.before)}"
        first, *more = unit.text.split("\n")
        cites = f" [{' '.join(record for record, _ in unit.records)}]" if unit.records else ""
        yield f"{number}{cites} | {one_line(first)}"
        yield from (f"     {one_line(line)}" for line in more)
        last = unit.text
        if unit.after and unit.after != following:
            yield f". {one_line(unit.after)}"
            last = unit.after
