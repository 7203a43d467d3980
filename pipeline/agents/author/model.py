"""The author played by a language model: it proposes sentences, and code keeps those that records bear out."""

from __future__ import annotations

from pipeline.agents.author.checking import Checking
from pipeline.agents.author.composing import compose
from pipeline.agents.author.questions import open_questions
from pipeline.agents.author.replies import AuthorReply
from pipeline.agents.author.revision import revise
from pipeline.agents.author.second_try import try_again
from pipeline.agents.hat import Hat
from pipeline.agents.reading import Reading
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.evidence.likeness import content
from pipeline.language.people import People
from pipeline.llm.port import ChatModel
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative, OpenQuestion
from pipeline.models.removal import Dropped
from pipeline.prompting.collection import load_prompts

_ALIKE, _SAME = 0.4, 0.7  # of the words of a question


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
        return self._hat.writers

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return (*self._hat.dropped, *self._dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return self._hat.notices

    def write(self, case: Case) -> Narrative:
        """What did not hold is shown to the model once more; what then falls is dropped and asked about."""
        reply = self._hat.ask(case, "author", AuthorReply)
        checking = Checking(case, self._people)
        narrative = compose(checking, case, reply)
        if checking.fallen:
            reply = try_again(self._hat, case, narrative, reply, checking.fallen)
            checking = Checking(case, self._people)
            narrative = compose(checking, case, reply)
        self._dropped += checking.dropped
        asked = list(narrative.open_questions)
        for question in (*checking.asked(narrative), *open_questions(case, narrative)):
            if not any(_is_asked(question, known) for known in asked):
                asked.append(question)
        return narrative.model_copy(update={"open_questions": tuple(dict.fromkeys(asked))})

    def revise(self, case: Case, narrative: Narrative, findings: tuple[Finding, ...]) -> Narrative:
        checking = Checking(case, self._people)
        mended = revise(self._hat, case, narrative, findings, checking, self._people)
        self._dropped += checking.dropped
        return mended


def _is_asked(question: OpenQuestion, known: OpenQuestion) -> bool:
    """Whether code's question is about what is asked already: most of the words of either, or fewer of them about
    the same record."""
    words, others = content(question.question), content(known.question)
    share = len(words & others) / max(1, min(len(words), len(others)))
    common = not set(question.evidence).isdisjoint(known.evidence)
    return share >= (_ALIKE if common else _SAME)
