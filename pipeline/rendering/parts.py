"""The parts of a printed postmortem, one function each; what a function leaves empty is printed as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pipeline.models.actions import ActionItem, ActionItems, NeedsDetail
from pipeline.models.base import Precision
from pipeline.models.postmortem import Postmortem, Statement
from pipeline.rendering import layout
from pipeline.rendering.blocks import Block, Blocks, Cell, Row, Said, Table, cell, source
from pipeline.rendering.clock import Clock, open_clock
from pipeline.rendering.layout import Part
from pipeline.rendering.values import (
    addresses_text,
    capitalised,
    ends_of,
    factor_label,
    figure_text,
    gap_text,
    known_times,
    latency_text,
    listed,
    owner_text,
    prevention_label,
    ticket_text,
    unknown,
    writers_text,
)


@dataclass(frozen=True, slots=True)
class Material:
    """What is printed, and the clock that it is printed by."""

    postmortem: Postmortem
    items: ActionItems
    moments: tuple[datetime, ...]
    clock: Clock

    @classmethod
    def of(cls, postmortem: Postmortem, items: ActionItems, timezone: str | None) -> Material:
        """The main date of the document is the one that most timeline entries have."""
        found = [getattr(postmortem.milestones, name).time for name in layout.MILESTONES]
        moments = tuple(e.time for e in postmortem.timeline) or tuple(filter(None, found))
        return cls(postmortem, items, moments, open_clock(moments, timezone))

    def precision_of(self, moment: datetime) -> Precision:
        """As exact as the entry of that time says it is; else as its seconds suggest."""
        same = (e.precision for e in self.postmortem.timeline if e.time == moment)
        return next(same, "exact" if moment.second else "minute")

    def point(self, moment: datetime) -> str:
        return self.clock.cell(moment, None, self.precision_of(moment))


def parts_of(material: Material) -> Iterable[tuple[Part, list[Block]]]:
    """Each part that is printed, in order; one that every document has and this one leaves empty says so."""
    for part, gather in PARTS.items():
        blocks = Blocks()
        gather(material, blocks)
        if not blocks.found and part in layout.ALWAYS:
            blocks.note(layout.NOT_IN_RECORDS)
        if blocks.found:
            yield part, blocks.found


def _statements(part: Part, bullet: bool, material: Material, blocks: Blocks) -> None:
    _gather_statements(getattr(material.postmortem, part), f"/{part}", blocks, bullet=bullet)


def _gather_statements(
    statements: Iterable[Statement], pointer: str, blocks: Blocks, *, bullet: bool = False
) -> None:
    for n, s in enumerate(statements):
        blocks.line(Said(s.text, s.evidence, s.basis), f"{pointer}/{n}", bullet=bullet)


def _impact(material: Material, blocks: Blocks) -> None:
    impact = material.postmortem.impact
    _gather_statements(impact.statements, "/impact/statements", blocks)
    rows = [
        (cell(f.what), cell(figure_text(f)), cell("yes" if f.final else "no"), source(f.evidence))
        for f in impact.figures
    ]
    blocks.table(layout.FIGURE_COLUMNS, rows, "/impact/figures")


def _timeline(material: Material, blocks: Blocks) -> None:
    clock, pm = material.clock, material.postmortem
    local = (clock.label,) if clock.zone else ()
    rows = [
        (
            cell(clock.cell(e.time, e.until, e.precision)),
            *(cell(clock.local_cell(e.time, e.until, e.precision)) for _ in local),
            cell(e.actor),
            cell(e.event),
            source(e.evidence),
        )
        for e in pm.timeline
    ]
    if rows:
        blocks.note(clock.date_line())
    blocks.table(("UTC", *local, "Actor", "Event", "Source"), rows, "/timeline")
    if pm.gaps:
        blocks.note(layout.GAPS_LINE)
    for n, gap in enumerate(pm.gaps):
        precise = (material.precision_of(gap.start), material.precision_of(gap.until))
        stretch = clock.cell(gap.start, gap.until, "exact" if "exact" in precise else "minute")
        blocks.line(Said(f"{stretch}: {gap_text(gap)}", gap.evidence), f"/gaps/{n}", bullet=True)


def _causes(material: Material, blocks: Blocks) -> None:
    pm = material.postmortem
    _gather_statements(pm.root_cause, "/root_cause", blocks)
    for n, f in enumerate(pm.contributing_factors):
        said = Said(f.statement, f.evidence, f.basis, factor_label(f))
        blocks.line(said, f"/contributing_factors/{n}", bullet=True)


def _ruled_out(material: Material, blocks: Blocks) -> None:
    for n, ruled in enumerate(material.postmortem.ruled_out):
        blocks.line(Said(ruled.statement, ruled.evidence), f"/ruled_out/{n}", bullet=True)


def _prevention(material: Material, blocks: Blocks) -> None:
    for n, p in enumerate(material.postmortem.prevention):
        said = Said(p.statement, p.evidence, p.basis, prevention_label(p))
        blocks.line(said, f"/prevention/{n}", bullet=True)


def _items(material: Material, blocks: Blocks) -> None:
    blocks.table(layout.ITEM_COLUMNS, [_item_row(i) for i in material.items.items], "/items")


def _item_row(item: ActionItem) -> tuple[Cell, ...]:
    return (
        cell(item.id),
        cell(item.title, item.basis),
        cell(item.type),
        cell(owner_text(item.owner, item.proposed_owner)),
        cell(item.priority or layout.NOT_STATED),
        cell(item.due.isoformat() if item.due else layout.NOT_STATED),
        cell(ticket_text(item.tracking)),
        cell(addresses_text(item.addresses) or layout.NOT_STATED),
        source(item.evidence),
    )


def _needs_detail(material: Material, blocks: Blocks) -> None:
    """Owner, due and tracking have columns only where something is known of them."""
    waiting = material.items.needs_detail
    known = {
        "Owner": any(i.owner for i in waiting),
        "Due": any(i.due for i in waiting),
        "Tracking": any(i.tracking for i in waiting),
    }
    shown = [n for n, column in enumerate(layout.NEEDS_COLUMNS) if known.get(column, True)]
    rows = [_needs_row(item) for item in waiting]
    columns = tuple(layout.NEEDS_COLUMNS[n] for n in shown)
    blocks.table(columns, [tuple(row[n] for n in shown) for row in rows], "/needs_detail")


def _needs_row(item: NeedsDetail) -> tuple[Cell, ...]:
    return (
        cell(item.id),
        cell(item.title),
        cell(item.question),
        cell(item.for_whom or layout.NOT_STATED),
        cell(owner_text(item.owner)),
        cell(item.due.isoformat() if item.due else layout.NOT_STATED),
        cell(ticket_text(item.tracking)),
        source(item.evidence),
    )


def _parked(material: Material, blocks: Blocks) -> None:
    rows = [(cell(p.title), cell(p.reason), source(p.evidence)) for p in material.items.parked]
    blocks.table(layout.PARKED_COLUMNS, rows, "/parked")


def _done(material: Material, blocks: Blocks) -> None:
    for n, done in enumerate(material.items.done):
        blocks.line(Said(done.title, done.evidence), f"/done/{n}", bullet=True)


def _open_questions(material: Material, blocks: Blocks) -> None:
    for n, q in enumerate(material.postmortem.open_questions):
        whom = capitalised(q.for_whom) if q.for_whom else None
        said = Said(q.question, q.evidence, label=whom, label_end=":")
        blocks.line(said, f"/open_questions/{n}", bullet=True)


def _conflicts(material: Material, blocks: Blocks) -> None:
    rows = [
        (
            cell(c.about),
            Cell(tuple(Said(a.value, a.evidence) for a in c.accounts)),
            cell(c.used or layout.NOT_SETTLED),
        )
        for c in material.postmortem.conflicts
    ]
    blocks.table(layout.CONFLICT_COLUMNS, rows, "/conflicts")


def _latencies(material: Material, blocks: Blocks) -> None:
    pm = material.postmortem
    reached = []
    for name, label in layout.MILESTONES.items():
        m = getattr(pm.milestones, name)
        told = material.point(m.time) if m.time else unknown(m.reason)
        reached.append(Row((cell(label), cell(told), source(m.evidence)), f"/milestones/{name}"))
    blocks.found.append(Table(layout.MILESTONE_COLUMNS, tuple(reached)))
    times = known_times(pm)
    lasted = []
    for span, words in layout.LATENCIES.items():
        latency = getattr(pm.latencies, span)
        ends = ends_of(latency, times)
        clocks = [f" ({material.point(end)})" for end in ends] if ends else ["", ""]
        pieces = tuple(
            Said(word + clock, (record,) if record else ())
            for word, clock, record in zip(words, clocks, (latency.start, latency.to), strict=True)
        )
        cells = (cell(span.capitalize()), Cell(pieces, " → "), cell(latency_text(latency, ends)))
        lasted.append(Row(cells, f"/latencies/{span}"))
    blocks.found.append(Table(layout.LATENCY_COLUMNS, tuple(lasted)))


def _inputs(material: Material, blocks: Blocks) -> None:
    pm = material.postmortem
    blocks.line(Said(listed(layout.FOUND, pm.inputs.found)), "/inputs/found")
    blocks.line(Said(listed(layout.MISSING, pm.inputs.missing)), "/inputs/missing")
    if pm.external_ids:
        blocks.line(Said(listed(layout.ALSO_CALLED, pm.external_ids)), "/external_ids")
    if pm.written_by.sentences:
        blocks.line(Said(writers_text(pm.written_by)), "/written_by")


PARTS: dict[Part, Callable[[Material, Blocks], None]] = {
    "summary": partial(_statements, "summary", False),
    "impact": _impact,
    "detection": partial(_statements, "detection", False),
    "timeline": _timeline,
    "root_cause": _causes,
    "ruled_out": _ruled_out,
    "resolution": partial(_statements, "resolution", False),
    "went_well": partial(_statements, "went_well", True),
    "went_poorly": partial(_statements, "went_poorly", True),
    "lucky": partial(_statements, "lucky", True),
    "prevention": _prevention,
    "items": _items,
    "needs_detail": _needs_detail,
    "parked": _parked,
    "done": _done,
    "open_questions": _open_questions,
    "conflicts": _conflicts,
    "latencies": _latencies,
    "lessons": partial(_statements, "lessons", True),
    "inputs": _inputs,
}
