"""A record: one dated, attributed, located item of one artifact, redacted before it is made."""

from __future__ import annotations

from typing import Literal

from pipeline.models.base import ActorKind, Frozen, Precision, UtcTime
from pipeline.models.incident import Incident, Upstream

RecordKind = Literal[
    "message",  # a person in a chat, a call or a mail
    "bot",  # a bot or an integration in a chat
    "page",  # an entry of a pager's log
    "status",  # a post on a status page
    "row",  # a dated row, bullet or line of a document's timeline or log
    "field",  # `key: value` of a document (Severity: SEV2)
    "statement",  # a sentence or bullet of a document
    "task",  # a checkbox, or a line that announces an action
    "change",  # a commit, a deployment, a pipeline run
    "log",  # a line that a program wrote
    "text",  # anything else
]


class Record(Frozen):
    """One item. `locator` is `line 12`, `lines 3-5`, a JSON pointer or a cue; `line` is 1-based where there is one.

    `zone_basis` says in words why the instant is what it is ("offset in the record", "heading says UTC",
    "whole-hour match with pagerduty/log.json: America/Denver"). `time` is None where nothing dates it.
    """

    id: str
    source: str
    locator: str
    line: int | None = None
    kind: RecordKind
    text: str
    time: UtcTime | None = None
    until: UtcTime | None = None
    precision: Precision | None = None
    zone_basis: str = "no time"
    offset_minutes: int | None = None  # of the clock that its source shows, against UTC
    actor: str | None = None
    actor_kind: ActorKind = "unknown"
    document: Upstream | None = None  # which of the four upstream documents this stands in
    section: str = ""  # headings above it, outermost first, joined by " > "
    columns: tuple[tuple[str, str], ...] = ()  # (header, cell) of a table row, in order
    channel: str | None = None
    thread: str | None = None  # id of the record that opened the thread
    checked: bool | None = None  # a task's box
    edited: bool = False


class Unread(Frozen):
    """Something that could not be read, and why. It is listed in evidence.jsonl, never skipped in silence."""

    source: str
    locator: str
    reason: str
    text: str = ""


class Channel(Frozen):
    """A channel of a chat that was read. `why` says why it is the incident's, or that nothing says so."""

    name: str
    messages: int
    is_the_incidents: bool
    why: str


class Artifacts(Frozen):
    """Everything that reading an incident's folder gave. `files` maps each file to the format it was read as."""

    incident: Incident
    records: tuple[Record, ...]
    unread: tuple[Unread, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    digests: tuple[tuple[str, str], ...] = ()  # (file, sha256)
    redacted: tuple[tuple[str, int], ...] = ()  # (kind of placeholder, how many)
    notices: tuple[str, ...] = ()  # warnings for standard error
    channels: tuple[Channel, ...] = ()  # the incident's own first


Disposition = Literal["cited", "set aside", "unread"]
