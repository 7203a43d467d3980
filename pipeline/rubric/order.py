"""Contradictions of order: an end before its start, a rollback before its deployment, one clock in two zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from pipeline.models.document import Document
from pipeline.rubric.accounts import content
from pipeline.rubric.chronology import Moment, days_apart
from pipeline.rubric.told_times import DETECTED, MINUTE, NEGATED, RESOLVED, Told

_MIDNIGHT = timedelta(hours=12)  # a range that goes back by less than this does not cross midnight
_EVENING, _NOON = 16, 12  # unless it opens in the evening and ends in the morning
_NOT_YET = re.compile(
    r"\b(?:not|n't|no longer|never|reopen\w*|would|will|should|falsely|prematurely|believed|thought)\b",
    re.I,
)
_WELL = re.compile(r"\b(?:recovered|restored|back to normal|back online)\b", re.IGNORECASE)
_DEPLOYED = re.compile(
    r"\b(?:deploy(?:ed|s|ment)?|roll(?:ed|s)? ?out|rollout|releas(?:ed?|es)|shipp?(?:ed|s)|promoted|pushed|merged)\b",
    re.I,
)
_ROLLED_BACK = re.compile(
    r"\b(?:roll(?:ed|s|ing)?(?:\s+(?!out\b)[\w.-]+){0,4}?[ -]?back(?!\s+to)|rollback of|revert(?:ed|s)?(?!\s+to))\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(?:build|release|version|deploy(?:ment)?|change|pull request|pr|commit|revision)\s*#?([\w.-]*\d[\w.-]*)|(?<![\w.])(v\d[\w.-]*)|#(\d+)"
    r"|(?<![\w.%])(\d+\.\d+(?:\.\d+)*)(?![\w%]|\s?%|\.\d)",
    re.I,
)
_PERSISTS = re.compile(
    r"\b(?:errors?|failures?|5xx|50\d|timeouts?|outage|impact|degradation|requests?|customers?|users?|checkouts?)\b[^.;]{0,40}?\b(?:continue[sd]?|persist(?:s|ed)?"
    r"|still|keeps?|kept|until|stop(?:s|ped)?|cease[sd]?|end(?:s|ed)?)\b"
    r"|\bstill\b[^.;]{0,40}\b(?:fail\w*|declin\w+|refus\w+|reject\w+|report\w*|down|unavailable|errors?|slow|wrong|empty|timing out)\b",
    re.IGNORECASE,
)
_IS_OVER = re.compile(
    r"\b(?:impact|outage|errors?|failures?|disruption|degradation)\b[^.;]{0,20}\b(?:ended|stopped|ceased|was over)\b",
    re.I,
)
_COMMON = frozenset("about after before their which while first minute hour".split())


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


def find_end_before_detection(entries: Sequence[Moment]) -> Told:
    resolved = [e for e in entries if RESOLVED.search(e.text) and not _NOT_YET.search(e.text)] or [
        e for e in entries if _WELL.search(e.text) and not _NOT_YET.search(e.text)
    ]
    rest = [e for e in entries if e not in resolved and not NEGATED.search(e.text)]
    detected = [e for e in rest if DETECTED.search(e.text)] or [
        e for e in rest if e.entry and "DET" in e.entry.classes
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
            for name in _releases(e.text[match.start() :].split(" to ")[0]) or _releases(e.text):
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
            if timedelta(minutes=20) < shift <= timedelta(hours=14) and _alike(p, e):
                yield (
                    p.span,
                    f"{m.text} here and {other.clock:%H:%M} in the timeline (line {e.span.line}) are not the same instant",
                )
                break


def _alike(prose: Moment, entry: Moment) -> bool:
    """Whether two texts speak of the same thing: they share a word that says something."""
    actor = (entry.entry.actor or "") if entry.entry else ""
    return bool(content(prose.text) & content(f"{actor} {entry.text}") - _COMMON)


def find_impact_after_its_end(entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    windows = [
        p
        for p in prose
        if p.part == "impact" and not p.approximate and (p.until is not None or _IS_OVER.search(p.text))
    ]
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


def find_day_that_goes_back(entries: Sequence[Moment]) -> Told:
    """One entry whose own date puts it before all above it, where another day or year puts it between its neighbours."""
    for i in range(1, len(entries) - 1):
        before, here, after = entries[i - 1 : i + 2]
        rest = [*entries[:i], *entries[i + 1 :]]
        in_order = all(a.at <= b.at for a, b in pairwise(rest))
        dated = here.mention is not None and here.mention.date is not None
        if not in_order or not dated or here.at >= entries[0].at or not _alike_any(here, entries[:i]):
            continue
        if any(before.at <= here.at + timedelta(days=days) <= after.at for days in (1, 2, 365, 366)):
            yield (
                here.span,
                f"{here.at:%d %b %Y} is before the day of all entries above it, of which it is a sequel",
            )


def _alike_any(entry: Moment, above: Sequence[Moment]) -> bool:
    return any(content(entry.text) & content(e.text) - _COMMON for e in above)
