"""The course of an incident as its timeline tells it: which kinds of events are there, and when it was noticed and over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.models.base import EventClass
from pipeline.models.document import Document, Entry
from pipeline.rubric.chronology import entry_moments, prose_moments
from pipeline.rubric.named_kinds import named_kinds
from pipeline.rubric.telling import Telling, read_telling, read_words
from pipeline.rubric.units import entries_told


@dataclass(frozen=True, slots=True)
class Course:
    """`entries` in order of time; `detected`, `answered` (the last signal before others were called), `resolved` (first seen to be over) and `closed` (last said to be)
    are places in them, None where no entry tells it; `unread` are those
    whose words are known to tell of nothing."""

    entries: tuple[Entry, ...]
    classes: frozenset[EventClass]
    detected: int | None
    answered: int | None
    resolved: int | None
    closed: int | None
    unread: frozenset[int]
    opens_with_signal: bool  # an instrument's, or a report
    ends_in_repair: bool  # nothing behind the last change but what the public was told, or what is planned

    def could_tell(self, missing: Sequence[EventClass]) -> bool:
        """Whether as many entries as classes are missing stand where these belong and say nothing that is known of
        any class: what they tell may be just that."""
        begun = self.detected if self.detected is not None else len(self.entries)
        early = sum(c in ("TRG", "ONS", "DET") for c in missing)
        before = sum(i < begun for i in self.unread)
        if "RES" in missing and self.ends_in_repair:
            return False
        return early <= before and len(missing) - early <= len(self.unread) - before


def read_course(document: Document) -> Course:
    entries = list(entries_told(document))
    at = {id(m.entry): m.at for m in entry_moments(document)}
    if all(id(e) in at for e in entries):
        entries.sort(key=lambda e: at[id(e)])  # two lists, "Key events" and the timeline, tell one story
    named = [named_kinds(e.event) for e in entries]
    told = [read_telling(e) for e in entries]
    # An entry that says that it is the trigger or the onset is no detection, whatever instrument tells of it.
    begins = max(
        (i for i, kinds in enumerate(named) if kinds & {"TRG", "ONS"} and not kinds & {"DET"}), default=-1
    )
    told = [
        replace(t, noticed=False, signalled=False, called=False) if i <= begins else t
        for i, t in enumerate(told)
    ]
    called = next((i for i, t in enumerate(told) if t.called), None)
    detected = next(
        (
            i
            for i, t in enumerate(told)
            if t.noticed and (called is None or i <= called) and not _sets_off(told, i)
        ),
        None,
    )
    start = detected if detected is not None else called if called is not None else _first_response(told) - 1
    after = [i for i in range(len(told)) if i > start]
    mended = [i for i in after if told[i].changed and not told[i].failed]
    resolved, closed = _ends(told, start, mended)
    classes: set[EventClass] = set()
    if detected is not None:
        classes.add("DET")
    if called is not None or any(told[i].asked for i in after):
        classes.add("ESC")
    end = mended[-1] if mended else len(told) - 1
    if any(
        told[i].known and (i <= end or told[i].causal)
        for i in range(max(start, 0), len(told))
        if i > start or told[i].causal
    ):
        classes.add("DIA")
    if any(told[i].changed and told[i].observed and not told[i].failed for i in mended[:-1]):
        classes.add("DIA")  # an attempt that tells what it showed
    if mended:
        classes.add("MIT")
    if any(told[i].changed and told[i].failed for i in after) or len(mended) > 1:
        classes.add("ATT")
    if resolved is not None:
        classes.add("RES")
    if any(t.public for t in told):
        classes.add("COM")
    unread = frozenset(i for i, t in enumerate(told) if not t.told_anything)
    answered = max(
        (i for i, t in enumerate(told[: (start if called is None else called) + 1]) if t.noticed),
        default=called,
    )
    rest = [t for t in told if not (t.public or t.planned)]
    ends_in_repair = resolved is None and bool(rest) and rest[-1].changed
    opened = start if detected is not None or called is not None else start + 1
    classes |= _beginnings(told, opened, mended)
    classes |= _told_of(document, entries[: max(opened, 0)])
    classes.update(*named)
    return Course(
        entries=tuple(entries),
        classes=frozenset(classes),
        detected=detected,
        answered=answered,
        resolved=resolved,
        closed=closed,
        unread=unread,
        opens_with_signal=detected == 0 and told[0].signalled,
        ends_in_repair=ends_in_repair,
    )


def _first_response(told: Sequence[Telling]) -> int:
    """Where somebody first does something about it, in a timeline that tells of no signal and no call."""
    return next((i for i, t in enumerate(told) if i and (t.known or t.changed or t.asked)), 0)


def _sets_off(told: Sequence[Telling], i: int) -> bool:
    """An entry that opens the timeline with a change tells what set the incident off, whatever else its words touch."""
    return i == 0 and told[i].changed and len(told) > 1 and not told[i].called


def _ends(told: Sequence[Telling], start: int, mended: Sequence[int]) -> tuple[int | None, int | None]:
    """The first entry that tells it is over, and the last: in so many words, or as what was seen to be well once
    nothing more was mended. Where nothing was mended, what is seen last is what it came to."""
    last = mended[-1] if mended else start
    seen = [
        i
        for i, t in enumerate(told)
        if i > last
        and t.well
        and not (t.changed or t.called or t.planned or t.public or (t.sure and not t.over))
    ]
    seen = (
        seen if mended else [i for i in seen[-1:] if not (told[i].causal or told[i].noticed or told[i].asked)]
    )
    relapse = max(
        (i for i, t in enumerate(told) if t.called or (t.suffered and not t.well and not t.over)), default=-1
    )
    earliest = max(relapse + 1, mended[0] if mended else start + 1)
    over = [i for i, t in enumerate(told) if i > start and t.over and not t.planned]
    # What is out of order once it was said to be over is its aftermath, unless it is called for again.
    said = [i for i in over if i >= earliest] or [
        i for i in over if told[i].closed and not any(t.called for t in told[i + 1 :])
    ]
    return min((*seen, *said), default=None), max((*said, *seen[:1]), default=None)


def _beginnings(told: Sequence[Telling], start: int, mended: Sequence[int]) -> set[EventClass]:
    """What set it off, and that it began: told before it was noticed, or named later in so many words."""
    found: set[EventClass] = set()
    if any(t.forced and t.earlier and not t.over for t in told[max(start, 0) :]):
        found.add("TRG")  # found out later, and told with its own time
    if any(t.begun for t in told[: mended[0] + 1 if mended else None]):
        found.add("ONS")
    for i, t in enumerate(told[: max(start, 0)]):
        if t.forced and (not i or not t.suffered or t.two):
            found.add("TRG")
        if t.suffered and (i or t.two or not t.forced):
            found.add("ONS")
        if t.suffered and not i and start > 1 and not t.two:
            found.add("TRG")  # what fails first sets off what fails next
    return found


def _told_of(document: Document, before: Sequence[Entry]) -> set[EventClass]:
    """What the prose says of the very minute of an entry: that it set the incident off, or that impact began."""
    minutes = {e.time.replace(second=0) for e in before if e.time}
    found: set[EventClass] = set()
    for moment in prose_moments(document) if minutes else ():
        if moment.at.replace(second=0) in minutes:
            told = read_words(moment.text)
            if told.forced:
                found.add("TRG")
            if told.suffered or told.begun:
                found.add("ONS")
    return found
