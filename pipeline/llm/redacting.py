"""The last gate before the wire: nothing that looks like a secret goes out, whoever put it there."""

from __future__ import annotations

from dataclasses import replace

from pipeline.artifacts.redaction import redact
from pipeline.llm.port import ChatModel, Reply, Request


class Redacting:
    """Redacts every outgoing message. Records are redacted when they are made; a person's edit is not."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        messages = tuple(replace(m, content=redact(m.content).text) for m in request.messages)
        return self._model.complete(replace(request, messages=messages))
