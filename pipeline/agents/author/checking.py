"""What a model wrote, piece by piece against the records it cites: kept, or dropped and asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.agents.author.phrases import entry, sentence
from pipeline.agents.author.replies import BasisOfMeasure, EntryReply, QuestionReply, StatementReply
from pipeline.agents.support import cited, fault_of, is_role, is_told, overstates, plain
from pipeline.models.base import Basis
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Ids, Latency, OpenQuestion, Statement, TimelineEntry
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
    "open_questions": "What else do the records leave open?",
}
_FELL = "A sentence of the draft on this was left out, because the records that it cites do not show it."
_MACHINE_KINDS = frozenset({"bot", "page", "status", "change", "log"})
_EVENT_ROOM = 300


class Checking:
    """Checks the pieces of one narrative and remembers what fell."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.dropped: list[Dropped] = []

    def keeps(self, part: str, text: str, ids: Sequence[str]) -> bool:
        fault = fault_of(text, ids, self._case, title=part == "timeline")  # "Rolled back to 5.2."
        if fault is not None:
            known = tuple(r.id for r in cited(self._case, ids))
            self.dropped.append(Dropped(part, text, fault, known))
        return fault is None

    def statements(self, part: str, replies: Iterable[StatementReply]) -> tuple[Statement, ...]:
        kept: list[Statement] = []
        for reply in replies:
            text = sentence(plain(reply.text))
            if self.keeps(part, text, reply.evidence):
                ids = tuple(dict.fromkeys(reply.evidence))
                kept.append(Statement(text=text, evidence=ids, basis=self.basis(text, reply.basis, ids)))
        return tuple(dict.fromkeys(kept))

    def basis(self, text: str, claimed: Basis, ids: Ids) -> Basis:
        """`observed` needs a record that a system made; people's words are `stated`, and what they only
        suspect is not more than `inferred`."""
        if claimed in ("observed", "stated") and overstates(text, ids, self._case):
            return "inferred"
        records = cited(self._case, ids)
        by_machine = any(r.kind in _MACHINE_KINDS or r.actor_kind == "system" for r in records)
        return "stated" if claimed == "observed" and not by_machine else claimed

    def basis_of_measure(self, text: str, claimed: BasisOfMeasure, ids: Ids) -> BasisOfMeasure:
        """A measure that its records don't name is proposed, whatever the model says."""
        return claimed if claimed == "proposed" or is_told(text, ids, self._case) else "proposed"

    def timeline(self, replies: Iterable[EntryReply]) -> tuple[TimelineEntry, ...]:
        """Every event of the case. Its time, actor and records are the event's; so are its words, where
        the model has none that hold."""
        wordings: dict[str, EntryReply] = {}
        for reply in replies:
            wordings.setdefault(reply.event, reply)
        return tuple(self._entry(event, wordings.get(event.id)) for event in self._case.events)

    def _entry(self, event: Event, reply: EntryReply | None) -> TimelineEntry:
        own = entry(self._case, event)
        if reply is None:
            return own
        text = sentence(plain(reply.text))
        changes: dict[str, object] = {}
        if len(text) <= _EVENT_ROOM and self.keeps("timeline", text, event.evidence):
            changes["event"] = text
        if not event.classes or ("event" in changes and reply.classes and not self._bears(event)):
            changes["classes"] = tuple(dict.fromkeys(reply.classes))[:2]
        return own.model_copy(update=changes)

    def _bears(self, event: Event) -> bool:
        """Whether a milestone or a latency rests on the event; then its classes are code's to say."""
        reached, took = self._case.milestones, self._case.latencies
        resting = {i for name in type(reached).model_fields for i in getattr(reached, name).evidence}
        resting |= {i for name in type(took).model_fields for i in _ends(getattr(took, name))}
        return not resting.isdisjoint(event.evidence)

    def questions(self, replies: Iterable[QuestionReply]) -> tuple[OpenQuestion, ...]:
        """The model's own questions; a question, too, may not bring in what no record says."""
        kept = []
        everything = [r.id for r in self._case.records]
        for reply in replies:
            text = plain(reply.question)
            if text.endswith("?") and self.keeps("open_questions", text, reply.evidence or everything):
                role = plain(reply.for_role or "")
                whom = role if role and is_role(role, self._case) else None
                kept.append(
                    OpenQuestion(question=text, for_whom=whom, evidence=tuple(dict.fromkeys(reply.evidence)))
                )
        return tuple(kept)

    def asked(self) -> tuple[OpenQuestion, ...]:
        """One question for each part in which something fell. A timeline entry does not fall: the event's
        own words stand in."""
        by_part: dict[str, list[Dropped]] = {}
        for fell in self.dropped:
            if fell.part in _QUESTIONS:
                by_part.setdefault(fell.part, []).append(fell)
        return tuple(
            OpenQuestion(
                question=f"{_QUESTIONS[part]} {_FELL}",
                for_whom="incident commander",
                evidence=tuple(dict.fromkeys(i for fell in all_fell for i in fell.evidence))[:4],
            )
            for part, all_fell in by_part.items()
        )


def _ends(latency: Latency) -> tuple[str, ...]:
    return tuple(filter(None, (latency.start, latency.to)))
