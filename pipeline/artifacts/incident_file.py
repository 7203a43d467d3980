"""Reads incident.yaml strictly: an unknown key or a value of the wrong kind is an error with its line."""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from pipeline.config import Place, config_error
from pipeline.errors import ConfigError
from pipeline.language.times import zone_of
from pipeline.models.base import Frozen
from pipeline.models.incident import Incident, Person, Reviewer, Service, TrackerTarget, Window

FILE_NAME = "incident.yaml"
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
_MAX_NODES = 20_000  # YAML aliases can make a small file large


def _in_utc(value: Any) -> Any:
    """YAML reads `2026-03-18T05:00Z` as text; a time without a zone stays one, and is refused."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError("is no time such as 2026-03-18T05:00Z") from error
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("needs a time with its zone, such as 2026-03-18T05:00Z")
    return value.astimezone(UTC)


def _known_zone(value: str) -> str:
    """The IANA name; other rooms convert by it, so a bare offset, which knows no summer time, is refused."""
    zone = zone_of(value)
    if isinstance(zone, ZoneInfo):
        return zone.key
    if zone is UTC:
        return "UTC"
    raise ValueError(f"names no time zone: {value}; write one such as Europe/Helsinki")


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float | date) and not isinstance(value, bool) else value


_Text = Annotated[str, BeforeValidator(_text)]
_Moment = Annotated[datetime, BeforeValidator(_in_utc)]


class _Window(Frozen):
    start: _Moment = Field(alias="from")
    end: _Moment = Field(alias="to")


class _Member(Frozen):
    name: str
    handles: tuple[_Text, ...] = ()
    slack_id: str | None = None
    role: str | None = None
    team: str | None = None


class _Service(Frozen):
    name: str
    owner: str | None = None


class _Reviewer(Frozen):
    name: str | None = None
    role: str | None = None


class _Tracker(Frozen):
    kind: str
    project: _Text | None = None


def _reviewer(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class _File(Frozen):
    id: Annotated[_Text, Field(pattern=_ID)] | None = None
    title: _Text | None = None
    severity: _Text | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] | None = None
    window: _Window | None = None
    channels: tuple[_Text, ...] = ()
    ignore: tuple[str, ...] = ()
    services: tuple[_Service, ...] = ()
    roster: tuple[_Member, ...] = ()
    reviewers: tuple[Annotated[_Reviewer, BeforeValidator(_reviewer)], ...] = ()
    tracker: _Tracker | None = None


def read_incident_file(text: str | None, name: str, path: str = FILE_NAME) -> Incident:
    """The incident as incident.yaml describes it; of that name alone where there is none.

    Raises ConfigError naming file:line. A reviewer written as plain text is a role where the roster has
    nobody of that name and holds that role.
    """
    data, lines = _load(text, path) if text else ({}, {})
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        raise config_error(path, error, _File, lambda place: _line(lines, place)) from error
    roles = {m.role.casefold() for m in file.roster if m.role}
    if file.window and file.window.end < file.window.start:
        raise ConfigError(f"{path}:{_line(lines, ('window',))}", "'window' ends before it begins")
    return Incident(
        name=name,
        id=file.id or _as_id(name),
        title=file.title,
        severity=file.severity,
        timezone=file.timezone,
        window=Window(start=file.window.start, end=file.window.end) if file.window else None,
        channels=tuple(c.lstrip("#") for c in file.channels),
        ignore=file.ignore,
        services=tuple(Service(name=s.name, owner=s.owner) for s in file.services),
        roster=tuple(Person(**m.model_dump(), source=path) for m in file.roster),
        reviewers=tuple(_as_reviewer(r, roles) for r in file.reviewers),
        tracker=TrackerTarget(kind=file.tracker.kind, project=file.tracker.project) if file.tracker else None,
    )


def _as_reviewer(reviewer: _Reviewer, roles: set[str]) -> Reviewer:
    """A bare text that is a role of the roster, or is written in small letters, names a role."""
    name = reviewer.name
    if name and reviewer.role is None and (name.casefold() in roles or name == name.lower()):
        return Reviewer(role=name)
    return Reviewer(name=name, role=reviewer.role)


def _as_id(name: str) -> str:
    cleaned = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._")[:100]
    return cleaned or "incident"


def _load(text: str, path: str) -> tuple[dict[str, Any], dict[Place, int]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConfigError(
            f"{path}:{mark.line + 1 if mark else 1}", f"not valid YAML: {error.problem}"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{path}:1", f"not valid YAML: {error}") from error
    if node is None:
        return {}, {}
    lines: dict[Place, int] = {}
    data = _value(node, (), lines, path)
    if not isinstance(data, dict):
        raise ConfigError(f"{path}:{node.start_mark.line + 1}", "must hold `key: value` lines")
    return data, lines


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], path: str) -> Any:
    """The plain value of a node, with the line of everything in it; a repeated key is an error."""
    lines.setdefault(place, node.start_mark.line + 1)
    if len(lines) > _MAX_NODES:
        raise ConfigError(f"{path}:{node.start_mark.line + 1}", "holds too much to be an incident.yaml")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(_scalar(key_node)) if isinstance(key_node, yaml.ScalarNode) else "?"
            line = key_node.start_mark.line + 1
            if key in found:
                raise ConfigError(f"{path}:{line}", f"the key '{key}' stands twice")
            lines[(*place, key)] = line
            found[key] = _value(value_node, (*place, key), lines, path)
        return found
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(child, (*place, i), lines, path) for i, child in enumerate(node.value))
    return _scalar(node)


def _scalar(node: yaml.Node) -> Hashable:
    loader = yaml.SafeLoader("")
    try:
        value: Hashable = loader.construct_object(node)
    except (yaml.YAMLError, ValueError):
        return str(node.value)
    finally:
        loader.dispose()
    if isinstance(value, datetime) and value.tzinfo is None:
        return str(node.value)
    return value


def _line(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest thing above it."""
    for length in range(len(place), -1, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return 1
