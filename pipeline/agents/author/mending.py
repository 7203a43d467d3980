"""Mending what the rubric found: a sentence is told without its charge, or in its record's own words, or falls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from pipeline.agents.author.phrases import said
from pipeline.agents.author.questions import MOST, open_questions
from pipeline.evidence.grounding import ungrounded
from pipeline.evidence.wording import quotable
from pipeline.language.blame import without_blame
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import (
    Factor,
    Narrative,
    OpenQuestion,
    Prevention,
    RuledOut,
    Statement,
    TimelineEntry,
)
from pipeline.models.record import Record
from pipeline.models.removal import Dropped

Piece = TypeVar("Piece", Statement, Factor, RuledOut, Prevention, OpenQuestion)

_WHERE = re.compile(r"^/(?P<part>[a-z_]+)(?:/statements)?/(?P<index>\d+)")
_STATEMENTS = (
    "summary",
    "detection",
    "impact",
    "resolution",
    "root_cause",
    "went_well",
    "went_poorly",
    "lucky",
    "lessons",
)
_LISTS = ("contributing_factors", "ruled_out", "prevention", "open_questions")
_MENDABLE = {"BLM", "GRD", "AI-PUN", "TL-ACTOR", "TL-EVENT", "TL-TIME", "HND"}
_CHARGES = {"BLM", "AI-PUN"}
_QUOTATION = re.compile(r"^(?P<act>[^“]*: )“(?P<words>.*)”(?P<end>\.?)$", re.S)
_STOPS = re.compile(r"(?<=[.!?])\s+")
_LIMIT = 180


def mend(
    case: Case, narrative: Narrative, findings: Sequence[Finding], people: People, dropped: list[Dropped]
) -> Narrative:
    """Only what a finding's `where` points at is changed; the same narrative comes back where nothing can be.

    What falls is counted, and a part that it leaves empty is asked for.
    """
    hit: dict[tuple[str, int], list[Finding]] = {}
    for f in findings:
        where = _WHERE.match(f.where or "")
        mendable = where and (f.criterion in _MENDABLE or where["part"] == "open_questions")
        if where and mendable and f.severity == "blocking":
            hit.setdefault((where["part"], int(where["index"])), []).append(f)
    if not hit:
        return narrative
    changes: dict[str, object] = {}
    for name in (*_STATEMENTS, *_LISTS, "timeline"):
        kept = []
        for i, piece in enumerate(getattr(narrative, name)):
            faults = hit.get((name, i), [])
            better = _mended(case, piece, faults, people) if faults else piece
            if better is not None:
                kept.append(better)
            else:
                criteria = ", ".join(sorted({f.criterion for f in faults}))
                dropped.append(
                    Dropped(name, _words(piece), f"was found fault with: {criteria}", piece.evidence)
                )
        changes[name] = tuple(kept)
    mended = narrative.model_copy(update=changes)
    return mended.model_copy(update={"open_questions": _with_new_questions(case, narrative, mended)})


def _with_new_questions(case: Case, before: Narrative, after: Narrative) -> tuple[OpenQuestion, ...]:
    """What has to be asked now and had not to be asked before: a part is empty since."""
    known = {q.question for q in open_questions(case, before)}
    new = [q for q in open_questions(case, after) if q.question not in known]
    return tuple([*new, *after.open_questions][: max(MOST, len(after.open_questions))])


def _mended(
    case: Case, piece: Piece | TimelineEntry, faults: Sequence[Finding], people: People
) -> Piece | TimelineEntry | None:
    criteria = {f.criterion for f in faults}
    if isinstance(piece, TimelineEntry):
        return _mended_entry(case, piece, criteria, people)
    words = _fair(_words(piece), people) if criteria <= _CHARGES else _verbatim(case, piece, people)
    if words is None or words == _words(piece):
        return None
    if isinstance(piece, Statement):
        return piece.model_copy(update={"text": words})
    if isinstance(piece, OpenQuestion):
        return None  # a question that charges somebody or that no record bears out is not worth asking
    return piece.model_copy(update={"statement": words})


def _words(piece: Statement | Factor | RuledOut | Prevention | OpenQuestion | TimelineEntry) -> str:
    if isinstance(piece, Statement):
        return piece.text
    if isinstance(piece, OpenQuestion):
        return piece.question
    return piece.event if isinstance(piece, TimelineEntry) else piece.statement


def _fair(text: str, people: People) -> str | None:
    """The same without its charge; of a quotation only the words inside are cut, so that the act stays told."""
    quotation = _QUOTATION.match(text)
    if quotation is None:
        return without_blame(text, people, quoted=False)
    kept = [w for part in quotation["words"].split("” “") if (w := without_blame(part, people))]
    return f"{quotation['act']}“{'” “'.join(kept)}”{quotation['end']}" if kept else None


def _verbatim(
    case: Case, piece: Statement | Factor | RuledOut | Prevention | OpenQuestion, people: People
) -> str | None:
    """What did not hold is told again in the literal words of the first record it cites, and of nothing else."""
    if len(piece.evidence) != 1 or isinstance(piece, Prevention | OpenQuestion):
        return None
    record = case.record(piece.evidence[0])
    words = quotable(record.text, people, limit=_LIMIT)
    if not words or words.endswith("…"):
        return None
    if record.kind == "message":
        return said(record.actor or "A responder", record.time, words)
    return f"The {record.document or 'record'} says: “{words}”."


def _mended_entry(
    case: Case, entry: TimelineEntry, criteria: set[str], people: People
) -> TimelineEntry | None:
    if criteria <= _CHARGES:
        fair = _fair(entry.event, people)
        return entry.model_copy(update={"event": fair}) if fair and fair != entry.event else None
    record = case.record(entry.evidence[0])
    if criteria == {"TL-ACTOR"}:
        return entry.model_copy(update={"actor": record.source.rsplit("/", 1)[-1], "actor_kind": "unknown"})
    words = _borne_out(case, entry, record, people)
    if words is None or words == entry.event:
        return None
    return entry.model_copy(update={"event": words, "evidence": (record.id,)})


def _borne_out(case: Case, entry: TimelineEntry, record: Record, people: People) -> str | None:
    """The entry in the literal words of its leading record; of several sentences, those that hold by themselves."""
    whole = quotable(record.text, people, limit=_LIMIT)
    if not whole or whole.endswith("…"):
        return None
    act = entry.event.split("“", 1)[0] if "“" in entry.event else "In the record: "
    told = [f"In the record: “{whole}”"]
    kept = [s for s in _STOPS.split(whole) if not ungrounded(f"{act}“{s}”", (record,), case)]
    if kept:
        told.append(f"{act}“{' … '.join(kept)}”")
    return next((t for t in told if not ungrounded(t, (record,), case)), None)
