"""Log entries whose time stands in a heading ("## 18:02 restart of the signer") and whose text stands below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.wording import clean, told
from pipeline.language.event_classes import read_event
from pipeline.language.people import People
from pipeline.language.times import find_times
from pipeline.models.record import Record

_OUTCOME = re.compile(r"^(?:after|result|effect|outcome)\b\s*:?\s*", re.I)
_PARTICULARS = re.compile(
    r"^(?:before|after|result|effect|outcome|reason|why|undo|way back|rollback)\b\s*:", re.I
)


def headed_entries(records: Sequence[Record], people: People) -> tuple[list[Candidate], frozenset[str]]:
    """A candidate per heading that opens with a clock, and the ids of particulars that it tells already."""
    sections: dict[tuple[str, str], list[Record]] = {}
    for r in records:
        if r.section and r.kind in ("statement", "field", "task"):
            sections.setdefault((r.source, r.section), []).append(r)
    made: list[Candidate] = []
    within: set[str] = set()
    for (source, section), below in sections.items():
        heading = section.split(" > ")[-1]
        clock = _opening_clock(heading)
        anchor = _anchor(source, below, records)
        if clock is None or anchor is None:
            continue
        words, hour, minute = clock
        moment = _moment(hour, minute, anchor)
        made.append(_entry(words, moment, below, people))
        within |= {r.id for r in below if _PARTICULARS.match(clean(r.text))}
    return made, frozenset(within)


def _opening_clock(heading: str) -> tuple[str, int, int] | None:
    for mention in find_times(heading):
        if mention.start <= 1 and mention.clock is not None and mention.date is None:
            words = heading[mention.end :].strip(" -–—:|")
            return (words, mention.clock.hour, mention.clock.minute) if words else None
    return None


def _anchor(source: str, below: Sequence[Record], records: Sequence[Record]) -> Record | None:
    """A dated record that shows the day and the clock of this section: one of its own, else of its document."""
    own = next((r for r in below if r.time and r.offset_minutes is not None), None)
    return own or next(
        (r for r in records if r.source == source and r.time and r.offset_minutes is not None), None
    )


def _moment(hour: int, minute: int, anchor: Record) -> datetime:
    assert anchor.time is not None
    zone = timezone(timedelta(minutes=anchor.offset_minutes or 0))
    local = anchor.time.astimezone(zone)
    same_day = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    days = (same_day - timedelta(days=1), same_day, same_day + timedelta(days=1))
    return min(days, key=lambda m: abs(m - local)).astimezone(UTC)


def _entry(words: str, moment: datetime, below: Sequence[Record], people: People) -> Candidate:
    outcomes = [_OUTCOME.sub("", clean(r.text)).rstrip(".") for r in below if _OUTCOME.match(clean(r.text))]
    text = f"{clean(words)}: {outcomes[0]}" if outcomes else clean(words)
    reading = read_event(clean(words))
    failed = any(read_event(clean(r.text)).failed for r in below)
    if below[0].document == "mitigation log":
        reading = replace(reading, act="did", cues=reading.cues | {"intervene"}, failed=failed)
    actor = _doer(below, people)
    return Candidate(
        records=tuple(r.id for r in below),
        sources=frozenset({below[0].source}),
        time=moment,
        until=None,
        precision="minute",
        actor=actor or (below[0].document or "document").capitalize(),
        actor_kind="person" if actor else "unknown",
        text=told(text),
        quoted=False,
        reading=reading,
        kind="row",
        score=3.0,
        by_hand=True,
        logged=True,
        context=" ".join(clean(r.text) for r in below),
    )


def _doer(below: Sequence[Record], people: People) -> str | None:
    """The person with whose name a line of the section opens."""
    for r in below:
        if r.actor:
            return r.actor
        opening = re.split(r"[,:;.]", r.text, maxsplit=1)[0].strip(" *_")
        person = people.find(opening) if opening else None
        if person is not None and person.kind == "person":
            return person.name
    return None
