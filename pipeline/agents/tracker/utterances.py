"""One thing that somebody said as a claim: promise, assignment, need or ticket, and whether it is planned work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.agents.tracker.answers import message_fields
from pipeline.agents.tracker.assigning import Assignment, find_assignment
from pipeline.agents.tracker.claims import Claim, Frame
from pipeline.agents.tracker.context import Context, Phase
from pipeline.agents.tracker.fields import Fields, as_owner
from pipeline.agents.tracker.lexicon import AGREE, MADE, PASSING, WORK
from pipeline.agents.tracker.phrasing import (
    COUNTERFACTUAL,
    EXISTING,
    FILED,
    JUST_FILED,
    MEETING,
    RELATIVE,
    TICKET_FIRST,
    is_for_later,
    is_needed,
    need_clause,
    promise_clause,
)
from pipeline.agents.tracker.states import decline_reason, state_of
from pipeline.agents.tracker.tickets import find_tickets
from pipeline.agents.tracker.titles import is_command, strip_lead
from pipeline.evidence.likeness import content
from pipeline.language.blame import without_blame
from pipeline.language.lexicon import word_set
from pipeline.language.words import tokens
from pipeline.models.actions import Owner
from pipeline.models.record import Record

_SAID = word_set("note noted owner without agree agreed done ok thanks add added mine")
_FILING = re.compile(
    r"^(?:(?:I|we)(?:['’]ve| have)? )?(?:just )?(?:filed|opened|created|raised|logged|made)\b(?: an?)?(?: ticket| issue| task| story)?"
    r"[\s,:]*(?:for|to|about)?\s*(?:the )?",
    re.I,
)
_PRONOUN_OBJECT = re.compile(
    r"\b(?:both|it|them|that|this|those|these|all of (?:it|them))(?=\s*(?:$|[,.;!]|\b(?:tomorrow|today|by|on|until|next)\b))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where in the conversation a message stands; `in_round`: somebody just asked for commitments."""

    record: Record
    phase: Phase
    in_round: bool
    before: Record | None


@dataclass(frozen=True, slots=True)
class _Utterance:
    """The words with everything that was read off them."""

    text: str
    body: str  # without the name it is given to
    words: str  # without its fields
    assignment: Assignment | None
    promised: str  # the clause of a promise, or ""
    fields: Fields
    listed: bool


def claim_of_utterance(
    segment: str, previous: str, listed: bool, setting: Setting, context: Context
) -> Claim | None:
    """None where the words promise, give and miss nothing, or belong to the incident itself."""
    record = setting.record
    fair = without_blame(segment, context.people)
    if fair is None:
        return None  # a charge against somebody, or a call to be more careful
    text = strip_lead(fair)
    if not text or COUNTERFACTUAL.search(text) or _is_passed_on(text):
        return None
    assignment = find_assignment(text, context.directory, speaker=record.actor)
    if text.endswith("?") and assignment is None:
        return None
    body = assignment.rest if assignment else text
    promise = promise_clause(body) if assignment is None else None
    plain = assignment is None and promise is None and not listed
    known = bool(find_tickets(body, context.case.incident.tracker)) and bool(EXISTING.search(body))
    need = need_clause(body) if plain and not known else None
    clause, leading = promise or need or (body, "")
    fields = message_fields(clause, record, context, listed=listed or setting.in_round)
    if leading:  # "both were pasted in MAR-1, I rotate them": fields stand on either side
        extra = message_fields(leading, record, context, listed=False)
        fields.ticket, fields.due = fields.ticket or extra.ticket, fields.due or extra.due
    words = re.sub(r"^mine\s*[:,–—-]\s*", "", strip_lead(fields.rest), flags=re.I)
    said = _Utterance(text, body, words, assignment, promise[0] if promise else "", fields, listed)
    day = context.said(record)
    frame = _frame(said, setting, fields.due is not None and (day is None or fields.due > day))
    if frame is None or MEETING.match(words) or not _is_planned(frame, said, setting, context):
        return None
    state = state_of(_FILING.sub("", fields.rest))
    if state == "done" and frame in ("promise", "assignment", "need"):
        return None
    owner, asked = _owner(frame, said, record, context)
    words = _FILING.sub("", words)
    if frame == "ticket":
        words, aside = _of_ticket(words)
        leading = leading or aside
    words, before, extra_ids = _resolve(words, leading or previous, setting)
    return Claim(
        words=words,
        record=record,
        frame=frame,
        state=state,
        owner=owner,
        asked=asked,
        due=fields.due,
        ticket=fields.ticket,
        priority=fields.priority,
        reason=decline_reason(text) if state == "declined" else "",
        condition=fields.condition,
        before=before,
        because=_because(said, owner, frame, record, context),
        evidence=(record.id, *extra_ids),
        depends_on=tuple(fields.others),
    )


def _frame(said: _Utterance, setting: Setting, later: bool) -> Frame | None:
    """`later`: it names a day after the one on which it was said."""
    fields, body = said.fields, said.body
    if said.assignment is not None:
        return "assignment"
    if said.promised:
        return "promise"
    if said.listed:
        return "assignment" if fields.owner else "action list"
    if RELATIVE.match(body):
        return None
    needed = is_needed(body) or fields.unowned
    told_ticket = setting.in_round or later or FILED.search(body) or TICKET_FIRST.match(body)
    if fields.ticket and told_ticket and (not needed or EXISTING.search(body)):
        taken = setting.in_round or later or bool(re.search(r"\bmine\b", said.text, re.I))
        return "round" if taken and not EXISTING.search(body) else "ticket"
    if needed:
        return "need"
    if setting.in_round and (later or fields.owner) and not _is_news(said.words):
        return "assignment" if fields.owner else "round"
    if later and is_command(said.words):
        return "need"
    return None


def _is_planned(frame: Frame, said: _Utterance, setting: Setting, context: Context) -> bool:
    """Planned work, or an act of the incident? A later date, a ticket, a list or the time it was said decides."""
    fields, words = said.fields, said.words
    if not any(not w.isdigit() for w in content(words) - _SAID - AGREE):
        return False
    if not (context.is_incident_channel(setting.record) or said.listed or is_for_later(said.text)):
        return False
    day = context.said(setting.record)
    later = fields.due is not None and (day is None or fields.due > day)
    cue = later or fields.ticket is not None or said.listed or setting.in_round or is_for_later(said.text)
    if setting.phase == "after":
        if frame == "need" and not (fields.ticket or said.listed or setting.in_round):
            about = context.is_about_it(said.text, untold=False)
            return about or _names_work(said.words) or fields.unowned
        if cue or frame not in ("promise", "assignment"):
            return cue
        return not _is_passing(words) and context.is_about_it(words, untold=True)
    if frame == "ticket":
        return bool(JUST_FILED.search(said.text))
    if frame == "need":
        return later or said.listed or setting.in_round or is_for_later(said.text)
    return cue and (later or fields.ticket is None or not _is_passing(words))


def _names_work(words: str) -> bool:
    """Where nothing ties it to the incident: a thing that is made, or a change to one."""
    return bool({t.lemma for t in tokens(words)} & (MADE | WORK))


def _is_news(words: str) -> bool:
    """A finite statement about something else than the speaker: told, not taken on."""
    return any(t.tag in ("VERB", "AUX") and t.form in ("s", "past") for t in tokens(words))


def _is_passing(words: str) -> bool:
    """An act of the moment: looking, waiting, restarting, telling somebody."""
    bare = re.sub(r"^(?:I|we)(?:['’]ll| will| shall| can)?\s+", "", words, flags=re.I)
    first = next((t for t in tokens(bare) if t.tag not in ("ADV", "PUNCT", "MODAL", "AUX")), None)
    return first is None or first.lemma in PASSING or first.form == "ing"


def _owner(
    frame: Frame, said: _Utterance, record: Record, context: Context
) -> tuple[Owner | None, str | None]:
    """Who was given it or took it; and who was asked without an answer yet. "We" is nobody."""
    if said.assignment is not None:
        if said.assignment.how == "asks":
            return None, said.assignment.owner.name
        return said.assignment.owner, None
    if said.fields.owner is not None:
        return said.fields.owner, None
    if frame == "promise" and re.match(r"we\b", said.promised, re.I):
        return None, None
    if frame in ("promise", "round") and record.actor and not said.fields.unowned:
        known = context.directory.who(record.actor)
        return (as_owner(known) if known else Owner(name=record.actor)), None
    return None, None


def _of_ticket(words: str) -> tuple[str, str]:
    """ "rate limit on sign-up, since march, it is on nobody's board": what the ticket is for, and what is said of it."""
    pieces = [p for p in re.split(r"\s*,\s+|\s+[–—-]\s+", words) if p]
    for at, piece in enumerate(pieces):
        aside = re.match(r"(?:since|it['’]?s|it is|that['’]?s|which|from|for|we|I|but|and|on)\b", piece, re.I)
        if content(piece) and not aside:
            return piece, ", ".join(pieces[:at] + pieces[at + 1 :])
    return words, ""


def _resolve(words: str, leading: str, setting: Setting) -> tuple[str, str, tuple[str, ...]]:
    """Words that lean on what was said right before take it in: "rotate both" of two keys."""
    match = _PRONOUN_OBJECT.search(words)
    if match and any(t.tag in ("NOUN", "PROPN") for t in tokens(words[: match.start()])):
        match = None  # it stands for what the words themselves name
    noun = _subject_of(leading)
    if match and noun:
        return words[: match.start()] + noun + words[match.end() :], "", ()
    pointing = ("that", "this", "those", "these")
    leans = match or any(t.lower in pointing and t.tag in ("DET", "SUB", "PRON") for t in tokens(words))
    if leans and setting.before is not None:
        return words, leading or setting.before.text, (setting.before.id,)
    return words, leading if leans else "", ()


def _subject_of(text: str) -> str:
    """The noun phrase before the first finite verb of a clause."""
    for word in tokens(text):
        if word.tag in ("AUX", "MODAL") or (word.tag == "VERB" and word.form in ("past", "s")):
            return text[: word.start].strip(" ,;:")
    return ""


def _because(
    said: _Utterance, owner: Owner | None, frame: Frame, record: Record, context: Context
) -> dict[str, str]:
    because: dict[str, str] = {}
    fields = said.fields
    if owner is not None:
        own = frame in ("promise", "round") and fields.owner is None
        told = "says so in the first person" if own else "the message assigns it"
        because["owner"] = f"{told} ({record.id})"
    if fields.due is not None:
        day = context.said(record) or "an unknown day"
        because["due"] = f"“{fields.due_words}”, said on {day} ({record.id})"
    if fields.ticket is not None:
        because["tracking"] = f"the message names it ({record.id})"
    if fields.priority is not None:
        because["priority"] = f"the message says {fields.priority} ({record.id})"
    return because


def _is_passed_on(text: str) -> bool:
    """Somebody else's words, in quotation marks."""
    return bool(re.match(r"^[\"“‘'>].*[\"”’']\W*$", text.strip()))
