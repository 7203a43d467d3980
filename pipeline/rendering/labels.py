"""Where the labels of a picture's vertical lines stand: none on another, none on the line of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

CHARACTER = 6.1  # mean width of one at the labels' size


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its line, which reaches from below up to the label's level. A turned one ends at its line."""

    x: float
    text: str
    turned: bool = False
    level: int = 0

    @property
    def span(self) -> tuple[float, float]:
        width = len(self.text) * CHARACTER + 10
        return (self.x - width, self.x) if self.turned else (self.x, self.x + width)

    def meets(self, other: Label) -> bool:
        """Whether one's label lies on the other's label or line."""
        (left, right), (other_left, other_right) = self.span, other.span
        if self.level == other.level:
            return left < other_right and other_left < right
        above, (left, right) = (self, other.span) if self.level > other.level else (other, self.span)
        return left < above.x < right


def stack(labels: Sequence[tuple[float, str]], width: float) -> tuple[Label, ...]:
    """Labels on as few levels as it takes, from left to right; `width` is where the picture ends.

    Those that would run over the edge are turned. One that is turned may lie across the line of its left
    neighbour while that one's label lies across its own: then the neighbour is turned too, and so on.
    """
    ordered = [Label(x, text) for x, text in sorted(labels, key=lambda one: one[0])]
    at_edge = [n for n, one in enumerate(ordered) if one.span[1] - 6 > width]
    for first in range(min(at_edge, default=len(ordered)), -1, -1):
        turned = [replace(one, turned=n >= first) for n, one in enumerate(ordered)]
        if (placed := _placed(turned)) is not None:
            return placed
    return ()  # only without labels: those that are all turned always find a level


def _placed(labels: Sequence[Label]) -> tuple[Label, ...] | None:
    """A line rises to its label, so what lies in the label's direction goes below it: those that run to the
    right are placed from the last to the first, and above them the turned ones from the first to the last."""
    done: list[Label] = []
    rightward = [one for one in reversed(labels) if not one.turned]
    for one in (*rightward, *(label for label in labels if label.turned)):
        levels = (replace(one, level=n) for n in range(len(labels) * 2))
        free = next((raised for raised in levels if not any(raised.meets(other) for other in done)), None)
        if free is None:
            return None
        done.append(free)
    return tuple(sorted(done, key=lambda label: label.x))
