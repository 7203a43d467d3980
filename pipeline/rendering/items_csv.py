"""Action items as a table for spreadsheets, which must not take a cell for a formula."""

from __future__ import annotations

import csv
import io

from pipeline.models.actions import ActionItems, Owner, Ticket
from pipeline.rendering.values import ticket_text

COLUMNS = [
    "state",
    "id",
    "title",
    "detail",
    "owner",
    "owner_kind",
    "proposed_owner",
    "priority",
    "due",
    "tracking",
    "type",
    "category",
    "addresses",
    "basis",
    "question",
    "for",
    "reason",
    "evidence",
]
# What a spreadsheet reads as the beginning of a formula, also behind white space.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def items_csv(items: ActionItems) -> str:
    """All items, open, waiting for detail, parked and done, one row each; empty where nothing is known."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(items):
        writer.writerow({column: neutral(text) for column, text in row.items()})
    return out.getvalue()


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) else text


def _rows(items: ActionItems) -> list[dict[str, str]]:
    rows = []
    for item in items.items:
        rows.append(
            {
                "state": "open",
                "id": item.id,
                "title": item.title,
                "detail": item.detail or "",
                "proposed_owner": item.proposed_owner or "",
                "priority": item.priority or "",
                "due": item.due.isoformat() if item.due else "",
                "type": item.type,
                "category": item.category,
                "addresses": "; ".join(item.addresses),
                "basis": item.basis,
                "evidence": " ".join(item.evidence),
            }
            | _owned(item.owner, item.tracking)
        )
    for need in items.needs_detail:
        rows.append(
            {
                "state": "needs detail",
                "id": need.id,
                "title": need.title,
                "due": need.due.isoformat() if need.due else "",
                "question": need.question,
                "for": need.for_whom or "",
                "evidence": " ".join(need.evidence),
            }
            | _owned(need.owner, need.tracking)
        )
    for parked in items.parked:
        evidence = " ".join(parked.evidence)
        rows.append({"state": "parked", "title": parked.title, "reason": parked.reason, "evidence": evidence})
    for done in items.done:
        rows.append({"state": "done", "title": done.title, "evidence": " ".join(done.evidence)})
    return rows


def _owned(owner: Owner | None, ticket: Ticket | None) -> dict[str, str]:
    return {
        "owner": owner.name if owner else "",
        "owner_kind": owner.kind if owner else "",
        "tracking": ticket_text(ticket) if ticket else "",
    }
