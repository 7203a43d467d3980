"""Time on a line for a picture: in proportion, but for long silence, which is cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

BREAK = 34.0  # width of the mark for time that is left out
MOST_BREAKS = 5
LEAST_SILENCE = timedelta(minutes=30)
LEAST_WIDTH = 64.0  # of a stretch, so that its date has room


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of time without a break in it, and where it lies."""

    start: datetime
    end: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        span = (self.end - self.start).total_seconds()
        share = (moment - self.start).total_seconds() / span if span else 0.5
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Axis:
    stretches: tuple[Stretch, ...]

    def x(self, moment: datetime) -> float:
        for stretch in self.stretches:
            if moment <= stretch.end:
                return round(stretch.x(moment) if moment >= stretch.start else stretch.left - BREAK / 2, 1)
        return round(self.stretches[-1].right, 1)


def lay_out(moments: Sequence[datetime], left: float, right: float) -> Axis:
    """The axis of these moments between two places. A silence longer than a third of the rest is cut out."""
    pieces = _pieces(sorted(moments))
    room = right - left - BREAK * (len(pieces) - 1)
    least = min(LEAST_WIDTH, room / len(pieces))
    total = sum(((b - a).total_seconds() for a, b in pieces), 0.0)
    stretches = []
    for a, b in pieces:
        share = (b - a).total_seconds() / total if total else 1 / len(pieces)
        width = least + share * (room - least * len(pieces))
        stretches.append(Stretch(a, b, left, left + width))
        left += width + BREAK
    return Axis(tuple(stretches))


def _pieces(moments: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    pieces = [(moments[0], moments[-1])]
    for _ in range(MOST_BREAKS):
        total = sum(((b - a).total_seconds() for a, b in pieces), 0.0)
        silences = [
            (later - earlier, earlier, later)
            for earlier, later in pairwise(moments)
            if any(a <= earlier and later <= b for a, b in pieces)
        ]
        longest, earlier, later = max(silences, default=(timedelta(), moments[0], moments[0]))
        if longest < max(timedelta(seconds=total / 3), LEAST_SILENCE):
            break
        at = next(n for n, (a, b) in enumerate(pieces) if a <= earlier and later <= b)
        pieces[at : at + 1] = [(pieces[at][0], earlier), (later, pieces[at][1])]
    return pieces
