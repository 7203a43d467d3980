"""Reads everything else line by line: a time near the start of a line dates it, lines without one go on."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Item, Reading, Stamp, at_instant, stamp_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.runs import merge_runs
from pipeline.artifacts.zone_statements import zone_stated
from pipeline.language.dates import make_day
from pipeline.language.times import find_times

_MAX_ENTRY = 20_000  # characters of an entry with the lines that go on with it
_HEAD = 100
_EPOCH = re.compile(r"^\W{0,2}(?P<s>1\d{9})(?:\.\d+|\d{3})?\b")
_PROMPT = re.compile(r"(?:^|\s)(?P<user>[a-z][\w.-]*)@[\w.-]+:[^\s$#]*\s?[$#]\s")
_COMMENT = re.compile(r"^\s*(?:#|//|;)")


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "log", flows=True)
    items: list[Item] = []
    for number, line in enumerate(file.lines, 1):
        if not line.strip():
            continue
        if _COMMENT.match(line) and not items:
            reading.zone = reading.zone or zone_stated(line, "the file")
        stamp, rest = _leading_time(line)
        if stamp is None and items and items[-1].stamp and not _COMMENT.match(line):
            go_on(items[-1], line, number)
            continue
        items.append(_item(number, line.strip() if stamp is None else rest, stamp, context.directory))
    if not any(i.stamp for i in items):
        items = _paragraphs(file)
    source = PurePosixPath(file.path).stem
    for item in items:
        if item.actor is None and item.stamp:
            item.actor, item.actor_kind = source, "system"
    reading.items = merge_runs(items, lambda i: wall_of(i.stamp))
    return reading


_ABOUT = About(
    known_by="Anything else that is text; a time near the start of a line dates it",
    exported_by="`journalctl -u UNIT --since … --until … -o short-iso`, `kubectl logs --timestamps`, or the file itself",
)
LOG_LINES = single("log", _ABOUT, lambda file: True, read)


def _leading_time(line: str) -> tuple[Stamp | None, str]:
    """The stamp near the start of a line, and the line without it. Server logs put an address before it."""
    if epoch := _EPOCH.match(line):
        moment = dt.datetime.fromtimestamp(int(epoch["s"]), dt.UTC)
        return at_instant(moment, "epoch seconds in the record"), line[epoch.end() :].strip(" \t|,:-")
    mention = next((m for m in find_times(line[:_HEAD]) if m.clock), None)
    if mention is None or (mention.start > 3 and not mention.is_dated) or mention.start > 60:
        return None, line
    before, after = line[: mention.start].rstrip(" [(\t"), line[mention.end :]
    after = after.lstrip(" \t]),:|")
    if re.match(r"^-\s", after):
        after = after[1:].lstrip()
    return stamp_of(mention), f"{before} {after}".strip()


def _item(number: int, text: str, stamp: Stamp | None, directory: Directory) -> Item:
    item = Item(
        f"line {number}", text or "(empty line)", "log" if stamp else "text", line=number, stamp=stamp
    )
    if stamp and (prompt := _PROMPT.search(text)):
        known = directory.find(prompt["user"])
        item.actor = known.name if known else prompt["user"]
        item.actor_kind = known.kind if known else "person"
    return item


def go_on(item: Item, line: str, number: int) -> None:
    """Add a line that goes on with an entry, as far as an entry is of readable length."""
    if len(item.text) < _MAX_ENTRY:
        item.text += "\n" + line.rstrip()
    item.locator = f"lines {item.line}-{number}"


def _paragraphs(file: TextFile) -> list[Item]:
    """A file without a single time: blocks between blank lines, each cut at a readable length."""
    items: list[Item] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*file.lines, ""], 1):
        if line.strip():
            block.append((number, line.rstrip()))
        if block and (not line.strip() or len(block) == 40):
            first, last = block[0][0], block[-1][0]
            where = f"line {first}" if first == last else f"lines {first}-{last}"
            items.append(Item(where, "\n".join(t for _, t in block), "text", line=first))
            block = []
    return items


def wall_of(stamp: Stamp | None) -> dt.datetime | None:
    """A moment to measure pauses by, within one file."""
    if stamp is None:
        return None
    if stamp.instant:
        return stamp.instant.replace(tzinfo=None)
    if stamp.clock is None:
        return None
    day = stamp.date or (make_day(2024, *stamp.month_day) if stamp.month_day else None) or dt.date(2024, 1, 1)
    return dt.datetime.combine(day, stamp.clock)
