"""The brief: what a hat is shown of a case, within a budget of tokens, and what it is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.agents.support import admissible
from pipeline.errors import ModelError
from pipeline.evidence.candidates import Vocabulary
from pipeline.models.base import rfc3339
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Latency, Milestone
from pipeline.models.record import Record
from pipeline.rendering.prompt_blocks import event_lines, one_line, place_line, record_line, record_lines
from pipeline.tokens import count

_DOCUMENT_KINDS = frozenset({"field", "statement", "task", "row"})
# The longest text of one record, tried in turn where the records that are told don't fit otherwise.
_CUTS = (None, 2000, 600, 200)


@dataclass(frozen=True, slots=True)
class Brief:
    """Texts for the slots of the prompt `evidence`. `hidden` are the ids of records that did not fit,
    those that code took for chatter not among them; `cut` says that long texts are cut."""

    incident: str
    computed: str
    events: str
    records: str
    hidden: tuple[str, ...] = ()
    hidden_chatter: int = 0
    cut: bool = False

    @property
    def left_out(self) -> str:
        """What the model is told about it."""
        parts = []
        if self.hidden:
            parts.append(f"{len(self.hidden)} records")
        if self.hidden_chatter:
            parts.append(f"{self.hidden_chatter} records that code took for chatter")
        told = f"Not shown, for want of room: {' and '.join(parts)}." if parts else "Every record is shown."
        return told + (" Long records are cut where they say so." if self.cut else "")

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person is told about it."""
        found = []
        if self.hidden:
            found.append(
                f"{len(self.hidden)} records did not fit the model's context and were not shown to it"
            )
        if self.hidden_chatter:
            found.append(
                f"{self.hidden_chatter} records that code took for chatter were not shown to the model"
            )
        if self.cut:
            found.append("long records were cut for the model")
        return tuple(found)


def brief(case: Case, budget: int, model: str) -> Brief:
    """The case in at most `budget` tokens. Chatter goes first, then what no event, document or figure rests
    on; a record that is told is never left out. Raises ModelError where those don't fit."""
    incident, computed = _incident(case), _computed(case)
    by_id = {r.id: r for r in case.records}
    events = event_lines((event, _repeats(event, by_id)) for event in case.events)
    room = budget - count("\n".join((incident, computed, events)), model)
    told = _told(case)
    core = [r for r in case.records if r.id in told]
    for longest in _CUTS:
        shown = _Shown(model, room, longest)
        if all(shown.take(record) for record in core):
            break
    else:
        raise ModelError(
            f"{model}: the records that the incident rests on need more than {budget} tokens; "
            "use a model with a larger context"
        )
    hidden: list[str] = []
    hidden_chatter = 0
    chatter = _chatter(case)
    for record in _by_worth(case, told, chatter):
        if shown.take(record):
            continue
        if record.id in chatter:
            hidden_chatter += 1
        else:
            hidden.append(record.id)
    kept = record_lines((r for r in shown.records(case) if r.id not in chatter), longest)
    talk = record_lines((r for r in shown.records(case) if r.id in chatter), longest)
    records = f"{kept}\n\nCHATTER\n{talk}" if talk else kept
    return Brief(incident, computed, events, records, tuple(hidden), hidden_chatter, longest is not None)


class _Shown:
    """Records that have been given room, and how much of it is left."""

    def __init__(self, model: str, room: int, longest: int | None) -> None:
        self._model, self._room, self._longest = model, room, longest
        self._ids: set[str] = set()
        self._places: set[str] = set()

    def take(self, record: Record) -> bool:
        line, place = record_line(admissible(record), self._longest), place_line(record)
        cost = _cost(line, self._model) + (0 if place in self._places else _cost(place, self._model))
        if cost > self._room:
            return False
        self._room -= cost
        self._ids.add(record.id)
        self._places.add(place)
        return True

    def records(self, case: Case) -> list[Record]:
        return [admissible(r) for r in case.records if r.id in self._ids]


def _chatter(case: Case) -> frozenset[str]:
    """What people and programs said beside the timeline. A document's statement that no time dates is set
    aside there too, and is none."""
    aside = dict(case.set_aside)
    return frozenset(r.id for r in case.records if r.id in aside and not _is_document(r))


def _by_worth(case: Case, told: frozenset[str], chatter: frozenset[str]) -> list[Record]:
    """The records that nothing rests on yet: documents, then events' neighbours, then chatter: what was said
    after the impact first, since promises are, and then by how many of the incident's words it uses."""
    vocabulary = Vocabulary(case.records)
    recovered = case.milestones.mitigated.time

    def worth(record: Record) -> tuple[int, int, float]:
        if record.id not in chatter:
            return (0 if _is_document(record) else 1, 0, 0.0)
        later = recovered is not None and record.time is not None and record.time >= recovered
        return (2, 0 if later and record.kind == "message" else 1, -vocabulary.share(record.text))

    return sorted((r for r in case.records if r.id not in told), key=worth)


def _is_document(record: Record) -> bool:
    return record.document is not None or record.kind in _DOCUMENT_KINDS


def _told(case: Case) -> frozenset[str]:
    """Records that something rests on which is printed whatever the model says."""
    found: set[str] = set()
    for event in case.events:
        found.update(event.evidence)
    for figure in case.figures:
        found.update(figure.evidence)
    for fell in case.ruled_out:
        found.update(fell.evidence)
    for conflict in case.conflicts:
        found.update(i for account in conflict.accounts for i in account.evidence)
    return frozenset(found)


def _repeats(event: Event, by_id: dict[str, Record]) -> bool:
    """Whether its leading record has an event's words anyway; they would be paid for twice."""
    leading = by_id.get(event.evidence[0]) if event.evidence else None
    return leading is not None and event.text.rstrip(".… ") in " ".join(admissible(leading).text.split())


def _cost(line: str, model: str) -> int:
    return count(line, model) + 1


def _incident(case: Case) -> str:
    it = case.incident
    lines = [f"name: {it.name}", f"id: {it.id}"]
    lines += [f"{what}: {value}" for what, value in (("title", it.title), ("severity", it.severity)) if value]
    lines += [f"zone of its people: {it.timezone}"] if it.timezone else []
    for person in it.roster:
        facts = [person.name, person.kind, person.role, person.team, *person.handles]
        lines.append("roster: " + ", ".join(fact for fact in facts if fact))
    lines += [f"service: {s.name}" + (f", owned by {s.owner}" if s.owner else "") for s in it.services]
    lines += [f"missing input: {name}" for name in case.inputs.missing]
    return "\n".join(map(one_line, lines))


def _computed(case: Case) -> str:
    reached, took = case.milestones, case.latencies
    lines = [
        *(f"{name}: {_milestone(getattr(reached, name))}" for name in type(reached).model_fields),
        *(f"{name} latency: {_latency(getattr(took, name))}" for name in type(took).model_fields),
        *_found(case),
    ]
    return "\n".join(map(one_line, lines))


def _found(case: Case) -> Iterator[str]:
    for gap in case.gaps:
        yield f"silence: {rfc3339(gap.start)}–{rfc3339(gap.until)}: {gap.explanation or 'no record explains it'}"
    for figure in case.figures:
        state = ("about " if figure.approximate else "", "" if figure.final else " (interim)")
        yield f"figure: {figure.what}: {state[0]}{figure.value} {figure.unit}{state[1]} [{_ids(figure.evidence)}]"
    for fell in case.ruled_out:
        yield f"ruled out: {fell.text} [{_ids(fell.evidence)}]"
    for conflict in case.conflicts:
        accounts = "; ".join(f"{a.value} [{_ids(a.evidence)}]" for a in conflict.accounts)
        yield f"sources disagree on {conflict.about}: {accounts}; used here: {conflict.used or 'not settled'}"


def _milestone(milestone: Milestone) -> str:
    if milestone.time is None:
        return f"unknown ({milestone.reason})"
    return f"{rfc3339(milestone.time)} [{_ids(milestone.evidence)}]"


def _latency(latency: Latency) -> str:
    if latency.minutes is None:
        return f"unknown ({latency.reason})"
    return f"{latency.minutes} min, {latency.start} to {latency.to}"


def _ids(evidence: tuple[str, ...]) -> str:
    return " ".join(evidence)
