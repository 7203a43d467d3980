"""A model that is shown its own unreadable reply, and what is wrong with it, once or twice."""

from __future__ import annotations

from dataclasses import replace

from pipeline.llm.failure import CallFailed
from pipeline.llm.port import ChatModel, Message, Reply, Request
from pipeline.llm.structured import Unreadable, read

_SHOWN = 4000  # characters of a bad reply that it is shown again


class Repairing:
    """Every reply that it returns can be read into `request.into`; what can't be mended raises."""

    def __init__(self, model: ChatModel, attempts: int = 2) -> None:
        self._model = model
        self._attempts = attempts

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        attempt = request
        for _ in range(self._attempts + 1):
            reply = self._model.complete(attempt)
            if reply.refusal is not None:
                raise CallFailed(self.name, "request", f"the model refused: {_line(reply.refusal)}")
            if reply.finish_reason == "content_filter":
                raise CallFailed(self.name, "request", "the service's content filter withheld the reply")
            if reply.finish_reason == "length":
                problem = "the reply was cut at the limit of output tokens"
                attempt = _longer(attempt)
                continue
            try:
                read(reply, request.into)
            except Unreadable as fault:
                problem = f"the reply cannot be read: {fault}"
                attempt = _mended(request, reply, fault)
            else:
                return reply
        raise CallFailed(self.name, "unreadable", f"{problem} ({self._attempts + 1} replies)")


def _longer(request: Request) -> Request:
    """The same request with twice the room. The cut reply is not shown: it would only be continued."""
    room = request.max_output_tokens
    return replace(request, max_output_tokens=room * 2) if room else request


def _mended(request: Request, reply: Reply, fault: Unreadable) -> Request:
    complaint = (
        f"That reply does not fit the schema: {fault}.\n"
        "Give the whole reply again as one JSON object that fits it, and nothing else."
    )
    shown = reply.text[:_SHOWN] or "(an empty reply)"
    return replace(
        request,
        messages=(*request.messages, Message("assistant", shown), Message("user", complaint)),
    )


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
