"""Reads what people promised, were given or found missing in chats, calls and mails."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from pipeline.agents.tracker.answers import declined_proposal, message_fields, with_answers
from pipeline.agents.tracker.claims import Claim
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.phrasing import HANGING, LIST_HEADER, asks_for_commitments, turned_down
from pipeline.agents.tracker.sections import frame_of_heading
from pipeline.agents.tracker.utterances import Setting, claim_of_utterance
from pipeline.evidence.instructions import addresses_reader, without_instructions
from pipeline.evidence.likeness import content
from pipeline.language.sentences import split
from pipeline.models.record import Record

_ROUND = timedelta(hours=2)
# Chat begins sentences in small letters.
_CHAT_STOP = re.compile(
    r"(?<=[a-zà-ÿ0-9)\]\"”’][.!])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)(?<!approx\.)\s+(?=[a-zà-ÿ])"
)
_BESIDE = re.compile(r"\s*;\s+|\s+/\s+|(?<=\w\)),\s+")  # "a (her); b - @him / c (them), d (us)"
_BULLET = re.compile(r"^(?:[-*•·]|\(?\d{1,2}[.)])\s+")
_AGREED = re.compile(
    r"\b(?:agreed?|agreements?|decided|(?:will|shall|to) do|we do|actions?|follow-?ups?|next steps|tasks?)\b[^:\n]{0,60}:\s*$",
    re.I,
)
_TAKEN = re.compile(r"^(?:I (?:do|take|own|have|make) (?:that|this|it)(?: one| myself)?|mine|me)\b", re.I)
_FIELD = 8  # words
_NEW_ENTRY = re.compile(r"\n+|(?:^|\s)(?:\(?\d{1,2}[.)]|[•·])\s+(?=\S)")


def conversation_claims(context: Context) -> list[Claim]:
    """Claims of all conversations, with the answers to assignments merged into them."""
    claims: list[Claim] = []
    for messages in _conversations(context):
        found: list[tuple[int, Claim]] = []
        round_until = None
        for at, record in enumerate(messages):
            text = without_instructions(record.text)
            phase = context.phase(record.time)
            if phase in ("after", "watching") and record.time and asks_for_commitments(text):
                round_until = record.time + _ROUND
            asked = bool(round_until and record.time and record.time <= round_until)
            setting = Setting(record, phase, asked, messages[at - 1] if at else None)
            found += [(at, claim) for claim in _read(text, setting, context) if _may_claim(claim, context)]
            if phase in ("after", "watching") and (
                shelved := declined_proposal(record, messages[at + 1 : at + 4])
            ):
                found.append((at, shelved))
        claims += with_answers(found, messages, context)
    return claims


def _may_claim(claim: Claim, context: Context) -> bool:
    stranger = claim.record.actor in context.strangers
    return not stranger or (claim.frame == "promise" and not addresses_reader(claim.record.text))


def _conversations(context: Context) -> list[list[Record]]:
    """Messages by channel, or by file where there is none, in the order of their times."""
    grouped: dict[str, list[Record]] = defaultdict(list)
    for record in context.case.records:
        spoken = record.kind == "message" or (
            record.actor_kind == "person" and record.kind in ("text", "statement") and not record.document
        )
        spoken = spoken and record.id not in context.outside
        if spoken and record.text.strip() and "message was deleted" not in record.text.lower():
            grouped[record.channel or f"file:{record.source}"].append(record)
    for records in grouped.values():
        if all(r.time for r in records):
            records.sort(key=lambda r: r.time.timestamp() if r.time else 0.0)
    return list(grouped.values())


def _read(text: str, setting: Setting, context: Context) -> Iterator[Claim]:
    if entries := _agreed_list(text, setting):
        for entry in entries:
            if claim := claim_of_utterance(entry, "", True, setting, context):
                yield claim
        return
    if turned_down(text) is not None:
        return
    header = LIST_HEADER.match(text.strip())
    listed = header is not None
    body = header["rest"] if header else text
    if not listed and (label := re.match(r"^([^:\n]{3,40}):\s", text)) and frame_of_heading(label[1]):
        listed, body = True, text[label.end() :]
    told: list[str] = []
    found: list[Claim] = []
    for segment in _with_their_fields(_segments(body, listed), setting.record, context):
        if found and (asked := _asked_by_name(segment, context)):
            found[-1] = (
                replace(found[-1], frame="assignment", asked=asked) if not found[-1].owner else found[-1]
            )
        elif HANGING.match(segment) and told:
            # "restore test. we have none. someone has to": the need is for all that was said before it.
            words = "; ".join([told[0], *(c.words for c in found if c.words not in told[0])])
            whole = ". ".join([*told, segment])
            claim = claim_of_utterance(f"someone has to {words}", "", listed, setting, context)
            if claim is not None:
                found = [replace(claim, words=words, before=whole, frame="need", owner=None)]
        elif claim := claim_of_utterance(segment, told[-1] if told else "", listed, setting, context):
            found.append(claim)
        told.append(segment)
    yield from found


def _agreed_list(text: str, setting: Setting) -> list[str]:
    """The entries of a list that follows "what we agreed:" in the same letter: each is a thing to do."""
    before, lines = setting.before, [line.strip() for line in text.splitlines() if line.strip()]
    if before is None or len(lines) < 2 or not all(_BULLET.match(line) for line in lines):
        return []
    same = before.actor == setting.record.actor and before.time == setting.record.time
    if not (same and _AGREED.search(before.text)):
        return []
    return [_with_fields_apart(_BULLET.sub("", line), setting.record.actor) for line in lines]


def _with_fields_apart(entry: str, actor: str | None) -> str:
    """An entry's short sentences behind its first are its fields: "Ada, by Friday. P1."; "I do that one"."""
    first, *rest = [entry[s:e].strip().removesuffix(".") for s, e in split(entry)] or [entry]
    told = first
    for sentence in rest:
        taken = _TAKEN.sub(actor, sentence) if actor else sentence
        # "Until Friday" of work that somebody takes is the day by which it is done.
        due = re.sub(r"(^|,\s*)until\b", r"\1by", taken)
        told += f"; {due}" if len(taken.split()) <= _FIELD else f". {sentence}"
    return told


def _asked_by_name(segment: str, context: Context) -> str | None:
    """ "Elio?" behind what has to be done."""
    if not segment.endswith("?"):
        return None
    known = context.directory.who(segment.strip("?@, "))
    return known.name if known else None


def _segments(body: str, listed: bool) -> list[str]:
    """Lines, list entries and sentences; a list of actions also breaks at semicolons."""
    entries: list[str] = []
    for line in _NEW_ENTRY.split(body):
        many = listed or line.count(";") >= 2
        for part in _BESIDE.split(line) if many else [line]:
            entries += [part] if listed else [p for s, e in split(part) for p in _CHAT_STOP.split(part[s:e])]
    return [e.strip(" \t-*•").removesuffix(".") for e in entries if e.strip(" \t-*•.")]


def _with_their_fields(segments: list[str], record: Record, context: Context) -> list[str]:
    """A sentence that is nothing but a date, a ticket or a name belongs to the one before it."""
    joined: list[str] = []
    for segment in segments:
        fields = message_fields(segment, record, context, listed=True)
        if joined and (fields.due or fields.ticket) and not content(fields.rest):
            joined[-1] = f"{joined[-1].rstrip('.')}, {segment}"
        else:
            joined.append(segment)
    return joined
