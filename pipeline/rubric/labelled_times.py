"""Milestones and lengths that a document tells behind a label: `Detected: 09:20 UTC`, `**Duration:** 51 minutes`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pipeline.documents.spans import span_at
from pipeline.language.times import TimeMention, find_times
from pipeline.models.document import Document, Span
from pipeline.rubric.chronology import instant
from pipeline.rubric.durations import find_durations
from pipeline.rubric.told_times import MINUTE, WORKING_HOURS, Told, in_words

_OF = r"(?: of (?:the )?(?:impact|incident|outage|fault|disruption|event))?"
_WHAT = r"(?:(?:impact|incident|outage|fault|event|service|disruption|first)\s+)?"
_ROLES: tuple[tuple[str, str], ...] = (  # in the order in which they must be true
    ("start", rf"{_WHAT}(?:start(?:s|ed)?|began|begins?|begun|onset|opened|occur(?:s|red)?){_OF}|beginning{_OF}"),
    ("detection", rf"{_WHAT}(?:detect(?:ed|ion)|noticed|discovered)|time of detection"),
    ("repair", rf"{_WHAT}(?:mitigated|repaired|recovered|restored)"),
    ("resolution", rf"{_WHAT}(?:resolved|end(?:s|ed)?|over|closed){_OF}"),
)  # fmt: skip
_KNOWN = r"(?:incident |fault )?(?:declared|reported|acknowledged|raised|paged)|(?:team |we )?aware"
_ENDS = frozenset({"repair", "resolution"})
_LENGTHS: tuple[tuple[frozenset[str], str], ...] = (  # to which ends it is counted
    (frozenset({"detection"}), r"(?:mean )?time[- ]to[- ](?:detect(?:ion)?|discover(?:y)?|notice)|m?ttd|detection (?:time|lag|delay)"),
    (_ENDS, r"(?:mean )?time[- ]to[- ](?:resolve|resolution|recover(?:y)?|repair|restore|mitigate|mitigation|fix)|m?ttr"),
    (_ENDS, rf"(?:total |incident |outage |impact )?(?:duration|downtime|outage time|length){_OF}|total time"),
)  # fmt: skip
_LEAD = r"(?:^|[\n|.;·•]|,\s(?=(?-i:[A-Z]|end of|impact|incident|outage))|\*\*|__)[\s*_>|-]*"
_TIMED = re.compile(
    rf"{_LEAD}(?P<label>{'|'.join(f'(?P<{n}>{p})' for n, p in _ROLES)}|{_KNOWN})(?: (?:time|at))?(?:\s*\([^)\n]*\))?[\s*_]*[:|=]?[\s*_|]*(?:(?:was|is|at|on)\s+)?",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    rf"{_LEAD}(?P<label>{'|'.join(p for _, p in _LENGTHS)})(?:\s*\([^)\n]*\))?[\s*_]*[:|=]?[\s*_|]*(?:(?:was|is|of)\s+)?",
    re.IGNORECASE,
)
_REACH = 90  # how far behind its label a value is looked for


@dataclass(frozen=True, slots=True)
class Labelled:
    role: str
    label: str
    at: datetime
    zoned: bool
    span: Span


def labelled_times(document: Document) -> tuple[Labelled, ...]:
    """In the order in which they are printed; none where a label is told twice, as of several incidents."""
    inside = [(e.span.start, e.span.end) for e in document.entries if e.has_clock]
    found = []
    for match in _TIMED.finditer(document.text):
        if any(start < match.start("label") < end for start, end in inside):
            continue  # an entry speaks of its own minute: "alert resolved, 03:17"
        mention = _behind(document.text, match.end())
        at = instant(mention, document) if mention and mention.clock else None
        if mention is None or at is None:
            continue
        role = next((name for name, _ in _ROLES if match[name]), "known")
        end = match.end() + mention.end
        span = span_at(document, match.start("label"), end)
        found.append(Labelled(role, match["label"].strip().lower(), at, mention.offset is not None, span))
    return tuple(found) if len({f.label for f in found}) == len(found) else ()


def _behind(text: str, at: int) -> TimeMention | None:
    line = text[at : at + _REACH].split("\n")[0]
    mention = next(iter(find_times(line)), None)
    return mention if mention and not line[: mention.start].strip(" *_:|(~≈") else None


def find_labels_out_of_order(labelled: Sequence[Labelled]) -> Told:
    """Labelled times in the only order in which they can be true."""
    ranks = [name for name, _ in _ROLES]
    for one, other in pairwise(m for m in labelled if m.role in ranks):
        before = ranks.index(one.role) - ranks.index(other.role)
        if one.zoned != other.zoned:
            continue
        if before < 0 and other.at < one.at - MINUTE:
            yield (
                other.span,
                f"{other.label} ({other.at:%d %b %Y %H:%M}) is before {one.label} ({one.at:%d %b %Y %H:%M})",
            )
        elif before > 0 and other.at > one.at + MINUTE:
            yield (
                other.span,
                f"{other.label} ({other.at:%d %b %Y %H:%M}) is after {one.label} ({one.at:%d %b %Y %H:%M})",
            )


def find_wrong_labelled_lengths(document: Document, labelled: Sequence[Labelled]) -> Told:
    """`Duration: 45 min` under a start and an end that are an hour apart."""
    for match in _MEASURED.finditer(document.text):
        line = document.text[match.end() : match.end() + _REACH].split("\n")[0]
        stated = next(iter(find_durations(line)), None)
        if (
            stated is None
            or WORKING_HOURS.search(line)
            or line[: stated.start].strip(" *_:|(~≈").lower() not in _HEDGES
        ):
            continue
        ends = next(e for e, words in _LENGTHS if re.fullmatch(words, match["label"], re.IGNORECASE))
        apart = list(_apart(labelled, ends))
        if apart and not any(stated.fits(length) for length in apart):
            yield (
                span_at(document, match.start("label"), match.end() + stated.end),
                f"“{line[stated.start : stated.end].strip()}” is not what lies between the times that are told "
                f"({' or '.join(in_words(a) for a in apart)})",
            )


_HEDGES = frozenset({"", "about", "around", "approx.", "approximately", "roughly", "ca.", "circa", "just over", "just under", "over", "under", "almost", "nearly", "less than", "more than", "at least", "at most", "up to"})  # fmt: skip


def _apart(labelled: Sequence[Labelled], ends: frozenset[str]) -> Iterator[timedelta]:
    """From where it may have begun to each end; without a start, what is stated may be measured from that."""
    if not any(m.role == "start" for m in labelled):
        return
    for first in labelled:
        if first.role == "start" or (first.role not in ends and ends & _ENDS):
            yield from (e.at - first.at for e in labelled if e.role in ends and e.at > first.at)


def spans_of(labelled: Sequence[Labelled]) -> list[timedelta]:
    """How far apart its labelled beginning and ends are."""
    return [
        e.at - s.at
        for s in labelled
        for e in labelled
        if s.role == "start" and e.role in _ENDS and e.at > s.at
    ]
