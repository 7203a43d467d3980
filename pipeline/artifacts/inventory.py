"""What was read from what: of each file its format, its records, their times and zones, and what is unread and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.models.base import Frozen, UtcTime
from pipeline.models.record import Artifacts, Channel, Record, Unread


class Reason(Frozen):
    """Why something of a file is unread, where the first of it stands, and how often that is so."""

    reason: str
    locator: str
    count: int


class FileRead(Frozen):
    """A file of the incident. `format` is None where nothing of it could be read."""

    file: str
    format: str | None
    records: int
    dated: int
    first: UtcTime | None
    last: UtcTime | None
    zone_bases: tuple[tuple[str, int], ...]  # (in words, of how many records), the most frequent first
    unread: tuple[Reason, ...]


class Inventory(Frozen):
    incident: str
    files: tuple[FileRead, ...]
    channels: tuple[Channel, ...]
    redacted: dict[str, int]
    notices: tuple[str, ...]


def take_inventory(artifacts: Artifacts) -> Inventory:
    """Of every file that was found; a file stands here even where nothing was read of it."""
    formats = dict(artifacts.files)
    records: dict[str, list[Record]] = defaultdict(list)
    unread: dict[str, list[Unread]] = defaultdict(list)
    for record in artifacts.records:
        records[record.source].append(record)
    for row in artifacts.unread:
        unread[row.source].append(row)
    paths = sorted({*formats, *records, *unread})
    return Inventory(
        incident=artifacts.incident.name,
        files=tuple(_file(p, formats.get(p), records[p], unread[p]) for p in paths),
        channels=artifacts.channels,
        redacted=dict(artifacts.redacted),
        notices=artifacts.notices,
    )


def _file(path: str, name: str | None, records: Sequence[Record], unread: Sequence[Unread]) -> FileRead:
    times = [r.time for r in records if r.time]
    # What stands behind the first semicolon tells how the day was found, which differs from line to line.
    bases = Counter(r.zone_basis.split("; ")[0] for r in records if r.time)
    return FileRead(
        file=path,
        format=name,
        records=len(records),
        dated=len(times),
        first=min(times, default=None),
        last=max(times, default=None),
        zone_bases=tuple(bases.most_common()),
        unread=_reasons(unread),
    )


def _reasons(unread: Sequence[Unread]) -> tuple[Reason, ...]:
    first: dict[str, str] = {}
    count: Counter[str] = Counter()
    for row in unread:
        first.setdefault(row.reason, row.locator)
        count[row.reason] += 1
    return tuple(Reason(reason=r, locator=first[r], count=n) for r, n in count.items())
