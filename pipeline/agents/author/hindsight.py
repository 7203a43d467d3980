"""What went well, what went poorly and where luck helped: from the documents, and from intervals against plain bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.agents.author.detection import told_otherwise
from pipeline.agents.author.passages import passages, statement
from pipeline.agents.author.phrases import apart, said
from pipeline.evidence.wording import clean, quotable
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Statement

_MOST = 6
_MOST_INTERVALS = 3
# Good and late, by the practice of on-call rotations: a page is answered within five minutes, people outside hear
# within a quarter of an hour, and half an hour is long to be without a signal, a lead or a named cause.
_SOON, _LATE = timedelta(minutes=5), timedelta(minutes=15)
_LONG = timedelta(minutes=30)
_LUCK = re.compile(
    r"\b(?:(?:got|were|was|are|is|by|pure|sheer|it['’]s) (?:\w+ )?(?:luck|lucky|chance)|luckily|fortunately|by coincidence)\b",
    re.I,
)
_NO_LUCK = re.compile(
    r"\b(?:good luck|no luck|any luck|bad luck|unluck\w*|(?:if|when) (?:we|you) are lucky)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Interval:
    """From one record to another; `words` says what took that long."""

    words: str
    start: datetime
    end: datetime
    evidence: tuple[str, ...]
    soon: timedelta
    late: timedelta

    def told(self) -> Statement:
        words = self.words.format(apart(self.start, self.end))
        return Statement(text=words, evidence=tuple(dict.fromkeys(self.evidence)), basis="observed")


def went_well(case: Case, people: People) -> tuple[Statement, ...]:
    short = [i.told() for i in _intervals(case) if i.end - i.start <= i.soon]
    return tuple([*passages(case, people, "went well"), *short[:_MOST_INTERVALS]][:_MOST])


def went_poorly(case: Case, people: People) -> tuple[Statement, ...]:
    """Neutral: how long it took, never who was slow."""
    long = [i.told() for i in _intervals(case) if i.end - i.start > i.late]
    return tuple([*passages(case, people, "went poorly"), *long[:_MOST_INTERVALS]][:_MOST])


def lucky(case: Case, people: People) -> tuple[Statement, ...]:
    """What documents list, and what records themselves call luck."""
    listed = list(passages(case, people, "lucky"))
    seen = {e for s in listed for e in s.evidence}
    told = [s for s in _called_luck(case, people) if not seen & set(s.evidence)]
    return tuple([*listed, *told][:4])


def _called_luck(case: Case, people: People) -> Iterator[Statement]:
    told = {i for e in case.events for i in e.evidence}
    for record in case.records:
        words = clean(record.text)
        if not _LUCK.search(words) or _NO_LUCK.search(words):
            continue
        if record.document is not None:
            whole = statement(record, people)
            if whole is not None and (said_so := _sentence_of_luck(whole.text)):
                yield whole.model_copy(update={"text": said_so})
        elif record.kind == "message" and record.id in told and (quote := quotable(words, people)):
            yield Statement(
                text=said(record.actor or "A responder", record.time, quote), evidence=(record.id,)
            )


def _sentence_of_luck(text: str) -> str:
    return next((text[a:b].strip() for a, b in split(text) if _LUCK.search(text[a:b])), "")


def lessons(case: Case, people: People) -> tuple[Statement, ...]:
    return tuple(passages(case, people, "lessons"))[:_MOST]


def _intervals(case: Case) -> Iterator[_Interval]:
    m = case.milestones
    onset, found, declared = m.onset, m.detected, m.declared
    if found.time is None or told_otherwise(case, found.time):
        return
    if onset.time and found.time > onset.time:
        yield _Interval(
            "The first signal came {} after the onset of impact.",
            onset.time,
            found.time,
            (*onset.evidence[:1], *found.evidence[:1]),
            _SOON,
            _LATE,
        )
    if declared.time and declared.time >= found.time:
        yield _Interval(
            "The incident was declared {} after the first signal.",
            found.time,
            declared.time,
            (*found.evidence[:1], *declared.evidence[:1]),
            _SOON,
            _LONG,
        )
    told = _first(case, lambda e: "COM" in e.classes and e.act == "posted", found.time)
    if told is not None:
        yield _Interval(
            "The first announcement in the records came {} after the first signal.",
            found.time,
            told.time,
            (*found.evidence[:1], *told.evidence[:1]),
            _SOON,
            _LATE,
        )


def _first(case: Case, test: Callable[[Event], bool], since: datetime) -> Event | None:
    return next((e for e in case.events if e.time >= since and test(e)), None)
