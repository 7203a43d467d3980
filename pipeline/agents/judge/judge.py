"""The judge: asks a model each criterion's question about each unit of a document that the rules are silent about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from pipeline.agents.crew import Crew
from pipeline.agents.judge.inquiry import Asked, fill, numbers_of
from pipeline.agents.judge.locating import place_of
from pipeline.agents.judge.replies import Answer, JudgeReply, answers_in
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.agents.support import admissible
from pipeline.artifacts.redaction import redact, without
from pipeline.errors import ModelError
from pipeline.llm.failure import CallFailed
from pipeline.llm.port import ChatModel, Message, Request
from pipeline.llm.schema import json_schema
from pipeline.llm.structured import Unreadable, read
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.models.judgement import Judgement, Judgements
from pipeline.models.record import Record
from pipeline.prompting.collection import Library, load_prompts
from pipeline.rendering.prompt_blocks import one_line, record_line
from pipeline.rubric.criterion import Criterion, JudgedUnit, Question
from pipeline.rubric.engine import load_criteria
from pipeline.rubric.judged import units_left
from pipeline.rubric.means import Means
from pipeline.rubric.units import in_shown_words
from pipeline.tokens import count

_UNITS = 40  # of one request: in longer lists models skip some
_RECORD = 1500  # characters of one record that are shown
_AT_ONCE = 4  # requests
# The answer that came is no answer; whatever else fails is the service, and ends the run.
_NO_ANSWER = frozenset({"unreadable", "request", "context"})

Batch = tuple[Asked, ...]


class Judge:
    """For one incident, or for one call of `check`. It remembers each answer, so that a later round is asked
    only about units that are new or worded otherwise."""

    def __init__(self, model: ChatModel, library: Library | None = None, room: Room = DEFAULT_ROOM) -> None:
        self._model = model
        self._library = library or load_prompts()
        self._room = room
        self._known: dict[Asked, Answer] = {}

    @property
    def name(self) -> str:
        return self._model.name

    def judge(self, document: Document, means: Means, ruled: Sequence[Finding]) -> Judgements:
        """What it finds beside `ruled`, the rules' findings. Raises ModelError where the service failed, once the
        calls under way have ended; what was answered until then is remembered."""
        # A unit is shown without the words beside it that tell a secret for one.
        secrets = {**redact(document.text).found, **redact(in_shown_words(document)).found}
        shown = [
            (criterion, question, unit, _asked(criterion, unit, means, secrets))
            for criterion, question in questions()
            for unit in units_left(
                document, question, [f for f in ruled if f.criterion == criterion.id], means
            )
        ]
        failed = self._ask(dict.fromkeys(asked for *_, asked in shown))
        return Judgements(
            defects=tuple(
                Judgement(criterion.id, place_of(document, unit, answer.words), answer.reason, answer.kinds)
                for criterion, question, unit, asked in shown
                if (answer := self._known.get(asked)) and answer.defect
            ),
            failed=tuple(failed.items()),
        )

    def _ask(self, units: dict[Asked, None]) -> dict[str, str]:
        """Asks about what is not known yet; which criteria got no answer, and why."""
        failed: dict[str, str] = {}
        batches = [
            (criterion.id, question, batch)
            for criterion, question in questions()
            for batch in self._batches(
                question, [u for u in units if u.criterion == criterion.id and u not in self._known]
            )
        ]
        crew = Crew((partial(self._told, question, batch) for _, question, batch in batches), _AT_ONCE)
        for number, told in crew.results():
            if isinstance(told, _NoAnswer):
                failed.setdefault(batches[number][0], str(told))
            else:
                self._known |= told
        return dict(sorted(failed.items()))

    def _batches(self, question: Question, units: Sequence[Asked]) -> Iterator[Batch]:
        """The units in their order, as many at once as the room takes."""
        room = self._room.context - self._room.answer - self._fixed(question)
        batch: list[Asked] = []
        taken = 0
        for unit in units:
            cost = count(
                "\n".join((unit.text, unit.before, unit.after, *(line for _, line in unit.records))),
                self.name,
            )
            if batch and (len(batch) == _UNITS or taken + cost > room):
                yield tuple(batch)
                batch, taken = [], 0
            batch.append(unit)
            taken += cost
        if batch:
            yield tuple(batch)

    def _fixed(self, question: Question) -> int:
        empty = fill(self._library, question, (Asked("", "", "", "", ()),))
        return count("\n".join((empty.system, empty.user, str(json_schema(JudgeReply)))), self.name)

    def _told(self, question: Question, batch: Batch) -> dict[Asked, Answer] | _NoAnswer:
        """The answer to every unit, or that there is none. Raises ModelError where the service failed."""
        try:
            return self._answers(question, batch)
        except _NoAnswer as fault:
            return fault

    def _answers(self, question: Question, batch: Batch) -> dict[Asked, Answer]:
        """The answer to every unit. Raises _NoAnswer where one can't be had, ModelError where the service failed."""
        try:
            return self._exactly_once(question, batch)
        except CallFailed as failed:
            if failed.kind == "context" and len(batch) > 1:
                half = len(batch) // 2
                return self._answers(question, batch[:half]) | self._answers(question, batch[half:])
            if failed.kind in _NO_ANSWER:
                raise _NoAnswer(f"{self.name}: {failed.problem}") from failed
            raise

    def _exactly_once(self, question: Question, batch: Batch) -> dict[Asked, Answer]:
        numbers = numbers_of(batch)
        prompt = fill(self._library, question, batch)
        request = Request(
            (Message("system", prompt.system), Message("user", prompt.user)),
            JudgeReply,
            max_output_tokens=self._room.answer,
        )
        reply = self._reply(request)
        found = answers_in(reply, numbers)
        left = [n for n in numbers if n not in found]
        if left:
            again = self._library["judge-again"].fill(units=", ".join(left)).user
            said = (Message("assistant", reply.model_dump_json()), Message("user", again))
            found |= answers_in(self._reply(replace(request, messages=(*request.messages, *said))), left)
        left = [n for n in numbers if n not in found]
        if left:
            raise _NoAnswer(f"{self.name}: {len(left)} of {len(batch)} units were not answered exactly once")
        return {unit: found[number] for number, unit in zip(numbers, batch, strict=True)}

    def _reply(self, request: Request) -> JudgeReply:
        try:
            return read(self._model.complete(request), JudgeReply)
        except Unreadable as fault:
            raise _NoAnswer(f"{self.name}: {fault}") from fault


class _NoAnswer(Exception):
    """The judge was reached, and what it said is no answer."""


def questions() -> Iterator[tuple[Criterion, Question]]:
    """The criteria that a judge is asked about."""
    for criterion in load_criteria():
        if criterion.question is not None:
            yield criterion, criterion.question


def unreached(error: ModelError) -> Judgements:
    """What there is to say where the service failed: no question has an answer."""
    return Judgements(failed=tuple((criterion.id, str(error)) for criterion, _ in questions()))


def _asked(criterion: Criterion, unit: JudgedUnit, means: Means, secrets: Mapping[str, str]) -> Asked:
    records: tuple[tuple[str, str], ...] = ()
    if means.case is not None:
        case = means.case
        records = tuple((i, _record_line(admissible(case.record(i)))) for i in unit.evidence)
    text, before, after = (without(secrets, words) for words in (unit.text, unit.before, unit.after))
    return Asked(criterion.id, text, before, after, records)


def _record_line(record: Record) -> str:
    """The record, and where it stands, which counts as part of what it says."""
    headings = record.section.split(" > ")[-1]
    return f"{record_line(record, _RECORD)} [{one_line(f'{record.source}, {headings}' if headings else record.source)}]"
