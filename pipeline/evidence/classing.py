"""Classes and acts of events by what they say and where they stand: before onset, under way, after recovery."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.evidence.phases import Phases
from pipeline.models.base import EventClass
from pipeline.models.case import Act

_RESOLVED = re.compile(r"(?<!status )resolved (?:by|through|via|automatically)|auto-?resolved|^resolved\b")
Classed = tuple[Act, tuple[EventClass, ...]]
_ACTING = ("did", "decided", "wrote", "observed", "found", "ruled out", "suspected")


def classify(found: Sequence[Candidate], refuted: frozenset[int]) -> list[Classed]:
    """One (act, classes) for each candidate, in their order. `refuted` are suspicions that fell."""
    phases = Phases(found)
    failed = failed_attempts(found)
    working = _working_attempts(found, phases, failed, refuted)
    classed = [_classes(i, c, phases, failed, working) for i, c in enumerate(found)]
    return _with_onset(found, classed, phases)


def failed_attempts(found: Sequence[Candidate]) -> frozenset[int]:
    """Attempts that had no effect: those that say so, and those that a later report by the same person says so of."""
    failed = {i for i, c in enumerate(found) if c.reading.failed}
    for i, c in enumerate(found):
        if not c.reading.has("no effect"):
            continue
        for j in range(i - 1, -1, -1):
            if c.time - found[j].time > timedelta(minutes=45):
                break
            if found[j].actor == c.actor and found[j].reading.has("intervene"):
                failed.add(j)
                break
    return frozenset(failed)


def _working_attempts(
    found: Sequence[Candidate], phases: Phases, failed: frozenset[int], refuted: frozenset[int]
) -> frozenset[int]:
    """Attempts before recovery that no record says failed: what in the end worked is among them."""
    return frozenset(
        i
        for i, c in enumerate(found)
        if i not in failed
        and i not in refuted
        and c.reading.has("intervene")
        and phases.recovered is not None
        and c.time <= phases.recovered
    )


def _classes(
    i: int, c: Candidate, phases: Phases, failed: frozenset[int], working: frozenset[int]
) -> Classed:
    if c.declares and (label := label_of(c.text)):
        return label[1], (label[0],)
    if c.kind == "page":
        return _page(c)
    if c.kind == "status":
        return "posted", ("COM", "RES") if c.reading.has("close") else ("COM",)
    if phases.onset is not None and c.time < phases.onset - timedelta(seconds=30):
        return ("did" if c.reading.has("intervene", "trigger") else c.reading.act), _before(c)
    if phases.closed is not None and c.time > phases.closed:
        return ("posted", ("COM",)) if c.reading.act == "posted" else (c.reading.act, ("FUP",))
    return _under_way(i, c, phases, failed, working)


def _under_way(
    i: int, c: Candidate, phases: Phases, failed: frozenset[int], working: frozenset[int]
) -> Classed:
    reading = c.reading
    act: Act = reading.act
    classes: list[EventClass] = []
    if reading.has("hand over"):
        act = "handed over"
        classes.append("ESC")
    elif reading.has("declare", "command") and not reading.question:
        act = "declared"
        classes.append("ESC")
    if phases.closed == c.time and reading.has("close") and not reading.question:
        act = "observed" if act == "wrote" else act
        classes.append("RES")
    if act == "posted":
        classes.append("COM")
    if phases.detected is not None and c.time == phases.detected and not classes:
        classes.append("DET")
    recovers = reading.has("recover", "complete") and not reading.failed and i not in failed
    if recovers and not reading.question and act not in ("ruled out", "suspected"):
        classes.append("MIT")
    if (reading.has("intervene") or i in failed) and act in _ACTING and not reading.question:
        classes.append("ATT")
        if i in working:
            classes.append("MIT")
    if act == "decided":
        classes += ["DIA", "ESC"]
    if reading.has("escalate") and act != "posted" and not reading.question:
        classes.append("ESC")
    early = phases.detected is not None and c.time <= phases.detected + timedelta(minutes=2)
    if reading.has("alert") and early:
        classes.append("DET")
    if not classes or reading.has("diagnose", "rule out", "suspect"):
        classes.append("DIA")
    if c.declares:
        classes.insert(0, c.declares)
    return act, tuple(dict.fromkeys(classes))[:2]


def _page(c: Candidate) -> Classed:
    lowered = c.text.lower()
    if "acknowledg" in lowered:
        return "did", ("DET",)
    if _RESOLVED.search(lowered):
        return "observed", ("MIT", "RES")
    if any(w in lowered for w in ("escalat", "responder", "delegat", "reassign")):
        return "did", ("ESC", "DET")
    if lowered.startswith("note"):
        return c.reading.act, ("DIA",)
    return "observed", ("DET", "ESC")


def _before(c: Candidate) -> tuple[EventClass, ...]:
    """Before impact: a change may be the trigger, a signal tells of what led to it, the rest is diagnosis."""
    if c.kind in ("bot", "log") and c.reading.has("alert"):
        return ("DET",)
    if c.by_hand:
        return ("TRG", "DIA")
    if c.reading.has("symptom") and c.reading.act != "did":
        return ("DIA", "TRG")
    if c.reading.has("intervene", "trigger"):
        return ("TRG", "ATT") if c.reading.has("intervene") else ("TRG", "DIA")
    return ("DIA",)


def _with_onset(found: Sequence[Candidate], classed: list[Classed], phases: Phases) -> list[Classed]:
    """The event at onset carries ONS; it is the trigger too where a change stands at the same time."""
    if phases.onset is None:
        return classed
    at = [
        i
        for i, c in enumerate(found)
        if abs(c.time - phases.onset) <= timedelta(seconds=60) and c.kind not in ("page", "status")
    ]
    if not at:
        return classed
    best = max(
        at,
        key=lambda i: (
            found[i].reading.has("symptom", "trigger", "intervene"),
            "ONS" in classed[i][1],
            not found[i].by_hand,
        ),
    )
    act, classes = classed[best]
    no_trigger = not any("TRG" in cs for _, cs in classed)
    second: EventClass | None = (
        "TRG" if no_trigger and found[best].reading.has("trigger", "intervene") else None
    )
    rest = [c for c in classes if c != "ONS" and c not in ("ATT", "MIT")]
    classed[best] = act, ("ONS", *([second] if second else rest[:1]))
    return classed
