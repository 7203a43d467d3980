"""Reads what documents say is owed: action lists, cleanup, the same defect elsewhere, tests, improvements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.agents.tracker.assigning import find_assignment
from pipeline.agents.tracker.claims import Claim, Frame
from pipeline.agents.tracker.context import DOCUMENT_KINDS, Context
from pipeline.agents.tracker.fields import Fields, cut_fields, named_owner, tidy
from pipeline.agents.tracker.sections import (
    frame_of_heading,
    frame_of_section,
    is_done_section,
    is_parked_section,
)
from pipeline.agents.tracker.states import decline_reason, state_of
from pipeline.agents.tracker.titles import base_form, is_command, strip_lead
from pipeline.evidence.instructions import without_instructions
from pipeline.evidence.likeness import content
from pipeline.language.sentences import split
from pipeline.language.words import tokens
from pipeline.models.record import Record

_LABEL = re.compile(
    r"^[\s>*\-•]*(?:\*\*|__)?(?P<label>[A-Za-z][\w /&'’-]{1,48}?)(?:\*\*|__)?\s*(?P<mark>[:.]|\s[–—-])(?:\*\*|__)?\s+(?P<rest>.+)$",
    re.S,
)
_ANNOUNCES = re.compile(
    r"^[\s>*\-•\[\]xX]*(?:action items?|action|ai|todo|to-do|to do|follow[- ]?ups?|next(?: steps?)?|owed|cleanup)\b\s*(?:[:\-–—]|\d+[.:)])\s*(?P<rest>.+)$",
    re.I | re.S,
)
_NOTHING = re.compile(
    r"^(?:none|n/?a|nil|nothing|no|-|—|no (?:actions?|follow[- ]?ups?|cleanup|items?)[^.]*|tbd|tba|see (?:above|below|chat))\.?$",
    re.I,
)
_ABSENT = re.compile(
    r"^(?:tbd|tba|tbc|none(?: yet)?|missing|to be (?:written|added|defined|decided|done)|not yet(?: written)?|no|todo|pending|open|owed)\.?$",
    re.I,
)
_COLUMNS: dict[str, re.Pattern[str]] = {
    "action": re.compile(
        r"action|item|task|what|description|improvement|measure|follow|recommendation|title|step|cleanup|todo|work",
        re.I,
    ),
    "owner": re.compile(r"owner|assignee|assigned|who|responsible|dri|lead", re.I),
    "due": re.compile(r"due|deadline|when|date|by|target|eta", re.I),
    "ticket": re.compile(r"ticket|issue|track|jira|link|key|ref", re.I),
    "priority": re.compile(r"prio|^p$|urgency", re.I),
    "status": re.compile(r"status|state|done|progress", re.I),
}


def document_claims(context: Context) -> list[Claim]:
    """Claims of all documents in the order of their records."""
    claims: list[Claim] = []
    for record in context.case.records:
        if record.kind not in DOCUMENT_KINDS or (record.actor_kind == "person" and record.channel):
            continue
        text = without_instructions(record.text)
        if record.columns:
            claims += _from_row(record, context)
            continue
        found = _frame(record, text)
        if found is None:
            continue
        frame, label, body = found
        if body and claims and _only_fields(body, context) and claims[-1].record.source == record.source:
            claims[-1] = _with_fields(claims[-1], body, record, context)
            continue
        claims += _from_text(record, frame, label, body, context)
    return claims


def _frame(record: Record, text: str) -> tuple[Frame, str, str] | None:
    """The frame, the label that gave it (or ""), and the words below it."""
    section = frame_of_section(record.section)
    label = _LABEL.match(text)
    if label and len(label["label"].split()) <= 5 and (frame := frame_of_heading(label["label"])):
        return frame, label["label"].strip(), label["rest"].strip()
    if announced := _ANNOUNCES.match(text):
        return "action list", "", announced["rest"].strip()
    if section is not None and record.document == "mitigation log" and section == "action list":
        return None  # its actions were taken during the incident
    if section is not None:
        return section, record.section.split(" > ")[-1] if section in ("test", "elsewhere") else "", text
    if record.kind == "task" and record.document != "mitigation log":
        return "action list", "", text
    return None


def _from_text(record: Record, frame: Frame, label: str, body: str, context: Context) -> Iterator[Claim]:
    if frame == "test" and _ABSENT.match(body.strip(" .")):
        yield _claim(label or "Regression tests", record, frame, "", context)
        return
    pieces = (
        [body[s:e] for s, e in split(body)]
        if frame != "action list" or record.kind == "statement"
        else [body]
    )
    if frame == "action list":
        pieces = [p for piece in pieces for p in re.split(r"\s*(?:;|\n)\s*", piece)]
    for at, piece in enumerate(pieces):
        piece = piece.strip()
        if not piece or _NOTHING.match(piece) or piece.endswith(":"):
            continue
        if frame == "elsewhere":
            yield from _elsewhere(piece, record, context)
        elif frame in ("cleanup", "test"):
            yield from _status_line(piece, record, frame, context)
        elif at == 0 or _tells_action(piece, context) or record.kind == "task":
            if at == 0 and record.kind == "statement" and _only_tells(piece):
                continue
            yield _claim(piece, record, frame, "", context)


def _status_line(piece: str, record: Record, frame: Frame, context: Context) -> Iterator[Claim]:
    """ "Emergency limits: scheduled, Rob, 19 November": what it is, a colon, how it stands."""
    head, colon, state = piece.partition(": ")
    if colon and len(head.split()) <= 7:
        made = _claim(f"{head}, {state}", record, frame, head, context)
        pointed = re.match(r"(?:see|ask|with|at)\s+(@?[\w.\-]+(?: [A-Z][\w\-]+)?)", state, re.I)
        known = context.directory.who(pointed[1]) if pointed else None
        yield replace(
            made,
            words=head,
            state=state_of(state, record.checked),
            points_to=known.name if known else None,
        )
        return
    yield _claim(piece, record, frame, "", context)


def _elsewhere(piece: str, record: Record, context: Context) -> Iterator[Claim]:
    """What of the same defect was left for later; a clause that says how its sibling was mended lends the verb."""
    head, colon, rest = piece.partition(": ")
    clauses = re.split(r",\s+(?=\S)|;\s+|\s+(?:but|while)\s+", rest if colon else piece)
    verb = ""
    for clause in clauses:
        state = state_of(clause)
        explicit = re.search(
            r"\b(?:deferred|pending|open|tbd|todo|scheduled|planned|not yet|still|postponed|later|unchecked|not (?:checked|done|fixed))\b",
            clause,
            re.I,
        )
        if state == "done":
            done = [w for w in tokens(clause) if w.tag == "VERB" and w.form in ("past", "part")]
            verb = base_form(done[-1].lower) if done else verb
        elif explicit:
            made = _claim(clause, record, "elsewhere", "", context)
            what = re.split(
                r"\s+(?:is |are |was |were )?(?:deferred|pending|open|tbd|todo|scheduled|planned|not yet|still|postponed)\b",
                made.words,
                flags=re.I,
            )[0]
            words = f"{verb} {what}".strip() if verb else made.words
            yield replace(made, words=f"{words}: {_lower(head)}" if colon else words)


def _lower(text: str) -> str:
    first = text.split(" ")[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


def _from_row(record: Record, context: Context) -> Iterator[Claim]:
    """A row of a table of actions, by its headers."""
    section = frame_of_section(record.section)
    cells = _cells(record)
    if section is None and not ({"owner", "due"} <= cells.keys() and "action" in cells):
        return
    if (
        section in (None, "action list")
        and record.time is not None
        and context.phase(record.time) in ("during", "watching")
    ):
        return
    if record.document == "mitigation log" and section in (None, "action list"):
        return
    text = cells.get("action", "") or record.text
    if not text.strip() or _NOTHING.match(text.strip()):
        return
    claim = _claim(text, record, section or "action list", "", context, status=cells.get("status", ""))
    extra = "; ".join(f"{name}: {cells[name]}" for name in ("due", "ticket", "priority") if cells.get(name))
    fields = _fields(extra, record, context)
    owner = named_owner(cells["owner"], context.directory) if cells.get("owner") else claim.owner
    yield _joined(replace(claim, owner=owner), fields, record)


def _cells(record: Record) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, pattern in _COLUMNS.items():
        for header, cell in record.columns:
            if (
                pattern.search(header)
                and name not in found
                and header not in [h for h, c in record.columns if c in found.values()]
            ):
                found[name] = cell.strip()
                break
    return found


def _claim(
    piece: str, record: Record, frame: Frame, head: str, context: Context, *, status: str = ""
) -> Claim:
    assignment = find_assignment(strip_lead(piece), context.directory)
    fields = _fields(assignment.rest if assignment else piece, record, context)
    state = state_of(head or fields.rest, record.checked, status=status or fields.status)
    reason = decline_reason(piece) if state == "declined" else ""
    if is_parked_section(record.section) and state == "open":
        state, reason = "declined", reason or record.section.split(" > ")[-1]
    if is_done_section(record.section):
        state = "done"
    claim = Claim(
        words=_bare(fields.rest),
        record=record,
        frame=frame,
        state=state,
        reason=reason,
        evidence=(record.id,),
    )
    claim = _joined(claim, fields, record)
    if assignment and claim.owner is None:
        claim = replace(claim, owner=assignment.owner, because=claim.because | {"owner": _told(record)})
    return claim


def _joined(claim: Claim, fields: Fields, record: Record) -> Claim:
    """The claim with what `fields` adds to it, and where each comes from."""
    because = dict(claim.because)
    for name in ("owner", "due", "ticket", "priority"):
        if getattr(fields, name) is not None:
            because.setdefault(
                {"ticket": "tracking"}.get(name, name),
                _told(record, fields.due_words if name == "due" else ""),
            )
    if claim.owner is not None:
        because.setdefault("owner", _told(record))
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


def _told(record: Record, words: str = "") -> str:
    where = f"the {record.document}" if record.document else record.source.rsplit("/", 1)[-1]
    return f"{where} says “{words}” ({record.id})" if words else f"{where} says so ({record.id})"


def _fields(text: str, record: Record, context: Context) -> Fields:
    return cut_fields(
        text,
        context.said(record),
        context.directory,
        tracker=context.case.incident.tracker,
        not_tickets=context.own_keys,
        year_near=context.last_day,
        listed=True,
    )


def _only_fields(body: str, context: Context) -> bool:
    """A sub-bullet that is nothing but an owner, a date or a ticket."""
    if not re.match(
        r"\W*(?:owner|assignee|assigned|due|deadline|ticket|tracking|priority|status|eta)\b", body, re.I
    ):
        return False
    return not tidy(cut_fields(body, None, context.directory, listed=True, year_near=context.last_day).rest)


def _with_fields(claim: Claim, body: str, record: Record, context: Context) -> Claim:
    joined = _joined(claim, _fields(body, record, context), record)
    return replace(joined, evidence=(*claim.evidence, record.id))


def _bare(text: str) -> str:
    """Without the box, the list mark and a tail in brackets that only says how it stands."""
    text = re.sub(r"^\s*(?:[-*•]\s*)?(?:\[[ xX]?\]\s*)?", "", text)
    text = re.sub(
        r"\s*[(\[](?:done|open|pending|tbd|deferred|in progress|todo|nobody assigned|unassigned|no owner)[^)\]]*[)\]]\s*$",
        "",
        text,
        flags=re.I,
    )
    return tidy(text)


def _tells_action(piece: str, context: Context) -> bool:
    text = strip_lead(piece)
    if is_command(text) or find_assignment(text, context.directory):
        return True
    return bool(re.search(r"\b(?:should|must|needs? to|has to|have to|will)\b", text)) and not _only_tells(
        text
    )


def _only_tells(piece: str) -> bool:
    """A sentence about other sentences or about what was: no action of its own."""
    words = tokens(strip_lead(piece))
    if not words:
        return True
    first = words[0].lower
    if first in ("this", "it", "that", "these", "those", "which", "he", "she", "they"):
        return True
    past = any(w.form == "past" or (w.tag == "AUX" and w.form == "past") for w in words)
    future = any(w.tag == "MODAL" for w in words)
    return (first in ("we", "i") and past and not future) or len(content(piece)) < 1
