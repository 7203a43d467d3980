"""The timeline of a model: code's events in its words, and records that it lifts into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.agents.author.checking import Checking
from pipeline.agents.author.phrases import entry, stopped
from pipeline.agents.author.replies import EntryReply
from pipeline.agents.support import admissible, plain
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Ids, Latency, TimelineEntry

ROOM = 300  # characters of one entry


def entries(checking: Checking, case: Case, replies: Iterable[EntryReply]) -> tuple[TimelineEntry, ...]:
    """Every event of the case, and each dated record that the model lifts beside them, in order of time.

    Times, actors and records are code's; so are an event's words, where the model has none that hold.
    """
    wordings: dict[str, tuple[int, EntryReply]] = {}
    for at, reply in enumerate(replies):
        wordings.setdefault(reply.event, (at, reply))
    told = {i for event in case.events for i in event.evidence}
    made = [_worded(checking, case, event, wordings.get(event.id)) for event in case.events]
    made += [
        lifted
        for name, (at, reply) in wordings.items()
        if name[:1] == "E" and name not in told and (lifted := _lifted(checking, case, reply, at))
    ]
    return tuple(sorted(made, key=lambda e: e.time))


def _worded(
    checking: Checking, case: Case, event: Event, wording: tuple[int, EntryReply] | None
) -> TimelineEntry:
    own = entry(case, event)
    if wording is None:
        return own
    at, reply = wording
    text = stopped(plain(reply.text))
    ids = (*event.evidence, *_corrections(case, event.evidence))
    changes: dict[str, object] = {}
    held = _held(checking, case, text, ids, at)
    if held:
        changes["event"] = text
        changes["evidence"] = tuple(dict.fromkeys((*own.evidence, *held)))
    if not event.classes or (changes and reply.classes and not _bears(case, event)):
        changes["classes"] = tuple(dict.fromkeys(reply.classes))[:2]
    return own.model_copy(update=changes)


def _lifted(checking: Checking, case: Case, reply: EntryReply, at: int) -> TimelineEntry | None:
    """A record as an entry of its own; None where it has no time, or the words are not its."""
    record = next((r for r in case.records if r.id == reply.event), None)
    text = stopped(plain(reply.text))
    if record is None or record.time is None or record.precision is None:
        return None
    held = _held(checking, case, text, (record.id,), at)
    if not held:
        return None
    actor, kind = checking.actor_of(admissible(record))
    return TimelineEntry(
        time=record.time,
        until=record.until,
        precision=record.precision,
        actor=actor,
        actor_kind=kind,
        event=text,
        classes=tuple(dict.fromkeys(reply.classes))[:2],
        evidence=held,
    )


def _held(checking: Checking, case: Case, text: str, ids: Ids, at: int) -> Ids:
    """The records that bear an entry out: its own, else with the one before it, without which "resumed" says nothing.
    None where they don't."""
    if len(text) > ROOM:
        return ()
    before = _before(case, ids[0])
    if (
        before
        and not checking.holds("timeline", text, ids)
        and checking.holds("timeline", text, (*ids, before))
    ):
        return (*ids, before)
    return ids if checking.keeps("timeline", text, ids, at) else ()


def _before(case: Case, record_id: str) -> str | None:
    """The record just before one in the same file."""
    found: str | None = None
    record = case.record(record_id)
    for other in case.records:
        if other.id == record_id:
            return found
        if other.source == record.source:
            found = other.id
    return None


def _corrections(case: Case, ids: Iterable[str]) -> Iterator[str]:
    """Records that correct one of these: an entry may tell of both."""
    corrected = {f"corrects {i}" for i in ids}
    return (record for record, reason in case.set_aside if reason in corrected)


def _bears(case: Case, event: Event) -> bool:
    """Whether a milestone or a latency rests on the event; then its classes are code's to say."""
    reached, took = case.milestones, case.latencies
    resting = {i for name in type(reached).model_fields for i in getattr(reached, name).evidence}
    resting |= {i for name in type(took).model_fields for i in _ends(getattr(took, name))}
    return not resting.isdisjoint(event.evidence)


def _ends(latency: Latency) -> tuple[str, ...]:
    return tuple(filter(None, (latency.start, latency.to)))
