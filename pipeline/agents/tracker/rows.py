"""Rows of a table of actions, read by their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.agents.tracker.claims import Claim
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.entries import claim_of, fields_of, joined_with
from pipeline.agents.tracker.fields import named_owner
from pipeline.agents.tracker.sections import frame_of_section
from pipeline.models.record import Record

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("owner", re.compile(r"owner|assignee|assigned|\bwho\b|responsible|\bdri\b|\blead\b", re.I)),
    ("due", re.compile(r"\bdue|deadline|\bwhen\b|\bdate\b|^by$|until|target|\beta\b", re.I)),
    ("ticket", re.compile(r"ticket|issue|track|jira|link|\bkey\b|\bref", re.I)),
    ("priority", re.compile(r"prio|^p$|urgency", re.I)),
    ("status", re.compile(r"status|state|\bdone\b|progress", re.I)),
    (
        "action",
        re.compile(
            r"action|item|task|what|description|improvement|measure|follow|recommendation|title|step|cleanup|to-?do|work",
            re.I,
        ),
    ),
)


def row_claims(record: Record, context: Context) -> Iterator[Claim]:
    """At most one claim: the row's action with its fields."""
    frame = frame_of_section(record.section)
    cells = _cells(record)
    is_list = frame in (None, "action list")
    if frame is None and not {"action", "owner", "due"} <= cells.keys():
        return
    if is_list and record.document == "mitigation log":
        return  # its rows are what was done
    if is_list and record.kind == "row" and context.phase(record.time) in ("during", "watching"):
        return  # a row of a timeline
    text = cells.get("action", "") or record.text
    if not re.search(r"\w{3}", text):
        return
    claim = claim_of(text, record, frame or "action list", context, status=cells.get("status", ""))
    told = "; ".join(f"{name}: {cells[name]}" for name in ("due", "ticket", "priority") if cells.get(name))
    owner = named_owner(cells["owner"], context.directory) if cells.get("owner") else None
    yield joined_with(replace(claim, owner=owner or claim.owner), fields_of(told, record, context), record)


def _cells(record: Record) -> dict[str, str]:
    """Each column under the first name that its header fits."""
    found: dict[str, str] = {}
    for header, cell in record.columns:
        for name, pattern in _COLUMNS:
            if name not in found and pattern.search(header):
                found[name] = cell.strip()
                break
    return found
