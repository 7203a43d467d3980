"""Scores action items: those that the artifacts hold, with what is said of each, and nothing invented."""

from __future__ import annotations

from pipeline.models.actions import ActionItem, NeedsDetail
from pipeline.suites.drafted import Drafted, tells
from pipeline.suites.gold import Gold, KnownItem
from pipeline.suites.score import Score, marked

Item = ActionItem | NeedsDetail


def score_items(gold: Gold, drafted: Drafted) -> dict[str, Score]:
    """An item that is kept among those that need detail counts as found, and not as printed."""
    found = match(gold.action_items, (*drafted.items.items, *drafted.items.needs_detail))
    printed = {item.id for item in found.values()}
    # Of all, not of those found: finding one more item can never look like a loss.
    pairs = [(known, found.get(n)) for n, known in enumerate(gold.action_items)]
    return {
        "action items found": marked(
            (n in found, name_of(known)) for n, known in enumerate(gold.action_items)
        ),
        "found with the right owner or honestly none": marked(
            owner_right(known, item) for known, item in pairs
        ),
        "found with the right due date": marked(due_right(known, item) for known, item in pairs),
        "found with the right ticket": marked(ticket_right(known, item) for known, item in pairs),
        "printed items that are known": marked(
            (item.id in printed, f"{item.id} {item.title}") for item in drafted.items.items
        ),
        "tickets that an artifact holds": marked(
            (item.tracking.key in drafted.artifacts, f"{item.id} {item.tracking.key}")
            for item in drafted.items.items
            if item.tracking
        ),
    }


def match(known: tuple[KnownItem, ...], items: tuple[Item, ...]) -> dict[int, Item]:
    found: dict[int, Item] = {}
    taken: set[str] = set()
    for n, each in enumerate(known):
        for item in items:
            told = f"{item.title} {item.detail or ''}" if isinstance(item, ActionItem) else item.title
            if item.id not in taken and tells(told, each.keywords):
                found[n] = item
                taken.add(item.id)
                break
    return found


def owner_right(known: KnownItem, item: Item | None) -> tuple[bool, str]:
    if item is None:
        return False, f"not found: {name_of(known)}"
    mine = item.owner.name if item.owner else None
    right = not known.owner if mine is None else any(name.lower() in mine.lower() for name in known.owner)
    return right, f"{item.id} {item.title}: {' or '.join(known.owner) or None} told as {mine}"


def due_right(known: KnownItem, item: Item | None) -> tuple[bool, str]:
    if item is None:
        return False, f"not found: {name_of(known)}"
    mine = item.due.isoformat() if item.due else None
    return mine in (known.due, *known.due_alternatives), f"{item.id} {item.title}: {known.due} told as {mine}"


def ticket_right(known: KnownItem, item: Item | None) -> tuple[bool, str]:
    if item is None:
        return False, f"not found: {name_of(known)}"
    mine = item.tracking.key if item.tracking else None
    return mine == known.ticket, f"{item.id} {item.title}: {known.ticket} told as {mine}"


def name_of(known: KnownItem) -> str:
    return " + ".join("|".join(group) for group in known.keywords)
