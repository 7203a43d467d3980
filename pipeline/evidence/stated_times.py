"""Times that a message states for something that happened before it ("ran out at 11:00 sharp", "0 Mbit since 02:14")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.language.event_classes import read_event
from pipeline.language.times import TimeMention, find_times
from pipeline.language.zones import zone_of

_TELLS_WHEN = re.compile(
    r"(?:\bat|\bsince|\bfrom|\bfrom about|\baround|\babout|~|\bon|\bby then|\bstarted|\bclass)\s*$", re.I
)
_AHEAD = re.compile(
    r"\b(?:will|until|till|by|before|due|eta|tomorrow|next|review|meeting|expect\w*|plan\w*|want|scheduled|closes?)\b",
    re.I,
)
# Chat goes on in small letters after a full stop; a stated time belongs to its own sentence only.
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|[”“]+")
_LONGEST = timedelta(hours=16)
_SHORTEST = timedelta(minutes=2)


def stated(found: Sequence[Candidate], offsets: dict[str, int | None], home: str | None) -> list[Candidate]:
    """A candidate for each past time that a message states. `offsets` are minutes by record id, `home` is the
    incident's zone: a clock without a zone is read by its source's clock, or, where that is UTC only by
    format, by the reading that comes nearest before the message."""
    told: list[Candidate] = []
    for c in found:
        corrected = "[" in c.text
        if c.kind not in ("message", "text") or (c.reading.question and not corrected):
            continue
        for sentence, mention in _mentions(c.text):
            moment = _moment(mention, c, offsets.get(c.records[0]), home)
            if moment is None or not _SHORTEST <= c.time - moment <= _LONGEST:
                continue
            reading = read_event(sentence)
            label = label_of(sentence)
            if label is None and not reading.has("symptom", "trigger", "intervene", "recover", "alert"):
                continue
            told.append(
                replace(
                    c,
                    time=moment,
                    until=None,
                    precision="minute",
                    text=sentence,
                    reading=reading,
                    score=max(c.score, 3.0),
                    by_hand=True,
                    kind="stated",
                    declares=label[0] if label else None,
                    written=mention.text.strip("[]"),
                )
            )
            break
    return told


def _mentions(text: str) -> Iterator[tuple[str, TimeMention]]:
    for sentence in _SENTENCE.split(text):
        if _AHEAD.search(sentence):
            continue
        for mention in find_times(sentence):
            if mention.clock is None or mention.until_clock is not None:
                continue
            before = sentence[: mention.start]
            if _TELLS_WHEN.search(before) or label_of(sentence) or mention.end >= len(sentence.rstrip(" .!")):
                yield sentence, mention


def _moment(mention: TimeMention, c: Candidate, offset: int | None, home: str | None) -> datetime | None:
    assert mention.clock is not None
    zones = []
    if mention.zone and (named := zone_of(mention.zone, c.time.replace(tzinfo=None))):
        zones = [named]
    elif offset:
        zones = [timezone(timedelta(minutes=offset))]
    else:
        zones = [UTC, *([ZoneInfo(home)] if home else [])]
    readings = []
    for zone in zones:
        local = c.time.astimezone(zone)
        day = mention.date or local.date()
        clocks = [mention.clock]
        if mention.twelve_hour_unmarked and mention.clock.hour < 12:
            clocks.append(mention.clock.replace(hour=mention.clock.hour + 12))
        for clock in clocks:
            moment = datetime.combine(day, clock, zone)
            if moment > c.time and mention.date is None:
                moment -= timedelta(days=1)
            readings.append(moment.astimezone(UTC))
    past = [m for m in readings if m <= c.time]
    return max(past) if past else None
