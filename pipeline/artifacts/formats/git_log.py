"""Reads what `git log` prints: one item a commit, with its author, its date and its message."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.artifacts.item import Item, Reading, Zone, at_instant, iso_stamp, stamp_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.language.times import find_times, zone_of

_COMMIT = re.compile(r"^commit (?P<sha>[0-9a-f]{7,64})\b")
_FIELD = re.compile(r"^(?P<key>Author|Date|AuthorDate|Commit|CommitDate|Merge):\s*(?P<value>.*)$")


_FIELDS = "\x1f"
_COMMITS = "\x1e"


def recognise(file: TextFile) -> bool:
    return _is_printed(file) or _is_separated(file)


def _is_separated(file: TextFile) -> bool:
    """`--format` with separators that no message holds: sha, parents, author and committer, subject, body."""
    fields = file.text.lstrip()[:4000].split(_FIELDS)
    return len(fields) >= 9 and bool(re.fullmatch(r"[0-9a-f]{7,64}", fields[0]))


def _is_printed(file: TextFile) -> bool:
    head = file.text[:4000]
    return bool(_COMMIT.match(file.text.lstrip())) and bool(
        re.search(r"^(?:Author)?Date:\s+\S", head, re.MULTILINE)
    )


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "git log")
    if _is_separated(file):
        _separated(reading, file, context)
        return reading
    starts = [n for n, line in enumerate(file.lines) if _COMMIT.match(line)]
    for start, end in zip(starts, [*starts[1:], len(file.lines)], strict=True):
        _commit(reading, file.lines[start:end], start + 1, context)
    return reading


GIT_LOG = single(
    "git log",
    About(
        known_by="`commit` with `Author:` and `Date:`, or fields set apart by the bytes 1f and 1e",
        exported_by="`git log --since=… --until=… --date=iso-strict --pretty=fuller`, or `git log --format='%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%s%x1f%b%x1e'`",
    ),
    recognise,
    read,
)


def _separated(reading: Reading, file: TextFile, context: Context) -> None:
    line = 1
    for commit in file.text.split(_COMMITS):
        first = line + len(commit) - len(commit.lstrip("\n"))
        line += commit.count("\n")
        if not commit.strip():
            continue
        fields = commit.strip("\n").split(_FIELDS)
        if len(fields) < 9:
            reading.cannot_read(f"line {first}", "a commit that is cut off", commit)
            continue
        # The committer's date is when it came to be where it is; the author's, when it was written.
        known = context.directory.name(fields[2]) if fields[2] else None
        text = "\n".join(line for line in "\n".join(fields[8:10]).split("\n") if line.strip())
        item = Item(f"line {first}", text or "(no message)", "change", line=first, stamp=iso_stamp(fields[7]))
        item.actor, item.actor_kind = known, context.directory.kind(known, "person") if known else "unknown"
        item.columns = (("commit", fields[0][:12]), ("authored", fields[4]), ("committer", fields[5]))
        reading.items.append(item)


def _commit(reading: Reading, lines: list[str], first: int, context: Context) -> None:
    match = _COMMIT.match(lines[0])
    sha = match["sha"][:12] if match else ""
    fields: dict[str, str] = {}
    words: list[str] = []
    last = first
    for offset, line in enumerate(lines[1:], 1):
        if not words and (found := _FIELD.match(line)):
            fields[found["key"]] = found["value"].strip()
        elif line.strip():
            words.append(line.strip())
            last = first + offset
    name = re.sub(r"\s*[<\[(].*$", "", fields.get("Author", "")).strip()
    date = fields.get("CommitDate") or fields.get("Date") or fields.get("AuthorDate") or ""
    mention = next((m for m in find_times(date) if m.clock), None)
    stamp = stamp_of(mention) if mention else None
    # `Wed Mar 18 06:12:00 2026 -0600`: the year stands between the clock and the offset.
    if stamp and mention and stamp.zone is None and (offset_text := re.search(r"[+-]\d{4}$", date)):
        tz = zone_of(offset_text[0])
        stamp.zone = Zone(tz, "offset in the record") if tz else None
    if stamp and stamp.zone and stamp.date and stamp.clock:
        stamp = at_instant(
            dt.datetime.combine(stamp.date, stamp.clock, stamp.zone.tz), "offset in the record"
        )
    known = context.directory.name(name) if name else None
    reading.items.append(
        Item(
            f"lines {first}-{last}",
            "\n".join(words) or "(no message)",
            "change",
            line=first,
            stamp=stamp,
            actor=known,
            actor_kind=context.directory.kind(known, "person") if known else "unknown",
            columns=(("commit", sha),),
        )
    )
