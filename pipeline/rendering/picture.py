"""Where things stand in the picture of a timeline: lanes by class, an axis that skips long silence, milestones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from pipeline.models.base import EventClass
from pipeline.rendering.axis import Axis, lay_out
from pipeline.rendering.clock import print_day
from pipeline.rendering.intervals import print_seconds
from pipeline.rendering.labels import CHARACTER, stack
from pipeline.rendering.layout import MILESTONES
from pipeline.rendering.parts import Material

WIDTH, GUTTER, RIGHT = 1000.0, 158.0, 26.0
ROW, LANE_PADDING, LABEL_LINE = 13.0, 9.0, 15.0
SPACING = 12.0  # two dots nearer than this stand on two rows
MOST_ROWS = 7

LANES: tuple[tuple[str, str, frozenset[EventClass]], ...] = (
    ("trigger", "Trigger, onset", frozenset({"TRG", "ONS"})),
    ("detection", "Detection", frozenset({"DET", "ESC"})),
    ("diagnosis", "Diagnosis", frozenset({"DIA"})),
    ("mitigation", "Mitigation", frozenset({"ATT", "MIT", "RES"})),
    ("communication", "Communication", frozenset({"COM"})),
    ("follow-up", "Follow-up", frozenset({"FUP"})),
    ("other", "Other", frozenset()),
)
_STEPS = [
    timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
]


@dataclass(frozen=True, slots=True)
class Dot:
    """An entry; `width` is above 0 where it lasted."""

    x: float
    y: float
    width: float
    entry: int
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    label: str
    top: float
    height: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone's line, or a tick of the axis, with its label; `anchor` as SVG has it."""

    x: float
    y: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    gutter: float
    lanes_top: float
    lanes_bottom: float
    lanes: tuple[Lane, ...]
    milestones: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    breaks: tuple[Mark, ...]
    impact: Band | None
    gaps: tuple[Band, ...]
    summary: str  # the picture in words


def draw(material: Material) -> Picture | None:
    """None where there is no entry to draw."""
    pm = material.postmortem
    if not pm.timeline:
        return None
    reached = [(label, getattr(pm.milestones, name).time) for name, label in MILESTONES.items()]
    reached = [(label, time) for label, time in reached if time is not None]
    moments = [t for e in pm.timeline for t in (e.time, e.until) if t] + [time for _, time in reached]
    axis = lay_out(moments, GUTTER, WIDTH - RIGHT)
    labels = _milestones([(label, time, axis.x(time)) for label, time in reached], material)
    top = 12.0 + LABEL_LINE * (1 + max((round((m.y - 14) / LABEL_LINE) for m in labels), default=-1))
    lanes = _lanes(material, axis, top + 6)
    bottom = lanes[-1].top + lanes[-1].height
    onset, over = pm.milestones.onset.time, pm.milestones.mitigated.time
    impact = None
    if onset and over and over > onset:
        lasted = print_seconds((over - onset).total_seconds())
        left = axis.x(onset)
        impact = Band(left, max(axis.x(over) - left, 2.0), f"Impact, {lasted}")
    return Picture(
        width=WIDTH,
        height=bottom + 40,
        gutter=GUTTER,
        lanes_top=top + 6,
        lanes_bottom=bottom,
        lanes=lanes,
        milestones=labels,
        ticks=_ticks(axis, bottom + 17, material.clock.day),
        breaks=_breaks(axis, bottom),
        impact=impact,
        gaps=tuple(
            Band(axis.x(g.start), max(axis.x(g.until) - axis.x(g.start), 2.0), _silence(g.start, g.until))
            for g in pm.gaps
        ),
        summary=_in_words(material, reached),
    )


def _lanes(material: Material, axis: Axis, top: float) -> tuple[Lane, ...]:
    lanes = []
    for name, label, _ in LANES:
        entries = [(n, e) for n, e in enumerate(material.postmortem.timeline) if _lane_of(e.classes) == name]
        if not entries:
            continue
        ends: list[float] = []
        placed = []
        for n, entry in sorted(entries, key=lambda pair: pair[1].time):
            left = axis.x(entry.time)
            right = axis.x(entry.until) if entry.until else left
            row = next((r for r, end in enumerate(ends) if left - end >= SPACING), len(ends))
            if row == len(ends) and len(ends) < MOST_ROWS:
                ends.append(right)
            elif row == len(ends):  # no row is free: where least is covered
                row = min(range(len(ends)), key=ends.__getitem__)
            ends[row] = max(ends[row], right)
            clock = material.clock.cell(entry.time, entry.until, entry.precision)
            placed.append((left, right - left, row, n, f"{clock} {entry.actor}: {entry.event}"))
        height = 2 * LANE_PADDING + ROW * len(ends)
        dots = tuple(
            Dot(x, top + LANE_PADDING + ROW * (row + 0.5), round(width, 1), n, title)
            for x, width, row, n, title in placed
        )
        lanes.append(Lane(name, label, top, height, dots))
        top += height
    return tuple(lanes)


def _lane_of(classes: Sequence[EventClass]) -> str:
    return next((name for name, _, held in LANES if classes and classes[0] in held), "other")


def _milestones(reached: Sequence[tuple[str, datetime, float]], material: Material) -> tuple[Mark, ...]:
    labels = stack([(x, f"{label} {material.point(time)}") for label, time, x in reached], WIDTH)
    highest = max((label.level for label in labels), default=0)
    return tuple(
        Mark(one.x, 14 + LABEL_LINE * (highest - one.level), one.text, "end" if one.turned else "start")
        for one in labels
    )


def _ticks(axis: Axis, y: float, day: date | None) -> tuple[Mark, ...]:
    ticks = []
    for stretch in axis.stretches:
        width, span = stretch.right - stretch.left, stretch.end - stretch.start
        step = next((s for s in _STEPS if span / s * 62 <= width or s == _STEPS[-1]), _STEPS[-1])
        moment = _first_tick(stretch.start, step)
        before = day
        found = []
        while moment <= stretch.end:
            found.append(moment)
            moment += step
        for moment in found or [stretch.start]:
            label = f"{moment:%H:%M}"
            if moment.date() != before:
                label = f"{print_day(moment.date())[:-5]}, {label}"
            before = moment.date()
            x = stretch.x(moment)
            ticks.append(Mark(round(x, 1), y, label))
    return tuple(_apart(ticks))


def _apart(ticks: Sequence[Mark]) -> list[Mark]:
    """Without the labels that would touch the one before."""
    kept: list[Mark] = []
    end = GUTTER - 40
    for tick in ticks:
        half = len(tick.label) * CHARACTER / 2
        if tick.x - half > end + 4 and tick.x + half < WIDTH + 4:
            kept.append(tick)
            end = tick.x + half
    return kept


def _first_tick(start: datetime, step: timedelta) -> datetime:
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    steps = -((midnight - start) // step)
    return midnight + steps * step


def _breaks(axis: Axis, bottom: float) -> tuple[Mark, ...]:
    found = []
    for one, other in pairwise(axis.stretches):
        left_out = print_seconds((other.start - one.end).total_seconds())
        found.append(Mark(round((one.right + other.left) / 2, 1), bottom + 32, left_out))
    return tuple(found)


def _silence(start: datetime, until: datetime) -> str:
    return f"No record for {print_seconds((until - start).total_seconds())}"


def _in_words(material: Material, reached: Sequence[tuple[str, datetime]]) -> str:
    told = "; ".join(f"{label} {material.point(time)}" for label, time in reached)
    count = len(material.postmortem.timeline)
    return f"Timeline of {count} {'entry' if count == 1 else 'entries'}, times in UTC" + (
        f": {told}." if told else "."
    )
