"""Reads logs whose every line has one shape; what has not goes on with the line before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.artifacts.formats.log_lines import go_on, wall_of
from pipeline.artifacts.item import Item, Reading, Stamp
from pipeline.artifacts.reader import About, Context, Reader, TextFile, single
from pipeline.artifacts.runs import merge_runs

_SAMPLE = 200  # lines that show what a file is


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a log. `actor` is the program or host that wrote it."""

    text: str
    stamp: Stamp | None
    actor: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def log_reader(name: str, about: About, parse: Callable[[str], Entry | None]) -> Reader:
    """A reader of files of which most lines can be parsed."""

    def recognise(file: TextFile) -> bool:
        lines = [line for line in file.lines[: 2 * _SAMPLE] if line.strip()][:_SAMPLE]
        return bool(lines) and sum(parse(line) is not None for line in lines) * 2 >= len(lines)

    def read(file: TextFile, context: Context) -> Reading:
        reading = Reading(file.path, "log", flows=True)
        items: list[Item] = []
        source = PurePosixPath(file.path).stem
        for number, line in enumerate(file.lines, 1):
            if not line.strip():
                continue
            entry = parse(line)
            if entry is None and items:
                go_on(items[-1], line, number)
                continue
            entry = entry or Entry(line.strip(), None)
            item = Item(f"line {number}", entry.text or "(empty)", "log", line=number, stamp=entry.stamp)
            item.actor, item.columns = entry.actor or source, entry.columns
            item.actor_kind = "system"
            items.append(item)
        reading.items = merge_runs(items, lambda i: wall_of(i.stamp))
        return reading

    return single(name, about, recognise, read)
