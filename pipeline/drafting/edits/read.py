"""An edited postmortem.md as data: the person's words, joined with what Markdown doesn't print."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.drafting.edits.edit import Edit, is_template, open_edit
from pipeline.drafting.edits.items import read_items, read_needs_detail, read_parked
from pipeline.drafting.edits.sentences import (
    read_done,
    read_factors,
    read_gaps,
    read_prevention,
    read_questions,
    read_ruled_out,
    read_statements,
)
from pipeline.drafting.edits.tables import (
    read_conflicts,
    read_figures,
    read_latencies,
    read_milestones,
    read_timeline,
)
from pipeline.models.actions import ActionItems
from pipeline.models.postmortem import Account, Heading, Impact, Inputs, Postmortem
from pipeline.rendering.escaping import plain
from pipeline.rendering.layout import ALSO_CALLED, FOUND, MISSING, NOT_STATED, WRITTEN_BY
from pipeline.rendering.marks import read_sentence
from pipeline.rendering.sheet import Rendered, Segment

_STATUS = re.compile(r"\*\*[^*]+\*\* (?P<facts>.+?)\.?")
_COMMANDER = "incident commander "


@dataclass(frozen=True, slots=True)
class Edited:
    """The data, the saved text with the field that each line means, and what the data has no place for."""

    postmortem: Postmortem
    items: ActionItems
    rendered: Rendered
    notices: tuple[str, ...]


def read_edited(text: str, old: Postmortem, old_items: ActionItems, records: frozenset[str]) -> Edited:
    """Joins the text with the data it was printed from; `records` are the ids of evidence.jsonl.

    Raises InputError (postmortem.md:line) where a time, a date, a priority or another field cannot be read.
    """
    edit = open_edit(text, old, old_items, records)
    postmortem = old.model_copy(
        update={
            "incident": _read_heading(edit),
            "summary": read_statements(edit, "summary", "/summary", old.summary),
            "detection": read_statements(edit, "detection", "/detection", old.detection),
            "resolution": read_statements(edit, "resolution", "/resolution", old.resolution),
            "impact": Impact(
                statements=read_statements(edit, "impact", "/impact/statements", old.impact.statements),
                figures=read_figures(edit),
            ),
            "timeline": read_timeline(edit),
            "gaps": read_gaps(edit),
            "milestones": read_milestones(edit),
            "latencies": read_latencies(edit),
            "root_cause": read_statements(edit, "root_cause", "/root_cause", old.root_cause),
            "contributing_factors": read_factors(edit),
            "ruled_out": read_ruled_out(edit),
            "prevention": read_prevention(edit),
            "went_well": read_statements(edit, "went_well", "/went_well", old.went_well),
            "went_poorly": read_statements(edit, "went_poorly", "/went_poorly", old.went_poorly),
            "lucky": read_statements(edit, "lucky", "/lucky", old.lucky),
            "lessons": read_statements(edit, "lessons", "/lessons", old.lessons),
            "open_questions": read_questions(edit),
            "conflicts": read_conflicts(edit),
            "inputs": _read_inputs(edit),
            "external_ids": _listed(edit, ALSO_CALLED, "/external_ids", old.external_ids),
        }
    )
    items = old_items.model_copy(
        update={
            "items": read_items(edit),
            "needs_detail": read_needs_detail(edit),
            "parked": read_parked(edit),
            "done": read_done(edit),
        }
    )
    _note_unplaced(edit)
    postmortem, places = _in_order(postmortem, edit.places)
    return Edited(postmortem, items, Rendered(text, tuple(places)), tuple(edit.notices))


def _read_heading(edit: Edit) -> Heading:
    """Title, severity and commander are read; the id stays, and the rest of that line follows from the data."""
    heading, was = edit.old.incident, edit.before
    update: dict[str, object] = {}
    if edit.edited.title and (was.title is None or was.title.raw != edit.edited.title.raw):
        update["title"] = plain(edit.edited.title.raw)
    if edit.edited.title:
        edit.place(edit.edited.title, "/incident/title")
    printed = {u.raw for u in was.units("top")}
    for unit in edit.units("top", "prose"):
        status = _STATUS.fullmatch(unit.raw)
        if status is None:
            continue
        edit.place(unit, "/incident")
        facts = [f.strip() for f in status["facts"].split(" · ")]
        if unit.raw in printed or len(facts) < 2:
            continue
        severity = plain(facts[1])
        update["severity"] = None if severity == f"severity {NOT_STATED}" else severity
        told = next((read_sentence(f) for f in facts if f.startswith(_COMMANDER)), None)
        update["commander"] = (
            Account(value=told.text.removeprefix(_COMMANDER), evidence=told.evidence) if told else None
        )
    return heading.model_copy(update=update)


def _read_inputs(edit: Edit) -> Inputs:
    old = edit.old.inputs
    for unit in edit.units("inputs", "prose"):
        if unit.raw.startswith(WRITTEN_BY):
            edit.place(unit, "/written_by")  # who wrote it is no matter of wording
    return Inputs(
        found=_listed(edit, FOUND, "/inputs/found", old.found),
        missing=_listed(edit, MISSING, "/inputs/missing", old.missing),
    )


def _listed(edit: Edit, label: str, pointer: str, old: tuple[str, ...]) -> tuple[str, ...]:
    """The values behind the label; as they were where the line is as it was, or is gone."""
    printed = {u.raw for u in edit.before.units("inputs")}
    for unit in edit.units("inputs", "prose"):
        if unit.raw.startswith(label):
            edit.place(unit, pointer)
            if unit.raw in printed:
                return old
            values = plain(unit.raw.removeprefix(label)).removesuffix(".")
            return tuple(v.strip() for v in values.split(",") if v.strip() not in ("", "none"))
    return old


def _in_order(postmortem: Postmortem, places: list[Segment]) -> tuple[Postmortem, list[Segment]]:
    """The timeline by time, wherever a person put a row, with its places led to the same entries."""
    order = sorted(range(len(postmortem.timeline)), key=lambda n: postmortem.timeline[n].time)
    moved = {f"/timeline/{was}": f"/timeline/{now}" for now, was in enumerate(order)}
    timeline = tuple(postmortem.timeline[n] for n in order)
    led = [replace(s, pointer=moved.get(s.pointer, s.pointer)) for s in places]
    return postmortem.model_copy(update={"timeline": timeline}), led


def _note_unplaced(edit: Edit) -> None:
    """Everything that nothing above has read: it is kept in the document, and the person is told."""
    placed = {s.line for s in edit.places}
    for section in edit.edited.sections:
        pointer = f"/{section.part}" if section.part not in (None, "top") else None
        if pointer:
            edit.places.append(Segment(section.line, 1, len(section.heading) + 4, pointer))
        for unit in section.units:
            if pointer and is_template(unit.raw):
                edit.place(unit, pointer)
            elif unit.line not in placed and not is_template(unit.raw):
                edit.unplaced(unit)
