"""What became of one incident of a batch: the few figures that outlive its draft."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.models.base import Frozen

State = Literal["waiting", "accepted", "rejected", "failed"]
Failure = Literal["input", "model", "refused", "bug"]


class Tokens(Frozen):
    prompt: int = 0
    completion: int = 0


class Outcome(Frozen):
    """One row of the ledger. `digest` and `options` say what it was made from and how.

    `seconds` is what the draft took; `trace` is there for a bug only, for who mends it.
    """

    name: str
    id: str
    state: State = "waiting"
    digest: str = ""
    options: str = ""
    blocking: dict[str, int] = Field(default_factory=dict)
    rounds: int = 0
    tokens: Tokens = Tokens()
    cost_usd: float | None = None
    seconds: float = 0.0
    failure: Failure | None = None
    error: str | None = None
    trace: str | None = None

    def is_final(self, digest: str, options: str, *, retry_failed: bool) -> bool:
        """Whether the same work would end the same: a failed model service may answer the next time."""
        if (self.digest, self.options) != (digest, options):
            return False
        if self.state == "failed":
            return self.failure != "model" and not retry_failed
        return self.state != "waiting"
