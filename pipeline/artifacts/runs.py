"""Runs of alike lines become one item that says how many they are and until when; nothing else is merged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.artifacts.item import Item

_REQUEST = re.compile(r'"(?P<method>[A-Z]{3,8}) [^"]*" (?P<status>\d{3})\b')
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_VARIABLE = re.compile(r"\b[0-9a-f]{8,}\b|(?<![\w.:/-])[\w.:/-]*\d[\w.:/%-]*", re.IGNORECASE)
_PAUSE = dt.timedelta(minutes=10)  # the same line after a longer silence is something new
_FROM = 3  # two alike lines still read well one by one
_WORDS = 9  # of a line's head: what follows is its argument


def signature(text: str) -> str:
    """What makes lines alike: the words of the line's head without its numbers, ids and quotations.

    Of a web server's line, the method and the status.
    """
    if request := _REQUEST.search(text):
        return f"{request['method']} {request['status']}"
    bare = _VARIABLE.sub("#", _QUOTED.sub('"', text))
    return " ".join(bare.split()[:_WORDS])


def merge_runs(items: Sequence[Item], wall: Callable[[Item], dt.datetime | None]) -> list[Item]:
    """The items in order of their first line; each run of alike ones is one item with `until`."""
    runs: list[list[Item]] = []
    open_runs: dict[str, list[Item]] = {}
    for item in items:
        at = wall(item)
        key = signature(item.text) if at else ""
        run = open_runs.get(key) if key else None
        last = wall(run[-1]) if run else None
        if run is not None and at and last and abs(at - last) <= _PAUSE:
            run.append(item)
            continue
        fresh = [item]
        runs.append(fresh)
        if key:
            open_runs[key] = fresh
    merged: list[Item] = []
    for run in runs:
        merged += [_merged(run, wall)] if len(run) >= _FROM else run
    return sorted(merged, key=lambda i: i.line or 0)


def _merged(run: list[Item], wall: Callable[[Item], dt.datetime | None]) -> Item:
    first, last = run[0], run[-1]
    end = wall(last)
    whole = (last.line or 0) - (first.line or 0) + 1 == len(run)
    locator = f"lines {first.line}-{last.line}" + ("" if whole else f" ({len(run)} alike lines)")
    text = f"{first.text} [{len(run)} alike lines]"
    item = replace(first, text=text, locator=locator)
    if item.stamp and last.stamp and end:
        item.stamp = replace(
            item.stamp, until=last.stamp.instant, until_clock=last.stamp.clock, until_date=last.stamp.date
        )
    return item
