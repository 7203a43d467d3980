"""A postmortem and its action items as the Markdown that people read and edit, and that the rubric checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.models.actions import ActionItems
from pipeline.models.postmortem import Postmortem
from pipeline.rendering import layout
from pipeline.rendering.blocks import Block, Cell, Line, Note, Said, Table
from pipeline.rendering.clock import print_day
from pipeline.rendering.escaping import escape, flatten
from pipeline.rendering.marks import MARK, by_number, print_sentence
from pipeline.rendering.parts import Material, parts_of
from pipeline.rendering.sheet import Rendered, Segment, Sheet
from pipeline.rendering.values import models_of, names

__all__ = ["Rendered", "Segment", "render"]

_TITLE_SPECIAL = re.compile(r'[\\"&]')


def render(
    postmortem: Postmortem, items: ActionItems, marks: Mapping[str, str], *, timezone: str | None
) -> Rendered:
    """The document, and where each field of it stands.

    `marks` gives the words that a mark's link shows ("file, locator, time"), by record id; `timezone` is the
    IANA name of the zone that times are shown in besides UTC, or None. Each sentence has a line of its own:
    Markdown joins them to paragraphs, and an edit or a finding concerns one line.
    """
    material = Material.of(postmortem, items, timezone)
    sheet = Sheet()
    _write_top(material, sheet)
    for part, blocks in parts_of(material):
        sheet.blank()
        sheet.line(f"## {layout.HEADINGS[part]}", f"/{part}")
        sheet.blank()
        _write_blocks(blocks, f"/{part}", sheet)
    sheet.blank()
    for record in by_number(MARK.findall("\n".join(sheet.lines))):
        sheet.line(definition(record, marks.get(record)))
    return sheet.done()


def definition(record: str, title: str | None) -> str:
    """The line that makes a mark a link to the record's place in the page."""
    shown = _TITLE_SPECIAL.sub(r"\\\g<0>", flatten(title or ""))
    return f"[{record}]: postmortem.html#{record}" + (f' "{shown}"' if shown else "")


def _write_top(material: Material, sheet: Sheet) -> None:
    pm, clock = material.postmortem, material.clock
    if pm.status == "rejected":
        sheet.line(layout.REJECTED_LINE, "/status")
        sheet.blank()
    sheet.line(f"# {escape(pm.incident.title)}", "/incident/title")
    sheet.blank()
    commander = pm.incident.commander
    zone_note = clock.zone_note(material.moments)
    models = models_of(pm.written_by.sentences)
    facts = (
        escape(pm.incident.id),
        escape(pm.incident.severity or "") or f"severity {layout.NOT_STATED}",
        f"incident commander {print_sentence(commander.value, commander.evidence)}" if commander else "",
        print_day(clock.day) if clock.day else "",
        "times in UTC" + (f"; {zone_note}" if zone_note else ""),
        escape(f"sentences by {names(models)}") if models else "",
    )
    sheet.line(f"{layout.STATUS_LABELS[pm.status]} {' · '.join(filter(None, facts))}.", "/incident")
    sheet.blank()
    sheet.line(layout.MARKS_LINE)


def _write_blocks(blocks: Iterable[Block], pointer: str, sheet: Sheet) -> None:
    bullets = False
    for block in blocks:
        if isinstance(block, Table):
            sheet.table(block.columns, [([_cell(c) for c in row.cells], row.pointer) for row in block.rows])
        elif isinstance(block, Note):
            sheet.blank()
            sheet.line(block.text, pointer)
            sheet.blank()
        else:
            if block.bullet and not bullets:
                sheet.blank()
            sheet.line(("- " if block.bullet else "") + _said(block.said), block.pointer)
        bullets = isinstance(block, Line) and block.bullet


def _said(said: Said) -> str:
    sentence = print_sentence(said.text, said.evidence, said.basis)
    return f"**{escape(said.label)}{said.label_end}** {sentence}" if said.label else sentence


def _cell(cell: Cell) -> str:
    return cell.joint.join(map(_said, cell.pieces))
