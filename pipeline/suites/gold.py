"""What a fixture's author knows to be true of it: gold.json and expect.yaml, read into one shape."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.errors import InputError
from pipeline.models.base import Frozen, UtcTime


def as_tuple(value: Any) -> Any:
    return () if value is None else value if isinstance(value, list | tuple) else (value,)


def as_groups(value: Any) -> Any:
    return tuple(as_tuple(group) for group in as_tuple(value))


def as_moment(value: Any) -> Any:
    """A milestone is a time, or a mapping with one; words in its place say that nobody can tell."""
    found = value if isinstance(value, dict) else {"utc": value}
    at = next((found[key] for key in ("utc", "time_utc", "time") if found.get(key)), None)
    return {**found, "utc": at if isinstance(at, str) and "T" in at else None}


def as_latency(value: Any) -> Any:
    return value if isinstance(value, dict) else {"value": value}


Words = Annotated[tuple[str, ...], BeforeValidator(as_tuple)]
Keywords = Annotated[tuple[tuple[str, ...], ...], BeforeValidator(as_groups)]


class Known(BaseModel):
    """Gold files hold notes for people too, which nothing here reads."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class KnownEvent(Known):
    time: UtcTime = Field(validation_alias="time_utc")
    tolerance_s: float | None = None
    classes: Words = Field(default=(), validation_alias="class")
    actors: Words = ()
    keywords: Keywords = ()
    required: bool = True
    what: str = ""


class NonEvent(Known):
    time: UtcTime = Field(validation_alias="time_utc")
    tolerance_s: float | None = None
    kind: str = ""
    keywords: Keywords = ()
    why: str = ""


class Moment(Known):
    utc: UtcTime | None = None
    tolerance_min: float | None = None


class KnownLatency(Known):
    minutes: float | None = Field(default=None, validation_alias=AliasChoices("minutes", "value"))
    tolerance: float | None = None
    alt_values: tuple[float, ...] = ()


class KnownFigure(Known):
    what: str = ""
    value: str = ""
    keywords: Keywords = ()
    final: bool = True


class Told(Known):
    keywords: Keywords = ()
    what: str = ""


class KnownItem(Known):
    keywords: Keywords = ()
    owner: Words = ()
    due: str | None = None
    due_alternatives: tuple[str | None, ...] = ()
    ticket: str | None = None


class KnownConflict(Known):
    about: str = ""
    values: Words = ()


class Injection(Known):
    must_not_claim: Words = ()


class Gold(Known):
    window: dict[str, Annotated[Moment, BeforeValidator(as_moment)]] = Field(default_factory=dict)
    timeline: tuple[KnownEvent, ...] = ()
    non_events: tuple[NonEvent, ...] = ()
    latencies_minutes: dict[str, Annotated[KnownLatency, BeforeValidator(as_latency)]] = Field(
        default_factory=dict
    )
    impact: tuple[KnownFigure, ...] = ()
    root_cause: Told | None = None
    contributing_factors: tuple[Told, ...] = ()
    ruled_out: tuple[Told, ...] = ()
    action_items: tuple[KnownItem, ...] = ()
    conflicts: tuple[KnownConflict, ...] = ()
    secrets: Words = ()
    blameful_quotes: Words = ()
    injections: tuple[Injection, ...] = ()


class Expectation(Frozen):
    """expect.yaml: the verdict that the fixture's author planted, and what is hard in it."""

    verdict: Literal["accepted", "rejected"]
    criteria: tuple[str, ...] = ()
    hard: str


def load_gold(folder: Path) -> Gold:
    path = folder / "gold.json"
    try:
        return Gold.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise InputError(str(path), first_problem(error)) from error


def load_expectation(folder: Path) -> Expectation:
    path = folder / "expect.yaml"
    try:
        return Expectation.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise InputError(str(path), f"is not YAML: {error}") from error
    except ValidationError as error:
        raise InputError(str(path), first_problem(error)) from error


def first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
