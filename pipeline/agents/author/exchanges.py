"""The chat of the response as exchanges: one person's run of messages, with the question or remark that it goes on from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from pipeline.agents.author.phrases import clock, quoted
from pipeline.evidence.corrections import Correction, corrected, find_corrections
from pipeline.evidence.likeness import content
from pipeline.evidence.wording import clean, quotable, strip_mention
from pipeline.language.event_classes import Reading, read_event
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.postmortem import Statement
from pipeline.models.record import Record

_PAUSE = timedelta(minutes=3)  # within which a message answers the one before or goes on with it
_BREATH = timedelta(minutes=1)
_LONGEST = 4
_GOES_ON = re.compile(r"^(?:which|that (?:is|was|one)|and|so|because|but|also|it|they|then)\b", re.I)
_ASKS = re.compile(
    r"\?\s*$|(?:^|[.!] )(?:where|what|which|who|why|when|how)\b[^.!?]*$|^(?:what|where|who|why|how)s\b", re.I
)
_STOPS = re.compile(r"(?<=[.!?])\s+")
_REPLIES = re.compile(r"^(?:yes|yep|yeah|no|nope|not|it|that|this|they)\b", re.I)
_ARRIVALS = re.compile(
    r"\bhas (?:joined|left) the (?:channel|room|chat|group)\b|^This message was deleted", re.I
)
_SHORT = 8  # words; an answer that needs no word of its question


@dataclass(frozen=True)
class Exchange:
    """`words` are what of each record may be quoted."""

    records: tuple[Record, ...]
    words: tuple[str, ...]

    @property
    def time(self) -> datetime:
        moment = self.records[-1].time
        assert moment is not None
        return moment

    @property
    def asked(self) -> str:
        """The question that it answers, or nothing."""
        return (
            self.words[0] if len({r.actor for r in self.records}) > 1 and _ASKS.search(self.words[0]) else ""
        )

    @cached_property
    def text(self) -> str:
        return " ".join(self.words)

    @cached_property
    def reading(self) -> Reading:
        """Of the last words, which are what it comes to."""
        return read_event(self.words[-1])

    @property
    def open(self) -> bool:
        return bool(_ASKS.search(self.words[-1]))

    def told(self) -> Statement:
        """Each speaker's words, attributed."""
        parts: list[str] = []
        for i, (record, words) in enumerate(zip(self.records, self.words, strict=True)):
            mark = f"“{quoted(words)}”"
            if i and record.actor == self.records[i - 1].actor:
                parts[-1] += f" {mark}"
            elif i:
                verb = "answered" if _ASKS.search(self.words[i - 1]) else "added"
                parts.append(f"{record.actor} {verb}: {mark}")
            else:
                assert record.time is not None
                parts.append(f"{record.actor or 'A responder'} wrote at {clock(record.time)}: {mark}")
        return Statement(
            text="; ".join(parts) + ".", evidence=tuple(r.id for r in self.records), basis="stated"
        )


def exchanges(case: Case, people: People, *, afterwards: bool) -> Iterator[Exchange]:
    """In order of time, from the first signal on; `afterwards` those after the end too. What a refuted suspicion
    said is left out."""
    corrections = find_corrections(case.records)
    aside = {i for e in case.events if e.refuted_by for i in e.evidence} | {c.by for c in corrections}
    chat = [r for r in _chat(case, afterwards=afterwards) if r.id not in aside]
    for run in _runs(chat):
        kept = [(r, w) for r in run if (w := _fair(r, corrections, people))]
        if kept and kept[-1][0].actor == run[-1].actor:
            words = [w for _, w in kept]
            words[-1] = _without_question(words[-1])
            yield Exchange(tuple(r for r, _ in kept), tuple(words))


def _without_question(words: str) -> str:
    """What was said before a closing question that nobody answered."""
    sentences = _STOPS.split(words)
    told = [s for s in sentences if not s.endswith("?")]
    return (
        " ".join(told) + " …"
        if told and len(told) < len(sentences) and sentences[-1].endswith("?")
        else words
    )


def _fair(record: Record, corrections: Sequence[Correction], people: People) -> str | None:
    """What may be quoted; of a message that charges somebody, the sentences that do not."""
    text = strip_mention(corrected(clean(record.text), [c for c in corrections if c.of == record.id]))
    words = quotable(text, people)
    if words is not None:
        return words
    kept = [w for piece in _STOPS.split(text) if (w := quotable(piece, people))]
    return " … ".join(kept) + " …" if kept and len(kept) < len(_STOPS.split(text)) else None


def _chat(case: Case, *, afterwards: bool) -> list[Record]:
    start = case.milestones.detected.time
    end = case.milestones.mitigated.time or case.milestones.resolved.time
    channels = _channels(case)
    return [
        r
        for r in case.records
        if r.kind == "message"
        and r.time is not None
        and r.document is None
        and (start is None or r.time >= start - _PAUSE)
        and (afterwards or end is None or r.time <= end)
        and (r.channel is None or r.channel in channels)
        and not _ARRIVALS.search(r.text)
    ]


def _channels(case: Case) -> frozenset[str]:
    """Where the response was: channels from which the timeline tells more than one message of that time."""
    start, end = case.milestones.detected.time, case.milestones.resolved.time
    told = Counter(
        case.record(e.evidence[0]).channel or ""
        for e in case.events
        if (start is None or e.time >= start) and (end is None or e.time <= end)
    )
    return frozenset(channel for channel, often in told.items() if often > 1)


def _runs(chat: Sequence[Record]) -> Iterator[list[Record]]:
    run: list[Record] = []
    for r in chat:
        joins = bool(run) and _joins(run[-1], r)
        if joins and (len(run) < _LONGEST and (len(run) == 1 or r.actor == run[-1].actor)):
            run.append(r)
            continue
        asked = [run.pop()] if joins and len(run) > 1 else []
        if run:
            yield run
        run = [*asked, r]
    if run:
        yield run


def _joins(last: Record, r: Record) -> bool:
    """Whether a message goes on from the one before: its speaker's next words, a clause added, or an answer."""
    if r.time is None or last.time is None or r.channel != last.channel or r.time - last.time > _PAUSE:
        return False
    if r.actor == last.actor:
        soon = r.time - last.time <= _BREATH
        return bool(_GOES_ON.search(r.text)) or (soon and not _ASKS.search(r.text))
    if _ASKS.search(last.text):
        alike = content(last.text) & content(r.text)
        return bool(alike or _REPLIES.search(r.text)) or len(r.text.split()) <= _SHORT
    return bool(_GOES_ON.search(r.text))
