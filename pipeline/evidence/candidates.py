"""A candidate for the timeline: one telling of one event, before it is joined, classed, told or set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.evidence.likeness import content, marks
from pipeline.language.event_classes import Reading
from pipeline.language.event_lexicon import RECOVER, SYMPTOM
from pipeline.models.base import ActorKind, EventClass, Precision
from pipeline.models.record import Record

_INCIDENT_CHANNEL = re.compile(
    r"\binc(?:ident)?\b|outage|emergency|war-?room|bridge|\bcall\b|sev\d|on-?call|\bops\b|-ops\b", re.I
)


# States and moments that are said of a kettle as of a server.
_SAID_OF_ANYTHING = (
    SYMPTOM
    | RECOVER
    | frozenset("again now today tonight morning night minute hour new old first last".split())
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One telling of one event. `records` holds the ids behind it, the leading one first."""

    records: tuple[str, ...]
    sources: frozenset[str]
    time: datetime
    until: datetime | None
    precision: Precision
    actor: str
    actor_kind: ActorKind
    text: str
    quoted: bool
    reading: Reading
    kind: str
    score: float
    channel: str | None = None
    by_hand: bool = False  # told by a document after the fact, not recorded as it happened
    declares: EventClass | None = None  # what a document names it: started, detected, fixed
    logged: bool = False  # a row of a log that people kept
    off_topic: bool = False  # nothing else speaks of it
    at_home: bool = True  # said where the incident is handled
    context: str = ""  # words around it that say what it is about: a heading, the rest of a row
    written: str = ""  # its clock as the source writes it, where that is not UTC

    @property
    def about(self) -> str:
        return f"{self.text} {self.context}".strip()

    def joined_with(self, other: Candidate, **changes: object) -> Candidate:
        merged = replace(
            self,
            records=tuple(dict.fromkeys(self.records + other.records)),
            sources=self.sources | other.sources,
            score=max(self.score, other.score) + 0.5,
            declares=self.declares or other.declares,
            logged=self.logged or other.logged,
            at_home=self.at_home or other.at_home,
        )
        return replace(merged, **changes)  # type: ignore[arg-type]


class Vocabulary:
    """What this incident is about: words and marks of its documents, pages and status posts, and what several
    messages speak of."""

    def __init__(self, records: Sequence[Record]) -> None:
        counted: Counter[str] = Counter()
        self._marks: set[str] = set()
        for record in records:
            if record.document or record.kind in ("page", "status", "field", "row", "change"):
                counted.update(content(record.text))
            if record.document:
                self._marks |= marks(record.text)
        talk: Counter[str] = Counter()
        for record in records:
            if record.kind == "message":
                talk.update(content(record.text))
        known = {word for word, n in counted.items() if n >= 2} | {w for w, n in talk.items() if n >= 3}
        self._known = {word for word in known if len(word) > 2}
        self._spoken_of = {
            w for w, n in (counted + talk).items() if n >= 2 and (len(w) > 2 or w[-1].isdigit())
        } | self._known

    def is_off_topic(self, text: str) -> bool:
        """Nothing else in the incident speaks of what this speaks of."""
        words = content(text) - _SAID_OF_ANYTHING
        return bool(words) and not words & self._spoken_of and not marks(text) & self._marks

    def share(self, text: str) -> float:
        """0..2.4 by how many of the incident's own words, numbers and identifiers the text uses."""
        words = min(1.2, 0.4 * len(content(text) & self._known))
        return words + min(1.2, 0.6 * len(marks(text) & self._marks))


class Homes:
    """Where the incident is handled: channels that are named for it, else those that hold most of the talk.

    A letter (a message with a subject) is at home only where there is no chat at all; a recorded call is.
    """

    def __init__(self, records: Iterable[Record], named: Iterable[str] = ()) -> None:
        said = [r for r in records if r.kind == "message" and r.time is not None]
        talk = Counter(r.channel for r in said if not r.section)
        chosen = {c for c in talk if c is not None and (c in set(named) or _INCIDENT_CHANNEL.search(c))}
        if not chosen:
            chosen = {c for c, n in talk.items() if c is not None and n * 4 >= sum(talk.values())}
        self._channels = chosen
        self._no_chat = not talk

    def has(self, record: Record) -> bool:
        if record.channel is not None:
            return record.channel in self._channels or bool(_INCIDENT_CHANNEL.search(record.channel))
        return self._no_chat or record.section in ("", "call")
