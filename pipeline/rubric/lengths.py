"""Contradictions of length: a duration, a delay or a total that the document's own times do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pipeline.documents.spans import span_at
from pipeline.language.lemmas import lemma
from pipeline.language.times import TimeMention, find_times
from pipeline.language.words import tokens
from pipeline.models.document import Document, Part
from pipeline.rubric.chronology import Moment, days_apart
from pipeline.rubric.durations import Duration, find_durations
from pipeline.rubric.told_times import MINUTE, RESOLVED, WORKING_HOURS, Told, in_words

_LASTED = re.compile(
    r"\b(?:last(?:ed|s|ing)|duration|downtime|outage(?: time)?|took|for|total(?:ling|ing)?|over|unavailable|down|within|=|time to \w+)\b"
    r"|\(|^|:|-minute|-hour",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:^|[.|*_\s>-])(?:total |incident |outage |impact )?(?:duration|downtime|outage time|length)(?:\s*\([^)]*\))?[\s*_]*[:|][\s*_|]*$"
    r"|\blast(?:ed|s)\s+(?:for\s+)?(?:a total of\s+)?$"
    r"|\b(?:was|were) (?:down|unavailable|unreachable|offline)\b[^.;]{0,20}\bfor\s+(?:a total of\s+)?$",
    re.IGNORECASE,
)
_STOPPED_FOR = re.compile(
    r"\b(?:was|were|stood|remained|sat|stopped|stayed|failed|broke\w*|locked|down|unavailable|unreachable|inaccessible|offline|empty|refused|blocked|halted|stalled"
    r"|out of service|affected|degraded|interrupted|disrupted|returned|served|outage|disruption|could not|unable to|got no|were not)\b"
    r"[^.;()]{0,80}\b(?:for|lasting|lasted)\s+(?:a total of\s+)?$|^\W*for\s+$",
    re.IGNORECASE,
)
_RECOVERED = re.compile(
    r"\b(?:recover\w*|clear(?:ed|s)|restor\w*|back|again|normal|resum\w*|healthy|drained|succeed\w*|rolled back"
    r"|went on|worked off|empty|confirmed)\b",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"→|->|^\W*(?:to|until|till|–|and)\W*$", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:downtime|duration|total|length)\b[^.;]{0,14}$", re.IGNORECASE)
_PARTED = re.compile(r"(?<!i\.e)(?<!e\.g)[;.]\s")
_RATE = re.compile(r"\b(?:every|each|per|once in)\s+$", re.IGNORECASE)
_PER = re.compile(
    r"\d\s?[^\s\d]{0,3}(?:\s[A-Za-z°%]+)?\s+an? (?:second|minute|hour|day|night|week)$"
)  # "2 °F an hour"
_OF_EACH = re.compile(r"\s+(?:late|early|behind|old|older|apart|ago|each|per|slower|longer)\b", re.IGNORECASE)
_HOURS = re.compile(
    r"\b(?:hours|during|shift|(?<!outage )(?<!impact )(?<!incident )window|coverage|schedule)\W*$",
    re.IGNORECASE,
)


def find_wrong_durations(document: Document) -> Told:
    """A duration beside the two times that it is between: "lasted 35 minutes: 14:03 to 15:08"."""
    for start, end in _units(document):
        text = document.text[start:end]
        if text.rstrip().endswith("?"):
            continue  # it asserts nothing
        mentions = [m for m in find_times(text) if m.clock]
        window = [m for m in mentions if m.until_clock]
        if len(window) == 1 and len(mentions) == 1:
            clocks = window[0].clock, window[0].until_clock
        elif len(mentions) == 2 and _SPANNED.search(text[mentions[0].end : mentions[1].start]):
            if mentions[0].zone and mentions[1].zone and mentions[0].zone != mentions[1].zone:
                continue
            clocks = mentions[0].clock, mentions[1].clock
        else:
            continue
        if _HOURS.search(text[: mentions[0].start]):
            continue  # "during support hours 10:00-17:00"
        durations = [
            d
            for d in find_durations(_blanked(text, mentions))
            if _LASTED.search(text[max(0, d.start - 24) : d.start])
            and not _is_measure_of_each(text, d)
            and (
                _NAMED.search(text[: d.start])
                or not _PARTED.search(text, min(d.end, mentions[-1].end), max(d.start, mentions[0].start))
            )
        ]
        if len(durations) != 1 or clocks[0] is None or clocks[1] is None:
            continue
        wholly = _apart_by_days(mentions)
        apart = wholly or (
            datetime.combine(datetime.min, clocks[1]) - datetime.combine(datetime.min, clocks[0])
        ) % timedelta(days=1)
        days = [m.date for m in mentions if m.date] + [m.until_date for m in mentions if m.until_date]
        if wholly is None and (len(set(days)) > 1 or any(days_apart(m) for m in mentions)):
            continue
        stated = durations[0]
        if not stated.fits(apart) and (stated.length < timedelta(days=1) or wholly or days):
            yield (
                span_at(document, start + stated.start, start + stated.end),
                f"“{text[stated.start : stated.end].strip()}” is not what lies between "
                f"{clocks[0]:%H:%M} and {clocks[1]:%H:%M} ({in_words(apart)})",
            )


def _apart_by_days(mentions: Sequence[TimeMention]) -> timedelta | None:
    """How far apart two times are that both tell their day; None where one does not."""
    first, last = mentions[0], mentions[-1]
    until_day, until = (first.until_date, first.until_clock) if first is last else (last.date, last.clock)
    if not (first.date and first.clock and until_day and until):
        return None
    return datetime.combine(until_day, until) - datetime.combine(first.date, first.clock)


def _is_measure_of_each(text: str, duration: Duration) -> bool:
    """ "every 30 minutes", "204 one-minute values": how often, or how long each of several is, and not for how long."""
    if (
        _RATE.search(text, 0, duration.start)
        or _PER.search(text[: duration.end])
        or _OF_EACH.match(text, duration.end)
    ):
        return True
    if "-" not in text[duration.start : duration.end]:
        return False
    head = ""
    for word in tokens(text[duration.end :]):
        if word.tag not in ("NOUN", "ADJ"):
            break
        head = word.lower
    return head == "data" or (head.endswith("s") and lemma(head) != head)


def _units(document: Document) -> Iterator[tuple[int, int]]:
    """Stretches within which a duration and its window belong together: a sentence, or a row of a table."""
    rows: set[int] = set()
    lines = document.lines
    for sentence in document.sentences:
        if sentence.block == "cell":
            number = sentence.span.line
            if number not in rows:
                rows.add(number)
                yield lines[number - 1], (lines[number] - 1 if number < len(lines) else len(document.text))
        elif sentence.block != "heading":
            yield sentence.span.start, sentence.span.end


def _blanked(text: str, mentions: Sequence[TimeMention]) -> str:
    for m in mentions:
        start, end = m.start, m.end
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def find_wrong_totals(
    document: Document, entries: Sequence[Moment], prose: Sequence[Moment], other: Sequence[timedelta]
) -> Told:
    """A stated total that no beginning and no end of the document are apart; `other` are those of labels."""
    spans = [*other, *_lengths(entries, prose)]
    if not spans:
        return
    told: set[Part] = set()
    for sentence in document.sentences:
        part = document.sections[sentence.section].part
        if part not in ("summary", "impact", "other", "latencies") or any(
            m.clock for m in find_times(sentence.text)
        ):
            continue
        if WORKING_HOURS.search(sentence.text):
            continue
        for duration in find_durations(sentence.text):
            before = sentence.text[: duration.start]
            labelled = bool(_TOTAL.search(before))
            if not labelled and (part in told or duration.rough or not _STOPPED_FOR.search(before)):
                continue
            told.add(part)
            if duration.length >= 2 * MINUTE and not _reachable(duration, spans):
                yield (
                    span_at(
                        document, sentence.span.start + duration.start, sentence.span.start + duration.end
                    ),
                    f"no beginning and no end that the document tells are {in_words(duration.length)} apart",
                )


def _lengths(entries: Sequence[Moment], prose: Sequence[Moment]) -> Iterator[timedelta]:
    """How far apart the moments are at which it may have begun and ended."""
    over = [
        e
        for e in entries
        if RESOLVED.search(e.text)
        or _RECOVERED.search(e.text)
        or (e.entry and {"RES", "MIT"} & set(e.entry.classes))
    ]
    ends = [e.until or e.at for e in over]
    if entries:
        ends.append(max(e.until or e.at for e in entries))
    starts = [e.at for e in entries if e not in over]
    yield from (end - start for start in starts for end in ends if end > start)
    for p in prose:
        if p.until:
            yield p.until - p.at
        if p.part in ("summary", "impact", "detection", "other"):
            yield from (end - p.at for end in ends if end > p.at)
            yield from (p.at - start for start in starts if p.at > start)


def _reachable(duration: Duration, spans: Sequence[timedelta]) -> bool:
    """A round total ("20 minutes", "2 hours") is taken as rounded."""
    round_number = duration.length % timedelta(minutes=5) == timedelta(0)
    slack = max(duration.tolerance, duration.length / 8) if round_number else duration.tolerance
    return any(abs(span - duration.length) <= slack for span in spans)
