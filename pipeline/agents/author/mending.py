"""Mending what the rubric found: a statement is reworded without the charge, or falls and becomes a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.blame import without_blame
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative, OpenQuestion, Statement, TimelineEntry
from pipeline.models.removal import Dropped

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


def mend(
    case: Case, narrative: Narrative, findings: Sequence[Finding], people: People, dropped: list[Dropped]
) -> Narrative:
    """Only what a finding's `where` points at is changed; the same narrative comes back where nothing can be."""
    hit: dict[tuple[str, int], list[Finding]] = {}
    for f in findings:
        where = _WHERE.match(f.where or "")
        if where and f.severity == "blocking" and f.criterion in _MENDABLE:
            hit.setdefault((where["part"], int(where["index"])), []).append(f)
    if not hit:
        return narrative
    changes: dict[str, object] = {}
    questions: list[OpenQuestion] = []
    for name in (*_STATEMENTS, *_LISTS):
        kept = []
        for i, s in enumerate(getattr(narrative, name)):
            if (name, i) not in hit:
                kept.append(s)
                continue
            better = _reworded(s, hit[name, i], people)
            if better is not None:
                kept.append(better)
            else:
                evidence = getattr(s, "evidence", ())
                dropped.append(Dropped(name, _words(s), "was found fault with", evidence))
                questions += _asked(name, evidence)
        changes[name] = tuple(kept)
    changes["timeline"] = tuple(
        e
        for i, entry in enumerate(narrative.timeline)
        if (e := _mended_entry(case, entry, hit.get(("timeline", i), []), people)) is not None
    )
    kept_questions = changes["open_questions"]
    assert isinstance(kept_questions, tuple)
    changes["open_questions"] = (*kept_questions, *questions)
    return narrative.model_copy(update=changes)


def _reworded(s: object, findings: list[Finding], people: People) -> object | None:
    """The same statement without its charge. A claim that is not grounded cannot be reworded; it falls."""
    if any(f.criterion != "BLM" for f in findings) or not isinstance(s, Statement):
        return None
    fair = without_blame(s.text, people)
    return s.model_copy(update={"text": fair}) if fair and fair != s.text else None


def _words(s: object) -> str:
    return str(getattr(s, "text", None) or getattr(s, "statement", None) or getattr(s, "question", ""))


def _asked(part: str, evidence: tuple[str, ...]) -> list[OpenQuestion]:
    if part == "open_questions":
        return []
    named = part.replace("_", " ")
    return [
        OpenQuestion(
            question=f"What belongs under {named}? A statement fell, because it did not hold against its records.",
            for_whom="author of the record",
            evidence=evidence[:2],
        )
    ]


def _mended_entry(
    case: Case, entry: TimelineEntry, findings: list[Finding], people: People
) -> TimelineEntry | None:
    if not findings:
        return entry
    criteria = {f.criterion for f in findings}
    if criteria == {"BLM"}:
        fair = without_blame(entry.event, people)
        return entry.model_copy(update={"event": fair}) if fair and fair != entry.event else None
    if criteria == {"TL-ACTOR"}:
        record = case.record(entry.evidence[0])
        return entry.model_copy(update={"actor": record.source.rsplit("/", 1)[-1], "actor_kind": "unknown"})
    return None
