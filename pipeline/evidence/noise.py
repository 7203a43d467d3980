"""Which candidates move the incident: the bar is low while it runs where it is handled, higher before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.evidence.likeness import content, marks, overlap
from pipeline.evidence.paging import call_of
from pipeline.evidence.phases import Phases

# Points of gathering.py. While responders work, little of what they say in their own channel is idle, and
# what they did must not be skipped.
_RUNNING, _ELSEWHERE, _BEFORE, _AFTER = 1.2, 2.6, 3.2, 3.0
# A timeline is read, not searched: past this many entries the bar for what one message alone tells rises.
_READABLE, _PER_HOUR, _STEP = 28, 2, 0.2
_LEAD_IN = timedelta(minutes=10)
_LED_UP = timedelta(hours=3)
_WIND_DOWN = timedelta(minutes=10)
# A guess, a plan, a remark moves the incident less often than an act or a finding.
_DOUBTFUL = {"suspected": 0.8, "planned": 0.5, "wrote": 0.3}
_IDLE_READING = 0.6
_ELABORATES = timedelta(minutes=6)
_ROUTINE = 3  # as often as this said in the same words, a message is routine
# What is an event wherever somebody says it; findings and guesses count where the incident is handled.
_TOLD_ELSEWHERE = (
    "intervene",
    "recover",
    "complete",
    "communicate",
    "report",
    "escalate",
    "declare",
    "hand over",
    "alert",
    "symptom",
)
_EVENTFUL = (
    "intervene",
    "symptom",
    "recover",
    "close",
    "declare",
    "command",
    "hand over",
    "communicate",
    "diagnose",
    "rule out",
    "decide",
    "no effect",
    "complete",
    "report",
    "escalate",
    "alert",
    "measure",
    "suspect",
    "state",
    "denies",
)


def drop_noise(
    found: Sequence[Candidate], phases: Phases, fell: dict[int, int], aside: dict[str, str]
) -> list[int]:
    """The indices of what is told; the others are set aside as small talk or detail. `fell` are suspicions
    with what ruled them out, which is told at any length."""
    refuting = frozenset(fell.values())
    reasons = [None if i in refuting else _reason(i, c, phases, fell) for i, c in enumerate(found)]
    for i in _echoes(found):
        reasons[i] = reasons[i] or "repeats the pager's own log"
    for i in _dated_elsewhere(found, phases):
        reasons[i] = reasons[i] or "told at the time that it states"
    for i in _routine(found):
        reasons[i] = reasons[i] or "a routine message, said again and again"
    for i, first in _elaborations(found, reasons).items():
        reasons[i] = f"says more of what {found[first].records[0]} tells"
    raised = 0.0
    open_ones = [i for i, reason in enumerate(reasons) if reason is None]
    readable = _READABLE + _PER_HOUR * _hours(phases)
    while (
        sum(i in refuting or _over(found[i], phases, raised) for i in open_ones) > readable and raised < 2.6
    ):
        raised += _STEP
    kept = [i for i in open_ones if i in refuting or _over(found[i], phases, raised)]
    told = {r for i in kept for r in found[i].records}
    for i, c in enumerate(found):
        for record_id in c.records:
            if record_id not in told:
                aside.setdefault(record_id, reasons[i] or "says nothing that moves the incident")
    return kept


def _hours(phases: Phases) -> int:
    detected, closed = phases.at("detected"), phases.at("closed")
    return int((closed - detected).total_seconds() // 3600) if detected and closed else 0


def _over(c: Candidate, phases: Phases, raised: float) -> bool:
    if _stands_out(c, phases):
        return True
    doubt = _DOUBTFUL.get(c.reading.act, 0.0) + (_IDLE_READING if _is_progress(c) else 0.0)
    return c.score >= _bar(c, phases) + raised + doubt


def _reason(i: int, c: Candidate, phases: Phases, fell: dict[int, int]) -> str | None:
    """Why a candidate cannot be told at any length, or None."""
    if any(c is p for p in phases.points):
        return None
    if _is_plan(c, phases):
        return "a follow-up; it is told among the action items"
    if c.kind == "field" and label_of(c.text) and _shown(c, phases):
        return "declares a moment that another record shows"
    if c.kind == "stated" and not _dates_what_led_up(c, phases):
        return "a time inside the incident, told with the message that states it"
    if c.kind in ("message", "bot", "text"):
        if c.reading.question and c.reading.act == "asked" and not c.reading.has("declare", "command"):
            return "a question; what answers it is told"
        if i in fell and c.reading.has("report", "hearsay"):
            return "hearsay that was ruled out; it is told among the hypotheses"
        if c.off_topic and not c.reading.has(
            "intervene",
            "recover",
            "complete",
            "no effect",
            "state",
            "denies",
            "rule out",
            "declare",
            "command",
            "close",
            "hand over",
            "communicate",
            "escalate",
        ):
            return "speaks of what nothing else speaks of"
        if c.reading.has("hearsay") and not c.reading.has("rule out", "denies", "intervene", "communicate"):
            return "hearsay; it is told among the hypotheses where somebody ruled it out"
        if not c.at_home and not c.reading.has(*_TOLD_ELSEWHERE):
            return "said where the incident is not handled"
        if not c.reading.has(*_EVENTFUL):
            return "says nothing that moves the incident"
    return None


def _shown(c: Candidate, phases: Phases) -> bool:
    """Whether the turning point that a field declares is known from another telling."""
    name = {"ONS": "onset", "DET": "detected", "ESC": "declared", "MIT": "recovered", "RES": "closed"}.get(
        c.declares or ""
    )
    return name is not None and phases.at(name) is not None


def _dates_what_led_up(c: Candidate, phases: Phases) -> bool:
    """A stated time is an event of its own shortly before the first signal, or after the close; else it is told
    with the message that states it. One that only dates onset again is not."""
    onset, detected, closed = phases.at("onset"), phases.at("detected"), phases.at("closed")
    if onset and abs(c.time - onset) <= timedelta(minutes=2):
        return False
    if closed and c.time > closed:
        return c.at_home
    return bool(detected and detected - _LED_UP <= c.time < detected) and c.at_home


def _is_progress(c: Candidate) -> bool:
    """A bare reading of how far something is: "24 of 41 sites", "rate 61 Mbit/s"."""
    return c.reading.cues <= {"measure", "denied", "state", "trigger", "general"}


def _stands_out(c: Candidate, phases: Phases) -> bool:
    """What is kept at any length: turning points, a pager, a status page, a document's own log, decisions."""
    if any(c is p for p in phases.points) or c.declares or c.logged or c.kind == "status":
        return True
    if c.kind == "page":
        return call_of(c.text) != "noted"
    onset = phases.at("onset")
    if c.kind == "command":
        return onset is not None and abs(c.time - onset) <= timedelta(seconds=90)
    if c.by_hand and phases.detected is not None and c.time < phases.detected.time:
        return c.score >= 2.0
    steering = c.reading.act == "posted" or (
        c.reading.act in ("decided", "declared", "handed over") and len(content(c.text)) > 3
    )
    return steering and c.at_home and c.kind == "message" and not _is_before(c, phases)


def _is_before(c: Candidate, phases: Phases) -> bool:
    return phases.detected is not None and c.time < phases.detected.time - _LEAD_IN


def _is_plan(c: Candidate, phases: Phases) -> bool:
    """After the close, what people say they will do is no event; what they did or announced is."""
    closed = phases.at("closed")
    if closed is None or c.time <= closed or c.kind not in ("message", "text"):
        return False
    done = c.reading.has("intervene", "communicate", "recover") and not c.reading.future
    return not done


def _bar(c: Candidate, phases: Phases) -> float:
    if _is_before(c, phases):
        return _BEFORE if c.at_home else _BEFORE + 1.0
    closed = phases.at("closed")
    if closed and c.time > closed + _WIND_DOWN:
        return _AFTER if c.at_home else _AFTER + 1.0
    return _RUNNING if c.at_home else _ELSEWHERE


def _echoes(found: Sequence[Candidate]) -> list[int]:
    """What a bot repeats in chat of a pager's log that is there itself."""
    pages = [c for c in found if c.kind == "page"]
    return [
        i
        for i, c in enumerate(found)
        if c.kind == "bot"
        and any(
            (overlap(c.text, p.text) >= 0.6 and marks(c.text) & marks(p.text))
            or (p.actor in c.text and c.text.lower().startswith("acknowledg"))
            for p in pages
        )
    ]


def _elaborations(found: Sequence[Candidate], reasons: Sequence[str | None]) -> dict[int, int]:
    """Messages that go on about a finding of some minutes before, without a new act: index → index of the first."""
    tied: dict[int, int] = {}
    for i, c in enumerate(found):
        if not _is_remark(c) or reasons[i]:
            continue
        for j in range(i - 1, -1, -1):
            if c.time - found[j].time > _ELABORATES:
                break
            first = found[j]
            if j in tied or reasons[j] or first.kind != "message" or not first.at_home:
                continue
            common = content(c.text) & content(first.text)
            new = marks(c.text) - marks(first.text)
            if len(common) >= 2 and overlap(c.text, first.text) >= 0.3 and not new:
                tied[i] = j
                break
    return tied


def _is_remark(c: Candidate) -> bool:
    """Talk about a state: no act, no recovery, no word of command, no report from outside."""
    acts = (
        "intervene",
        "recover",
        "complete",
        "close",
        "declare",
        "command",
        "hand over",
        "decide",
        "no effect",
    )
    return (
        c.kind == "message"
        and len(c.sources) == 1
        and len(c.records) <= 2
        and c.declares is None
        and not c.reading.has(*acts, "communicate", "rule out", "denies", "escalate", "report")
    )


def _dated_elsewhere(found: Sequence[Candidate], phases: Phases) -> list[int]:
    """After the close, a message that dates what it tells is told at that time only."""
    closed = phases.at("closed")
    if closed is None:
        return []
    dated = {c.records[0] for c in found if c.kind == "stated" and c.time > closed}
    return [i for i, c in enumerate(found) if c.kind == "message" and c.records[0] in dated]


def _routine(found: Sequence[Candidate]) -> list[int]:
    """What is said many times in the same words but for its numbers: reports of queues, deployments, duties."""
    shapes = [re.sub(r"\d[\d.,:]*", "0", c.text.lower()) for c in found]
    often = Counter(shapes)
    return [i for i, c in enumerate(found) if c.kind in ("message", "bot") and often[shapes[i]] >= _ROUTINE]
