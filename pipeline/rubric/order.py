"""Contradictions of order: an end before its start, a rollback before its deployment, one clock in two zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from pipeline.documents.spans import span_at
from pipeline.language.times import find_times
from pipeline.models.document import Document, Span
from pipeline.rubric.chronology import Moment, days_apart
from pipeline.rubric.told_times import DETECTED, MINUTE, NEGATED, RESOLVED, Told

_MIDNIGHT = timedelta(hours=12)  # a range that goes back by less than this does not cross midnight
_EVENING, _NOON = 16, 12  # unless it opens in the evening and ends in the morning
_NOT_YET = re.compile(
    r"\b(?:not|n't|no longer|never|reopen\w*|again|would|will|should|falsely|prematurely|believed|thought)\b",
    re.I,
)
_LABELS: tuple[tuple[str, str], ...] = (  # in the order in which they must be true
    ("start", r"(?:impact |incident |outage |fault )?(?:start(?:s|ed)?|began|begins?|onset|occur(?:s|red)?)(?: time)?|start(?: of (?:impact|incident|outage))?"),
    ("detection", r"(?:first |fault |incident )?detect(?:ed|ion)(?: time)?|time of detection"),
    ("repair", r"(?:incident )?(?:mitigated|repaired|recovered|restored)(?: time)?"),
    ("resolution", r"(?:incident |impact |outage )?(?:resolved|end(?:s|ed)?|over|closed)(?: time)?|end(?: of (?:impact|incident|outage))?"),
)  # fmt: skip
_LABEL_LINE = re.compile(
    r"^[\s*_|>-]*(?P<label>[A-Za-z][A-Za-z ]{2,28}?)(?:\s*\([^)]*\))?[\s*_]*(?:[:|]|(?=\s\d{4}-))[\s*_|]*(?P<rest>[^\n|]{4,80})",
    re.M,
)
_DEPLOYED = re.compile(
    r"\b(?:deploy(?:ed|s|ment)?|roll(?:ed|s)? ?out|rollout|releas(?:ed?|es)|shipp?(?:ed|s)|promoted|pushed|merged)\b",
    re.I,
)
_ROLLED_BACK = re.compile(
    r"\b(?:roll(?:ed|s|ing)?[ -]?back(?!\s+to)|rollback of|revert(?:ed|s)?(?!\s+to))\b", re.IGNORECASE
)
_RELEASE = re.compile(
    r"\b(?:build|release|version|deploy(?:ment)?|change|pull request|pr|commit|revision)\s*#?([\w.-]*\d[\w.-]*)|(?<![\w.])(v\d[\w.-]*)|#(\d+)",
    re.I,
)
_PERSISTS = re.compile(
    r"\b(?:errors?|failures?|5xx|50\d|timeouts?|outage|impact|degradation|requests?|customers?|users?|checkouts?)\b[^.;]{0,40}?\b(?:continue[sd]?|persist(?:s|ed)?"
    r"|still|keeps?|kept|until|stop(?:s|ped)?|cease[sd]?|end(?:s|ed)?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w-]{3,}")


def find_backward_ranges(document: Document, moments: Sequence[Moment]) -> Told:
    for moment in moments:
        m = moment.mention
        if m is None or m.clock is None or m.until_clock is None:
            continue
        days = days_apart(m)
        if days is None and (m.until_date or m.until_month_day or m.until_day_of_month):
            continue
        start = datetime.combine(date.min, m.clock)
        end = datetime.combine(date.min, m.until_clock)
        backward = start - end - timedelta(days=days or 0)
        overnight = m.clock.hour >= _EVENING and m.until_clock.hour < _NOON  # "between 17:00 and 09:00"
        if backward > timedelta(0) and (days is not None or (backward < _MIDNIGHT and not overnight)):
            yield moment.span, f"the range {m.text} ends before it begins"


def find_labels_out_of_order(document: Document) -> Told:
    """`Detected: …`, `Resolved: …`: labelled times in the only order in which they can be true."""
    found: list[tuple[int, str, datetime, Span]] = []
    for match in _LABEL_LINE.finditer(document.text):
        label = match["label"].strip().lower()
        rank = next((i for i, (_, pattern) in enumerate(_LABELS) if re.fullmatch(pattern, label)), None)
        mention = next((m for m in find_times(match["rest"]) if m.clock), None)
        if rank is None or mention is None or mention.clock is None:
            continue
        day = mention.date or document.declared_date
        if day is not None:
            at = datetime.combine(day, mention.clock) - (mention.offset or timedelta(0))
            found.append((rank, label, at, span_at(document, match.start("label"), match.end("rest"))))
    if len({r for r, *_ in found}) < len(found):
        return  # a label told twice: several incidents in one document
    for (rank, label, at, _), (later_rank, later_label, later_at, span) in pairwise(found):
        if rank < later_rank and later_at < at - MINUTE:
            yield span, f"{later_label} ({later_at:%d %b %Y %H:%M}) is before {label} ({at:%d %b %Y %H:%M})"
        elif rank > later_rank and later_at > at + MINUTE:
            yield span, f"{later_label} ({later_at:%d %b %Y %H:%M}) is after {label} ({at:%d %b %Y %H:%M})"


def find_end_before_detection(entries: Sequence[Moment]) -> Told:
    resolved = [e for e in entries if RESOLVED.search(e.text) and not _NOT_YET.search(e.text)]
    detected = [
        e for e in entries if DETECTED.search(e.text) and e not in resolved and not NEGATED.search(e.text)
    ]
    if resolved and detected:
        last, first = max(resolved, key=lambda e: e.at), min(detected, key=lambda e: e.at)
        if last.at < first.at - MINUTE:
            yield (
                last.span,
                f"the incident ends at {last.at:%H:%M}, before it is detected at {first.at:%H:%M} (UTC)",
            )


def find_rollback_before_deploy(entries: Sequence[Moment]) -> Told:
    deployed: dict[str, Moment] = {}
    for e in entries:
        if _DEPLOYED.search(e.text) and not _ROLLED_BACK.search(e.text):
            for name in _releases(e.text):
                deployed.setdefault(name, e)
    for e in entries:
        if match := _ROLLED_BACK.search(e.text):
            for name in _releases(e.text[match.start() :].split(" to ")[0]):
                if name in deployed and e.at < deployed[name].at - MINUTE:
                    yield (
                        e.span,
                        f"{name} is rolled back at {e.at:%H:%M}, before it is deployed at {deployed[name].at:%H:%M} (UTC)",
                    )


def _releases(text: str) -> set[str]:
    return {next(g for g in m.groups() if g).lower().strip(".") for m in _RELEASE.finditer(text)}


def find_one_clock_in_two_zones(entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    """14:03 UTC in the prose and 14:03 CEST in the timeline: one clock, two instants."""
    instants = {e.at.replace(second=0) for e in entries}
    for p in prose:
        m = p.mention
        if m is None or m.zone is None or m.clock is None or p.at.replace(second=0) in instants:
            continue
        for e in entries:
            other = e.mention
            if (
                other is None
                or other.clock is None
                or (other.clock.hour, other.clock.minute) != (m.clock.hour, m.clock.minute)
            ):
                continue
            shift = abs(e.at - p.at)
            if timedelta(minutes=20) < shift <= timedelta(hours=14) and _alike(p.text, e.text):
                yield (
                    p.span,
                    f"{m.text} here and {other.clock:%H:%M} in the timeline (line {e.span.line}) are not the same instant",
                )
                break


def _alike(one: str, other: str) -> bool:
    """Whether two texts speak of the same thing: they share a word of some length."""
    words = [{w.lower()[:6] for w in _WORD.findall(t)} for t in (one, other)]
    return bool(words[0] & words[1] - {"about", "after", "before", "their", "which", "while", "first"})


def find_impact_after_its_end(entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    windows = [p for p in prose if p.part == "impact" and p.until is not None and not p.approximate]
    if not windows:
        return
    last = max(windows, key=lambda p: p.until or p.at)
    end = last.until or last.at
    for e in entries:
        stated = e.until or e.at
        if stated > end + 2 * MINUTE and _PERSISTS.search(e.text) and not NEGATED.search(e.text):
            yield (
                last.span,
                f"impact ends at {end:%d %b %H:%M} here, but the timeline tells of it until {stated:%d %b %H:%M} "
                f"(UTC, line {e.span.line})",
            )
            return
