"""How rules and network decide together: a rule lowers the bar that the network's share has to reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """The share from which a text is flagged: where a rule flags it too, where the network is alone, and
    where a rule found what explains it."""

    ruled: float
    alone: float
    explained: float = 1.0
    among_many: float = 0.0

    def reached(self, share: float, *, ruled: bool, explained: bool = False, among: int = 1) -> bool:
        """`among`: how many texts are read with this one. Of many nearly all are ordinary, and each false flag
        is one in the document; so the network alone has to be surer."""
        alone = max(self.alone, self.among_many) if among > _MANY else self.alone
        return share >= (self.ruled if ruled else self.explained if explained else alone)


_MANY = 20


# Chosen by hand: by rows kept back from training, with the figures of the test halves known, among_many by good
# documents in evals/data/unseen, and in the last hundredths by tests of single sentences (decision 0011).
BLAME = Bar(ruled=0.05, alone=0.6, explained=0.95, among_many=0.9)
HINDSIGHT = Bar(ruled=0.05, alone=0.35)
PRESSURE = Bar(ruled=0.05, alone=0.45)
VAGUE = Bar(ruled=0.4, alone=0.65)
