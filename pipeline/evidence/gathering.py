"""From records to candidates for the timeline; what is no candidate is set aside with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.evidence.actors import Actors
from pipeline.evidence.candidates import Candidate, Homes, Vocabulary
from pipeline.evidence.instructions import addresses_reader, shapes_report
from pipeline.evidence.likeness import content
from pipeline.evidence.paging import speaks_for_pager
from pipeline.evidence.voices import outside_comments
from pipeline.evidence.wording import clean, quotable, strip_mention, told
from pipeline.evidence.written import from_document
from pipeline.language.event_classes import Reading, read_event
from pipeline.language.people import People
from pipeline.models.record import Record

# A shell prompt before what somebody typed: `[time] rob@db-1:~$ command`.
_COMMAND = re.compile(r"(?P<user>[\w.-]+)@(?P<host>[\w.-]+):[^\s$#]*[$#]\s+(?P<command>\S.*)")
_ONLY_LOOKS = re.compile(
    r"(?:sudo )?(?:ls|cat|du|df|ps|top|htop|hostname|grep|tail|head|less|echo|cd|pwd|whoami|date|uptime|free|id|ss|netstat|"
    r"ping|dig|curl|wget|man|history|kubectl (?:get|describe|logs|top)|git (?:log|status|diff|show)|systemctl status|journalctl)\b"
)
_CHANNEL_CHORE = re.compile(
    r"(?:set the channel (?:topic|description|purpose)|(?:\S+ )?has (?:joined|left)|joined #|pinned a)", re.I
)
_PLACEHOLDER = re.compile(
    r"\[(?:api key|email address|phone number|private key|password|card number|access token)[^\]]*\]"
)
_ENDURES = ("recover", "close", "declare", "command", "communicate", "complete")
_JOINED = "” “"  # between utterances that are quoted one by one
_SOME_CHAT = 3  # fewer messages are notes beside what documents tell
_BREATH = timedelta(seconds=75)
_STANDS_ALONE = (
    "intervene",
    "recover",
    "close",
    "declare",
    "command",
    "rule out",
    "denies",
    "escalate",
    "hand over",
    "communicate",
    "complete",
)


def gather(
    records: Sequence[Record], people: People, vocabulary: Vocabulary, homes: Homes
) -> tuple[list[Candidate], dict[str, str]]:
    """Candidates in the order of the records, and the reason for each record that is none."""
    actors = Actors(records, people)
    chat = sum(r.kind == "message" and not r.section for r in records)
    live = chat >= _SOME_CHAT or any(r.kind == "page" for r in records)
    found: list[Candidate] = []
    aside: dict[str, str] = {}
    ordered = {
        record.id
        for comment in outside_comments(records, people)
        if any(shapes_report(r.text) for r in comment)
        for record in comment
    }
    for record in records:
        if record.id in ordered:
            aside[record.id] = "addresses the reader; read as data"
            continue
        made = _candidate(record, people, vocabulary, homes, actors, live=live)
        if isinstance(made, str):
            aside[record.id] = made
        else:
            found.append(made)
    return found, aside


def _candidate(
    record: Record, people: People, vocabulary: Vocabulary, homes: Homes, actors: Actors, *, live: bool
) -> Candidate | str:
    if addresses_reader(record.text):
        return "addresses the reader; read as data"
    if record.time is None:
        return "no time" if record.kind in ("message", "bot", "log", "text") else "not dated"
    if record.kind in ("message", "bot"):
        if record.kind == "bot" and speaks_for_pager(clean(record.text)):
            made = make(record, actors, told(clean(record.text)), quoted=False, score=3.0)
            return replace(made, kind="page")
        return _from_message(record, people, vocabulary, actors, at_home=homes.has(record))
    if record.kind in ("row", "field", "statement", "task"):
        return from_document(record, people, actors, live=live)
    if record.kind in ("page", "status", "change"):
        words = clean(record.text)
        if not words:
            return "empty"
        return replace(make(record, actors, told(words), quoted=False, score=3.0), until=None)
    if record.until and record.kind == "text":
        return "a summary of records that are told one by one"
    if command := _COMMAND.search(record.text):
        return _from_command(record, actors, command)
    if record.kind == "log" and live:
        return "a program's line; it stands behind what people and alerts tell"
    if record.kind == "text" and _CHANNEL_CHORE.search(record.text):
        return "about the channel itself"
    fair = quotable(record.text, people, limit=280)
    if fair is None:
        return "about tone or people, says nothing about the incident"
    # What a program wrote is evidence behind what people and alerts tell; a line alone is no event.
    reading = read_event(fair[:400])
    score = min(1.0, 0.4 * reading.strength)
    if record.kind == "text" and record.actor:
        score = min(3.0, reading.strength + vocabulary.share(fair))  # a comment in a ticket
    return make(record, actors, told(fair), quoted=False, score=score)


def _from_command(record: Record, actors: Actors, command: re.Match[str]) -> Candidate | str:
    if _ONLY_LOOKS.match(command["command"]):
        return "a command that only looks"
    words = f"Ran `{command['command'].strip()}` on {command['host']}."
    made = make(record, actors, told(words), quoted=False, score=2.5)
    reading = replace(made.reading, act="did", cues=made.reading.cues | {"intervene"})
    return replace(
        made, reading=reading, kind="command", actor=record.actor or command["user"], actor_kind="person"
    )


def _from_message(
    record: Record, people: People, vocabulary: Vocabulary, actors: Actors, *, at_home: bool
) -> Candidate | str:
    chat = record.kind == "message" and not record.section
    words = strip_mention(clean(record.text))
    if not words:
        return "no words"
    if _CHANNEL_CHORE.match(words):
        return "about the channel itself"
    if "message was deleted" in words.lower():
        return "deleted message; its text is not in the export"
    said = _lines_said(record.text, people) if chat and "\n" in record.text else quotable(words, people)
    if said is None:
        return "about tone or people, says nothing about the incident"
    reading = _read(said, record.kind)
    if _is_remnant(said, words, reading):
        return "about tone or people, says nothing about the incident"
    if _PLACEHOLDER.search(said) and not reading.has(*_STANDS_ALONE):
        return "holds credentials or personal data, and tells no act"
    score = reading.strength + vocabulary.share(said) + (0.3 if at_home else 0.0)
    if len(content(said)) < 3 and not reading.has(*_STANDS_ALONE):
        score -= 0.8
    made = make(record, actors, said, quoted=record.kind == "message", score=score)
    return replace(made, at_home=at_home, off_topic=vocabulary.is_off_topic(said))


def _is_remnant(said: str, words: str, reading: Reading) -> bool:
    """Whether what is left after blame or small talk was cut tells no event by itself.

    A cut in the middle leaves a remark about somebody, unless the rest declares, ends or reports something.
    """
    if said == words or _JOINED in said:
        return False
    if "…" in said:
        return not reading.has(*_ENDURES)
    if reading.has(*_STANDS_ALONE):
        return False
    idle = reading.act in ("suspected", "asked") or (
        reading.act == "wrote" and not reading.has("state", "measure")
    )
    return len(content(said)) < 3 or idle


def _lines_said(text: str, people: People) -> str | None:
    """A message of several lines is several utterances; those that say something stand side by side as quotations."""
    lines = [strip_mention(clean(line)) for line in _without_fences(text).split("\n")]
    kept = [fair for line in lines if line and (fair := quotable(line, people, limit=160))]
    asking = [k for k in kept if read_event(k).question]
    if len(asking) < len(kept):
        kept = [k for k in kept if k not in asking]
    telling = [
        k for k in kept if len(content(k)) > 2 or read_event(k).has(*_STANDS_ALONE, "symptom", "measure")
    ]
    told: list[str] = []
    for line in telling or kept:
        if told and sum(map(len, told)) + len(line) > 220:
            break
        told.append(line)
    return _JOINED.join(told) if told else None


def _without_fences(text: str) -> str:
    return re.sub(r"```.*?(?:```|\Z)", " ", text, flags=re.S)


def _read(text: str, kind: str) -> Reading:
    """Joined utterances are read as sentences of one message; what a bot writes tells what others did."""
    flat = re.sub(r"([.!?…:])?” “", lambda m: f"{m[1] or '.'} ", text)
    return read_event(flat, reported=kind in ("bot", "change"))


def make(record: Record, actors: Actors, text: str, *, quoted: bool, score: float) -> Candidate:
    assert record.time is not None
    actor, kind = actors.of(record, text)
    return Candidate(
        records=(record.id,),
        sources=frozenset({record.source}),
        time=record.time,
        until=record.until,
        precision=record.precision or "minute",
        actor=actor,
        actor_kind=kind,
        text=text,
        quoted=quoted,
        reading=_read(text, record.kind),
        kind=record.kind,
        score=score,
        channel=record.channel,
    )


def run_together(found: Sequence[Candidate]) -> list[Candidate]:
    """Messages that one person sends in one breath are one telling."""
    merged: list[Candidate] = []
    last_in: dict[str | None, int] = {}
    for c in sorted(found, key=lambda c: c.time):
        at = last_in.get(c.channel)
        before = merged[at] if at is not None else None
        if at is not None and before is not None and _in_one_breath(before, c):
            joined = before.joined_with(c, text=f"{before.text.rstrip()}{_JOINED}{c.text}")
            merged[at] = replace(
                joined, reading=_read(joined.text, c.kind), score=max(before.score, c.score) + 0.3
            )
            continue
        merged.append(c)
        last_in[c.channel] = len(merged) - 1
    return merged


def _in_one_breath(before: Candidate, c: Candidate) -> bool:
    return (
        c.kind == before.kind == "message"
        and c.actor == before.actor
        and c.time - before.time <= _BREATH
        and len(before.text) + len(c.text) < 230
        and not _different_steps(before.reading, c.reading)
    )


def _different_steps(a: Reading, b: Reading) -> bool:
    """Two strong and different acts are two events, however fast they follow."""
    return a.act != b.act and a.strength > 2 and b.strength > 2
