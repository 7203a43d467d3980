"""What a model wrote, piece by piece against the records it cites: kept, or dropped and asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.agents.author.phrases import stopped
from pipeline.agents.author.replies import BasisOfMeasure, QuestionReply, StatementReply
from pipeline.agents.support import (
    Fault,
    cited,
    fault_of,
    is_role,
    is_told,
    overstates,
    plain,
    question_fault,
)
from pipeline.evidence.actors import Actors
from pipeline.language.people import People
from pipeline.models.base import ActorKind, Basis
from pipeline.models.case import Case
from pipeline.models.postmortem import Ids, Narrative, OpenQuestion, Statement
from pipeline.models.record import Record
from pipeline.models.removal import Dropped

# Neutral: what fell must not be printed by way of the question about it.
_QUESTIONS = {
    "title": "What is a fair title for this incident?",
    "summary": "What happened, in short?",
    "impact": "Who and what was affected, and how much?",
    "detection": "How was the incident found?",
    "root_cause": "What caused the incident?",
    "contributing_factors": "Which conditions let the trigger become an incident?",
    "ruled_out": "What else was suspected, and what ruled it out?",
    "resolution": "What ended the impact, and what is still owed?",
    "prevention": "Which measure would prevent or contain the same class of failure?",
    "went_well": "What went well in the response?",
    "went_poorly": "What made the response harder?",
    "lucky": "Where did luck help?",
    "lessons": "What did this incident teach that another team should know?",
}
_FELL = "The records may tell it; what the draft said of it they do not bear out."
_TOLD = {
    "title": "what a fair title is",
    "summary": "what happened",
    "impact": "the impact",
    "detection": "how it was found",
    "root_cause": "the cause",
    "contributing_factors": "its conditions",
    "ruled_out": "what was ruled out",
    "resolution": "the resolution",
    "prevention": "prevention",
    "went_well": "what went well",
    "went_poorly": "what made the response harder",
    "lucky": "luck",
    "lessons": "what it teaches",
}
_MACHINE_KINDS = frozenset({"bot", "page", "status", "change", "log"})


@dataclass(frozen=True, slots=True)
class Fallen:
    """A piece that did not hold: in which part of the reply, at which place, with which records."""

    part: str
    at: int
    text: str
    ids: Ids


class Checking:
    """Checks the pieces of one narrative and remembers what fell."""

    def __init__(self, case: Case, people: People) -> None:
        self._case = case
        self._actors = Actors(case.records, people)
        self.fallen: list[Fallen] = []
        self.dropped: list[Dropped] = []

    def keeps(self, part: str, text: str, ids: Sequence[str], at: int = 0) -> bool:
        """`at` is where the piece stood in its part of the reply."""
        fault = self._fault(part, text, ids)
        if fault is not None:
            self._drop(part, text, ids, at, fault)
        return fault is None

    def holds(self, part: str, text: str, ids: Sequence[str]) -> bool:
        """The same, without remembering."""
        return self._fault(part, text, ids) is None

    def _fault(self, part: str, text: str, ids: Sequence[str]) -> Fault | None:
        entry, measure = part == "timeline", part == "prevention"
        return fault_of(text, ids, self._case, title=entry, wish=measure)  # an entry: "Rolled back to 5.2."

    def _drop(self, part: str, text: str, ids: Sequence[str], at: int, fault: str) -> None:
        known = tuple(r.id for r in cited(self._case, ids))
        self.fallen.append(Fallen(part, at, text, tuple(ids)))
        self.dropped.append(Dropped(part, text, fault, known))

    def actor_of(self, record: Record) -> tuple[str, ActorKind]:
        """Who acted in a record that is lifted: people that it names, else where it stands; never a thing in it."""
        actor, kind = self._actors.of(record, record.text)
        if record.actor or kind in ("person", "role", "team"):
            return actor, kind
        return self._actors.of(record, "")

    def statements(self, part: str, replies: Iterable[StatementReply]) -> tuple[Statement, ...]:
        kept: list[Statement] = []
        for at, reply in enumerate(replies):
            text = stopped(plain(reply.text))
            if self.keeps(part, text, reply.evidence, at):
                ids = tuple(dict.fromkeys(reply.evidence))
                kept.append(Statement(text=text, evidence=ids, basis=self.basis(text, reply.basis, ids)))
        return tuple(dict.fromkeys(kept))

    def basis(self, text: str, claimed: Basis, ids: Ids) -> Basis:
        """`observed` needs a record that a system made; people's words are `stated`, and what they only
        suspect is not more than `inferred`."""
        if claimed in ("observed", "stated") and overstates(text, ids, self._case):
            return "inferred"
        records = cited(self._case, ids)
        by_machine = any(_is_machines(r) for r in records)
        return "stated" if claimed == "observed" and not by_machine else claimed

    def basis_of_measure(self, text: str, claimed: BasisOfMeasure, ids: Ids) -> BasisOfMeasure:
        """A measure that its records don't name is proposed, whatever the model says."""
        return claimed if claimed == "proposed" or is_told(text, ids, self._case) else "proposed"

    def questions(self, replies: Iterable[QuestionReply]) -> tuple[OpenQuestion, ...]:
        """The model's own questions; a question, too, may not bring in what no record says."""
        kept = []
        for at, reply in enumerate(replies):
            text = plain(reply.question)
            ids = self.question(text, reply.evidence, at)
            if ids is None:
                continue
            role = plain(reply.for_role or "")
            whom = role if role and is_role(role, self._case) else None
            kept.append(OpenQuestion(question=text, for_whom=whom, evidence=ids))
        return tuple(kept)

    def question(self, text: str, ids: Sequence[str], at: int = 0) -> Ids | None:
        """The records of a question that may be asked, or None."""
        fault = question_fault(text, ids, self._case)
        if fault is not None:
            self._drop("open_questions", text, ids, at, fault)
        return None if fault is not None else tuple(dict.fromkeys(ids))

    def asked(self, narrative: Narrative) -> tuple[OpenQuestion, ...]:
        """One question for each part that is empty because all of it fell, and one for the rest. Their words are
        code's: what fell must not be printed by way of the question about it. A timeline entry does not fall:
        the event's own words stand in."""
        by_part: dict[str, list[str]] = {}
        known = {r.id for r in self._case.records}
        for fell in self.fallen:
            if fell.part in _QUESTIONS:
                by_part.setdefault(fell.part, []).extend(i for i in fell.ids if i in known)
        empty = [part for part in by_part if not getattr(narrative, part, ())]
        asked = [_ask(f"{_QUESTIONS[part]} {_FELL}", by_part[part]) for part in empty]
        rest = [part for part in by_part if part not in empty]
        if rest:
            told = ", ".join(_TOLD[part] for part in rest)
            question = f"Do these records tell more of {told}? A sentence of the draft on it was left out."
            asked.append(_ask(question, [i for part in rest for i in by_part[part]]))
        return tuple(asked)


def _ask(question: str, ids: Iterable[str]) -> OpenQuestion:
    return OpenQuestion(
        question=question, for_whom="incident commander", evidence=tuple(dict.fromkeys(ids))[:6]
    )


def _is_machines(record: Record) -> bool:
    """Whether a system or a tool made the record; a row of a table that is no document is an export."""
    exported = record.kind == "row" and record.document is None and record.actor_kind != "person"
    return record.kind in _MACHINE_KINDS or record.actor_kind == "system" or exported
