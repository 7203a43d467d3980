"""What an organisation sets once for all its incidents: postmortem.toml, read strictly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from pipeline.errors import ConfigError, InputError
from pipeline.models.actions import Priority
from pipeline.models.base import Frozen
from pipeline.models.evaluation import ProfileName
from pipeline.models.incident import TrackerTarget

FILE_NAME = "postmortem.toml"
Place = tuple[str | int, ...]
LineOf = Callable[[Place], int]


class Limits(Frozen):
    """What a service lets through in a minute, over all incidents in flight; None: no limit kept here."""

    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)


class PriceEntry(Frozen):
    """US dollars per million tokens; `cached` is of a prompt token that the service had kept."""

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)


class Settings(Frozen):
    """The organisation's settings. No due date follows from a priority unless `due_days` says so."""

    model: str | None = None
    profile: ProfileName = "haiku"
    severities: tuple[str, ...] = ("SEV1", "SEV2", "SEV3", "SEV4")
    due_days: dict[Priority, int] = Field(default_factory=dict)  # days from the end of the incident
    print_names: Literal["names", "roles"] = "names"
    approvals: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # severity: roles that must approve
    item_cap: int = Field(default=12, ge=1)
    tracker: TrackerTarget | None = None
    max_rounds: int = Field(default=3, ge=0)
    fallback: Literal["extractive"] | None = None
    fallback_models: tuple[str, ...] = ()  # asked in this order where the model before them failed
    judge: Literal["block", "advise", "off"] = (
        "block"  # what a judge's finding does; only a named model judges
    )
    judge_model: str | None = None  # default: the model that drafts
    style: str = ""  # the house's own wishes of style, put to the author
    pseudonymise: bool = False  # people and hosts are placeholders in what a model sees
    context_tokens: int = Field(default=128_000, ge=4_000)  # of the model, its reply included
    reply_tokens: int = Field(default=16_000, ge=500)
    timeout: float = Field(default=300.0, gt=0)  # seconds that a service may be silent
    deadline: float = Field(default=900.0, gt=0)  # seconds for one call with all its retries
    limits: Limits = Field(default_factory=lambda: Limits())
    prices: dict[str, PriceEntry] = Field(default_factory=dict)  # by PROVIDER:NAME; before the shipped list


def load_settings(explicit: Path | None, near: Path) -> Settings:
    """The settings of `explicit`, else of postmortem.toml in or above `near`, else in the working folder.

    Raises InputError for a file that can't be read, ConfigError (file:line) for what it must not say.
    """
    path = explicit or _find(near)
    if path is None:
        return Settings()
    import tomllib  # not before there is a file

    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "this file of settings can't be read", str(error)) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"{path}:{line[1] if line else 1}", f"not valid TOML: {error}") from error
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise config_error(path.as_posix(), error, Settings, lambda place: _line_of(text, place)) from error


def config_error(file: str, error: ValidationError, model: type[BaseModel], line_of: LineOf) -> ConfigError:
    """The first thing that is wrong with a configuration file, in one line that names file and line."""
    first = min(error.errors(), key=lambda e: line_of(e["loc"]))
    place = first["loc"]
    where = f"{file}:{line_of(place)}"
    name = ".".join(str(p) for p in place if isinstance(p, str)) or file
    if first["type"] == "extra_forbidden":
        known = ", ".join(known_keys(model, place[:-1]))
        return ConfigError(where, f"unknown key '{name}'", f"known keys are {known}")
    if first["type"] == "missing":
        return ConfigError(where, f"'{name}' is missing")
    return ConfigError(where, f"'{name}' {_said(first['type'], first['msg'])}")


def known_keys(model: type[BaseModel], place: Place) -> list[str]:
    """The keys that `model` knows at `place`, as they are written in the file."""
    current: type[BaseModel] | None = model
    for step in place:
        if isinstance(step, int) or current is None:
            continue
        by_alias = {(f.alias or n): f for n, f in current.model_fields.items()}
        current = _model_in(by_alias[step].annotation) if step in by_alias else current
    return sorted(f.alias or n for n, f in (current or model).model_fields.items())


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _model_in(part):
            return found
    return None


_SAID = {
    "tuple_type": "must be a list",
    "dict_type": "must hold keys",
    "model_type": "must hold keys",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
}


def _said(kind: str, message: str) -> str:
    plain = message.removeprefix("Value error, ")
    return _SAID.get(kind, plain[:1].lower() + plain[1:])


def _find(near: Path) -> Path | None:
    start = near if near.is_dir() else near.parent
    for folder in (start, *start.resolve().parents[:2], Path.cwd()):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def _line_of(text: str, place: Place) -> int:
    """Where a key stands: tomllib keeps no lines. Tables are followed by their headers."""
    names = [p for p in place if isinstance(p, str)]
    table: list[str] = []
    best = 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            table = [part.strip().strip("\"'") for part in header[1].split(".")]
            if table == names[: len(table)]:
                best = number
            if table == names:
                return number
        elif key := re.match(r"\s*([\w\"'.-]+)\s*=", line):
            path = table + [part.strip("\"'") for part in key[1].split(".")]
            if path == names[: len(path)]:
                return number
    return best
