"""The parts of a printed postmortem, one function each; what a function leaves empty is printed as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pipeline.models.actions import ActionItem, ActionItems, NeedsDetail
from pipeline.models.base import Precision
from pipeline.models.postmortem import Postmortem, Statement
from pipeline.rendering import layout
from pipeline.rendering.clock import Clock, open_clock
from pipeline.rendering.escaping import escape
from pipeline.rendering.layout import Part
from pipeline.rendering.marks import print_marks, print_sentence
from pipeline.rendering.sheet import Sheet
from pipeline.rendering.values import (
    accounts_cell,
    addresses_text,
    capitalised,
    factor_label,
    figure_text,
    gap_text,
    known_times,
    latency_definition,
    latency_text,
    owner_text,
    prevention_label,
    ticket_text,
    unknown,
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


def _statements(part: Part, bullet: str, material: Material, sheet: Sheet) -> None:
    _print_statements(getattr(material.postmortem, part), f"/{part}", sheet, bullet)


def _print_statements(statements: Iterable[Statement], pointer: str, sheet: Sheet, bullet: str = "") -> None:
    for n, s in enumerate(statements):
        sheet.line(bullet + print_sentence(s.text, s.evidence, s.basis), f"{pointer}/{n}")


def _impact(material: Material, sheet: Sheet) -> None:
    impact = material.postmortem.impact
    _print_statements(impact.statements, "/impact/statements", sheet)
    rows = [
        (escape(f.what), escape(figure_text(f)), "yes" if f.final else "no", print_marks(f.evidence))
        for f in impact.figures
    ]
    _table(sheet, layout.FIGURE_COLUMNS, rows, "/impact/figures")


def _timeline(material: Material, sheet: Sheet) -> None:
    clock, pm = material.clock, material.postmortem
    local = (clock.label,) if clock.zone else ()
    rows = [
        (
            clock.cell(e.time, e.until, e.precision),
            *(clock.local_cell(e.time, e.until, e.precision) for _ in local),
            escape(e.actor),
            escape(e.event),
            print_marks(e.evidence),
        )
        for e in pm.timeline
    ]
    if rows:
        sheet.line(clock.date_line())
    _table(sheet, ("UTC", *local, "Actor", "Event", "Source"), rows, "/timeline")
    if pm.gaps:
        sheet.blank()
        sheet.line(layout.GAPS_LINE)
        sheet.blank()
    for n, gap in enumerate(pm.gaps):
        precise = (material.precision_of(gap.start), material.precision_of(gap.until))
        stretch = clock.cell(gap.start, gap.until, "exact" if "exact" in precise else "minute")
        sheet.line(f"- {stretch}: {print_sentence(gap_text(gap), gap.evidence)}", f"/gaps/{n}")


def _causes(material: Material, sheet: Sheet) -> None:
    pm = material.postmortem
    _print_statements(pm.root_cause, "/root_cause", sheet)
    if pm.contributing_factors:
        sheet.blank()
    for n, f in enumerate(pm.contributing_factors):
        sentence = print_sentence(f.statement, f.evidence, f.basis)
        sheet.line(f"- **{escape(factor_label(f))}.** {sentence}", f"/contributing_factors/{n}")


def _ruled_out(material: Material, sheet: Sheet) -> None:
    for n, ruled in enumerate(material.postmortem.ruled_out):
        sheet.line(f"- {print_sentence(ruled.statement, ruled.evidence)}", f"/ruled_out/{n}")


def _prevention(material: Material, sheet: Sheet) -> None:
    for n, p in enumerate(material.postmortem.prevention):
        sentence = print_sentence(p.statement, p.evidence, p.basis)
        sheet.line(f"- **{escape(prevention_label(p))}.** {sentence}", f"/prevention/{n}")


def _items(material: Material, sheet: Sheet) -> None:
    rows = [_item_row(item) for item in material.items.items]
    _table(sheet, layout.ITEM_COLUMNS, rows, "/items")


def _item_row(item: ActionItem) -> tuple[str, ...]:
    return (
        escape(item.id),
        print_sentence(item.title, (), item.basis),
        item.type,
        escape(owner_text(item.owner, item.proposed_owner)),
        item.priority or layout.NOT_STATED,
        item.due.isoformat() if item.due else layout.NOT_STATED,
        escape(ticket_text(item.tracking)),
        escape(addresses_text(item.addresses)) or layout.NOT_STATED,
        print_marks(item.evidence),
    )


def _needs_detail(material: Material, sheet: Sheet) -> None:
    """Owner, due and tracking have columns only where something is known of them."""
    waiting = material.items.needs_detail
    rows = [_needs_row(item) for item in waiting]
    known = {
        "Owner": any(i.owner for i in waiting),
        "Due": any(i.due for i in waiting),
        "Tracking": any(i.tracking for i in waiting),
    }
    shown = [n for n, column in enumerate(layout.NEEDS_COLUMNS) if known.get(column, True)]
    columns = [layout.NEEDS_COLUMNS[n] for n in shown]
    _table(sheet, columns, [[row[n] for n in shown] for row in rows], "/needs_detail")


def _needs_row(item: NeedsDetail) -> tuple[str, ...]:
    return (
        escape(item.id),
        print_sentence(item.title),
        escape(item.question),
        escape(item.for_whom or layout.NOT_STATED),
        escape(owner_text(item.owner)),
        item.due.isoformat() if item.due else layout.NOT_STATED,
        escape(ticket_text(item.tracking)),
        print_marks(item.evidence),
    )


def _parked(material: Material, sheet: Sheet) -> None:
    rows = [(escape(p.title), escape(p.reason), print_marks(p.evidence)) for p in material.items.parked]
    _table(sheet, layout.PARKED_COLUMNS, rows, "/parked")


def _done(material: Material, sheet: Sheet) -> None:
    for n, done in enumerate(material.items.done):
        sheet.line(f"- {print_sentence(done.title, done.evidence)}", f"/done/{n}")


def _open_questions(material: Material, sheet: Sheet) -> None:
    for n, q in enumerate(material.postmortem.open_questions):
        whom = f"**{escape(capitalised(q.for_whom))}:** " if q.for_whom else ""
        sheet.line(f"- {whom}{print_sentence(q.question, q.evidence)}", f"/open_questions/{n}")


def _conflicts(material: Material, sheet: Sheet) -> None:
    rows = [
        (escape(c.about), accounts_cell(c.accounts), escape(c.used or layout.NOT_SETTLED))
        for c in material.postmortem.conflicts
    ]
    _table(sheet, layout.CONFLICT_COLUMNS, rows, "/conflicts")


def _latencies(material: Material, sheet: Sheet) -> None:
    pm = material.postmortem
    reached = []
    for name, label in layout.MILESTONES.items():
        m = getattr(pm.milestones, name)
        told = material.point(m.time) if m.time else escape(unknown(m.reason))
        reached.append(((label, told, print_marks(m.evidence)), f"/milestones/{name}"))
    sheet.table(layout.MILESTONE_COLUMNS, reached)
    times = known_times(pm)
    clock_of = {record: material.point(moment) for record, moment in times.items()}
    lasted = []
    for span, ends in layout.LATENCIES.items():
        latency = getattr(pm.latencies, span)
        definition = latency_definition(ends, latency, clock_of)
        cells = (span.capitalize(), definition, escape(latency_text(latency, times)))
        lasted.append((cells, f"/latencies/{span}"))
    sheet.table(layout.LATENCY_COLUMNS, lasted)


def _inputs(material: Material, sheet: Sheet) -> None:
    pm = material.postmortem
    sheet.line(f"{layout.FOUND} {_listed(pm.inputs.found)}.", "/inputs/found")
    sheet.line(f"{layout.MISSING} {_listed(pm.inputs.missing)}.", "/inputs/missing")
    if pm.external_ids:
        sheet.line(f"{layout.ALSO_CALLED} {_listed(pm.external_ids)}.", "/external_ids")


def _listed(values: Sequence[str]) -> str:
    return ", ".join(map(escape, values)) or "none"


def _table(sheet: Sheet, columns: Sequence[str], rows: Sequence[Sequence[str]], pointer: str) -> None:
    if rows:
        sheet.table(columns, [(cells, f"{pointer}/{n}") for n, cells in enumerate(rows)])


PARTS: dict[Part, Callable[[Material, Sheet], None]] = {
    "summary": partial(_statements, "summary", ""),
    "impact": _impact,
    "detection": partial(_statements, "detection", ""),
    "timeline": _timeline,
    "root_cause": _causes,
    "ruled_out": _ruled_out,
    "resolution": partial(_statements, "resolution", ""),
    "went_well": partial(_statements, "went_well", "- "),
    "went_poorly": partial(_statements, "went_poorly", "- "),
    "lucky": partial(_statements, "lucky", "- "),
    "prevention": _prevention,
    "items": _items,
    "needs_detail": _needs_detail,
    "parked": _parked,
    "done": _done,
    "open_questions": _open_questions,
    "conflicts": _conflicts,
    "latencies": _latencies,
    "lessons": partial(_statements, "lessons", "- "),
    "inputs": _inputs,
}
