"""Who or what a noun phrase stands for, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.models.base import ActorKind

Target = Literal["person", "self", "team", "external", "implied"]


# Why the words leave it open whether a person is meant; only the predicate can tell.
Openness = Literal["", "name", "agent", "either", "body", "they"]


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what a noun phrase stands for. `target` is None for what cannot be blamed.

    `open` is "name" for an unknown capitalised word, "agent" for a noun of doing ("grower"), "either" for a
    word that people and machines share ("operator"), "body" for a department or an organisation, "they"
    for the pronoun without antecedent.
    """

    kind: ActorKind
    target: Target | None = None
    open: Openness = ""
    plural: bool = False

    @property
    def human(self) -> bool:
        return self.target is not None

    def as_people(self) -> Party:
        """The same, read as people: what it is where its predicate is human."""
        if self.human:
            return self
        if self.open == "body":
            known: tuple[ActorKind, Target] = (
                ("team", "team") if self.kind == "team" else ("organisation", "external")
            )
            return Party(*known)
        if self.open == "they" or self.plural:
            return Party("role" if self.open in ("agent", "either") else "team", "team")
        return Party("role" if self.open in ("agent", "either") else "person", "person")


SYSTEM = Party("system")
UNKNOWN = Party("unknown")
