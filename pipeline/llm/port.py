"""What a language model is to the rest of the program: a request in, a reply out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel

Role = Literal["system", "user", "assistant"]
FinishReason = Literal["stop", "length", "content_filter"]


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `into` is the type that the reply's text must be read into; its JSON schema is sent.

    `max_output_tokens`, `temperature` and `seed` are sent only where they are given, and only to services
    that speak OpenAI's protocol: not every model takes each of them.
    """

    messages: tuple[Message, ...]
    into: type[BaseModel]
    max_output_tokens: int | None = None
    temperature: float | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the service counted them; `cached` is the part of the prompt that it had kept."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """`model` is the name that the service returned, which may differ from `asked`, the `provider:name` that
    the request went to."""

    text: str
    model: str
    usage: Usage = Usage()
    refusal: str | None = None
    finish_reason: FinishReason = "stop"
    asked: str = ""


class ChatModel(Protocol):
    """`name` is the model asked for, as `provider:name`."""

    @property
    def name(self) -> str: ...

    def complete(self, request: Request) -> Reply:
        """The reply to one request; safe to call from several threads. Raises ModelError."""
        ...
