"""How many tokens a model takes at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Tokens of the model's context, and how many of them its reply may take."""

    context: int = 128_000
    reply: int = 16_000

    @property
    def answer(self) -> int:
        """Tokens for the reply: a small context is not filled by it."""
        return min(self.reply, self.context // 3)


DEFAULT_ROOM = Room()
