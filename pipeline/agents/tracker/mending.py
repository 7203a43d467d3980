"""Mends the action items that a finding points at, or asks for what they lack."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.agents.tracker.sorting import question
from pipeline.language.blame import without_blame
from pipeline.language.people import People
from pipeline.models.actions import ActionItem, ActionItems, Done, MissingPart, NeedsDetail, Parked
from pipeline.models.evaluation import Finding

_POINTER = re.compile(r"^/(?P<list>items|needs_detail|parked|done)/(?P<index>\d+)")
# Findings that only people or their systems can answer; an open field stays openly open.
_FOR_PEOPLE = frozenset({"AI-OWN", "AI-PRI", "AI-DUE", "AI-TRK"})
_Entry = TypeVar("_Entry", ActionItem, NeedsDetail, Parked, Done)
_PARTS: tuple[MissingPart, ...] = ("v", "o", "d")


def mend(items: ActionItems, findings: Sequence[Finding], people: People, commander: str) -> ActionItems:
    """Only what a finding's `where` names changes; ids of items stay, new questions are numbered on."""
    by_place: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for found in findings:
        place = _POINTER.match(found.where or "")
        if place and found.criterion not in _FOR_PEOPLE:
            by_place[place["list"], int(place["index"])].append(found)
    kept: list[ActionItem] = []
    vague: list[NeedsDetail] = []
    parked: list[Parked] = []
    for at, entry in enumerate(items.needs_detail):
        mended = _reworded(entry, by_place.get(("needs_detail", at), []), people)
        if mended is not None:
            vague.append(mended)
    for at, item in enumerate(items.items):
        outcome = _mend_item(item, by_place.get(("items", at), []), people, commander)
        if isinstance(outcome, ActionItem):
            kept.append(outcome)
        elif isinstance(outcome, NeedsDetail):
            vague.append(outcome)
        else:
            parked.append(outcome)
    for index, shelved in enumerate(items.parked):
        fair = _reworded(shelved, by_place.get(("parked", index), []), people)
        if fair is not None:
            parked.insert(index, fair)
    return ActionItems(
        items=tuple(kept),
        needs_detail=tuple(v.model_copy(update={"id": f"N{n}"}) for n, v in enumerate(vague, 1)),
        parked=tuple(parked),
        done=tuple(
            d
            for n, done in enumerate(items.done)
            if (d := _reworded(done, by_place.get(("done", n), []), people))
        ),
    )


def _mend_item(
    item: ActionItem, findings: list[Finding], people: People, commander: str
) -> ActionItem | NeedsDetail | Parked:
    for found in findings:
        mending = _BY_CRITERION.get(found.criterion)
        if found.criterion == "AI-PUN":
            return Parked(
                title=item.title
                if without_blame(item.title, people) == item.title
                else "A measure aimed at people",
                reason="it acts on people's behaviour and not on the system",
                evidence=item.evidence,
            )
        if found.criterion == "AI-SPEC":
            return _ask(item, tuple(m for m in _PARTS if m in found.missing) or _PARTS, commander)
        if mending is not None:
            item = mending(item, found)
        elif found.criterion in ("BLM", "HND"):
            fair = _reworded(item, [found], people)
            if fair is None:
                return _ask(
                    item.model_copy(update={"title": "A follow-up that the records word as blame"}),
                    _PARTS,
                    commander,
                )
            item = fair
    return item


def _ask(item: ActionItem, missing: tuple[MissingPart, ...], commander: str) -> NeedsDetail:
    return NeedsDetail(
        id="N0",
        title=item.title,
        missing=missing,
        question=question(missing, owned=item.owner is not None),
        for_whom=item.owner.name if item.owner else item.proposed_owner or commander,
        owner=item.owner,
        due=item.due,
        tracking=item.tracking,
        evidence=item.evidence,
    )


def _other_type(item: ActionItem, found: Finding) -> ActionItem:
    other = "quick win" if item.type == "systemic" else "systemic"
    because = item.because.model_copy(update={"type": f"the class test says {other}"})
    return item.model_copy(update={"type": other, "because": because})


def _without_unfounded(item: ActionItem, found: Finding) -> ActionItem:
    """A field that no record supplies falls; so does a detail with something in it that none tells."""
    field = {"owner": "owner", "due": "due", "date": "due", "ticket": "tracking", "tracking": "tracking"}.get(
        found.kind or ""
    )
    if field is not None:
        because = item.because.model_copy(update={field: None})
        return item.model_copy(update={field: None, "because": because})
    return item.model_copy(update={"detail": None})


_BY_CRITERION: dict[str, Callable[[ActionItem, Finding], ActionItem]] = {
    "AI-TYPE": _other_type,
    "GRD": _without_unfounded,
}


def _reworded(entry: _Entry, findings: list[Finding], people: People) -> _Entry | None:
    """Title and detail without their charges; None where no title is left."""
    if not any(f.criterion in ("BLM", "HND") for f in findings):
        return entry
    title = without_blame(entry.title, people)
    if title is None or (title == entry.title and not isinstance(entry, ActionItem)):
        return None
    changes: dict[str, object] = {"title": title}
    if isinstance(entry, ActionItem):
        changes["detail"] = without_blame(entry.detail, people) if entry.detail else None
        if title == entry.title and changes["detail"] == entry.detail:
            changes["detail"] = None
    return entry.model_copy(update=changes)
