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
    r"\b(?:escalated|reassigned|delegated)\b|\badded as a responder|^responder|\bresponder request", re.I
)
_ACKNOWLEDGES = re.compile(r"\backnowledg", re.I)
_RESOLVES = re.compile(
    r"(?<!status )resolved (?:by|through|via|automatically)|auto-?resolved|^\W*resolved\b|\bresolved\.?$"
)
_SETTING = re.compile(
    r"^\W*(?:priority|urgency|severity|title|status) (?:set|changed|updated)|\badded a note\b|^note added|\bjoined\b"
)
_BOT_TELLS = re.compile(
    r"\W*(?:triggered|acknowledged|resolved|escalated|reassigned|notified)\b.{0,40}?(?:#\w*\d|\bby\b|\bvia\b|\bto\b|:)"
    r"|.{0,60}\b(?:was added as a responder|added a note to)\b",
    re.I,
)
_ACKNOWLEDGES_ONCE = timedelta(minutes=30)
_SENT_WITHIN = timedelta(minutes=15)
_SAME = timedelta(seconds=90)


def speaks_for_pager(text: str) -> bool:
    """Whether a bot in a chat repeats an entry of a pager's log: it opens with what happened to the page."""
    return bool(_BOT_TELLS.match(text))


def fold_pages(found: Sequence[Candidate], aside: dict[str, str]) -> list[Candidate]:
    """The candidates with the entries of pagers folded; everything else is as it was."""
    kept: list[Candidate] = []
    last: dict[str, int] = {}  # what a pager told last, by kind of entry
    for c in sorted(found, key=lambda c: (c.time, not _OPENS.search(c.text), c.channel is not None)):
        told = call_of(c.text) if c.kind == "page" else ""
        if told == "set":
            _set_aside(c, aside, "a setting of the pager")
            continue
        at = _belongs_to(c, told, kept, last)
        if at is not None:
            kept[at] = _with(kept[at], c)
            continue
        if told:
            last[told] = len(kept)
        kept.append(c)
    return kept


def _belongs_to(c: Candidate, told: str, kept: Sequence[Candidate], last: dict[str, int]) -> int | None:
    """The earlier entry that this one only repeats or carries out, or None."""
    if told == "sent":
        calls = [last[k] for k in ("opened", "called") if k in last]
        near = [i for i in calls if c.time - kept[i].time <= _SENT_WITHIN]
        return max(near) if near else None
    at = last.get(told)
    if at is None:
        return None
    before = kept[at]
    if told == "acknowledged":
        again = before.actor == c.actor or before.actor in c.text or before.sources == c.sources
        return at if again and c.time - before.time <= _ACKNOWLEDGES_ONCE else None
    if c.time - before.time > _SAME:
        return None
    alike = bool(marks(before.text) & marks(c.text)) or overlap(before.text, c.text) >= 0.5
    return at if alike else None


def _with(call: Candidate, c: Candidate) -> Candidate:
    """Of several openings the one that says "triggered" is told."""
    triggers = "triggered" in c.text.lower() and "triggered" not in call.text.lower()
    joined = call.joined_with(c, score=call.score)
    if triggers and c.channel is None:
        return replace(joined, text=c.text, reading=c.reading, actor=c.actor, actor_kind=c.actor_kind)
    return joined


def _set_aside(c: Candidate, aside: dict[str, str], reason: str) -> None:
    for record_id in c.records:
        aside.setdefault(record_id, reason)


def call_of(text: str) -> str:
    """What a pager's entry tells: opened, sent, called, acknowledged, resolved, noted, or set (a detail of it)."""
    lowered = text.lower()
    if lowered.startswith("note"):
        return "noted" if ":" in lowered[:8] else "set"
    if _SETTING.search(lowered):
        return "set"
    if _SENDS.match(text):
        return "sent"
    if _ACKNOWLEDGES.search(lowered):
        return "acknowledged"
    if _RESOLVES.search(lowered):
        return "resolved"
    if _CALLS.search(lowered):
        return "called"
    return "opened" if _OPENS.search(text) else "noted"
