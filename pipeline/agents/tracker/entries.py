"""One entry of a document's list as a claim: its words without their fields, and how it stands."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.agents.tracker.assigning import find_assignment
from pipeline.agents.tracker.claims import Claim, Frame
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.fields import Fields, cut_fields, tidy
from pipeline.agents.tracker.sections import is_done_section, is_parked_section
from pipeline.agents.tracker.states import decline_reason, state_of, without_refusal
from pipeline.agents.tracker.titles import strip_lead
from pipeline.evidence.likeness import content
from pipeline.models.record import Record

_BOX = re.compile(r"^\s*(?:[-*•]\s*)?(?:\[[ xX]?\]\s*)?")
_STATE_TAIL = re.compile(
    r"\s*[(\[](?:done|open|pending|tbd|deferred|in progress|todo|nobody assigned|unassigned|no owner)[^)\]]*[)\]]\s*$",
    re.I,
)


def claim_of(piece: str, record: Record, frame: Frame, context: Context, *, status: str = "") -> Claim:
    """`status` is the cell of a status column, where there is one."""
    assignment = find_assignment(strip_lead(piece), context.directory)
    fields = fields_of(assignment.rest if assignment else piece, record, context)
    state = state_of(fields.rest, record.checked, status=status or fields.status)
    reason = decline_reason(piece) if state == "declined" else ""
    if is_parked_section(record.section) and state == "open":
        state, reason = "declined", reason or record.section.split(" > ")[-1]
    if is_done_section(record.section):
        state = "done"
    words = without_refusal(fields.rest) if state == "declined" else fields.rest
    words = tidy(_STATE_TAIL.sub("", _BOX.sub("", words)))
    claim = Claim(words=words, record=record, frame=frame, state=state, reason=reason, evidence=(record.id,))
    claim = joined_with(claim, fields, record)
    if assignment and claim.owner is None:
        claim = replace(claim, owner=assignment.owner, because=claim.because | {"owner": told_by(record)})
    return claim


def fields_of(text: str, record: Record, context: Context) -> Fields:
    return cut_fields(
        text,
        context.said(record),
        context.directory,
        tracker=context.case.incident.tracker,
        not_tickets=context.own_keys,
        year_near=context.last_day,
        listed=True,
    )


def joined_with(claim: Claim, fields: Fields, record: Record) -> Claim:
    """The claim with what `fields` adds to it, and where each comes from."""
    because = dict(claim.because)
    for name in ("owner", "due", "ticket", "priority"):
        if getattr(fields, name) is not None:
            key = "tracking" if name == "ticket" else name
            because.setdefault(key, told_by(record, fields.due_words if name == "due" else ""))
    if claim.owner is not None:
        because.setdefault("owner", told_by(record))
    return replace(
        claim,
        owner=claim.owner or fields.owner,
        due=claim.due or fields.due,
        ticket=claim.ticket or fields.ticket,
        priority=claim.priority or fields.priority,
        condition=claim.condition or fields.condition,
        depends_on=claim.depends_on or tuple(fields.others),
        because=because,
    )


def only_fields(body: str, context: Context) -> bool:
    """A sub-bullet or a sentence that is nothing but an owner, a date or a ticket."""
    fields = cut_fields(
        body,
        None,
        context.directory,
        tracker=context.case.incident.tracker,
        year_near=context.last_day,
        listed=True,
    )
    told = fields.owner or fields.due or fields.ticket or fields.priority or fields.unowned
    return bool(told) and not content(tidy(fields.rest))


def told_by(record: Record, words: str = "") -> str:
    where = f"the {record.document}" if record.document else record.source.rsplit("/", 1)[-1]
    return f"{where} says “{words}” ({record.id})" if words else f"{where} says so ({record.id})"
