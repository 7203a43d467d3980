"""One event that several sources tell becomes one candidate, with the records of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.conflicts import time_conflict
from pipeline.evidence.declared import label_of
from pipeline.evidence.likeness import marks, overlap, shared
from pipeline.evidence.paging import call_of
from pipeline.language.event_classes import Reading
from pipeline.models.base import EventClass
from pipeline.models.postmortem import Conflict

_ONE_MINUTE = timedelta(seconds=60)
_EXACT = timedelta(seconds=150)
_MINUTE = timedelta(minutes=3)
_ROUGH = timedelta(minutes=12)
_SAME_BREATH, _AT_ONCE = timedelta(seconds=90), timedelta(seconds=20)
_NEAR = timedelta(minutes=15)


def join(found: Sequence[Candidate]) -> tuple[list[Candidate], tuple[Conflict, ...]]:
    """Each event once, in time order, and a conflict where its tellings disagree about the time.

    What was recorded as it happened is joined first; what was written later finds its place among it.
    """
    joined: list[Candidate] = []
    conflicts: list[Conflict] = []
    for candidate in sorted(found, key=lambda c: (c.by_hand, c.time)):
        at = _told_already(joined, candidate)
        if at is None:
            joined.append(candidate)
            continue
        before = joined[at]
        joined[at] = unite(before, candidate)
        kept, other = (before, candidate) if joined[at].time == before.time else (candidate, before)
        if conflict := time_conflict(kept, other):
            conflicts.append(conflict)
    return sorted(joined, key=lambda c: (c.time, c.records[0])), tuple(conflicts)


def _told_already(joined: Sequence[Candidate], candidate: Candidate) -> int | None:
    """The telling of the same event that is most alike, within a quarter of an hour."""
    best: tuple[float, int] | None = None
    for i, other in enumerate(joined):
        apart = abs(candidate.time - other.time)
        if apart > _NEAR:
            continue
        first, second = (other, candidate) if other.time <= candidate.time else (candidate, other)
        if same_event(first, second):
            likeness = overlap(other.about, candidate.about) - apart.total_seconds() / 300
            if best is None or likeness > best[0]:
                best = (likeness, i)
    return best[1] if best else None


def same_event(a: Candidate, b: Candidate) -> bool:
    """Whether two tellings are of one event: near in time, and alike in act and object."""
    if a.sources & b.sources and (a.kind == "bot") == (b.kind == "bot"):
        return False  # one source tells an event once
    if a.by_hand and b.by_hand and a.kind == b.kind == "row" and a.time != b.time:
        return False
    if abs(b.time - a.time) > _tolerance(a, b) and not (a.until and a.time <= b.time <= a.until):
        return False
    if any(c.reading.act == "planned" and c.reading.future and not c.by_hand for c in (a, b)):
        return False  # what somebody will do is not yet done
    if (label := _labelled(a, b)) is not None:
        return label
    kinds = {a.kind, b.kind}
    if kinds & {"page"}:
        return _with_a_page(a, b)
    if kinds & {"status"}:
        says = a if b.kind == "status" else b
        if abs(b.time - a.time) <= _MINUTE and says.reading.has("communicate"):
            return True
        return a.kind == b.kind and overlap(a.text, b.text) >= 0.6
    return _alike(a, b)


def _alike(a: Candidate, b: Candidate) -> bool:
    alike, common = overlap(a.about, b.about), shared(a.about, b.about)
    common_marks = marks(a.about) & marks(b.about)
    same_actor = a.actor.lower() == b.actor.lower() or _names(a, b.actor) or _names(b, a.actor)
    if not (a.by_hand or b.by_hand):
        apart = abs(b.time - a.time)
        said = a.kind == b.kind == "message"
        if said and same_actor and apart <= _SAME_BREATH and (common >= 2 or (common and apart <= _AT_ONCE)):
            return True  # what somebody types and says in the call
        return (alike >= 0.6 and common >= 3) or bool(len(common_marks) >= 2 and common >= 3)
    if common_marks and (common >= 2 or same_actor):
        return True
    if same_actor and _both(a, b, "intervene"):
        return True
    if any(_both(a, b, cue) for cue in _ONCE):
        return True
    return (alike >= 0.5 and common >= 2) or (same_actor and alike >= 0.34 and common >= 1)


# What happens about once in a quarter of an hour: two tellings of it within their tolerance are one event.
_ONCE = ("declare", "command", "close", "communicate")


def _names(c: Candidate, actor: str) -> bool:
    """What a bot writes names who told it to: "set to lazy by yuki.tanabe"."""
    words = actor.lower().split()
    return c.kind == "bot" and bool(words) and all(w in c.text.lower() for w in words)


def _with_a_page(a: Candidate, b: Candidate) -> bool:
    """A page beside what chat or a document says of it: the alert, or the escalation that its author announces."""
    page, other = (a, b) if a.kind == "page" else (b, a)
    if other.kind == "page":
        return False  # the pager's own log is folded beforehand
    common = shared(page.about, other.about)
    if other.kind == "bot":
        return bool(marks(page.text) & marks(other.text)) or common >= 2
    if call_of(page.text) == "called":
        # To be called and to take command are two events; to be given the page and to have command are one.
        if other.reading.has("declare"):
            return False
        cues = ("escalate", "hand over", "command")
        return other.reading.has(*cues[: 3 if "reassigned" in page.text.lower() else 2]) and _of_one_call(
            page, other
        )
    if other.by_hand:
        lowered = other.text.lower()
        told = call_of(page.text)
        if told == "acknowledged":
            return "ack" in lowered
        if told == "resolved":
            return "resolv" in lowered or "clear" in lowered
        return told == "opened" and (
            (other.reading.has("alert") and "ack" not in lowered)
            or bool(marks(page.text) & marks(other.text))
        )
    return page.actor == other.actor and overlap(page.text, other.text) >= 0.5


def _of_one_call(page: Candidate, other: Candidate) -> bool:
    """Somebody who calls says whom, somebody who is called takes over; the pager's entry names them."""
    names = [w for w in (other.reading.contact or "").split() if w[:1].isupper()]
    own = other.actor.split()[:1]
    return any(w in page.text for w in names + own)


# What a document's field names, by the cues of the event that it means.
_MEANT: dict[EventClass, tuple[str, ...]] = {
    "ONS": ("symptom", "trigger", "alert"),
    "DET": ("symptom", "alert", "report"),
    "ESC": ("declare", "command"),
    "MIT": ("recover", "complete"),
    "RES": ("close",),
    "COM": ("communicate",),
}


def _labelled(a: Candidate, b: Candidate) -> bool | None:
    """Whether a field such as `Fixed: 13:20` means the other event; None where neither is such a field."""
    for field, other in ((a, b), (b, a)):
        label = label_of(field.text) if field.kind in ("field", "statement") else None
        if label is None:
            continue
        near = abs(field.time - other.time) <= _ONE_MINUTE
        if label[0] == "ONS":
            # Onset is a moment of its own; a report of it comes later.
            return (
                near
                and (other.kind == "command" or other.reading.has(*_MEANT["ONS"]))
                and other.kind != "page"
            )
        if label[0] == "DET" and near and other.kind in ("message", "page"):
            return not other.reading.question and other.reading.strength >= 1.0
        return other.reading.has(*_MEANT[label[0]])
    return None


def _both(a: Candidate, b: Candidate, cue: str) -> bool:
    return a.reading.has(cue) and b.reading.has(cue)


def _tolerance(a: Candidate, b: Candidate) -> timedelta:
    if "approximate" in (a.precision, b.precision):
        return _ROUGH
    return _MINUTE if "minute" in (a.precision, b.precision) else _EXACT


def unite(a: Candidate, b: Candidate) -> Candidate:
    """The exact record gives the time; what was recorded as it happened leads what was written later."""
    lead, other = (b, a) if _rank(b) > _rank(a) else (a, b)
    words = _better_told(lead, other)
    actor = lead if not lead.by_hand and lead.actor_kind != "unknown" else words
    if actor.actor_kind == "unknown":
        actor = other if actor is lead else lead
    joined = lead.joined_with(other, text=words.text, quoted=words.quoted)
    return replace(
        joined,
        actor=actor.actor,
        actor_kind=actor.actor_kind,
        until=lead.until or other.until,
        written=lead.written or other.written,
        by_hand=lead.by_hand and other.by_hand,
        reading=_reading_of(lead, other, words),
        context=f"{lead.context} {other.about if words is lead else lead.about} {other.context}".strip(),
    )


def _better_told(lead: Candidate, other: Candidate) -> Candidate:
    """A document's plain sentence reads better than the chat line it retells, unless the line says more."""
    if label_of(lead.text):
        return other
    if lead.kind == "command" and other.kind == "message":
        return other
    if label_of(other.text) or lead.kind == "page":
        return lead
    if lead.quoted and other.logged and len(other.text) <= 240:
        return lead if marks(lead.text) - marks(other.about) else other
    return lead


def _reading_of(lead: Candidate, other: Candidate, words: Candidate) -> Reading:
    """The cues of both tellings where they tell the same act; a row's "no effect" stays with its act."""
    if lead.kind in ("page", "status"):
        return lead.reading
    cues = words.reading.cues | (
        lead.reading.cues & {"declare", "command", "close", "intervene", "communicate"}
    )
    return replace(words.reading, cues=cues)


def _rank(c: Candidate) -> tuple[int, int]:
    precision = {"exact": 2, "minute": 1, "approximate": 0}[c.precision]
    return (0 if c.by_hand else 1, precision)
