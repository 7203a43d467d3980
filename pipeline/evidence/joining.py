"""One event that several sources tell becomes one candidate, with the records of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.evidence.likeness import marks, overlap, shared
from pipeline.models.base import EventClass

_ONE_MINUTE = timedelta(seconds=60)
_EXACT = timedelta(seconds=150)
_MINUTE = timedelta(minutes=2)
_ROUGH = timedelta(minutes=12)


def same_event(a: Candidate, b: Candidate) -> bool:
    """Whether two tellings are of one event: near in time, and alike in act and object."""
    if a.time == b.time and a.precision == "exact" and a.kind == b.kind and marks(a.text) & marks(b.text):
        return True
    if a.sources & b.sources and not (a.kind == b.kind == "page"):
        if not (a.kind == "bot") ^ (b.kind == "bot"):
            return False
    apart = abs(b.time - a.time)
    if a.until and b.time <= a.until and a.time <= b.time:
        apart = timedelta(0)
    if apart > _tolerance(a, b):
        return False
    if a.kind == b.kind == "page":
        return _same_page(a, b)
    if (label := _labelled(a, b)) is not None:
        return label
    alike = overlap(a.text, b.text)
    common = shared(a.text, b.text)
    common_marks = marks(a.text) & marks(b.text)
    if {a.kind, b.kind} == {"page", "bot"} and (common_marks or common >= 2):
        return True
    if {a.kind, b.kind} & {"page", "bot"} and _both(a, b, "alert"):
        return bool(common_marks) or common >= 1
    if a.kind in ("status",) or b.kind in ("status",):
        return _both(a, b, "communicate") or alike >= 0.4
    same_actor = a.actor.lower() == b.actor.lower()
    if common_marks and (common >= 2 or same_actor):
        return True
    if same_actor and not (a.sources & b.sources):
        near = abs(b.time - a.time)
        if (near <= timedelta(seconds=20) and common >= 1) or (near <= timedelta(seconds=90) and common >= 2):
            return True
    if a.by_hand or b.by_hand:
        if same_actor and _both(a, b, "intervene"):
            return True
        return (alike >= 0.5 and common >= 2) or (same_actor and alike >= 0.34 and common >= 1)
    return alike >= 0.6 and common >= 3


# What a document's field names, by the cues of the event that it means.
_MEANT: dict[EventClass, tuple[str, ...]] = {
    "ONS": ("symptom", "trigger", "alert"),
    "DET": ("symptom", "alert", "report"),
    "ESC": ("declare", "command", "escalate"),
    "MIT": ("recover", "complete"),
    "RES": ("close",),
    "COM": ("communicate",),
}


def _labelled(a: Candidate, b: Candidate) -> bool | None:
    """Whether a field such as `Fixed: 13:20` means the other event; None where neither is such a field."""
    for field, other in ((a, b), (b, a)):
        label = label_of(field.text) if field.kind in ("field", "statement") else None
        if label is not None:
            if label[0] == "ONS" and abs(field.time - other.time) > timedelta(seconds=60):
                return False  # onset is a moment of its own; a report of it comes later
            if label[0] == "ONS" and other.kind == "command":
                return True
            if label[0] == "DET" and other.kind == "message" and abs(field.time - other.time) <= _ONE_MINUTE:
                return True
            return other.reading.has(*_MEANT[label[0]])
    return None


def _both(a: Candidate, b: Candidate, cue: str) -> bool:
    return a.reading.has(cue) and b.reading.has(cue)


def _same_page(a: Candidate, b: Candidate) -> bool:
    """Trigger, assignment and notifications of one pager incident within a minute are one paging."""
    if a.text == b.text or (a.actor == b.actor and overlap(a.text, b.text) >= 0.9):
        return True
    opening = ("trigger", "notified", "notify", "assign", "opened", "paged")
    if abs(b.time - a.time) > timedelta(seconds=90):
        return False
    return all(any(w in c.text.lower() for w in opening) for c in (a, b)) and (
        bool(marks(a.text) & marks(b.text)) or bool(a.sources & b.sources)
    )


def _tolerance(a: Candidate, b: Candidate) -> timedelta:
    if "approximate" in (a.precision, b.precision):
        return _ROUGH
    if "minute" in (a.precision, b.precision):
        return _MINUTE
    return _EXACT


def unite(a: Candidate, b: Candidate) -> Candidate:
    """The exact record gives the time; what was recorded as it happened leads what was written later."""
    lead, other = (b, a) if _rank(b) > _rank(a) else (a, b)
    words = lead
    if lead.quoted and other.by_hand and len(other.text) <= 240:
        words = other  # a document's plain sentence reads better than the chat line it retells
    actor = lead if lead.actor_kind in ("person", "system", "team") else other
    text = words.text
    if words is other and marks(lead.text) - marks(other.text):
        text = lead.text  # the chat line says more than its summary
        words = lead
    if label_of(text):
        words = other if words is lead else lead
        text = words.text
    if a.kind == b.kind == "page":
        words = max((a, b), key=lambda c: len(c.text))
        text = words.text
    joined = lead.joined_with(other, text=text, quoted=words.quoted)
    return replace(
        joined,
        actor=actor.actor,
        actor_kind=actor.actor_kind,
        until=lead.until or other.until,
        by_hand=lead.by_hand and other.by_hand,
        reading=words.reading,
    )


def _rank(c: Candidate) -> tuple[int, int]:
    precision = {"exact": 2, "minute": 1, "approximate": 0}[c.precision]
    return (0 if c.by_hand else 1, precision)
