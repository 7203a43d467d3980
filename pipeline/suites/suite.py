"""A suite as its YAML file tells it: what is measured, on which data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from pipeline.errors import ConfigError, InputError
from pipeline.models.base import Frozen


class Described(Frozen):
    schema_: Literal["suite/1"] = Field(alias="schema")
    name: str = Field(
        pattern="^[a-z][a-z0-9-]*$", description="What `postmortem eval` calls it: the file's name."
    )
    title: str = Field(description="What it measures, in one line.")
    labelled_by: str = Field(description="Who labelled the data, and whether they wrote the rules too.")


class SentencesSuite(Described):
    """Labelled sentences, each held against one criterion."""

    task: Literal["sentences"]
    criterion: str = Field(description="The criterion that should flag, or leave alone.")
    unit: Literal["text", "items"] = Field(
        "text", description="What a row's text is: a text as it stands, or action items, one a line."
    )
    halves: dict[Literal["dev", "test"], str] = Field(
        description="JSON Lines of {id, text, label: flag|clean, kind?, kinds?, target?, family?, source?, "
        "incident?, today?} for each half, relative to the suite's folder. Rules are mended on dev and "
        "measured on test."
    )


class DraftsSuite(Described):
    """Fixture incidents, drafted and held against their gold."""

    task: Literal["drafts"]
    fixtures: str = Field(
        description="Folder of incidents, each with artifacts/, gold.json and expect.yaml; relative to the "
        "suite's folder."
    )
    today: date = Field(description="What overdue and policy dates are measured from.")


class DocumentsSuite(Described):
    """Whole documents at the gate publish: good ones that nothing may block, and bad ones with what must reject them."""

    task: Literal["documents"]
    good: str = Field(description="Folder of good documents, relative to the suite's folder.")
    rejected: str = Field(
        description="YAML of a bad document's file, relative to this file's folder, to the criteria that must "
        "reject it; relative to the suite's folder."
    )
    today: date = Field(description="What overdue dates are measured from.")


class MutationsSuite(Described):
    """Good documents with one defect of every kind put into each."""

    task: Literal["mutations"]
    good: str = Field(
        description="Folder of good documents; a YAML file beside it, of the same name, says of each which "
        "entries of its timeline tell detection, the last repair and the close. Relative to the suite's folder."
    )
    wordings: str = Field(description="YAML of what the defects are worded with, by kind.")
    today: date = Field(description="What overdue dates are measured from.")
    seed: int = Field(description="By which wordings and places are chosen, the same for the same number.")


Suite = SentencesSuite | DraftsSuite | DocumentsSuite | MutationsSuite
SUITE: TypeAdapter[Suite] = TypeAdapter(Annotated[Suite, Field(discriminator="task")])


def find_suites(evals: Path) -> tuple[str, ...]:
    """The names of the suites in `evals/suites`, sorted."""
    return tuple(sorted(path.stem for path in (evals / "suites").glob("*.yaml")))


def load_suite(evals: Path, name: str) -> Suite:
    """Raises InputError for a name that no suite has, ConfigError for a file that is no suite."""
    path = evals / "suites" / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(find_suites(evals)) or "none"
        raise InputError(name, "no such suite", f"there are: {known}")
    try:
        suite = SUITE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ConfigError(str(path), f"is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(str(path), f"{place}: {first['msg']}") from error
    if suite.name != name:
        raise ConfigError(str(path), f"calls itself {suite.name}", f"write name: {name}")
    return suite
