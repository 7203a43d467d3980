"""Stretches without an entry between detection and resolution, stated as such instead of skipped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Homes, Vocabulary
from pipeline.evidence.instructions import addresses_reader
from pipeline.language.sentences import split
from pipeline.models.case import Event
from pipeline.models.postmortem import Gap, Milestones
from pipeline.models.record import Record

_WAITING = re.compile(
    r"\b(?:wait(?:s|ed|ing)?|running|copy(?:ing)?|rebuild(?:s|ing)?|monitoring|eta|until|overnight|sleep(?:ing)?|started)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[.;!?])\s+")  # chat goes on in small letters
_CITED = 6  # records of one stretch


def find_gaps(
    events: Sequence[Event],
    m: Milestones,
    records: Sequence[Record],
    homes: Homes,
    vocabulary: Vocabulary,
) -> tuple[Gap, ...]:
    """Intervals without an entry longer than 15 % of the incident, at least 10 and at most 60 minutes.

    An entry that says what was being waited for explains the time after it. Where the incident was spoken of
    meanwhile, the stretch says so and cites it: nothing was silent but the timeline.
    """
    if m.detected.time is None or m.resolved.time is None or m.resolved.time <= m.detected.time:
        return ()
    inside = [e for e in events if m.detected.time <= e.time <= m.resolved.time]
    length = m.resolved.time - m.detected.time
    limit = min(max(length * 0.15, timedelta(minutes=10)), timedelta(minutes=60))
    told = {i for e in events for i in e.evidence}
    spoken = [r for r in records if r.id not in told and _speaks_of_it(r, homes, vocabulary)]
    found: list[Gap] = []
    for before, after in itertools.pairwise(inside):
        start = max(before.time, before.until or before.time)
        if after.time - start <= limit:
            continue
        found.append(_gap(start, after.time, before, _waiting(before, vocabulary), spoken))
    return tuple(found)


def _gap(start: datetime, until: datetime, before: Event, waiting: str, spoken: Sequence[Record]) -> Gap:
    meanwhile = tuple(r.id for r in spoken if r.time and start < r.time < until)[:_CITED]
    told = [f"the entry before it tells of waiting: {waiting.rstrip('.;')}"] if waiting else []
    told += ["records tell more of this time, so it was not silent"] if meanwhile else []
    return Gap(
        start=start,
        until=until,
        explanation="; ".join(told) or None,
        evidence=(*before.evidence[:1], *meanwhile) if told else (),
    )


def _waiting(event: Event, vocabulary: Vocabulary) -> str:
    """The sentence of an entry that says what is waited for; what nothing else in the incident speaks of, and
    what is said beside it, explains nothing."""
    sentences = (event.text[start:end] for start, end in split(event.text))
    pieces = (piece for sentence in sentences for piece in _STOP.split(sentence))
    return next((s for s in pieces if _WAITING.search(s) and _is_about(s, vocabulary)), "")


def _is_about(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.share(_WAITING.sub(" ", text)) > 0


def _speaks_of_it(record: Record, homes: Homes, vocabulary: Vocabulary) -> bool:
    return (
        record.kind == "message"
        and homes.has(record)
        and not addresses_reader(record.text)
        and vocabulary.share(record.text) > 0
    )
