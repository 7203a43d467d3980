"""Reads what people promised, were given or found missing in chats, calls and mails."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.agents.tracker.assigning import Assignment, find_assignment
from pipeline.agents.tracker.claims import Claim, Frame
from pipeline.agents.tracker.context import Context, Phase
from pipeline.agents.tracker.fields import Fields, as_owner, cut_fields
from pipeline.agents.tracker.lexicon import AGREE, PASSING, STATIVE
from pipeline.agents.tracker.sections import frame_of_heading
from pipeline.agents.tracker.states import decline_reason, state_of
from pipeline.agents.tracker.titles import is_command, strip_lead
from pipeline.evidence.instructions import without_instructions
from pipeline.evidence.likeness import content
from pipeline.language.lemmas import can_be_verb, lemma, verb_forms
from pipeline.language.lexicon import word_set
from pipeline.language.sentences import split
from pipeline.language.words import tokens
from pipeline.models.actions import Owner
from pipeline.models.record import Record

_ROUND = re.compile(
    r"\b(?:(?:say|tell (?:me|us)|write|list|post|name) what you(?:['’]ll| will| can)? (?:take|do|own)|who (?:takes|does|owns|wants|can take|will take) what"
    r"|what (?:do|will|can) (?:you|we|you all|y['’]all) (?:each )?(?:take|own|do next|change|fix)|what(?:['’]s| is| comes)? next\b|what do we do next|next steps\b|follow[- ]?ups?\b"
    r"|action items?\b|to-?dos?\b|actions\s*[:?]|my list|who (?:takes|owns|picks up|wants)\b|(?:any|anything) (?:to )?(?:improve|prevent)|owners\?)",
    re.I,
)
_LATER = re.compile(
    r"\b(?:follow[- ]?up|action item|to-?do|after (?:the|this) (?:incident|outage)|post-?mortem|retro(?:spective)?|long[- ]term|backlog|next (?:sprint|quarter|week|month)|later this)\b",
    re.I,
)
_HEADER = re.compile(
    r"^(?P<head>[^:\n]{0,100}\b(?:follow[- ]?ups?|action items?|actions|next steps|to-?dos?|todo list|owed)\b[^:\n]{0,80}):\s*(?P<rest>.*)$",
    re.I | re.S,
)
_PROMISE = re.compile(
    r"^(?:I|we)(?P<aux>['’]ll| will| shall|['’]m going to| am going to| are going to|['’]re going to| need to| have to| must| plan to| intend to| want to| can|['’]d like to| would like to)?\s+"
    r"(?:(?:also|then|now|probably|definitely|still|gladly|happily)\s+)*(?P<verb>[A-Za-z][\w-]*)\b",
    re.I,
)
_INTENT = re.compile(
    r"^(?:let me|going to|gonna|will|on my list\s*[:,-]|i['’]?m on|mine\s*[:,-])\s+(?P<verb>[a-z][\w-]*)",
    re.I,
)
_NEED = re.compile(
    r"\b(?:(?:someone|somebody|anyone|one of us) (?:\w+ )?(?:has|needs|ought) to|(?:someone|somebody) (?:must|should)|(?:nobody|no one|no-one|none of us) (?:owns|own|looks after|is responsible for|reads|watches|maintains|has (?:it|this|that))"
    r"|we (?:really |still |also |definitely )?(?:need|must|have to|should(?! have))|needs? (?:an? )?(?:owner|someone|to be|\w+ing)\b|has no owner|without owner|no owner|on nobody['’]s|nobody['’]s (?:job|board|list)|unowned"
    r"|(?:should|must|has to|have to|ought to) (?!have\b)(?:not |never )?(?:be |\w+))",
    re.I,
)
_FILED = re.compile(
    r"\b(?:filed|opened|created|raised|made|logged|tracked|tracking|ticket(?:ed)?|exists?|is|wrote)\b", re.I
)
_REFUSE = re.compile(
    r"^\W*(?:not me|can['’]?t|cannot|no,? (?:i|not)|i can['’]?t|sorry,? (?:i )?can['’]?t|no capacity|someone else|pass\b)",
    re.I,
)
_CONDITIONAL = re.compile(r"\b(?:would|could|might|['’]d) have\b|\bhad\b.*\bwould\b", re.I)
_PRONOUN_OBJECT = re.compile(
    r"\b(?P<pronoun>both|it|them|that|this|those|these|all of (?:it|them))(?=\s*(?:$|[,.;!]|\b(?:tomorrow|today|by|on|until|next)\b))",
    re.I,
)
_RELATIVE = re.compile(r"^(?:which|who|whose|because|since|as|that['’]?s why)\b", re.I)
_SAID = word_set("note noted owner without agree agreed done ok thanks add added")
_MEETING = re.compile(
    r"^(?:the )?(?:post-?mortem|review|retro(?:spective)?|debrief|meeting|sync|call|standup|handover)(?: (?:meeting|call|session|is|will be|on|at|next|for))*\W*$",
    re.I,
)


# Chat begins sentences in small letters.
_CHAT_STOP = re.compile(
    r"(?<=[a-zà-ÿ0-9)\]\"”’][.!])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)(?<!approx\.)\s+(?=[a-zà-ÿ])"
)
_HANGING = re.compile(
    r"^(?:and |but |so )?(?:someone|somebody|we|one of us)\s+(?:really |still )?(?:has|have|needs?|ought|must|should)(?: to)?(?: do (?:it|that|this|both))?\W*$",
    re.I,
)


@dataclass(slots=True)
class _Setting:
    """Where in the conversation a message stands."""

    record: Record
    phase: Phase
    in_round: bool
    before: Record | None


def conversation_claims(context: Context) -> list[Claim]:
    """Claims of all conversations, with the answers to assignments merged into them."""
    claims: list[Claim] = []
    for messages in _conversations(context):
        found: list[tuple[int, Claim]] = []
        round_until = None
        for at, record in enumerate(messages):
            moment = record.time
            setting = _Setting(
                record,
                context.phase(moment),
                bool(round_until and moment and moment <= round_until),
                messages[at - 1] if at else None,
            )
            text = without_instructions(record.text)
            if setting.phase in ("after", "watching") and moment and _ROUND.search(text):
                round_until = moment + timedelta(hours=2)
                setting.in_round = True
            found += [(at, claim) for claim in _read(text, setting, context)]
        claims += _answered(found, messages, context)
    return claims


def _conversations(context: Context) -> list[list[Record]]:
    grouped: dict[str, list[Record]] = defaultdict(list)
    for record in context.case.records:
        spoken = record.kind == "message" or (
            record.actor_kind == "person" and record.kind in ("text", "statement")
        )
        if spoken and record.text.strip() and "message was deleted" not in record.text.lower():
            grouped[f"{record.source if not record.channel else ''}|{record.channel or ''}"].append(record)
    for key, records in grouped.items():
        if all(r.time for r in records):
            grouped[key] = sorted(records, key=lambda r: (r.time, 0) if r.time else (r.time, 1))
    return list(grouped.values())


def _read(text: str, setting: _Setting, context: Context) -> Iterator[Claim]:
    header = _HEADER.match(text.strip())
    listed = header is not None
    body = header["rest"] if header else text
    if not listed and (label := re.match(r"^([^:\n]{3,40}):\s", text)) and frame_of_heading(label[1]):
        listed, body = True, text[label.end() :]
    told: list[str] = []
    found: list[Claim] = []
    for segment in _joined_fields(_segments(body, listed), setting.record, context):
        if _HANGING.match(segment) and told:
            # "restore test. we have none. someone has to": the need is for all that was said before it.
            words = "; ".join([told[0], *(c.words for c in found if c.words not in told[0])])
            whole = ". ".join([*told, segment])
            if claim := _claim_of(f"someone has to {words}", "", listed, setting, context):
                found = [replace(claim, words=words, before=whole, frame="need", owner=None)]
        elif claim := _claim_of(segment, told[-1] if told else "", listed, setting, context):
            found.append(claim)
        told.append(segment)
    yield from found


def _segments(body: str, listed: bool) -> list[str]:
    """Lines, list entries and sentences; a list of actions also breaks at semicolons."""
    entries: list[str] = []
    for line in re.split(r"\n+|(?:^|\s)(?:\(?\d{1,2}[.)]|[•·])\s+(?=\S)", body):
        parts = re.split(r"\s*;\s+|\s+/\s+", line) if listed or line.count(";") >= 2 else [line]
        for part in parts:
            entries += [part] if listed else [p for s, e in split(part) for p in _CHAT_STOP.split(part[s:e])]
    return [e.strip(" \t-*•").removesuffix(".") for e in entries if e.strip(" \t-*•.")]


def _joined_fields(segments: list[str], record: Record, context: Context) -> list[str]:
    """A sentence that is nothing but a date, a ticket or a name belongs to the one before it."""
    joined: list[str] = []
    for segment in segments:
        fields = _fields(segment, record, context, listed=True)
        if joined and (fields.due or fields.ticket) and not content(fields.rest):
            joined[-1] = f"{joined[-1].rstrip('.')}, {segment}"
        else:
            joined.append(segment)
    return joined


def _claim_of(segment: str, previous: str, listed: bool, setting: _Setting, context: Context) -> Claim | None:
    record = setting.record
    text = strip_lead(segment)
    if not text or (text.endswith("?") and not find_assignment(text, context.directory)):
        return None
    if _CONDITIONAL.search(text) or _in_quotes(text):
        return None
    assignment = find_assignment(text, context.directory, speaker=record.actor)
    body = assignment.rest if assignment else text
    commit, leading = _promise_clause(body) if not assignment else (None, "")
    needed, lead_in = _need_clause(body) if not (assignment or commit or listed) else (None, "")
    leading = leading or lead_in
    fields = _fields(commit or needed or body, record, context, listed=listed or setting.in_round)
    if leading:  # "rotate both": both of what was named right before
        extra = _fields(leading, record, context, listed=False)
        fields.ticket = fields.ticket or extra.ticket
        fields.due = fields.due or extra.due
    words = strip_lead(fields.rest)
    frame = _frame(words, body, assignment is not None, commit is not None, fields, listed, setting)
    if (
        frame is None
        or not content(words) - _SAID
        or _MEETING.match(words)
        or not _counts(frame, words, fields, text, listed, setting, context)
    ):
        return None
    state = state_of(fields.rest)
    if state == "done" and frame in ("promise", "assignment"):
        return None
    owner, asked = _owner(frame, assignment, fields, record, context)
    if frame == "ticket":
        words, aside = _of_ticket(words)
        leading = leading or aside
    words, before, extra_ids = _resolve(words, leading or previous, setting)
    because = _because(fields, owner, frame, record, context.said(record))
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
        because=because,
        evidence=(record.id, *extra_ids),
        depends_on=tuple(fields.others),
    )


def _fields(text: str, record: Record, context: Context, *, listed: bool) -> Fields:
    return cut_fields(
        text,
        context.said(record),
        context.directory,
        tracker=context.case.incident.tracker,
        not_tickets=context.own_keys,
        year_near=context.last_day,
        listed=listed,
    )


def _promise_clause(body: str) -> tuple[str | None, str]:
    """The clause in which the speaker takes something on, and what stands before it in the same sentence."""
    for start in _clause_starts(body):
        clause = body[start:]
        match = _PROMISE.match(clause)
        if match and _is_promise(match):
            return clause, body[:start].strip(" ,;:")
        if (intent := _INTENT.match(clause)) and start == 0 and can_be_verb(intent["verb"].lower()):
            return clause, ""
    return None, ""


def _need_clause(body: str) -> tuple[str | None, str]:
    """The clause that says what must be done, where one begins so, and what stands before it."""
    if _RELATIVE.match(body):
        return None, ""
    for start in _clause_starts(body)[1:]:
        if _NEED.match(body[start:]):
            return body[start:], body[:start].strip(" ,;:").removesuffix(" and").strip()
    return None, ""


def _clause_starts(body: str) -> list[int]:
    return [0] + [m.end() for m in re.finditer(r"[,;:]\s+|\s+[–—-]\s+|\b(?:and|so|then|but)\s+", body)]


def _is_promise(match: re.Match[str]) -> bool:
    verb, aux = match["verb"].lower(), (match["aux"] or "").strip().lower()
    if verb in STATIVE and not (aux and verb in ("get", "do", "find", "have", "own")):
        return False
    if aux in (
        "can",
        "want to",
        "need to",
        "have to",
        "must",
        "would like to",
        "'d like to",
        "’d like to",
    ) and match.group().lower().startswith("we"):
        return False  # a need, nobody's promise
    if not can_be_verb(verb):
        return False
    return bool(aux) or lemma(verb) == verb or "base" in verb_forms(verb)


def _frame(
    words: str, body: str, assigned: bool, promised: bool, fields: Fields, listed: bool, setting: _Setting
) -> Frame | None:
    if assigned:
        return "assignment"
    if promised:
        return "promise"
    if listed:
        return "assignment" if fields.owner else "action list"
    if fields.ticket and (setting.in_round or _FILED.search(body)):
        return (
            "round"
            if setting.in_round and not re.search(r"\bsince\b|nobody|existing|already", body)
            else "ticket"
        )
    if _RELATIVE.match(body):
        return None
    if _NEED.search(body) or fields.unowned:
        return "need"
    if setting.in_round and (fields.due or fields.owner):
        return "assignment" if fields.owner else "round"
    if fields.due and is_command(words):
        return "need"
    return None


def _counts(
    frame: Frame, words: str, fields: Fields, text: str, listed: bool, setting: _Setting, context: Context
) -> bool:
    """Planned work, or something done in the incident? A later date, a ticket, a list or the time it was said decides."""
    said = context.said(setting.record)
    later = fields.due is not None and (said is None or fields.due > said)
    cue = later or fields.ticket is not None or listed or setting.in_round or bool(_LATER.search(text))
    if frame == "ticket" and setting.phase in ("during", "watching", "unknown"):
        return bool(re.search(r"\b(?:filed|opened|created|raised)\b", text, re.I))
    if setting.phase == "after":
        if cue:
            return bool(content(words)) or frame == "ticket"
        if frame in ("promise", "assignment"):
            return not _passing(words) and bool(content(words) & context.vocabulary)
        return (
            frame == "need"
            and len(content(words)) >= 1
            and bool(content(f"{words} {text}") & context.vocabulary or fields.unowned)
        )
    if frame in ("need", "ticket"):
        return later or listed or setting.in_round or bool(_LATER.search(text))
    return cue and not (later is False and fields.ticket is not None and _passing(words))


def _passing(words: str) -> bool:
    """An act of the moment: looking, waiting, restarting, telling somebody."""
    bare = re.sub(r"^(?:I|we)(?:['’]ll| will| shall| can)?\s+", "", words, flags=re.I)
    first = next((t for t in tokens(bare) if t.tag not in ("ADV", "PUNCT", "MODAL", "AUX")), None)
    return first is None or first.lemma in PASSING or first.form == "ing"


def _owner(
    frame: Frame, assignment: Assignment | None, fields: Fields, record: Record, context: Context
) -> tuple[Owner | None, str | None]:
    if assignment is not None:
        if assignment.how == "asks":
            return None, assignment.owner.name
        return assignment.owner, None
    if fields.owner is not None:
        return fields.owner, None
    if frame in ("promise", "round") and record.actor and not fields.unowned:
        known = context.directory.who(record.actor)
        return (as_owner(known) if known else Owner(name=record.actor)), None
    return None, None


def _of_ticket(words: str) -> tuple[str, str]:
    """ "rate limit on sign-up, since march, it is on nobody's board": what the ticket is for, and what is said of it."""
    pieces = [p for p in re.split(r"\s*,\s+|\s+[–—-]\s+", words) if p]
    for at, piece in enumerate(pieces):
        if content(piece) and not re.match(
            r"(?:since|it['’]?s|it is|that['’]?s|which|from|for|we|I|but|and|on)\b", piece, re.I
        ):
            return piece, ", ".join(pieces[:at] + pieces[at + 1 :])
    return words, ""


def _resolve(words: str, leading: str, setting: _Setting) -> tuple[str, str, tuple[str, ...]]:
    """Words that lean on what was said right before take it in: "rotate both" of two keys."""
    match = _PRONOUN_OBJECT.search(words)
    if match and any(t.tag in ("NOUN", "PROPN") for t in tokens(words[: match.start()])):
        match = None  # it stands for what the words themselves name
    noun = _subject_of(leading)
    if match and noun:
        return words[: match.start()] + noun + words[match.end() :], "", ()
    leans = bool(match) or any(
        t.lower in ("that", "this", "those", "these") and t.tag in ("DET", "SUB", "PRON")
        for t in tokens(words)
    )
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
    fields: Fields, owner: Owner | None, frame: Frame, record: Record, said: date | None
) -> dict[str, str]:
    because: dict[str, str] = {}
    if owner is not None:
        own = frame in ("promise", "round") and fields.owner is None
        because["owner"] = (
            f"says so in the first person ({record.id})" if own else f"the message assigns it ({record.id})"
        )
    if fields.due is not None:
        because["due"] = f"“{fields.due_words}”, said on {said or 'an unknown day'} ({record.id})"
    if fields.ticket is not None:
        because["tracking"] = f"the message names it ({record.id})"
    if fields.priority is not None:
        because["priority"] = f"the message says {fields.priority} ({record.id})"
    return because


def _in_quotes(text: str) -> bool:
    """Somebody else's words, passed on."""
    return bool(re.match(r"^[\"“‘'>].*[\"”’']\W*$", text.strip()))


def _answered(found: list[tuple[int, Claim]], messages: list[Record], context: Context) -> list[Claim]:
    """Assignments with what the person they were given to answered: a date, a yes, a no."""
    spoken = {at for at, claim in found if claim.frame in ("promise", "round")}
    used: set[int] = set()
    answered: list[Claim] = []
    for at, claim in found:
        given = claim.owner.name if claim.owner else claim.asked
        if claim.frame == "assignment" and given and claim.record.actor != given:
            for later in range(at + 1, min(at + 9, len(messages))):
                reply = messages[later]
                known = context.directory.who(reply.actor or "")
                if later in used or later in spoken or not known or known.name != given:
                    continue
                if reply.time and claim.record.time and reply.time - claim.record.time > timedelta(hours=3):
                    break
                changed = _with_reply(claim, reply, context)
                if changed is not None:
                    claim = changed
                    used.add(later)
                    break
        answered.append(claim)
    return answered


def _with_reply(claim: Claim, reply: Record, context: Context) -> Claim | None:
    if _REFUSE.match(reply.text):
        return replace(
            claim,
            owner=None,
            asked=None,
            evidence=(*claim.evidence, reply.id),
            because={k: v for k, v in claim.because.items() if k != "owner"},
        )
    fields = _fields(reply.text, reply, context, listed=False)
    left = [w for w in re.findall(r"[a-z]+", fields.rest.lower()) if w not in AGREE]
    if len(left) > 2:
        return None
    known = context.directory.who(reply.actor or "")
    owner = claim.owner or (as_owner(known) if known else None)
    because = dict(claim.because)
    if claim.owner is None:
        because["owner"] = f"asked and agreed ({reply.id})"
    if fields.due is not None:
        because["due"] = (
            f"“{fields.due_words}”, answered on {context.said(reply) or 'an unknown day'} ({reply.id})"
        )
    return replace(
        claim,
        owner=owner,
        asked=None,
        due=fields.due or claim.due,
        ticket=claim.ticket or fields.ticket,
        because=because,
        evidence=(*claim.evidence, reply.id),
    )
