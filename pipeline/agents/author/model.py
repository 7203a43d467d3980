"""The author played by a language model: it proposes sentences, and code keeps those that records bear out."""

from __future__ import annotations

from pipeline.agents.author.checking import Checking
from pipeline.agents.author.phrases import sentence
from pipeline.agents.author.questions import open_questions
from pipeline.agents.author.replies import AuthorReply, FactorReply, MeasureReply, RuledOutReply
from pipeline.agents.author.revision import revise
from pipeline.agents.hat import Hat
from pipeline.agents.reading import Reading
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.agents.support import is_title, plain
from pipeline.language.people import People
from pipeline.llm.port import ChatModel
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Factor, Narrative, Prevention, RuledOut
from pipeline.models.removal import Dropped
from pipeline.prompting.collection import load_prompts


class ModelAuthor:
    """For one incident. `dropped` and `notices` fill up as it writes and revises; they go into run.json."""

    def __init__(
        self,
        model: ChatModel,
        people: People,
        *,
        room: Room = DEFAULT_ROOM,
        reading: Reading | None = None,
        house: str = "",
    ) -> None:
        self._hat = Hat(model, load_prompts(), room, reading=reading, house=house)
        self._people = people
        self._dropped: list[Dropped] = []

    @property
    def writers(self) -> tuple[str, ...]:
        return (self._hat.name,)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return (*self._hat.dropped, *self._dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return self._hat.notices

    def write(self, case: Case) -> Narrative:
        reply = self._hat.ask(case, "author", AuthorReply)
        checking = Checking(case)
        factors, new_ids = _factors(checking, reply.contributing_factors)
        narrative = Narrative(
            title=_title(checking, case, reply.title),
            summary=checking.statements("summary", reply.summary),
            detection=checking.statements("detection", reply.detection),
            impact=checking.statements("impact", reply.impact),
            resolution=checking.statements("resolution", reply.resolution),
            timeline=checking.timeline(reply.timeline),
            root_cause=checking.statements("root_cause", reply.root_cause),
            contributing_factors=factors,
            ruled_out=_ruled_out(checking, case, reply.ruled_out),
            prevention=_prevention(checking, reply.prevention, new_ids),
            went_well=checking.statements("went_well", reply.went_well),
            went_poorly=checking.statements("went_poorly", reply.went_poorly),
            lucky=checking.statements("lucky", reply.lucky),
            lessons=checking.statements("lessons", reply.lessons),
        )
        own = checking.questions(reply.open_questions)
        asked = (*own, *open_questions(case, narrative), *checking.asked())
        self._dropped += checking.dropped
        return narrative.model_copy(update={"open_questions": tuple(dict.fromkeys(asked))})

    def revise(self, case: Case, narrative: Narrative, findings: tuple[Finding, ...]) -> Narrative:
        checking = Checking(case)
        mended = revise(self._hat, case, narrative, findings, checking, self._people)
        self._dropped += checking.dropped
        return mended


def _title(checking: Checking, case: Case, proposed: str) -> str:
    if case.incident.title:
        return case.incident.title
    title = plain(proposed).rstrip(".")
    if is_title(title, case):
        return title
    checking.dropped.append(Dropped("title", title, "is not about what the records are about"))
    return case.incident.id


def _factors(checking: Checking, replies: list[FactorReply]) -> tuple[tuple[Factor, ...], dict[str, str]]:
    """The factors that hold, renumbered, and what became of the model's own numbers."""
    kept: list[Factor] = []
    new_ids: dict[str, str] = {}
    for at, reply in enumerate(replies, 1):
        text = sentence(plain(reply.statement))
        if not checking.keeps("contributing_factors", text, reply.evidence):
            continue
        ids = tuple(dict.fromkeys(reply.evidence))
        new_ids[f"F{at}"] = f"F{len(kept) + 1}"
        kept.append(
            Factor(
                id=new_ids[f"F{at}"],
                statement=text,
                kind=reply.kind,
                basis=checking.basis(text, reply.basis, ids),
                evidence=ids,
            )
        )
    return tuple(kept), new_ids


def _prevention(
    checking: Checking, replies: list[MeasureReply], new_ids: dict[str, str]
) -> tuple[Prevention, ...]:
    kept: list[Prevention] = []
    for reply in replies:
        text = sentence(plain(reply.statement))
        if not checking.keeps("prevention", text, reply.evidence):
            continue
        ids = tuple(dict.fromkeys(reply.evidence))
        kept.append(
            Prevention(
                id=f"P{len(kept) + 1}",
                statement=text,
                addresses=tuple(dict.fromkeys(new_ids[f] for f in reply.addresses if f in new_ids)),
                rank=reply.rank,
                basis=checking.basis_of_measure(text, reply.basis, ids),
                evidence=ids,
            )
        )
    return tuple(kept)


def _ruled_out(checking: Checking, case: Case, replies: list[RuledOutReply]) -> tuple[RuledOut, ...]:
    """The model's, and of those that code found each that none of the model's tells."""
    kept = []
    for reply in replies:
        text = sentence(plain(reply.statement))
        if checking.keeps("ruled_out", text, reply.evidence):
            kept.append(RuledOut(statement=text, evidence=tuple(dict.fromkeys(reply.evidence))))
    told = {i for fell in kept for i in fell.evidence}
    for found in case.ruled_out:
        if not told & set(found.evidence):
            kept.append(RuledOut(statement=sentence(found.text), evidence=found.evidence))
    return tuple(kept)
