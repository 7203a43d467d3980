"""From records to candidates for the timeline; what is no candidate is set aside with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.documents.headings import parts_of
from pipeline.evidence.declared import label_of
from pipeline.evidence.instructions import addresses_reader
from pipeline.evidence.likeness import content, marks
from pipeline.evidence.wording import clean, quotable, strip_mention, told
from pipeline.language.event_classes import Reading, read_event
from pipeline.language.people import People
from pipeline.models.base import ActorKind, EventClass, Precision
from pipeline.models.record import Record

_INCIDENT_CHANNEL = re.compile(
    r"\binc(?:ident)?\b|outage|emergency|war-?room|sev\d|on-?call|\bops\b|-ops\b", re.I
)
_TIMED_PARTS = re.compile(r"timeline|chronolog|\blog\b|times|what happened|sequence", re.I)
# A shell prompt before what somebody typed: `[time] rob@db-1:~$ command`.
_COMMAND = re.compile(r"(?P<user>[\w.-]+)@(?P<host>[\w.-]+):[^\s$#]*[$#]\s+(?P<command>\S.*)")
_ONLY_LOOKS = re.compile(
    r"(?:sudo )?(?:ls|cat|du|df|ps|top|htop|hostname|grep|tail|head|less|echo|cd|pwd|whoami|date|uptime|free|id|ss|netstat|"
    r"ping|dig|curl|wget|man|history|kubectl (?:get|describe|logs|top)|git (?:log|status|diff|show)|systemctl status|journalctl)\b"
)
_CHANNEL_CHORE = re.compile(
    r"(?:set the channel (?:topic|description|purpose)|(?:\S+ )?has (?:joined|left)|joined #|pinned a)", re.I
)
_TELLING_PARTS = frozenset({"timeline", "root cause", "resolution", "detection", "summary", "other"})
_AUTHORSHIP = re.compile(
    r"(?:written|kept|compiled|prepared|noted|collected|exported|last (?:edited|updated)|author|scribe)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One telling of one event. `records` holds the ids behind it, the leading one first."""

    records: tuple[str, ...]
    sources: frozenset[str]
    time: datetime
    until: datetime | None
    precision: Precision
    actor: str
    actor_kind: ActorKind
    text: str
    quoted: bool
    reading: Reading
    kind: str
    score: float
    channel: str | None = None
    by_hand: bool = False  # told by a document after the fact, not recorded as it happened
    declares: EventClass | None = None  # what a document's field names it: started, detected, fixed
    at_home: bool = True  # said where the incident is handled

    def joined_with(self, other: Candidate, **changes: object) -> Candidate:
        merged = replace(
            self,
            records=tuple(dict.fromkeys(self.records + other.records)),
            sources=self.sources | other.sources,
            score=max(self.score, other.score) + 0.5,
            declares=self.declares or other.declares,
        )
        return replace(merged, **changes)  # type: ignore[arg-type]


class Vocabulary:
    """What this incident is about: words and marks of its documents, pages and status posts."""

    def __init__(self, records: Iterable[Record]) -> None:
        counted: Counter[str] = Counter()
        self._marks: set[str] = set()
        for record in records:
            if record.document or record.kind in ("page", "status", "field", "row", "change"):
                counted.update(content(record.text))
            if record.document:
                self._marks |= marks(record.text)
        self._known = {word for word, n in counted.items() if n >= 2 and len(word) > 2}

    def share(self, text: str) -> float:
        """0..2.4 by how many of the incident's own words, numbers and identifiers the text uses."""
        words = min(1.2, 0.4 * len(content(text) & self._known))
        return words + min(1.2, 0.6 * len(marks(text) & self._marks))


def gather(
    records: Sequence[Record], people: People, vocabulary: Vocabulary
) -> tuple[list[Candidate], dict[str, str]]:
    """Candidates in the order of the records, and the reason for each record that is none."""
    found: list[Candidate] = []
    aside: dict[str, str] = {}
    for record in records:
        made = _candidate(record, people, vocabulary)
        if isinstance(made, str):
            aside[record.id] = made
        else:
            found.append(made)
    return found, aside


def _candidate(record: Record, people: People, vocabulary: Vocabulary) -> Candidate | str:
    if addresses_reader(record.text):
        return "addresses the reader; read as data"
    if record.time is None:
        return "no time" if record.kind in ("message", "bot", "log", "text") else "not dated"
    if record.kind in ("message", "bot"):
        return _from_message(record, people, vocabulary)
    if record.kind in ("row", "field", "statement", "task"):
        return _from_document(record, people)
    if record.kind in ("page", "status", "change"):
        words = clean(record.text)
        if not words:
            return "empty"
        return replace(_make(record, people, told(words), quoted=False, score=3.0), until=None)
    if record.until and record.kind == "text":
        return "a summary of records that are told one by one"
    if command := _COMMAND.search(record.text):
        words = f"Ran `{command['command'].strip()}` on {command['host']}."
        made = _make(record, people, told(words), quoted=False, score=2.5)
        if _ONLY_LOOKS.match(command["command"]):
            return "a command that only looks"
        reading = replace(made.reading, act="did", cues=made.reading.cues | {"intervene"})
        return replace(
            made, reading=reading, kind="command", actor=record.actor or command["user"], actor_kind="person"
        )
    fair = quotable(record.text, people, limit=280)
    if fair is None:
        return "about tone or people, says nothing about the incident"
    # What a program wrote is evidence behind what people and alerts tell; a line alone is no event.
    score = min(1.0, 0.4 * read_event(fair[:400]).strength) if record.kind == "log" else 2.0
    return _make(record, people, told(fair), quoted=False, score=score)


def is_home(channel: str) -> bool:
    """Whether a channel's name says that incidents are handled there."""
    return bool(_INCIDENT_CHANNEL.search(channel))


def _from_message(record: Record, people: People, vocabulary: Vocabulary) -> Candidate | str:
    words = clean(record.text)
    if not words:
        return "no words"
    if _CHANNEL_CHORE.match(words):
        return "about the channel itself"
    if "message was deleted" in words.lower():
        return "deleted message; its text is not in the export"
    said = quotable(words, people)
    if said is None:
        return "about tone or people, says nothing about the incident"
    said = strip_mention(said)
    if said != words and len(content(said)) < 4 and len(content(words)) > len(content(said)):
        return "about tone or people, says nothing about the incident"
    reading = read_event(said)
    score = reading.strength + vocabulary.share(said)
    at_home = record.channel is None or is_home(record.channel)
    if at_home:
        score += 0.3
    if len(content(said)) < 3 and not reading.has("close", "recover", "intervene", "declare"):
        score -= 0.8
    made = _make(record, people, said, quoted=record.kind == "message", score=score)
    return replace(made, at_home=at_home)


def _from_document(record: Record, people: People) -> Candidate | str:
    if record.kind == "task" or not _may_tell_events(record):
        return "part of a document that tells no event"
    if _AUTHORSHIP.match(clean(record.text)):
        return "about the document itself"
    words = _row_words(record)
    if not words:
        return "empty"
    if record.columns and _only_figures(record):
        return "a measurement; it is told where somebody acted on it"
    fair = quotable(words, people, limit=280)
    if fair is None:
        return "about tone or people, says nothing about the incident"
    score = 3.0 if record.kind in ("row", "field") else 1.0 + 0.5 * read_event(fair).strength
    made = _make(record, people, told(fair), quoted=False, score=score, by_hand=True)
    label = label_of(fair)
    if record.document == "mitigation log" and record.columns:
        made = replace(made, reading=replace(made.reading, act="did", cues=made.reading.cues | {"intervene"}))
    return replace(made, declares=label[0] if label else None)


def _may_tell_events(record: Record) -> bool:
    """A dated row of a log may stand anywhere; a sentence tells an event only in a part that tells events."""
    last = record.section.split(" > ")[-1]
    if _TIMED_PARTS.search(last) or (record.document == "mitigation log" and record.columns):
        return True
    found = [p for heading in record.section.split(" > ")[-2:] for p in parts_of(heading) if p != "other"]
    return not found or found[-1] in _TELLING_PARTS


_EVENT_COLUMN = re.compile(r"event|what|action|description|happen|step|details?|message|note|entry", re.I)
_RESULT_COLUMN = re.compile(r"result|outcome|effect|after", re.I)


def _only_figures(record: Record) -> bool:
    """A row of numbers, such as a progress or metrics table."""
    cells = [cell for _, cell in record.columns[1:] if cell.strip()]
    return bool(cells) and all(re.fullmatch(r"[-+~]?[\d.,:%]+\s?\w{0,4}", c.strip()) for c in cells)


def _row_words(record: Record) -> str:
    """A table row told as a sentence: what was done, and with what result."""
    if not record.columns:
        return clean(record.text)
    event = [cell for header, cell in record.columns if _EVENT_COLUMN.search(header) and cell]
    result = [cell for header, cell in record.columns if _RESULT_COLUMN.search(header) and cell]
    if not event:
        return clean(record.text)
    words = clean(event[0]).rstrip(".")
    outcome = clean(result[0]) if result else ""
    return f"{words}: {outcome}" if outcome and outcome.lower() not in ("ok", "n/a", "-") else words


def _make(
    record: Record, people: People, text: str, *, quoted: bool, score: float, by_hand: bool = False
) -> Candidate:
    assert record.time is not None
    actor, kind = record.actor, record.actor_kind
    if not actor and record.kind == "status":
        actor, kind = "Status page", "system"
    if not actor:
        actor, kind = subject_of(text, people) or (reporter(record), "unknown")
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
        reading=read_event(text),
        kind=record.kind,
        score=score,
        channel=record.channel,
        by_hand=by_hand,
    )


def subject_of(text: str, people: People) -> tuple[str, ActorKind] | None:
    """The grammatical subject of a sentence where it can act: a person, a team, a component."""
    from pipeline.language.clauses import clauses

    for clause in clauses(text, people):
        subject = clause.subject.strip() if clause.subject else ""
        if subject and len(subject) <= 60 and clause.subject_kind != "unknown":
            return subject, clause.subject_kind
        break
    return None


def reporter(record: Record) -> str:
    """Who tells a row that names no actor: the document itself."""
    if record.document:
        return record.document.capitalize()
    return record.source.rsplit("/", 1)[-1]


def run_together(found: list[Candidate]) -> list[Candidate]:
    """Messages that one person sends in one breath are one telling."""
    merged: list[Candidate] = []
    last_in: dict[str | None, int] = {}
    for c in sorted(found, key=lambda c: c.time):
        at = last_in.get(c.channel)
        before = merged[at] if at is not None else None
        if (
            before is not None
            and at is not None
            and c.kind == before.kind == "message"
            and c.actor == before.actor
            and c.time - before.time <= timedelta(seconds=75)
            and len(before.text) + len(c.text) < 230
            and not _different_steps(before.reading, c.reading)
        ):
            joined = before.joined_with(c, text=f"{before.text.rstrip()}” “{c.text}")
            merged[at] = replace(
                joined, reading=read_event(f"{before.text}. {c.text}"), score=max(before.score, c.score) + 0.3
            )
            continue
        merged.append(c)
        last_in[c.channel] = len(merged) - 1
    return merged


def _different_steps(a: Reading, b: Reading) -> bool:
    """Two strong and different acts are two events, however fast they follow."""
    return a.act != b.act and a.strength > 2 and b.strength > 2
