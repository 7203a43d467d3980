"""The task `sentences`: labelled sentences or parts, each a document of its own, held against one criterion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from pipeline.artifacts.incident_file import read_incident_file
from pipeline.documents.parse import parse
from pipeline.errors import InputError
from pipeline.language.people import People
from pipeline.models.base import Frozen
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.means import Means
from pipeline.suites.score import Case, Score, marked

Unit = Literal["text", "items"]
ITEMS = "## Action items\n\n"


class Row(Frozen):
    """`context_before` and `context_after` are neighbours that the label took into account, and no cases.

    `kinds` are those of a flag that has several. `family` groups sentences of one construction, `register` says
    from what walk of life it is, `source` who wrote and labelled it. `incident` is the incident.yaml beside the document, `today` the day of the check
    where the label hangs on it.
    """

    id: str
    text: str = Field(min_length=1)
    label: Literal["flag", "clean"]
    kind: str | None = None
    kinds: tuple[str, ...] = ()
    target: str | None = None
    missing: tuple[str, ...] = ()
    context_before: str | None = None
    context_after: str | None = None
    family: str | None = None
    register_: str | None = Field(default=None, alias="register")
    source: str | None = None
    incident: str | None = None
    today: date | None = None

    def laid_out(self, unit: Unit) -> tuple[str, int]:
        """The document that the row is read as, and the line of it on which `text` begins."""
        if unit == "items":
            return ITEMS + "\n".join(f"- {line}" for line in self.text.split("\n")), ITEMS.count("\n") + 1
        before = [self.context_before] if self.context_before else []
        after = [self.context_after] if self.context_after else []
        return "\n".join([*before, self.text, *after]), len(before) + 1


def run_sentences(
    half: str, path: Path, criterion: Criterion, means: Means, unit: Unit = "text"
) -> Iterator[Case]:
    """A case per row, named by its half. Raises InputError for a file that is missing or holds another thing."""
    for row in read_rows(path):
        text, line = row.laid_out(unit)
        lines = range(line, line + row.text.count("\n") + 1)
        given = means_of(row, means)
        document = parse(text, row.id, roster=given.roster, timezone=given.timezone)
        found = [f for f in criterion.check(document, given) if f.line in lines]
        yield Case(row.id, {f"{half}: {name}": score for name, score in score_row(row, found).items()})


def means_of(row: Row, means: Means) -> Means:
    """The suite's means with what the row brings itself. Raises ConfigError for an incident.yaml that is wrong."""
    means = replace(means, today=row.today or means.today)
    if row.incident is None:
        return means
    told = read_incident_file(row.incident, row.id, f"the incident of {row.id}")
    return replace(
        means,
        people=People.from_roster(told.roster, told.services),
        roster=told.roster,
        services=told.services,
        timezone=told.timezone,
    )


def score_row(row: Row, found: list[Finding]) -> dict[str, Score]:
    if row.label == "clean":
        said = f"{row.text} ({'; '.join(finding.message for finding in found)})"
        return {"clean sentences left alone": marked([(not found, said)])}
    scores = {"sentences found": marked([(bool(found), row.text)])}
    # Of all, not of those found: finding one more sentence can never look like a loss.
    if row.kind:
        kinds = [finding.kind for finding in found]
        scores["found with the right kind"] = marked(
            [(row.kind in kinds, f"{row.kind} told as {kinds}: {row.text}")]
        )
    if row.kinds:
        told = sorted({finding.kind for finding in found if finding.kind})
        said = f"{', '.join(row.kinds)} told as {told}: {row.text}"
        scores["found with the right kinds"] = marked([(told == sorted(row.kinds), said)])
    if row.target:
        targets = [finding.target for finding in found]
        said = f"{row.target} told as {targets}: {row.text}"
        scores["found with the right target"] = marked([(row.target in targets, said)])
    if row.missing:
        parts = {part for finding in found for part in finding.missing}
        said = f"{', '.join(row.missing)} told as {sorted(parts)}: {row.text}"
        scores["found with the right parts missing"] = marked([(parts == set(row.missing), said)])
    return scores


def read_rows(path: Path) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Row.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{path}:{number}", f"{place}: {first['msg']}") from error
