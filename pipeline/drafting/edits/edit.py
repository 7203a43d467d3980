"""One edit: what the person saved, what the program had printed, and what is found out while the two are joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Literal, TypeVar

from pipeline.drafting.edits.blocks import EditedText, Unit, cut
from pipeline.drafting.edits.matching import Known, pair
from pipeline.errors import InputError
from pipeline.models.actions import ActionItems
from pipeline.models.postmortem import Ids, Postmortem
from pipeline.rendering.clock import Clock, find_zone, read_date_line, zone_label
from pipeline.rendering.layout import TEMPLATE_LINES, Part
from pipeline.rendering.markdown import render
from pipeline.rendering.marks import MARK
from pipeline.rendering.parts import Material
from pipeline.rendering.sheet import Rendered, Segment

T = TypeVar("T")
PERSON = "a person's edit"
FILE = "postmortem.md"


@dataclass(slots=True)
class Edit:
    """`day` is the main date of the edited document, `day_changed` whether its times mean other days now."""

    old: Postmortem
    old_items: ActionItems
    lines: list[str]
    edited: EditedText
    printed: Rendered
    before: EditedText
    clock: Clock
    day_changed: bool
    notices: list[str] = field(default_factory=list)
    places: list[Segment] = field(default_factory=list)

    @property
    def zone(self) -> tzinfo | None:
        return self.clock.zone

    def units(self, part: Part | Literal["top"], kind: str) -> list[Unit]:
        """The units of that kind in the part, without the standard sentences."""
        return [u for u in self.edited.units(part) if u.kind == kind and not is_template(u.raw)]

    def known(self, part: Part, pointer: str) -> list[Known]:
        """What the program had printed of the list at `pointer`."""
        found = []
        for unit in self.before.units(part):
            place = self.printed.pointer_at(unit.line) or ""
            head, _, index = place.rpartition("/")
            if head == pointer and index.isdigit():
                found.append(Known(unit, int(index)))
        return found

    def join(
        self,
        units: Sequence[Unit],
        part: Part,
        pointer: str,
        old: Sequence[T],
        read: Callable[[Unit, T | None, Unit | None], T],
        key: str | None = None,
    ) -> tuple[T, ...]:
        """Each unit as data: the old object where its line is as it was, else read, with the old one at hand.

        `read` is given the old object and its old unit where the unit is an edited one, None for a new one.
        """
        values: list[T] = []
        for unit, known in zip(units, pair(units, self.known(part, pointer), key), strict=True):
            self.place(unit, f"{pointer}/{len(values)}")
            if known is None:
                values.append(read(unit, None, None))
            elif known.unit.raw == unit.raw and not self.day_changed:
                values.append(old[known.index])
            else:
                values.append(read(unit, old[known.index], known.unit))
        return tuple(values)

    def place(self, unit: Unit, pointer: str) -> None:
        for line in range(unit.line, min(unit.end_line, len(self.lines)) + 1):
            width = len(self.lines[line - 1])
            self.places.append(Segment(line, 1, width + 1, pointer))

    def fail(self, unit: Unit, problem: str, advice: str) -> InputError:
        return InputError(f"{FILE}:{unit.line}", problem, advice)

    def unplaced(self, unit: Unit) -> None:
        """Something that the data has no field for: it stays in the document, and the person is told."""
        shown = unit.raw if len(unit.raw) <= 60 else unit.raw[:59] + "…"
        self.notices.append(
            f"{FILE}:{unit.line}: “{shown}” stays in the document only; the data has no place for it"
        )


def open_edit(text: str, old: Postmortem, old_items: ActionItems, records: frozenset[str]) -> Edit:
    """Raises InputError where the text cites a record that does not exist."""
    _check_marks(text, records)
    material = Material.of(old, old_items, old.incident.timezone)
    printed = render(old, old_items, {}, timezone=old.incident.timezone)
    edited = cut(text)
    written = next(filter(None, (read_date_line(u.raw) for u in edited.units("timeline"))), None)
    day = written or material.clock.day
    zone = find_zone(old.incident.timezone)
    label = zone_label(old.incident.timezone) if zone and old.incident.timezone else "UTC"
    return Edit(
        old=old,
        old_items=old_items,
        lines=text.split("\n"),
        edited=edited,
        printed=printed,
        before=cut(printed.text),
        clock=Clock(day, zone, label),
        day_changed=day != material.clock.day,
    )


def is_template(raw: str) -> bool:
    return raw in TEMPLATE_LINES or read_date_line(raw) is not None


def kept_evidence(new: Ids, old: Ids) -> Ids:
    """The order of the records is not printed: it stays where the records do."""
    return old if set(new) == set(old) else new


def parse_day(text: str) -> date | None:
    """A due date as `2026-03-27` or `27 March 2026`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return read_date_line(f"Dates are {text} unless given.")


def _check_marks(text: str, records: frozenset[str]) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        for mark in MARK.findall(line):
            if mark not in records:
                raise InputError(
                    f"{FILE}:{number}", f"no record {mark} in evidence.jsonl", "cite another one, or none"
                )
