"""What was answered to an assignment or a proposal: a date, a yes, a no with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.agents.tracker.claims import Claim
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.fields import Fields, as_owner, cut_fields
from pipeline.agents.tracker.lexicon import AGREE
from pipeline.agents.tracker.phrasing import PROPOSAL, REFUSAL, turned_down
from pipeline.agents.tracker.states import state_of
from pipeline.models.record import Record

_NEAR = 9  # messages
_SOON = timedelta(hours=3)


def message_fields(text: str, record: Record, context: Context, *, listed: bool) -> Fields:
    """Owner, date and ticket in what somebody said, by the day they said it."""
    return cut_fields(
        text,
        context.said(record),
        context.directory,
        tracker=context.case.incident.tracker,
        not_tickets=context.own_keys,
        year_near=context.last_day,
        listed=listed,
    )


def with_answers(
    found: Sequence[tuple[int, Claim]], messages: Sequence[Record], context: Context
) -> list[Claim]:
    """Assignments with what the person they were given to answered. Numbers are places among the messages."""
    used: set[int] = set()
    answered: list[tuple[int, Claim]] = []
    for at, claim in found:
        given = claim.owner.name if claim.owner else claim.asked
        if claim.frame == "assignment" and given and claim.record.actor != given:
            for later in range(at + 1, min(at + _NEAR, len(messages))):
                reply = messages[later]
                known = context.directory.who(reply.actor or "")
                if later in used or not known or known.name != given:
                    continue
                if reply.time and claim.record.time and reply.time - claim.record.time > _SOON:
                    break
                changed = _with_reply(claim, reply, context)
                if changed is not None:
                    claim = changed
                    used.add(later)
                    break
        answered.append((at, claim))
    return [claim for at, claim in answered if at not in used]  # an answer is no claim of its own


def _with_reply(claim: Claim, reply: Record, context: Context) -> Claim | None:
    """None where the message is about something else."""
    if REFUSAL.match(reply.text):
        because = {k: v for k, v in claim.because.items() if k != "owner"}
        return replace(claim, owner=None, asked=None, evidence=(*claim.evidence, reply.id), because=because)
    fields = message_fields(reply.text, reply, context, listed=False)
    left = [w for w in re.findall(r"[a-z]+", fields.rest.lower()) if w not in AGREE]
    if len(left) > 2:
        return None
    known = context.directory.who(reply.actor or "")
    because = dict(claim.because)
    if claim.owner is None:
        because["owner"] = f"asked and agreed ({reply.id})"
    if fields.due is not None:
        because["due"] = f"“{fields.due_words}”, answered on {context.said(reply)} ({reply.id})"
    return replace(
        claim,
        owner=claim.owner or (as_owner(known) if known else None),
        asked=None,
        due=fields.due or claim.due,
        ticket=claim.ticket or fields.ticket,
        because=because,
        evidence=(*claim.evidence, reply.id),
    )


def declined_proposal(record: Record, answers: Sequence[Record]) -> Claim | None:
    """A proposal in a question that one of the next answers turns down."""
    proposal = PROPOSAL.match(record.text.strip())
    if proposal is None:
        return None
    for answer in answers:
        left = turned_down(answer.text)
        if answer.actor != record.actor and (left is not None or state_of(answer.text) == "declined"):
            return Claim(
                words=proposal["what"] or proposal["noun"],
                record=record,
                frame="need",
                state="declined",
                reason=left or answer.text,
                evidence=(record.id, answer.id),
            )
    return None
