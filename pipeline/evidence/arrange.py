"""From the records of an incident to its case: events in order, milestones, latencies, conflicts, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate, Vocabulary, gather, run_together
from pipeline.evidence.classing import classify
from pipeline.evidence.conflicts import figure_conflicts, milestone_conflicts, time_conflict
from pipeline.evidence.corrections import Correction, corrected, find_corrections
from pipeline.evidence.gaps import find_gaps
from pipeline.evidence.hypotheses import refutations, ruled_out
from pipeline.evidence.impact import find_figures
from pipeline.evidence.joining import same_event, unite
from pipeline.evidence.milestones import latencies, milestones
from pipeline.evidence.noise import drop_noise
from pipeline.evidence.phases import Phases
from pipeline.evidence.stated_times import stated
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.incident import UPSTREAM
from pipeline.models.postmortem import Conflict, Inputs
from pipeline.models.record import Artifacts, Record

_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b|(?<![\w/])#\d{2,}\b")
_REPAIR_HORIZON = timedelta(hours=6)
_CAUSE_HORIZON = timedelta(days=7)  # a document may trace a cause back further than chat is read


def arrange(artifacts: Artifacts, people: People) -> Case:
    """The case of one incident. Pure: the same artifacts give the same case."""
    incident = artifacts.incident
    records = artifacts.records
    corrections = find_corrections(records)
    found, aside = gather(_told(records, corrections, aside_of(corrections)), people, Vocabulary(records))
    for c in corrections:
        aside[c.by] = f"corrects {c.of}, which is told with the right value"
    found = run_together(found)
    found += stated(found, {r.id: r.offset_minutes for r in records}, incident.timezone)
    found = _within(found, artifacts, aside)
    kept = drop_noise(found, Phases([c for c in found if c.score >= 1.0]), aside)
    kept, conflicts = _join(kept)
    fell = refutations(kept)
    classed = classify(kept, frozenset(fell))
    events = tuple(_event(i, c, classed[i], fell) for i, c in enumerate(kept))
    reached = milestones(events)
    figures = find_figures(records, reached)
    return Case(
        incident=incident,
        records=records,
        unread=artifacts.unread,
        events=events,
        milestones=reached,
        latencies=latencies(events, reached),
        gaps=find_gaps(events, reached),
        conflicts=(*conflicts, *milestone_conflicts(kept, reached), *figure_conflicts(figures)),
        figures=figures,
        ruled_out=ruled_out(records, kept, fell),
        inputs=_inputs(records),
        external_ids=_external_ids(records, incident.id),
        set_aside=tuple(sorted(aside.items(), key=lambda item: (len(item[0]), item[0]))),
    )


def aside_of(corrections: Sequence[Correction]) -> frozenset[str]:
    return frozenset(c.by for c in corrections)


def _told(
    records: Sequence[Record], corrections: Sequence[Correction], dropped: frozenset[str]
) -> list[Record]:
    """The records with corrected values in place; the corrections themselves are not told again."""
    by_target: dict[str, list[Correction]] = {}
    for c in corrections:
        by_target.setdefault(c.of, []).append(c)
    return [
        r.model_copy(update={"text": corrected(r.text, by_target[r.id])}) if r.id in by_target else r
        for r in records
        if r.id not in dropped
    ]


def _within(found: list[Candidate], artifacts: Artifacts, aside: dict[str, str]) -> list[Candidate]:
    """Candidates of this incident's time: its window, or what its strongest tellings span, with a margin."""
    window = artifacts.incident.window
    if window:
        start, end = window.start, window.end
    else:
        anchors = sorted(
            c.time
            for c in found
            if c.kind in ("page", "status", "field") or c.by_hand or c.reading.has("declare", "close")
        )
        if not anchors:
            return found
        start, end = _core(anchors)
    kept = []
    for c in found:
        if start - (_CAUSE_HORIZON if c.by_hand else timedelta(0)) <= c.time <= end:
            kept.append(c)
        else:
            for record_id in c.records:
                aside[record_id] = "outside the window of the incident"
    return kept


def _core(anchors: Sequence[datetime]) -> tuple[datetime, datetime]:
    """The densest run of anchors no more than a day apart, six hours more before and a day after."""
    runs: list[list[datetime]] = [[anchors[0]]]
    for moment in anchors[1:]:
        if moment - runs[-1][-1] <= timedelta(hours=24):
            runs[-1].append(moment)
        else:
            runs.append([moment])
    best = max(runs, key=len)
    return best[0] - _REPAIR_HORIZON, best[-1] + timedelta(hours=24)


def _join(found: list[Candidate]) -> tuple[list[Candidate], tuple[Conflict, ...]]:
    """Each event once, and a conflict where its tellings disagree about the time."""
    joined: list[Candidate] = []
    conflicts: list[Conflict] = []
    for candidate in sorted(found, key=lambda c: (c.time, c.by_hand)):
        at = _told_already(joined, candidate)
        if at is None:
            joined.append(candidate)
            continue
        before = joined[at]
        joined[at] = unite(before, candidate)
        kept, other = (before, candidate) if joined[at].time == before.time else (candidate, before)
        if conflict := time_conflict(kept, other):
            conflicts.append(conflict)
    ordered = sorted(joined, key=lambda c: (c.time, c.records[0]))
    return [replace(c) for c in ordered], tuple(conflicts)


def _told_already(joined: Sequence[Candidate], candidate: Candidate) -> int | None:
    """The nearest earlier telling of the same event, looking back a quarter of an hour."""
    for i in range(len(joined) - 1, -1, -1):
        if candidate.time - joined[i].time > timedelta(minutes=15):
            return None
        if same_event(joined[i], candidate):
            return i
    return None


def _event(i: int, c: Candidate, classed: tuple[object, object], fell: dict[int, int]) -> Event:
    act, classes = classed
    until = c.until if c.until and c.until > c.time else None
    return Event(
        id=f"V{i + 1}",
        time=c.time,
        until=until,
        precision=c.precision,
        actor=c.actor,
        actor_kind=c.actor_kind,
        text=c.text,
        quoted=c.quoted,
        act=act,
        classes=classes,
        evidence=c.records[:6],
        refuted_by=f"V{fell[i] + 1}" if i in fell else None,
    )


def _inputs(records: Sequence[Record]) -> Inputs:
    present = {r.document for r in records if r.document}
    return Inputs(
        found=tuple(d for d in UPSTREAM if d in present),
        missing=tuple(d for d in UPSTREAM if d not in present),
    )


def _external_ids(records: Sequence[Record], own: str) -> tuple[str, ...]:
    """What the artifacts call this incident: keys that pagers, briefs and trackers give it."""
    found: dict[str, None] = {}
    for r in records:
        if r.kind == "page" or (r.kind == "field" and r.document == "incident brief") or own in r.text:
            for m in _TICKET.finditer(r.text):
                found.setdefault(m.group(), None)
    return tuple(list(found)[:8])
