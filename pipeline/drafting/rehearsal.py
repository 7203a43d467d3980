"""A draft rehearsed: every request that a model would get for an incident, and none of them sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_origin

from pydantic import BaseModel

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings
from pipeline.drafting.hats import Models, extractive, played_by
from pipeline.drafting.rounds import Table
from pipeline.drafting.story import people_of
from pipeline.evidence.arrange import arrange
from pipeline.llm.port import Message, Reply, Request
from pipeline.llm.recording import Meter
from pipeline.llm.redacting import Redacting
from pipeline.llm.schema import json_schema
from pipeline.prompting.collection import load_prompts
from pipeline.tokens import count

UNNAMED = "openai:unnamed"  # counts as the newest vocabulary does, and has no price


@dataclass(frozen=True, slots=True)
class Planned:
    """One request. `tokens` counts its messages and its schema; `stands_in` says whether it rests on answers
    that nobody has given yet, for which the built-in engine's draft was put."""

    prompt: str
    model: str
    messages: tuple[Message, ...]
    reply: str
    schema: dict[str, Any]
    tokens: int
    reply_tokens: int | None
    stands_in: bool


def rehearse(incident: Path, spec: str | None, settings: Settings, today: date) -> tuple[Planned, ...]:
    """What the first pass would send: extraction where the records need it, author, tracker, judge.

    What a revision sends depends on what is found, so none is shown. Raises InputError for bad input, and
    ModelError where the records cannot be made to fit the model's room.
    """
    artifacts = load_incident(incident, settings=settings)
    people = people_of(artifacts)
    case = arrange(artifacts, people)
    notes = _Notes(spec or UNNAMED)
    judge = _Notes(settings.judge_model or notes.name)
    judging = None if settings.judge == "off" else Redacting(judge)
    hats = played_by(Models(Redacting(notes), judging, Meter()), case, people, settings, today)
    built_in = extractive(people, settings, today)
    hats.author.write(case)
    first = len(notes.requests)
    narrative = built_in.author.write(case)
    hats.tracker.track(case, narrative)
    items = built_in.tracker.track(case, narrative)
    Table(case, people, "draft", today, settings, 0, lambda _: None).judge(hats, narrative, items)
    # A judge is asked several things at a time, so in any order.
    judged = sorted(judge.requests, key=lambda request: request.messages[-1].content)
    asked = [(n.name, r) for n, rs in ((notes, notes.requests), (judge, judged)) for r in rs]
    by_output: dict[str, str] = {}
    for prompt in sorted(load_prompts().prompts.values(), key=lambda p: len(p.id)):
        by_output.setdefault(prompt.output, prompt.id)  # `judge`, not `judge-again`
    return tuple(
        Planned(
            prompt=by_output[request.into.__name__],
            messages=request.messages,
            reply=request.into.__name__,
            schema=json_schema(request.into),
            model=model,
            tokens=tokens_of(request, model),
            reply_tokens=request.max_output_tokens,
            stands_in=at >= first,
        )
        for at, (model, request) in enumerate(asked)
    )


def tokens_of(request: Request, model: str) -> int:
    """Tokens of what is sent: the messages, and the schema of the reply."""
    whole = "\n".join((*(m.content for m in request.messages), json.dumps(json_schema(request.into))))
    return count(whole, model)


class _Notes:
    """A model that writes down what it is asked, and answers with silence."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.requests: list[Request] = []

    def complete(self, request: Request) -> Reply:
        again = any(m.role == "assistant" for m in request.messages)  # after a silence that was no answer
        if not again and request not in self.requests:
            self.requests.append(request)
        return Reply(json.dumps(_silence(request.into)), self.name)


def _silence(into: type[BaseModel]) -> dict[str, Any]:
    """The emptiest value that the type takes."""
    return {name: _empty(field.annotation) for name, field in into.model_fields.items()}


def _empty(annotation: Any) -> Any:
    if get_origin(annotation) is list:
        return []
    if get_origin(annotation) is Literal:
        return annotation.__args__[0]
    return "" if annotation is str else None
