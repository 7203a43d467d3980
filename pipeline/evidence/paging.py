"""A pager's log told once: what it sends to phones belongs to the page, and only a first acknowledgement is news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.likeness import marks, overlap

_OPENS = re.compile(r"\btriggered\b|^incident \[|\bopened\b", re.I)
_SENDS = re.compile(r"^(?:notified|assigned|paged|notification)\b", re.I)
_CALLS = re.compile(
    r"\b(?:escalated|reassigned|delegated)\b|\badded as a responder|^responder|\brequested\b", re.I
)
_ACKNOWLEDGES = re.compile(r"\backnowledg", re.I)
_SENT_WITHIN = timedelta(minutes=15)
_SAME = timedelta(seconds=90)


def fold_pages(found: Sequence[Candidate], aside: dict[str, str]) -> list[Candidate]:
    """The candidates with the entries of pagers folded; everything else is as it was."""
    kept: list[Candidate] = []
    last_call: int | None = None
    acknowledged: set[frozenset[str]] = set()
    for c in sorted(found, key=lambda c: (c.time, not _OPENS.search(c.text))):
        if not is_pager(c):
            kept.append(c)
            continue
        if last_call is not None and _belongs(kept[last_call], c):
            kept[last_call] = _with(kept[last_call], c)
            continue
        if _ACKNOWLEDGES.search(c.text):
            if c.sources in acknowledged:
                _set_aside(c, aside, "a later acknowledgement of the same page")
                continue
            acknowledged.add(c.sources)
        elif _OPENS.search(c.text) or _CALLS.search(c.text):
            last_call = len(kept)
        elif call_of(c.text) == "set":
            _set_aside(c, aside, "a setting of the pager")
            continue
        kept.append(c)
    return kept


def is_pager(c: Candidate) -> bool:
    return c.kind == "page"


def _belongs(call: Candidate, c: Candidate) -> bool:
    """Whether an entry only repeats or carries out the page or the escalation before it."""
    apart = c.time - call.time
    if _SENDS.match(c.text):
        return apart <= _SENT_WITHIN
    if apart > _SAME:
        return False
    if _OPENS.search(c.text) and _OPENS.search(call.text):
        return bool(marks(call.text) & marks(c.text)) or overlap(call.text, c.text) >= 0.5
    return bool(_CALLS.search(c.text) and _CALLS.search(call.text)) and overlap(call.text, c.text) >= 0.5


def _with(call: Candidate, c: Candidate) -> Candidate:
    """Of several openings the one that says "triggered" is told."""
    triggers = "triggered" in c.text.lower() and "triggered" not in call.text.lower()
    joined = call.joined_with(c, score=call.score)
    return (
        replace(joined, text=c.text, reading=c.reading, actor=c.actor, actor_kind=c.actor_kind)
        if triggers
        else joined
    )


def _set_aside(c: Candidate, aside: dict[str, str], reason: str) -> None:
    for record_id in c.records:
        aside.setdefault(record_id, reason)


def call_of(text: str) -> str:
    """What a pager's entry tells: opened, called, acknowledged, resolved, noted."""
    lowered = text.lower()
    if _ACKNOWLEDGES.search(lowered):
        return "acknowledged"
    if _RESOLVES.search(lowered):
        return "resolved"
    if _CALLS.search(lowered):
        return "called"
    if lowered.startswith("note"):
        return "noted"
    return (
        "set"
        if re.match(r"(?:priority|urgency|severity|title|status) (?:set|changed|updated)", lowered)
        else "opened"
    )


_RESOLVES = re.compile(r"(?<!status )resolved (?:by|through|via|automatically)|auto-?resolved|^resolved\b")
