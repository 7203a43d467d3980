"""From the records of an incident to its case: events in order, milestones, latencies, conflicts, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate, Homes, Vocabulary
from pipeline.evidence.classing import Classed, classify
from pipeline.evidence.conflicts import count_conflicts, milestone_conflicts
from pipeline.evidence.corrections import Correction, corrected, find_corrections
from pipeline.evidence.counts import read_counts
from pipeline.evidence.gaps import find_gaps
from pipeline.evidence.gathering import gather, run_together
from pipeline.evidence.headed import headed_entries
from pipeline.evidence.hypotheses import refutations, ruled_out
from pipeline.evidence.impact import find_figures
from pipeline.evidence.joining import join
from pipeline.evidence.likeness import marks
from pipeline.evidence.milestones import latencies, milestones
from pipeline.evidence.noise import drop_noise
from pipeline.evidence.paging import fold_pages
from pipeline.evidence.phases import Phases
from pipeline.evidence.spans import impact_spans
from pipeline.evidence.stated_times import stated
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.incident import UPSTREAM
from pipeline.models.postmortem import Inputs
from pipeline.models.record import Artifacts, Record

_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b|(?<![\w/])#\d{2,}\b")
_REPAIR_HORIZON = timedelta(hours=6)
_CAUSE_HORIZON = timedelta(days=7)  # a document may trace a cause back further than chat is read


def arrange(artifacts: Artifacts, people: People) -> Case:
    """The case of one incident. Pure: the same artifacts give the same case."""
    incident = artifacts.incident
    records = artifacts.records
    corrections = find_corrections(records)
    told = _told(records, corrections)
    homes = Homes(told, incident.channels)
    vocabulary = Vocabulary(told)
    found, aside = _tellings(told, homes, vocabulary, artifacts, people)
    for c in corrections:
        aside[c.by] = f"corrects {c.of}, which is told with the right value"
    joined, conflicts = join(found)
    fell = refutations(joined)
    phases = Phases(joined, impact_spans(records))
    kept = drop_noise(joined, phases, fell, aside)
    classed = classify(joined, phases, fell, people)
    number = {i: n for n, i in enumerate(kept, start=1)}
    events = tuple(_event(joined[i], number[i], classed[i], number.get(fell.get(i, -1))) for i in kept)
    reached = milestones(phases)
    counts = read_counts(told, homes, reached.detected.time, reached.mitigated.time)
    return Case(
        incident=incident,
        records=records,
        unread=artifacts.unread,
        events=events,
        milestones=reached,
        latencies=latencies(events, reached),
        gaps=find_gaps(events, reached, told, homes, vocabulary),
        conflicts=(*milestone_conflicts(found, reached), *conflicts, *count_conflicts(counts)),
        figures=find_figures(counts, reached),
        ruled_out=ruled_out(records, joined, fell),
        inputs=_inputs(records),
        external_ids=_external_ids(records, incident.id),
        set_aside=tuple(sorted(aside.items(), key=lambda item: (len(item[0]), item[0]))),
    )


def _tellings(
    told: Sequence[Record], homes: Homes, vocabulary: Vocabulary, artifacts: Artifacts, people: People
) -> tuple[list[Candidate], dict[str, str]]:
    """Every telling of an event within the incident's time, and why other records are none."""
    found, aside = gather(told, people, vocabulary, homes)
    headed, within = headed_entries(told, people)
    found = [c for c in found if not within & set(c.records)] + headed
    found = run_together(found)
    found += stated(found, {r.id: r.offset_minutes for r in told}, artifacts.incident.timezone)
    return fold_pages(_within(found, artifacts, aside), aside), aside


def _told(records: Sequence[Record], corrections: Sequence[Correction]) -> list[Record]:
    """The records with corrected values in place; the corrections themselves are not told again."""
    dropped = {c.by for c in corrections}
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
        run = _densest(anchors)
        start, end = run[0] - _REPAIR_HORIZON, run[-1] + timedelta(hours=24)
    kept = []
    causes = frozenset(
        m for r in artifacts.records if r.document == "root cause" for m in marks(r.text) if len(m) > 2
    )
    for c in found:
        traced = c.by_hand or (c.kind in ("bot", "change") and bool(marks(c.text) & causes))
        if start - (_CAUSE_HORIZON if traced else timedelta(0)) <= c.time <= end:
            kept.append(c)
        else:
            for record_id in c.records:
                aside[record_id] = "outside the window of the incident"
    return kept


def _densest(moments: Sequence[datetime]) -> list[datetime]:
    """The longest run of sorted moments of which none comes more than a day after the one before."""
    runs: list[list[datetime]] = [[moments[0]]]
    for moment in moments[1:]:
        if moment - runs[-1][-1] <= timedelta(hours=24):
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return max(runs, key=len)


def _event(c: Candidate, number: int, classed: Classed, refuted_by: int | None) -> Event:
    act, classes = classed
    return Event(
        id=f"V{number}",
        time=c.time,
        until=c.until if c.until and c.until > c.time else None,
        precision=c.precision,
        actor=c.actor,
        actor_kind=c.actor_kind,
        text=c.text,
        quoted=c.quoted,
        act=act,
        classes=classes,
        evidence=c.records[:6],
        refuted_by=f"V{refuted_by}" if refuted_by is not None else None,
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
