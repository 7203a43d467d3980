"""The incident itself: what incident.yaml and the artifacts say of its name, people and services."""

from __future__ import annotations

from typing import Literal

from pipeline.models.base import ActorKind, Frozen, UtcTime

Upstream = Literal["incident brief", "root cause", "mitigation log", "resolution summary"]
UPSTREAM: tuple[Upstream, ...] = ("incident brief", "root cause", "mitigation log", "resolution summary")


class Person(Frozen):
    """Somebody (or some team) the roster names. `source` is the file that says so."""

    name: str
    handles: tuple[str, ...] = ()
    slack_id: str | None = None
    role: str | None = None
    team: str | None = None
    kind: ActorKind = "person"
    source: str = "incident.yaml"


class Service(Frozen):
    name: str
    owner: str | None = None


class Window(Frozen):
    start: UtcTime
    end: UtcTime


class Reviewer(Frozen):
    name: str | None = None
    role: str | None = None


class TrackerTarget(Frozen):
    kind: str
    project: str | None = None


class Incident(Frozen):
    """What is known of the incident before a line of it is read. `name` is its folder's."""

    name: str
    id: str
    title: str | None = None
    severity: str | None = None
    timezone: str | None = None
    window: Window | None = None
    channels: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    roster: tuple[Person, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    tracker: TrackerTarget | None = None
