"""When an incident was noticed, relative to its onset: as a lag that is stated, or as two moments to subtract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from pipeline.language.times import find_times
from pipeline.models.document import Document, Entry, Part, Sentence
from pipeline.rubric.chronology import instant
from pipeline.rubric.durations import Duration, find_durations

DETECTS = re.compile(
    r"\b(?:detect\w*|(?:un)?notic(?:e[ds]?|ing)|discover\w*|alert\w*|paged|paging|pager\w*|pages(?= (?:the |our )?(?:on-?call|rotation|(?-i:[A-Z])))|report(?:ed|s|ing)?|fire[ds]|spotted|saw|seen"
    r"|found|identified|aware|sounded|sounds|went off|radioed|phon(?:ed|es|ing)|rang|complain\w*|call(?:ed|s)|undetected|realis\w+|realiz\w+|notif(?:y|ied|ies|ications?)|learn(?:ed|t)? (?:of|about)|f(?:i|ou)nds? out)\b",
    re.IGNORECASE,
)
PLANS: tuple[Part, ...] = ("actions", "needs detail", "parked", "prevention", "questions")
_ONSET = re.compile(
    r"\b(?:onset|began|begins?|beginning|started|starts?|first (?:fail\w*|erro\w*|refus\w*|\w+ed|\w+ error)|fault occur\w*|occurr?(?:s|ed)"
    r"|since|impact|broke|introduced|deployed|rolled out|merged|triggered|fail(?:s|ed|ing)|stopped|went down|crashed|expired)\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:immediately|instantly|at once|right away|straight away|the same minute|as soon as)\b",
    re.IGNORECASE,
)
_STAT = re.compile(
    r"\b(?:time[- ]to[- ](?:detect\w*|discover\w*|notice)|ttd|mttd|detection (?:time|latency|delay|lag))\b",
    re.IGNORECASE,
)
_UNNOTICED = re.compile(r"\b(?:unnoticed|undetected|unseen)\b", re.IGNORECASE)
_TOOK = re.compile(r"\b(?:took|takes?|taken|taking|needed)\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:\w+\s)?(?P<word>after|following|into|later|before|earlier|prior|until|till)\b", re.I
)
_REFERENCE = re.compile(r"[,;.]|(?<=\w)\s(?=(?:an?|the|our|we|they|somebody)\s)")
_AHEAD = re.compile(r"\b(?:within|after|in under|lag of|delay of)\s+(?:\w+\s){0,2}$", re.IGNORECASE)


def is_stat(text: str) -> bool:
    """Whether a line is a measured time to detection, which says when and nothing else."""
    return bool(_STAT.search(text))


def lag_is_told(document: Document) -> bool:
    return any(_states_lag(s.text) for s in _narrated(document)) or _can_be_subtracted(document)


def _narrated(document: Document) -> Iterator[Sentence]:
    return (s for s in document.sentences if document.sections[s.section].part not in PLANS)


def _states_lag(text: str) -> bool:
    lengths = list(find_durations(text))
    if _STAT.search(text) and lengths:
        return True
    if not DETECTS.search(text):
        return False
    return bool(_AT_ONCE.search(text)) or any(_tells_lag(text, length) for length in lengths)


def _tells_lag(text: str, length: Duration) -> bool:
    """Whether a length lies between onset and detection: "40 minutes after the alert, Wei …" does not."""
    before, behind = text[: length.start], text[length.end :]
    if match := _BEHIND.match(behind):
        clause = _REFERENCE.split(behind[match.end() :], maxsplit=1)[0]
        if match["word"].lower() in ("after", "following", "into"):
            outside = before + behind[match.end() + len(clause) :]
            return bool(DETECTS.search(outside)) and not DETECTS.search(clause)
        return True
    if _UNNOTICED.search(text) or (_TOOK.search(before) and DETECTS.search(behind)):
        return True
    return bool(_AHEAD.search(before))


def _can_be_subtracted(document: Document) -> bool:
    entries = [e for e in document.entries if e.has_clock]
    first = next((i for i, e in enumerate(entries) if _notices(e)), None)
    if first:
        return True  # the timeline tells what came before the first signal
    noticed = min(_found_at(document), default=None)
    return noticed is not None and any(onset <= noticed for onset in _onset_at(document))


def _notices(entry: Entry) -> bool:
    return bool(DETECTS.search(f"{entry.actor or ''} {entry.event}"))


def _found_at(document: Document) -> Iterator[datetime]:
    yield from (at for e in document.entries if _notices(e) and (at := _moment_of(e, document)))
    yield from _told_beside(document, DETECTS)


def _onset_at(document: Document) -> Iterator[datetime]:
    """Onsets that are told apart from the detection itself: in prose, or by entries that notice nothing."""
    for entry in document.entries:
        begins = _ONSET.search(entry.event) or {"TRG", "ONS"} & set(entry.classes)
        if begins and not _notices(entry) and (at := _moment_of(entry, document)):
            yield at
    yield from _told_beside(document, _ONSET)
    for sentence in _prose(document):
        if document.sections[sentence.section].part in ("impact", "summary", "other"):
            for mention in find_times(sentence.text):
                if mention.clock and mention.until_clock:  # "from 13:58 to 15:08": impact began at 13:58
                    yield instant(mention, document) or _undated(mention.clock)


def _told_beside(document: Document, words: re.Pattern[str]) -> Iterator[datetime]:
    """The clock times of the prose that stand nearest to such words."""
    for sentence in _prose(document):
        mentions = [m for m in find_times(sentence.text) if m.clock]
        for word in words.finditer(sentence.text) if mentions else ():
            near = min(mentions, key=lambda m: min(abs(m.start - word.end()), abs(word.start() - m.end)))
            if near.clock:
                yield instant(near, document) or _undated(near.clock)


def _prose(document: Document) -> Iterator[Sentence]:
    inside = [(e.span.start, e.span.end) for e in document.entries]
    return (s for s in _narrated(document) if not any(a <= s.span.start < b for a, b in inside))


def _moment_of(entry: Entry, document: Document) -> datetime | None:
    mention = next((m for m in find_times(entry.time_text) if m.clock), None)
    if entry.time or mention is None or mention.clock is None:
        return entry.time
    return instant(mention, document) or _undated(mention.clock)


def _undated(clock: time) -> datetime:
    return datetime.combine(date.min, clock, UTC)
