"""TL-GAP: does the timeline skip a stretch between detection and resolution without a word?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from pipeline.language.happenings import is_eventless
from pipeline.models.document import Document, Span
from pipeline.models.evaluation import Finding
from pipeline.rubric.chronology import Moment, entry_moments, prose_moments
from pipeline.rubric.course import read_course
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.durations import find_durations
from pipeline.rubric.means import Means
from pipeline.rubric.told_times import in_words
from pipeline.rubric.units import entries_told

_SHARE, _LEAST, _MOST = 0.15, timedelta(minutes=10), timedelta(minutes=60)
_MISREAD = timedelta(days=30)  # a longer one is a day that was written or read wrongly
# What is under way takes its time, and so does what is waited for, if it is said.
_UNDER_WAY = re.compile(
    r"\bwait(?:s|ed|ing)? (?:for|on|until|till|to)\b|\b(?:is|are|was|were|still|keeps?|kept) running\b|\brunning(?=\s*(?:[(,.;]|$))"
    r"|\bin progress\b|\bunder ?way\b|\b(?:copy|rebuild|restore|reindex|backfill|replay|import|export|migration|upload|download|sync"
    r"|resync|scan|repair|drain|rollout|rolling restart)\w*\b[^.;]*\b(?:start\w*|began|begins?|runs?|takes?|needs?|going)\b"
    r"|\b(?:start\w*|began|begins?)\b[^.;]*\b(?:copy|rebuild|restore|reindex|backfill|replay|migration|upload|download|resync|repair)\w*\b"
    r"|\b(?:takes?|needs?|lasts?) (?:about |around |some |~)?(?:an?|one|two|three|four|five|six|\d+) (?:min|hour|h)\w*\b|\beta\b"
    r"|\b(?:is|are|were|was) due\b|\bmonitor(?:s|ed|ing) (?:for|until)\b|\bunder observation\b|\bpaused? until\b",
    re.IGNORECASE,
)
_UNRECORDED = re.compile(
    r"\b(?:no|not|nothing|without|nobody|lost|missing)\s+(?:\w+\s+){0,3}(?:record\w*|log(?:s|ged)?|not(?:es?|ed)|entr(?:y|ies)|activity|messages?|written|happened)\b"
    r"|\b(?:waited|waiting)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:later|eventually|afterwards?|after (?:a while|some time|that)|in the meantime|meanwhile|next|then|finally)\b",
    re.IGNORECASE,
)


def find_silence(document: Document, means: Means) -> Iterable[Finding]:
    told, length = _between(document, means)
    if len(told) < 2 or length <= timedelta(0):
        return  # TL-KEY says what is missing of detection and resolution
    limit = min(max(length * _SHARE, _LEAST), _MOST)
    for span, message in (*_silences(document, told, limit), *_skips(document, told)):
        yield finding(document, span, CRITERION, message, suggestion=CRITERION.advice)


def _between(document: Document, means: Means) -> tuple[list[Moment], timedelta]:
    """The entries from detection until it was seen to be over, and the time from detection until it was closed.

    A draft prints when these were, or that no record says so.
    """
    own = {id(e) for e in entries_told(document)}
    moments = sorted((m for m in entry_moments(document) if id(m.entry) in own), key=lambda m: m.at)
    if document.machine_made and means.postmortem is not None:
        milestones = means.postmortem.milestones
        start, closed = milestones.detected.time, milestones.resolved.time
        over = milestones.mitigated.time or closed
        if start is None or closed is None or over is None:
            return [], timedelta(0)
        return [m for m in moments if start <= m.at <= over], closed - start
    course = read_course(document)
    if course.answered is None or course.resolved is None or course.closed is None:
        return [], timedelta(0)
    at = {id(m.entry): m for m in moments}
    inside = [at[id(e)] for e in course.entries[course.answered : course.resolved + 1] if id(e) in at]
    last = at.get(id(course.entries[course.closed]))
    return sorted(inside, key=lambda m: m.at), last.at - inside[0].at if last and inside else timedelta(0)


def _silences(document: Document, told: list[Moment], limit: timedelta) -> Iterator[tuple[Span, str]]:
    """The intervals that no entry, range, note or wait accounts for."""
    noted = [(m.at, m.until) for m in _notes(document) if m.until]
    reach = told[0].at
    for before, after in pairwise(told):
        filled = before.until is not None and not _says_nothing(before)
        reach = max(reach, before.until if filled and before.until else before.at)
        apart = after.at - reach
        if (
            apart <= limit
            or apart > _MISREAD
            or _UNDER_WAY.search(before.text)
            or _accounts_for(after, apart - limit)
        ):
            continue
        if any(start <= reach + limit and end >= after.at - limit for start, end in noted):
            continue
        longest = f"longer than {in_words(limit)}, which is the most that may pass in silence here"
        yield (
            after.span,
            f"{in_words(apart)} pass between {_clock(reach, told[0])} and {_clock(after.at, told[0])} without a word, {longest}",
        )


def _clock(moment: datetime, first: Moment) -> str:
    day = f"{moment.day} {moment:%b} " if moment.date() != first.at.date() else ""
    return f"{day}{moment:%H:%M} UTC"


def _notes(document: Document) -> Iterator[Moment]:
    """Lines that speak of a stretch without being an entry of the table: "no recorded activity 15:10–15:35". That impact
    lasted through it, which other parts say, does not tell what was done in it."""
    told = prose_moments(document)
    yield from (
        m for m in told if document.machine_made or m.part == "timeline" or _UNRECORDED.search(m.text)
    )
    yield from (m for m in entry_moments(document) if m.until and not _says_nothing(m))


def _says_nothing(moment: Moment) -> bool:
    """Whether a range names only work: "14:20–16:00 investigation" is no more than silence."""
    entry = moment.entry
    return entry is not None and is_eventless(entry.event, entry.actor)


def _accounts_for(after: Moment, needed: timedelta) -> bool:
    """Whether an entry says itself how long what it ends has taken: "finished after 70 minutes"."""
    return any(d.length >= needed for d in find_durations(after.text))


def _skips(document: Document, told: list[Moment]) -> Iterator[tuple[Span, str]]:
    """Entries in the place of whose time stands that some had passed: "some time later the fix was found"."""
    inside = {id(m.entry) for m in told}
    entries = document.entries
    for before, entry, after in zip(entries, entries[1:], entries[2:], strict=False):
        untimed = entry.time is None and not entry.has_clock and not entry.marked_unknown
        if untimed and id(before) in inside and id(after) in inside and _LATER.search(entry.time_text):
            yield entry.span, f"“{entry.time_text}” passes over an unknown time"


CRITERION = Criterion(
    id="TL-GAP",
    title="a silent gap between detection and resolution",
    unit="list",
    severity="blocking",
    gate="draft",
    rationale=(
        "The dull stretch between the page and the fix is where most time is lost, and what a reader can learn from. An interval "
        "without an entry may last 15% of the time from detection to resolution, at least 10 and at most 60 minutes. Waiting "
        "explains it if it says what for; so does a range of what ran, or a line that says why nothing is recorded."
    ),
    bad=(
        "## Timeline (4 June 2024, UTC)\n\n- 13:52 alert ImporterLag paged Tariq\n- 13:55 Tariq declared a SEV2\n"
        "- 15:20 Ines rolled importer 5.2 back\n- 15:30 uploads work again; Tariq closed the incident\n",
        "## Timeline (4 June 2024, UTC)\n\n- 13:52 alert ImporterLag paged Tariq\n- 13:55–15:15 investigation\n"
        "- 15:20 Ines rolled importer 5.2 back\n- 15:30 uploads work again; Tariq closed the incident\n",
    ),
    good=(
        "## Timeline (4 June 2024, UTC)\n\n- 13:52 alert ImporterLag paged Tariq\n- 13:55 Tariq declared a SEV2\n"
        "- 14:03 Ines rolled importer 5.2 back\n- 14:10 uploads work again; Tariq closed the incident\n",
        "## Timeline (4 June 2024, UTC)\n\n- 13:52 alert ImporterLag paged Tariq\n- 13:55 Ines started the rebuild of the index, which takes an hour\n"
        "- 15:10 Ines moved uploads to the new index\n- 15:15 uploads work again; Tariq closed the incident\n",
    ),
    advice="add what was tried, found or decided meanwhile; or say what was waited for, or why nothing was recorded",
    check=find_silence,
    needs="english",
)
