"""The action items of an edited document, and what stands beside them: needs detail, parked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import get_args

from pipeline.drafting.edits.blocks import Unit
from pipeline.drafting.edits.edit import PERSON, Edit, kept_evidence, parse_day
from pipeline.drafting.edits.sentences import read_addresses
from pipeline.models.actions import (
    ActionItem,
    Because,
    Category,
    ItemType,
    NeedsDetail,
    Owner,
    Parked,
    Priority,
    Ticket,
)
from pipeline.models.base import ActorKind
from pipeline.rendering.escaping import plain
from pipeline.rendering.layout import NOT_ASSIGNED, NOT_FILED, NOT_STATED
from pipeline.rendering.marks import read_sentence
from pipeline.rendering.values import owner_text, ticket_text

_OPEN = frozenset({"", "-", "–", "—", "none", NOT_ASSIGNED, NOT_FILED, NOT_STATED})
_PROPOSED = re.compile(re.escape(NOT_ASSIGNED) + r" \(proposed: (?P<name>.+)\)")
_ID = re.compile(r"[A-Z]\d+")


def read_items(edit: Edit) -> tuple[ActionItem, ...]:
    units = edit.units("items", "row")
    _check_ids(edit, units, "A")
    old_items = edit.old_items.items
    used = [i.id for i in old_items] + [u.cells.get("id", "") for u in units]

    def read(unit: Unit, old: ActionItem | None, known: Unit | None) -> ActionItem:
        said = read_sentence(unit.cells.get("action", ""))
        if not said.text:
            raise edit.fail(
                unit, "an action item without an action", "say what will be different when it is done"
            )
        owner, proposed = read_owner(edit, unit, old.owner if old else None)
        fields: dict[str, object] = {
            "title": said.text,
            "owner": owner,
            "proposed_owner": proposed,
            "priority": _choice(edit, unit, "priority", get_args(Priority)),
            "due": _due(edit, unit),
            "tracking": _ticket(unit, old.tracking if old else None),
            "type": _choice(edit, unit, "type", get_args(ItemType), needed=True),
            "addresses": read_addresses(_cell(unit, "addresses")),
            "basis": "proposed" if said.basis == "proposed" else "stated",
        }
        evidence = read_sentence(" ".join(unit.cells.values())).evidence
        if old is None or known is None:
            named = unit.cells.get("id") or _next_id("A", used)
            used.append(named)
            fields |= {"id": named, "evidence": evidence, "category": category_of(edit, fields)}
            fields["because"] = _because(Because(), None, fields)
            return ActionItem.model_validate(fields)
        if read_sentence(known.cells.get("action", "")).text == said.text:
            fields["title"] = old.title
        if _cell(known, "addresses") == _cell(unit, "addresses"):
            fields["addresses"] = old.addresses
        fields["because"] = _because(old.because, old, fields)
        return old.model_copy(update=fields | {"evidence": kept_evidence(evidence, old.evidence)})

    return edit.join(units, "items", "/items", old_items, read, key="id")


def read_needs_detail(edit: Edit) -> tuple[NeedsDetail, ...]:
    units = edit.units("needs_detail", "row")
    _check_ids(edit, units, "N")
    used = [i.id for i in edit.old_items.needs_detail] + [u.cells.get("id", "") for u in units]

    def read(unit: Unit, old: NeedsDetail | None, known: Unit | None) -> NeedsDetail:
        title, question = read_sentence(unit.cells.get("what", "")), plain(unit.cells.get("question", ""))
        owner, _ = read_owner(edit, unit, old.owner if old else None)
        whom = _cell(unit, "for")
        fields: dict[str, object] = {
            "title": title.text,
            "question": question,
            "for_whom": None if whom.lower() in _OPEN else whom,
            "owner": owner,
            "due": _due(edit, unit),
            "tracking": _ticket(unit, old.tracking if old else None),
        }
        evidence = read_sentence(" ".join(unit.cells.values())).evidence
        if old is None or known is None:
            named = unit.cells.get("id") or _next_id("N", used)
            used.append(named)
            missing = ("o",) if owner is None else ("d",)
            return NeedsDetail.model_validate(
                fields | {"id": named, "missing": missing, "evidence": evidence}
            )
        if read_sentence(known.cells.get("what", "")).text == title.text:
            fields["title"] = old.title
        if plain(known.cells.get("question", "")) == question:
            fields["question"] = old.question
        return old.model_copy(update=fields | {"evidence": kept_evidence(evidence, old.evidence)})

    old_needs = edit.old_items.needs_detail
    return edit.join(units, "needs_detail", "/needs_detail", old_needs, read, key="id")


def read_parked(edit: Edit) -> tuple[Parked, ...]:
    def read(unit: Unit, old: Parked | None, known: Unit | None) -> Parked:
        title, reason = _cell(unit, "what"), _cell(unit, "reason")
        evidence = read_sentence(" ".join(unit.cells.values())).evidence
        return Parked(
            title=title, reason=reason, evidence=kept_evidence(evidence, old.evidence if old else ())
        )

    return edit.join(edit.units("parked", "row"), "parked", "/parked", edit.old_items.parked, read)


def read_owner(edit: Edit, unit: Unit, old: Owner | None) -> tuple[Owner | None, str | None]:
    """The owner, and the proposed one where none is assigned."""
    text = _cell(unit, "owner")
    if proposed := _PROPOSED.fullmatch(text):
        return None, proposed["name"]
    if text.lower() in _OPEN:
        return None, None
    if old is not None and owner_text(old) == text:
        return old, None
    return Owner(name=text, kind=_owner_kind(edit, text)), None


def _owner_kind(edit: Edit, name: str) -> str:
    """As the timeline knows that name; else a person has capitals, a team says so, a role is common nouns."""
    known: dict[str, ActorKind] = {e.actor.lower(): e.actor_kind for e in edit.old.timeline}
    kind = known.get(name.lower().lstrip("@"))
    if kind in ("person", "role", "team"):
        return kind
    if name.lower().split()[-1] in ("team", "squad", "group"):
        return "team"
    return "role" if name == name.lower() and " " in name else "person"


def category_of(edit: Edit, fields: dict[str, object]) -> Category:
    """What a person's own item is for: as the measure that it carries out; else by what its type leads to."""
    addresses = fields["addresses"]
    assert isinstance(addresses, tuple)
    for measure in edit.old.prevention:
        if set(measure.addresses) & set(addresses):
            return (
                "detect"
                if measure.rank == "detect"
                else "process"
                if measure.rank == "administrative"
                else "prevent"
            )
    return "prevent" if fields["type"] == "systemic" else "process"


def _because(because: Because, old: ActionItem | None, fields: dict[str, object]) -> Because:
    """A field that a person set follows from that; one that they emptied follows from nothing."""
    changed = {
        name: PERSON if fields[name] is not None else None
        for name in Because.model_fields
        if fields[name] != (getattr(old, name) if old else None)
    }
    return because.model_copy(update=changed)


def _cell(unit: Unit, column: str) -> str:
    return plain(unit.cells.get(column, ""))


def _choice(
    edit: Edit, unit: Unit, column: str, allowed: Sequence[str], *, needed: bool = False
) -> str | None:
    text = _cell(unit, column)
    for value in allowed:
        if value.lower() == text.lower():
            return value
    if text.lower() in _OPEN and not needed:
        return None
    raise edit.fail(
        unit,
        f"unknown {column} “{text}”",
        f"write {', '.join(allowed)}" + ("" if needed else f" or {NOT_STATED}"),
    )


def _due(edit: Edit, unit: Unit) -> date | None:
    text = _cell(unit, "due")
    if text.lower() in _OPEN:
        return None
    day = parse_day(text)
    if day is None:
        raise edit.fail(unit, f"not a date: “{text}”", f"write 2026-03-27 or {NOT_STATED}")
    return day


def _ticket(unit: Unit, old: Ticket | None) -> Ticket | None:
    text = _cell(unit, "tracking")
    if text.lower() in _OPEN:
        return None
    if old is not None and ticket_text(old) == text:
        return old
    return Ticket(key=text, url=text if text.startswith(("https://", "http://")) else None)


def _check_ids(edit: Edit, units: Sequence[Unit], letter: str) -> None:
    seen: dict[str, int] = {}
    for unit in units:
        named = unit.cells.get("id", "")
        if named and not (_ID.fullmatch(named) and named[0] == letter):
            raise edit.fail(
                unit, f"not an id: “{named}”", f"write {letter}1, {letter}2, …, or leave it empty"
            )
        if named in seen:
            raise edit.fail(
                unit, f"{named} stands in line {seen[named]} too", "leave the id of a new row empty"
            )
        if named:
            seen[named] = unit.line


def _next_id(letter: str, used: Sequence[str]) -> str:
    numbers = [int(i[1:]) for i in used if _ID.fullmatch(i) and i[0] == letter]
    return f"{letter}{max(numbers, default=0) + 1}"
