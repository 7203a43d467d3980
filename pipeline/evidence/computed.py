"""What code computed for a case, as far as one of its records is cited: such facts need no other record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from pipeline.evidence.facts import plain
from pipeline.models.case import Case


@dataclass(frozen=True, slots=True)
class Computed:
    """What code computed for the case, as far as one of its records is cited, and what names the incident."""

    instants: tuple[datetime, ...] = ()
    durations: tuple[timedelta, ...] = ()
    numbers: frozenset[Decimal] = frozenset()
    days: frozenset[date] = frozenset()
    words: str = ""
    record_ids: frozenset[str] = frozenset()


def computed_for(case: Case | None, ids: frozenset[str]) -> Computed:
    if case is None:
        return Computed()
    instants: list[datetime] = []
    durations: list[timedelta] = []
    numbers: set[Decimal] = set()
    every = [getattr(case.milestones, n) for n in ("onset", "detected", "declared", "mitigated", "resolved")]
    for milestone in every:
        if milestone.time is not None and ids & set(milestone.evidence):
            instants.append(milestone.time)
    for name in ("detection", "coordination", "response", "mitigation", "communication"):
        latency = getattr(case.latencies, name)
        if latency.minutes is not None and ids & {latency.start, latency.to}:
            durations.append(timedelta(minutes=latency.minutes))
            numbers.add(Decimal(str(latency.minutes)))
    told = {i for event in case.events for i in event.evidence}
    for gap in case.gaps:
        if ids & told & set(gap.evidence):  # what was said meanwhile bears out neither end
            durations.append(gap.until - gap.start)
            instants += [gap.start, gap.until]
    for figure in case.figures:
        if ids & set(figure.evidence) and not isinstance(figure.value, str):
            numbers.add(Decimal(str(figure.value)))
    for event in case.events:
        if ids & set(event.evidence):
            instants += [t for t in (event.time, event.until) if t is not None]
    days = {m.time.date() for m in every if m.time is not None}
    incident = case.incident
    words = [
        incident.id,
        incident.name,
        incident.title or "",
        incident.severity or "",
        *case.external_ids,
        *incident.channels,
    ]
    words += [s.name for s in incident.services]
    return Computed(
        tuple(instants),
        tuple(durations),
        frozenset(numbers),
        frozenset(days),
        plain("\n".join(words)),
        frozenset(r.id for r in case.records),
    )
