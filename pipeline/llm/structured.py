"""From a reply's text to the type that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import ModelError
from pipeline.llm.port import ChatModel, Reply, Request
from pipeline.llm.surrogates import without_lone, without_lone_escapes

Typed = TypeVar("Typed", bound=BaseModel)

_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?```\s*\Z", re.DOTALL)
_FAULTS_TOLD = 8  # more of them would not help a model, and would cost prompt tokens


class Unreadable(Exception):
    """A reply that cannot be read into its type; the message can be shown to the model."""


def ask(
    model: ChatModel,
    request: Request,
    into: type[Typed],
    heard: Callable[[Reply], None] = lambda _: None,
) -> Typed:
    """The model's answer as `into`, which is also what `request.into` says; `heard` gets the whole reply.

    Raises ModelError.
    """
    reply = model.complete(request)
    heard(reply)
    try:
        return read(reply, into)
    except Unreadable as fault:
        raise ModelError(f"{model.name}: the reply cannot be read: {fault}; try another model") from fault


def read(reply: Reply, into: type[Typed]) -> Typed:
    """The reply's text as `into`. Raises Unreadable."""
    text = without_lone_escapes(without_lone(reply.text))
    fenced = _FENCED.match(text)
    try:
        return into.model_validate_json(fenced[1] if fenced else text)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        told = [f"{'/'.join(map(str, f['loc'])) or 'the reply'}: {f['msg']}" for f in faults[:_FAULTS_TOLD]]
        if len(faults) > _FAULTS_TOLD:
            told.append(f"and {len(faults) - _FAULTS_TOLD} more")
        raise Unreadable("; ".join(told)) from error
