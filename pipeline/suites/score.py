"""What a scorer returns, and how scores of many cases become a share with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Score:
    """So many right of so many; `missed` tells each wrong one in words. Nothing to score is 0 of 0."""

    right: int
    of: int
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its scores by measure; or `unscored`, the reason why it has none."""

    id: str
    scores: Mapping[str, Score]
    unscored: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a suite: always a share of what is right, so that more is better."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.of)


def marked(judged: Iterable[tuple[bool, str]]) -> Score:
    """A score from a row of judgements, each with the words for its being wrong."""
    rows = list(judged)
    return Score(sum(right for right, _ in rows), len(rows), tuple(said for right, said in rows if not right))


def measures_of(cases: Iterable[Case]) -> tuple[Measure, ...]:
    """The sums over cases, in the order in which measures first appear."""
    sums: dict[str, tuple[int, int]] = {}
    for case in cases:
        for name, score in case.scores.items():
            right, of = sums.get(name, (0, 0))
            sums[name] = (right + score.right, of + score.of)
    return tuple(Measure(name, right, of) for name, (right, of) in sums.items())


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (E. B. Wilson, JASA 22, 1927); (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share = right / of
    shrink = 1 + Z * Z / of
    middle = (share + Z * Z / (2 * of)) / shrink
    half = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of)) / shrink
    return max(0.0, middle - half), min(1.0, middle + half)
