"""Why one call to a model service failed, in the program's own words."""

from __future__ import annotations

from typing import Literal

from pipeline.errors import ModelError

Kind = Literal["key", "model", "quota", "request", "context", "busy", "service", "connection", "unreadable"]

# What trying again can mend. The rest needs a person, or a smaller request.
RETRYABLE: frozenset[Kind] = frozenset({"busy", "service", "connection", "unreadable"})

ADVICE: dict[Kind, str] = {
    "key": "check the provider's API key, and that it may use this model",
    "model": "check the name after --model; the service knows no such model",
    "quota": "the account has no quota left; top it up, then run the same command again",
    "request": "the service does not accept this request; try another model",
    "context": "the request is longer than the model's context; set a smaller context, or use another model",
    "busy": "run the same command again; what was answered is kept",
    "service": "run the same command again; what was answered is kept",
    "connection": "check the network and the service's address, then run the same command again",
    "unreadable": "run the same command again, or try another model",
}


class CallFailed(ModelError):
    """One call failed. `retry_after` is in seconds, where the service said when to come back."""

    def __init__(self, model: str, kind: Kind, problem: str, retry_after: float | None = None) -> None:
        self.kind: Kind = kind
        self.problem = problem
        self.retry_after = retry_after
        super().__init__(f"{model}: {problem}; {ADVICE[kind]}")

    @property
    def retryable(self) -> bool:
        return self.kind in RETRYABLE
