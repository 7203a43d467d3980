"""A judge who reads documents under pseudonyms: each document brings people and hosts of its own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.agents.judge.judge import Judge
from pipeline.agents.pseudonyms import Pseudonymous, Pseudonyms, pseudonyms_in, pseudonyms_of
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.errors import InputError
from pipeline.llm.port import ChatModel
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.models.judgement import Judgements
from pipeline.prompting.collection import Library
from pipeline.rubric.means import Means
from pipeline.rubric.units import in_shown_words


class PseudonymousJudge(Judge):
    """What it remembers of one document holds for the next: the originals are back in it."""

    def __init__(self, model: ChatModel, library: Library | None = None, room: Room = DEFAULT_ROOM) -> None:
        super().__init__(model, library, room)
        self._open = model

    def judge(self, document: Document, means: Means, ruled: Sequence[Finding]) -> Judgements:
        """As a judge does. Raises InputError too, where nothing tells who the document's people are."""
        self._model = Pseudonymous(self._open, pseudonyms_for(document, means))
        return super().judge(document, means, ruled)


def pseudonyms_for(document: Document, means: Means) -> Pseudonyms:
    """Those of the records, where there are some, of the roster, and of whoever the document names. Raises InputError."""
    if means.case is None and not means.roster and not document.english:
        raise InputError(
            document.path,
            "is not in English, so its people can't be found, and pseudonymise is set",
            "give their names in an incident.yaml beside it, or --evidence",
        )
    texts = (document.text, in_shown_words(document))
    found = (*(e.actor for e in document.entries), *(i.owner for i in document.items))
    told = [name for name in found if name and means.people.kind_of(name) in ("person", "unknown")]
    if means.case is None:
        return pseudonyms_in(texts, means.people, means.roster, told)
    rostered = [person.name for person in means.roster if person.kind == "person"]
    return pseudonyms_of(means.case, means.people, texts, (*rostered, *told))
