"""The brief: what a hat is shown of a case within a budget of tokens, records whole or as passages of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.agents.overview import computed_lines, incident_lines
from pipeline.agents.support import admissible, cited
from pipeline.errors import ModelError
from pipeline.models.case import Case
from pipeline.models.record import Record
from pipeline.rendering.event_marks import event_marks, host_of
from pipeline.rendering.prompt_blocks import new_headings, place_of, record_line, record_lines
from pipeline.tokens import count

ASIDE = "~"
_DOCUMENT_KINDS = frozenset({"field", "statement", "task", "row"})
# Where not every record fits: how much of the room those may take that are shown whole. The rest is for
# what was extracted from the others.
_WHOLE = 0.6
# The longest text of one record, tried in turn where the records that events rest on don't fit otherwise.
_CUTS = (None, 2000, 600, 200)


@dataclass(frozen=True, slots=True)
class Brief:
    """Texts for the slots of the prompt `evidence`. `condensed` counts the records that are not shown whole,
    `passages` what is shown of them; `cut` says that long texts are cut."""

    incident: str
    computed: str
    records: str
    condensed: int = 0
    passages: int = 0
    cut: bool = False

    @property
    def left_out(self) -> str:
        """What the model is told about it."""
        told = "Every record is shown."
        if self.condensed:
            told = (
                f"{self.condensed} records are not shown. What they say that matters stands under EXTRACTED, in the "
                "words of whoever read them: cite the records, and quote none of it."
            )
        return told + (" Long records are cut where they say so." if self.cut else "")

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person is told about it."""
        found = []
        if self.condensed:
            found.append(
                f"{self.condensed} records did not fit the model's context; it read them in pieces, "
                f"and wrote from {self.passages} passages of them"
            )
        if self.cut:
            found.append("long records were cut for the model")
        return tuple(found)


def whole_brief(case: Case, budget: int, model: str) -> Brief | None:
    """The whole case; None where that is more than `budget` tokens."""
    incident, computed = incident_lines(case), computed_lines(case)
    records = record_lines(map(admissible, case.records), marks=marks_of(case))
    fits = count("\n".join((incident, computed, records)), model) <= budget
    return Brief(incident, computed, records) if fits else None


@dataclass(frozen=True, slots=True)
class Selection:
    """The records that are shown whole where not all can be, and how many tokens are left for the others."""

    incident: str
    computed: str
    ids: frozenset[str]
    longest: int | None
    room: int

    def brief(self, case: Case, passages: Sequence[Record]) -> Brief:
        """`passages` are lines about records that are not shown, as records."""
        shown = (admissible(r) for r in case.records if r.id in self.ids)
        records = record_lines(shown, self.longest, marks_of(case))
        hidden = len(case.records) - len(self.ids)
        extracted = (
            f"EXTRACTED by a reader from {hidden} records that are not shown: records time actor | text"
        )
        return Brief(
            self.incident,
            self.computed,
            "\n".join((records, "", extracted, record_lines(passages))),
            hidden,
            len(passages),
            self.longest is not None,
        )


def select(case: Case, budget: int, model: str) -> Selection:
    """What to show whole of a case that is too long: what events are told by, what else is printed whatever
    the model says, then documents, as far as they fit. Raises ModelError where not even the first do."""
    incident, computed = incident_lines(case), computed_lines(case)
    room = budget - count(f"{incident}\n{computed}", model)
    marks = marks_of(case)
    telling, printed = _telling(case), _printed(case)
    for longest in _CUTS:
        shown = _Shown(model, int(room * _WHOLE), longest, marks)
        if all(shown.take(r) for r in case.records if r.id in telling):
            break
    else:
        raise ModelError(
            f"{model}: the records that the incident rests on need more than {budget} tokens; "
            "use a model with a larger context, or set a larger context_tokens"
        )
    for more in (printed, frozenset(r.id for r in case.records if is_document(r))):
        for record in case.records:
            if record.id in more and record.id not in telling:
                shown.take(record)
    return Selection(incident, computed, frozenset(shown.ids), longest, room - shown.used)


class _Shown:
    """Records that have been given room, and how much of it is used."""

    def __init__(self, model: str, room: int, longest: int | None, marks: dict[str, tuple[str, ...]]) -> None:
        self._model, self._room, self._longest, self._marks = model, room, longest, marks
        self._places: set[tuple[str, ...]] = set()
        self.ids: set[str] = set()
        self.used = 0

    def take(self, record: Record) -> bool:
        if record.id in self.ids:
            return True
        place = place_of(record)
        lines = [] if place in self._places else new_headings((), place)
        lines.append(record_line(admissible(record), self._longest, marks=self._marks.get(record.id, ())))
        cost = sum(count(line, self._model) + 1 for line in lines)
        if self.used + cost > self._room:
            return False
        self.used += cost
        self.ids.add(record.id)
        self._places.add(place)
        return True


def marks_of(case: Case) -> dict[str, tuple[str, ...]]:
    """By record: the events that it tells, and that code set it aside. A document's statement that no time
    dates is set aside from the timeline too, and is not marked."""
    marks = event_marks(case.events, {r.id: admissible(r) for r in case.records})
    for record_id, reason in case.set_aside:
        record = case.record(record_id)
        if reason.startswith("corrects "):
            marks[record_id] = (*marks.get(record_id, ()), reason.partition(",")[0])
        elif not is_document(record):
            marks[record_id] = (*marks.get(record_id, ()), ASIDE)
    return marks


def is_document(record: Record) -> bool:
    return record.document is not None or record.kind in _DOCUMENT_KINDS


def _telling(case: Case) -> frozenset[str]:
    """The record of each event whose words are printed where the model has none that hold."""
    told_by = ((event, [admissible(r) for r in cited(case, event.evidence)]) for event in case.events)
    return frozenset(host_of(event, records).id for event, records in told_by if records)


def _printed(case: Case) -> frozenset[str]:
    """Records that something rests on which is printed whatever the model says."""
    found: set[str] = set()
    cited: Iterable[tuple[str, ...]] = (
        *(event.evidence for event in case.events),
        *(figure.evidence for figure in case.figures),
        *(fell.evidence for fell in case.ruled_out),
        *(account.evidence for conflict in case.conflicts for account in conflict.accounts),
    )
    for ids in cited:
        found.update(ids)
    return frozenset(found)
