"""Classes and acts of events by what they say and where they stand: before onset, under way, after recovery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.evidence.paging import call_of
from pipeline.evidence.phases import Phases
from pipeline.language.people import People
from pipeline.models.base import EventClass
from pipeline.models.case import Act

Classed = tuple[Act, tuple[EventClass, ...]]
_ACTING = ("did", "decided", "wrote", "observed", "found", "ruled out", "suspected", "planned")
_EARLY = timedelta(minutes=10)
_SETTLES = timedelta(minutes=45)  # how long after an attempt its author may still say that it had no effect


def classify(
    found: Sequence[Candidate], phases: Phases, fell: dict[int, int], people: People
) -> list[Classed]:
    """One (act, classes) for each candidate, in their order. `fell`: suspicions and what ruled them out."""
    failed = failed_attempts(found)
    refuting = frozenset(fell.values())
    classed: list[Classed] = []
    for i, c in enumerate(found):
        recovered = phases.at("recovered")
        works = i not in failed and i not in fell and recovered is not None and c.time <= recovered
        act, classes = _classes(c, phases, failed=i in failed, works=works, people=people)
        if i in refuting and act in ("wrote", "observed", "found"):
            act = "ruled out"
        classed.append((act, _with_turning_points(c, phases, classes)))
    return classed


def failed_attempts(found: Sequence[Candidate]) -> frozenset[int]:
    """Attempts that had no effect: those that say so, and those that a later report by the same person says so of."""
    failed = {i for i, c in enumerate(found) if c.reading.failed}
    for i, c in enumerate(found):
        if not c.reading.has("no effect") or c.reading.has("intervene"):
            continue  # one that tells its own attempt speaks of no earlier one
        for j in range(i - 1, -1, -1):
            if c.time - found[j].time > _SETTLES:
                break
            if found[j].actor == c.actor and found[j].reading.has("intervene"):
                failed.add(j)
                break
    return frozenset(failed)


def _with_turning_points(
    c: Candidate, phases: Phases, classes: tuple[EventClass, ...]
) -> tuple[EventClass, ...]:
    """The class of a turning point comes first at the event that is it."""
    first: list[EventClass] = []
    if c is phases.onset:
        first.append("ONS")
        if c.reading.has("trigger", "intervene"):
            first.append("TRG")
    if c is phases.detected:
        first.append("DET")
    if c is phases.declared:
        first.append("ESC")
    if c is phases.recovered:
        first.append("MIT")
    if c is phases.closed:
        first.append("RES")
    return tuple(dict.fromkeys([*first, *classes]))[:2]


def _classes(c: Candidate, phases: Phases, *, failed: bool, works: bool, people: People) -> Classed:
    if c.declares and (label := label_of(c.text)):
        return label[1], (label[0],)
    if c.kind == "page":
        return _page(c)
    if c.kind == "status":
        return "posted", ("COM", "RES") if c.reading.has("close") else ("COM",)
    onset, closed = phases.at("onset"), phases.at("closed")
    if onset is not None and c.time < onset - timedelta(seconds=30):
        return ("did" if c.reading.has("intervene", "trigger") else c.reading.act), _before(c)
    if closed is not None and c.time > closed:
        return ("posted", ("COM",)) if c.reading.act == "posted" else (c.reading.act, ("FUP",))
    return _under_way(c, phases, failed=failed, works=works, people=people)


def _under_way(c: Candidate, phases: Phases, *, failed: bool, works: bool, people: People) -> Classed:
    reading = c.reading
    act: Act = reading.act
    classes: list[EventClass] = []
    asserted = not reading.question
    if reading.has("hand over") or (reading.has("declare", "command") and asserted):
        act = "handed over" if reading.has("hand over") else "declared"
        classes.append("ESC")
    if act == "posted":
        classes.append("COM")
    if reading.failed or failed:
        classes.append("ATT")
    elif reading.has("recover", "complete") and asserted and act not in ("ruled out", "suspected", "posted"):
        classes.append("MIT")
    if reading.has("intervene") and act in _ACTING and asserted and "ESC" not in classes:
        classes.append("ATT")
        if works:
            classes.append("MIT")
    if act == "decided":
        classes += ["DIA", "ATT"]
    if reading.has("escalate") and act != "posted" and asserted:
        classes.append("COM" if _outside(reading.contact, people) else "ESC")
    detected = phases.at("detected")
    if detected is not None and c.time <= detected + _EARLY and reading.has("alert", "report"):
        classes.append("DET")
    if not classes or reading.has("diagnose", "rule out", "suspect", "symptom"):
        classes.append("DIA")
    return act, tuple(dict.fromkeys(classes))[:2]


def _outside(contact: str | None, people: People) -> bool:
    """Somebody who is called and stands in no roster of responders is told, not fetched."""
    return bool(contact) and people.find(str(contact)) is None and " " in str(contact)


def _page(c: Candidate) -> Classed:
    told = call_of(c.text)
    if told == "acknowledged":
        return "did", ("DET", "ESC")
    if told == "resolved":
        return "observed", ("MIT", "RES")
    if told == "called":
        return "did", ("ESC", "DET")
    if told == "noted":
        return c.reading.act, ("ESC",) if c.reading.has("command", "hand over") else ("DIA",)
    return "observed", ("DET", "ESC")


def _before(c: Candidate) -> tuple[EventClass, ...]:
    """Before impact: a change may be the trigger, a signal tells of what led to it, the rest is diagnosis."""
    if c.kind in ("bot", "log") and c.reading.has("alert"):
        return ("DET",)
    if c.by_hand and c.reading.failed:
        return ("ATT", "TRG")
    if c.reading.failed:
        return ("ATT", "DIA")
    if c.by_hand:
        return ("TRG", "ATT") if c.reading.has("intervene") and c.logged else ("TRG", "DIA")
    if c.reading.has("intervene"):
        return ("TRG", "ATT") if c.reading.has("trigger") else ("ATT", "DIA")
    if c.reading.has("symptom"):
        return ("DIA", "TRG")
    return ("TRG", "DIA") if c.reading.has("trigger") else ("DIA",)
