"""Classes and acts of events by what they say and where they stand: before onset, under way, after recovery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.evidence.likeness import content
from pipeline.models.base import EventClass
from pipeline.models.case import Act

Classed = tuple[Act, tuple[EventClass, ...]]


class Phases:
    """The turning points that the candidates themselves show: onset, first signal, recovery, close."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self.onset = self._declared(found, "ONS")
        signals = [
            c
            for c in found
            if (c.kind in ("page", "bot") and c.reading.has("alert", "symptom"))
            or (c.kind == "message" and c.reading.has("symptom", "alert") and not c.reading.has("chatter"))
        ]
        if self.onset:
            signals = [c for c in signals if self.onset and c.time >= self.onset - timedelta(minutes=1)]
        declared_detection = self._declared(found, "DET")
        first = signals[0].time if signals else declared_detection
        self.detected = first
        if self.onset is None:
            self.onset = self._earliest_symptom(found)
        closes = [
            c.time
            for c in found
            if c.reading.has("close")
            and not c.reading.question
            and not c.reading.future
            and c.kind in ("message", "status", "row", "field", "page")
            and (first is None or c.time > first)
        ]
        self.closed: datetime | None = closes[-1] if closes else self._declared(found, "RES")

    @staticmethod
    def _declared(found: Sequence[Candidate], wanted: EventClass) -> datetime | None:
        for c in found:
            label = label_of(c.text) if c.kind in ("field", "row", "statement") else None
            if label and label[0] == wanted:
                return c.time
        return None

    def _earliest_symptom(self, found: Sequence[Candidate]) -> datetime | None:
        for c in found:
            if c.reading.has("symptom") and (self.detected is None or c.time <= self.detected):
                return c.time
        return self.detected


def classify(found: Sequence[Candidate], failed: frozenset[int] = frozenset()) -> list[Classed]:
    """One (act, classes) for each candidate, in their order. `failed` are attempts that had no effect."""
    phases = Phases(found)
    recovery = _first_recovery(found, phases)
    classed = [_classes(i, c, phases, recovery, failed) for i, c in enumerate(found)]
    return _with_trigger(found, classed, phases)


def _first_recovery(found: Sequence[Candidate], phases: Phases) -> datetime | None:
    times = [
        c.time
        for c in found
        if c.reading.has("recover")
        and not c.reading.question
        and not c.reading.failed
        and phases.detected is not None
        and c.time > phases.detected
        and (phases.closed is None or c.time <= phases.closed)
    ]
    return times[-1] if times else phases.closed


def _classes(
    i: int, c: Candidate, phases: Phases, recovery: datetime | None, failed: frozenset[int]
) -> Classed:
    reading = c.reading
    label = label_of(c.text) if c.kind in ("field", "row", "statement") else None
    if label:
        return label[1], (label[0],)
    if c.kind == "page":
        return _page(c)
    if c.kind == "status":
        return "posted", ("COM", "RES") if reading.has("close") else ("COM",)
    before = phases.onset is not None and c.time < phases.onset - timedelta(seconds=30)
    after = phases.closed is not None and c.time > phases.closed
    if before:
        return ("did" if reading.has("intervene", "trigger") else reading.act), _before(c)
    if after:
        if reading.act == "posted":
            return "posted", ("COM",)
        return reading.act, ("FUP",)
    classes: list[EventClass] = []
    act: Act = reading.act
    if reading.has("hand over") or (reading.has("declare", "command") and not reading.question):
        act = "handed over" if reading.has("hand over") else "declared"
        classes.append("ESC")
    if reading.has("close") and not reading.question and phases.closed == c.time:
        classes.append("RES")
        act = "observed" if act == "wrote" else act
    if act == "posted":
        classes.append("COM")
    first = phases.detected is not None and c.time <= phases.detected + timedelta(minutes=2)
    if reading.has("alert", "symptom") and first and not classes:
        classes.append("DET")
    if reading.has("recover") and not reading.failed and i not in failed and not reading.question:
        classes.append("MIT")
    if (
        (reading.has("intervene") and act in ("did", "decided", "wrote", "observed", "found"))
        or i in failed
        or reading.failed
    ) and not reading.question:
        classes.append("ATT")
        near = recovery is not None and recovery - timedelta(hours=2) <= c.time <= recovery
        if near and i not in failed and not reading.failed and "MIT" not in classes:
            classes.append("MIT")
    if act == "decided" and len(classes) < 2:
        classes += ["DIA", "ESC"]
    if reading.has("escalate") and "ESC" not in classes and len(classes) < 2 and act != "posted":
        classes.append("ESC")
    if not classes or (len(classes) < 2 and reading.has("diagnose", "rule out", "suspect")):
        classes.append("DIA")
    return act, tuple(dict.fromkeys(classes))[:2]


def _page(c: Candidate) -> Classed:
    lowered = c.text.lower()
    if "acknowledg" in lowered:
        return "did", ("DET",)
    if "resolv" in lowered:
        return "observed", ("MIT",)
    if any(w in lowered for w in ("escalat", "assign", "responder", "delegat")):
        return "did", ("ESC", "DET")
    if any(w in lowered for w in ("note", "annotat")):
        return c.reading.act, ("DIA",)
    return "observed", ("DET", "ESC")


def _before(c: Candidate) -> tuple[EventClass, ...]:
    """Before impact: a change may be the trigger, a signal is detection of what led to it, the rest diagnosis."""
    if c.kind == "bot" and c.reading.has("alert"):
        return ("DET",)
    if c.reading.has("diagnose", "suspect", "rule out") and not c.reading.has("intervene"):
        return ("DIA",)
    if c.reading.has("intervene"):
        return ("ATT", "TRG")
    return ("TRG",) if c.reading.has("trigger") else ("DIA",)


def _with_trigger(found: Sequence[Candidate], classed: list[Classed], phases: Phases) -> list[Classed]:
    """Onset and trigger are marked once: the event at onset, and the change just before or at it."""
    if phases.onset is None:
        return classed
    at = [i for i, c in enumerate(found) if abs(c.time - phases.onset) <= timedelta(seconds=60)]
    if at and not any("ONS" in classed[i][1] for i in at):
        best = max(
            at, key=lambda i: (found[i].reading.has("symptom", "trigger", "intervene"), -found[i].by_hand)
        )
        act, classes = classed[best]
        classed[best] = (act, tuple(dict.fromkeys(("ONS", *classes)))[:2])
    if any("TRG" in classes for _, classes in classed):
        return classed
    for i in at:
        if found[i].reading.has("trigger", "intervene") and content(found[i].text):
            act, classes = classed[i]
            onset_or_first: EventClass = "ONS" if "ONS" in classes else classes[0]
            classed[i] = (act, ("TRG", onset_or_first))
            break
    return classed
