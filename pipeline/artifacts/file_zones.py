"""The zone that a file's clocks are in where they name none: by its own words, another file's, or incident.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from pipeline.artifacts.item import Reading, Stamp, Zone
from pipeline.artifacts.matching import Offset
from pipeline.artifacts.walls import Walls
from pipeline.language.zones import zones_called
from pipeline.models.incident import Incident

UNKNOWN_ZONE = "unknown zone: no record says it; printed as written"


def zone_of_file(reading: Reading, readings: Sequence[Reading]) -> Zone | None:
    """The zone that holds for the clocks of a file: its own words, its other times, or another file's words."""
    if reading.zone:
        return reading.zone
    clocks = [i.stamp for i in reading.items if i.stamp and i.stamp.clock]
    stated = [s.zone for s in clocks if s.zone]
    if len(stated) >= 2 and 3 * len(stated) >= len(clocks) and len({str(z.tz) for z in stated}) == 1:
        return Zone(stated[0].tz, f"as the file's other times: {stated[0].basis}")
    for other in readings:
        for what, zone in other.others:
            if other is not reading and _is_meant(what, reading):
                return zone
    return _by_letters(reading, readings)


def _by_letters(reading: Reading, readings: Sequence[Reading]) -> Zone | None:
    """Of the zones that letters may mean the one whose offset the folder's other records carry."""
    candidates = zones_called(reading.letters or "")
    stamps = [i.stamp for r in readings for i in r.items if i.stamp] if candidates else []
    moments = [m for s in stamps if (m := s.instant or _written(s))]
    offsets = {m.utcoffset() for m in moments if m.utcoffset()}
    fitting = [z for z in candidates if any(m.astimezone(z).utcoffset() in offsets for m in moments)]
    if len(fitting) != 1:
        return None
    return Zone(fitting[0], f'the document says "{reading.letters}", and other records carry that offset')


def _written(stamp: Stamp) -> dt.datetime | None:
    if stamp.date and stamp.clock and stamp.zone:
        return dt.datetime.combine(stamp.date, stamp.clock, stamp.zone.tz)
    return None


_NAMES_FOR = {
    "chat": "chat", "slack": "chat", "channel": "chat", "conversation": "chat", "thread": "chat", "irc": "chat",
    "transcript": "chat", "log": "log", "logs": "log", "terminal": "log", "session": "log", "pager": "pager",
    "notes": "document", "document": "document", "doc": "document", "csv": "table", "spreadsheet": "table",
}  # fmt: skip


def _is_meant(what: str, reading: Reading) -> bool:
    """Whether "the chat", "the mitigation log" or a file's name means this file."""
    words = [w.strip("#.") for w in what.split()]
    path = reading.path.lower()
    named = [w for w in words if len(w) > 2 and w in path]
    if named and len(named) == len([w for w in words if w not in _NAMES_FOR]) and named:
        return True
    return any(_NAMES_FOR[w] in reading.format for w in words if w in _NAMES_FOR)


def find_zone(walls: Walls, offset: Offset | None, incident: Incident, on: dt.date) -> tuple[Zone, list[str]]:
    """By incident.yaml, unless three or more matches with zoned files say otherwise; then by two matches."""
    path = walls.reading.path
    clock = dt.datetime.combine(on, walls.walls[0][1].time())
    if incident.timezone:
        named = ZoneInfo(incident.timezone)
        basis = f"incident.yaml: {incident.timezone}"
        if offset is None or offset.of_day() == named.utcoffset(clock):
            return Zone(named, basis + (f", and a {offset.said()}" if offset else "")), []
        if offset.votes < 3:
            return Zone(named, basis), []
        warning = f"{path}: incident.yaml says {incident.timezone}, but its events match {offset.source} at {offset.name()}; read so"
        return Zone(offset.zone(), offset.said()), [warning]
    if offset:
        return Zone(offset.zone(), offset.said()), []
    stated = {str(i.stamp.zone.tz): i.stamp.zone for i, _ in walls.walls if i.stamp and i.stamp.zone}
    if len(stated) == 1:
        (zone,) = stated.values()
        return Zone(zone.tz, f"as the file's other time: {zone.basis}"), []
    warning = f"{path}: no record says which zone its clock times are in; read as if UTC, and marked so"
    return Zone(dt.UTC, UNKNOWN_ZONE), [warning]
