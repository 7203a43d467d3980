"""Scores a timeline: the events that must be in it, and the moments that must not."""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.models.base import rfc3339
from pipeline.models.postmortem import TimelineEntry
from pipeline.suites.drafted import Drafted, tells
from pipeline.suites.gold import Gold, KnownEvent, NonEvent
from pipeline.suites.score import Score, marked

LONGEST_RANGE = timedelta(minutes=15)  # a longer one would match anything that happened meanwhile
TOLD_AS_DOUBTFUL = re.compile(
    r"\b(suspect\w*|hypothes\w*|rumou?r\w*|refuted|ruled out|not the cause|asked (whether|if))\b",
    re.IGNORECASE,
)


def score_timeline(gold: Gold, drafted: Drafted) -> dict[str, Score]:
    entries = drafted.postmortem.timeline
    matched = match(gold.timeline, entries)
    required = [n for n, event in enumerate(gold.timeline) if event.required]
    told = {n: entries[i] for n, i in matched.items()}
    used = set(matched.values())
    return {
        "required events found": marked(
            (n in matched, f"{rfc3339(gold.timeline[n].time)} {name_of(gold.timeline[n])}") for n in required
        ),
        # Of all, not of those found: finding one more event can never look like a loss.
        "found with the right class": marked(
            class_right(gold.timeline[n], told.get(n)) for n in required if gold.timeline[n].classes
        ),
        "found with the right actor": marked(
            actor_right(gold.timeline[n], told.get(n)) for n in required if gold.timeline[n].actors
        ),
        "entries that are known events": marked(
            (i in used, f"{rfc3339(entry.time)} {entry.actor}: {entry.event}")
            for i, entry in enumerate(entries)
        ),
        "moments rightly not told": marked(
            not_told(moment, [entry for i, entry in enumerate(entries) if i not in used])
            for moment in gold.non_events
        ),
    }


def match(events: tuple[KnownEvent, ...], entries: tuple[TimelineEntry, ...]) -> dict[int, int]:
    """Each event with one entry at most, as many as possible (Kuhn's augmenting paths), nearest first."""
    near = {n: nearest(event, entries) for n, event in enumerate(events)}
    holder: dict[int, int] = {}

    def place(n: int, seen: set[int]) -> bool:
        for i in near[n]:
            if i not in seen:
                seen.add(i)
                if i not in holder or place(holder[i], seen):
                    holder[i] = n
                    return True
        return False

    for n in sorted(near, key=lambda n: (not events[n].required, n)):
        place(n, set())
    return {n: i for i, n in holder.items()}


def fits(event: KnownEvent, entry: TimelineEntry) -> bool:
    slack = timedelta(seconds=max(event.tolerance_s or 0, 60))
    until = entry.until or entry.time
    if until - entry.time > LONGEST_RANGE:
        until = entry.time
    return entry.time - slack <= event.time <= until + slack and tells(
        f"{entry.event} {entry.actor}", event.keywords
    )


def nearest(event: KnownEvent, entries: tuple[TimelineEntry, ...]) -> list[int]:
    fitting = [i for i, entry in enumerate(entries) if fits(event, entry)]
    return sorted(fitting, key=lambda i: abs(entries[i].time - event.time))


def class_right(event: KnownEvent, entry: TimelineEntry | None) -> tuple[bool, str]:
    if entry is None:
        return False, f"not found: {name_of(event)}"
    right = bool(set(event.classes) & set(entry.classes))
    return right, f"{'/'.join(event.classes)} told as {'/'.join(entry.classes) or 'none'}: {entry.event}"


def actor_right(event: KnownEvent, entry: TimelineEntry | None) -> tuple[bool, str]:
    if entry is None:
        return False, f"not found: {name_of(event)}"
    told = f"{entry.actor} {entry.event}".lower()
    right = any(actor.lower() in told for actor in event.actors)
    return right, f"{' or '.join(event.actors)} told as {entry.actor}: {entry.event}"


def not_told(moment: NonEvent, entries: list[TimelineEntry]) -> tuple[bool, str]:
    """A rumour may be told as one; a wrong time may not be told at all."""
    slack = timedelta(seconds=59 if moment.tolerance_s is None else moment.tolerance_s)
    for entry in entries:
        near = abs(entry.time - moment.time) <= slack
        if near and tells(f"{entry.event} {rfc3339(entry.time)} {entry.actor}", moment.keywords):
            as_doubtful = moment.kind != "wrong_time" and TOLD_AS_DOUBTFUL.search(entry.event)
            if not as_doubtful:
                return False, f"{rfc3339(entry.time)} {entry.event} ({moment.why})"
    return True, ""


def name_of(event: KnownEvent) -> str:
    return event.what or " + ".join("|".join(group) for group in event.keywords)
