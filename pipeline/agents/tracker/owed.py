"""Reads what documents say is owed: action lists, cleanup, the same defect elsewhere, tests, improvements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.agents.tracker.assigning import find_assignment
from pipeline.agents.tracker.claims import Claim, Frame
from pipeline.agents.tracker.context import DOCUMENT_KINDS, Context
from pipeline.agents.tracker.entries import claim_of, fields_of, joined_with, only_fields
from pipeline.agents.tracker.rows import row_claims
from pipeline.agents.tracker.sections import frame_of_heading, frame_of_section
from pipeline.agents.tracker.states import state_of
from pipeline.agents.tracker.titles import base_form, is_command, strip_lead
from pipeline.evidence.instructions import addresses_reader, without_instructions
from pipeline.evidence.likeness import content
from pipeline.language.sentences import split
from pipeline.language.words import tokens
from pipeline.models.record import Record

_LABEL = re.compile(
    r"^[\s>*\-•]*(?:\*\*|__)?(?P<label>[A-Za-z][\w /&'’-]{1,48}?)(?:\*\*|__)?\s*(?:[:.]|\s[–—-])(?:\*\*|__)?\s+(?P<rest>.+)$",
    re.S,
)
_ANNOUNCES = re.compile(
    r"^[\s>*\-•\[\]xX]*(?:action items?|action|ai|todo|to-do|to do|follow[- ]?ups?|next(?: steps?)?|owed|cleanup)\b"
    r"\s*(?:[:\-–—]|\d+[.:)])\s*(?P<rest>.+)$",
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
_LEFT_OPEN = re.compile(
    r"\s*\b(?:is |are |was |were |has been )?(?:deferred|pending|open|tbd|todo|to do|scheduled|planned|not yet|still|postponed|later|unchecked"
    r"|not (?:checked|done|fixed|looked at)|needs? |must be|to be \w+ed)\b",
    re.I,
)
_MISSING = re.compile(r"\b(?:missing|absent|to be (?:written|added)|not yet|still|lacks?|lacking)\b", re.I)
_CONSIDERED = re.compile(r"^(?:we )?(?:also )?(?:considered|discussed|looked at|thought about)\s+", re.I)
_NEXT_LABEL = re.compile(r"(?<=[\w)\]])\.\s+(?=[\w][\w-]*(?: [\w-]+){0,3}: )")  # "a: open. b: done"
_FIELD_SIGNS = re.compile(
    r"\b(?:owners?|due|ticket|assignee|tbd)\b|@\w|\b[A-Z]{2,}-\d+\b|\bP[0-3]\b|[(–—-]\s*[A-Z][a-z]+(?:\)|,|$)"
)


def document_claims(context: Context) -> list[Claim]:
    """Claims of all documents in the order of their records."""
    claims: list[Claim] = []
    hostile = _instructed_files(context)
    for record in context.case.records:
        if record.kind not in DOCUMENT_KINDS or (record.actor_kind == "person" and record.channel):
            continue
        if record.source in hostile or record.id in context.outside:
            continue
        if len(record.columns) > 1:
            claims += row_claims(record, context)
            continue
        found = _frame(record, without_instructions(record.text))
        if found is None:
            continue
        frame, label, body = found
        if claims and claims[-1].record.source == record.source and only_fields(body, context):
            claims[-1] = _with_fields(claims[-1], body, record, context)
            continue
        claims += _from_text(record, frame, label, body, context)
    return claims


def _instructed_files(context: Context) -> frozenset[str]:
    """Files from outside the response in which somebody instructs the reader: they assign nothing."""
    outside = (r for r in context.case.records if r.document is None and r.kind != "message")
    return frozenset(r.source for r in outside if addresses_reader(r.text))


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
        yield claim_of(label or "Regression tests", record, frame, context)
        return
    pieces = [body]
    if frame != "action list" or record.kind == "statement":
        pieces = [p for s, e in split(body) for p in _NEXT_LABEL.split(body[s:e])]
    if frame == "action list":
        pieces = [p for piece in pieces for p in re.split(r"\s*(?:;|\n)\s*", piece)]
    for at, piece in enumerate(_with_their_fields(pieces, context)):
        if not piece or _NOTHING.match(piece) or piece.endswith(":"):
            continue
        if frame == "elsewhere":
            yield from _elsewhere(piece, record, context)
        elif frame == "action list" and state_of(piece) == "declined":
            yield claim_of(_CONSIDERED.sub("", piece), record, frame, context)
        elif frame == "cleanup" or (frame == "test" and (not _only_tells(piece) or _MISSING.search(piece))):
            yield from _status_line(piece, record, frame, context)
        elif frame == "action list" and (
            record.kind == "task" or _tells_action(piece, context) or (at == 0 and not _only_tells(piece))
        ):
            yield claim_of(piece, record, frame, context)


def _with_their_fields(pieces: list[str], context: Context) -> list[str]:
    """Sentences, each with the one behind it that is nothing but its owner, date or ticket."""
    joined: list[str] = []
    for piece in pieces:
        piece = piece.strip()
        if joined and piece and only_fields(piece, context):
            joined[-1] = f"{joined[-1].rstrip(' .')}; {piece}"
        else:
            joined.append(piece)
    return joined


def _status_line(piece: str, record: Record, frame: Frame, context: Context) -> Iterator[Claim]:
    """ "Emergency limits: scheduled, Rob, 19 November": what it is, a colon, how it stands."""
    head, colon, state = piece.partition(": ")
    if not colon or len(head.split()) > 7:
        yield claim_of(piece, record, frame, context)
        return
    made = claim_of(f"{head}, {state}", record, frame, context)
    pointed = re.match(r"(?:see|ask|with|at)\s+(@?[\w.\-]+(?: [A-Z][\w\-]+)?)", state, re.I)
    known = context.directory.who(pointed[1]) if pointed else None
    yield replace(
        made,
        words=head,
        state=state_of(state, record.checked),
        points_to=known.name if known else None,
    )


def _elsewhere(piece: str, record: Record, context: Context) -> Iterator[Claim]:
    """What of the same defect was left for later; a clause that says how its sibling was mended lends the verb."""
    head, colon, rest = piece.partition(": ")
    verb = ""
    for clause in re.split(r",\s+(?=\S)|;\s+|\s+(?:but|while)\s+", rest if colon else piece):
        left = _LEFT_OPEN.search(clause)
        if left is None:
            done = [w for w in tokens(clause) if w.tag == "VERB" and w.form in ("past", "part")]
            verb = base_form(done[-1].lower) if done and state_of(clause) == "done" else verb
            continue
        subject = clause[: left.start()].strip(" ,")
        made = claim_of(clause if subject else rest or clause, record, "elsewhere", context)
        of_head = f"{subject}: {_lower(head)}" if subject else head
        words = of_head if colon else subject or made.words
        yield replace(made, words=f"{verb} {words}".strip(), state="open")


def _lower(text: str) -> str:
    first = text.split(" ")[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


def _with_fields(claim: Claim, body: str, record: Record, context: Context) -> Claim:
    joined = joined_with(claim, fields_of(body, record, context), record)
    return replace(joined, evidence=(*claim.evidence, record.id))


def _tells_action(piece: str, context: Context) -> bool:
    text = strip_lead(piece)
    if is_command(text) or find_assignment(text, context.directory):
        return True
    obliged = re.search(r"\b(?:should|must|needs? to|has to|have to|will)\b", text)
    return bool(obliged) and not _only_tells(text)


def _only_tells(piece: str) -> bool:
    """A sentence about other sentences, or about what was or is: no action of its own."""
    text = strip_lead(piece)
    words = tokens(text)
    if not words or not content(text):
        return True
    if words[0].lower in ("this", "it", "that", "these", "those", "which", "he", "she", "they"):
        return True
    if is_command(text) or any(w.tag in ("MODAL", "TO") for w in words):
        return False
    finite = any(w.form in ("past", "s") and w.tag in ("VERB", "AUX") for w in words)
    return finite and not _FIELD_SIGNS.search(piece)
