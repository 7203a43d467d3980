"""Suspicions and what became of them: a rumour that was refuted is told as a hypothesis that was ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.likeness import content
from pipeline.language.event_classes import read_event
from pipeline.language.polarity import is_hedged
from pipeline.models.case import Hypothesis
from pipeline.models.record import Record

_WITHIN = timedelta(minutes=90)
# Words too general to tie a refutation to what it refutes.
_GENERAL = frozenset(
    [
        "be",
        "say",
        "people",
        "see",
        "look",
        "think",
        "problem",
        "issue",
        "thing",
        "cause",
        "fine",
        "ok",
        "good",
        "same",
        "new",
        "back",
        "down",
        "up",
        "work",
        "time",
        "one",
        "two",
        "log",
        "check",
    ]
)


def is_suspicion(c: Candidate) -> bool:
    if c.reading.has("rule out", "denies", "declare", "command", "communicate", "close", "hand over"):
        return False
    return c.kind == "message" and (
        c.reading.act in ("suspected", "asked") or c.reading.has("report", "hearsay") or is_hedged(c.text)
    )


def refutations(found: Sequence[Candidate]) -> dict[int, int]:
    """Index of a suspicion → index of the later candidate that ruled it out."""
    fell: dict[int, int] = {}
    for i, suspicion in enumerate(found):
        if not is_suspicion(suspicion) or suspicion.reading.has("intervene"):
            continue  # "I think I removed it" reports an act; later words about files do not refute it
        about = content(suspicion.text) - _GENERAL
        for j in range(i + 1, len(found)):
            later = found[j]
            if later.time - suspicion.time > _WITHIN:
                break
            if later.reading.question or not later.reading.has("rule out", "denies"):
                continue
            if later.reading.act not in ("ruled out", "observed", "found", "posted", "decided", "wrote"):
                continue
            if about & content(later.text):
                fell[i] = j
                break
    return fell


def ruled_out(
    records: Sequence[Record], found: Sequence[Candidate], fell: dict[int, int]
) -> tuple[Hypothesis, ...]:
    """What was ruled out: by a document that says so, by a responder, and attempts without effect."""
    told: list[Hypothesis] = []
    for record in records:
        last = record.section.split(" > ")[-1].lower()
        if record.kind in ("statement", "row", "field") and ("ruled out" in last or "ruled-out" in last):
            told.append(Hypothesis(text=record.text, evidence=(record.id,)))
    for i, j in fell.items():
        told.append(
            Hypothesis(
                text=found[j].text, evidence=tuple(dict.fromkeys(found[j].records[:3] + found[i].records[:1]))
            )
        )
    for c in found:
        if not c.at_home or c.reading.question or c.reading.has("general"):
            continue
        if c.reading.has("symptom") and not c.reading.has("denies") and not c.reading.failed:
            continue  # it finds a fault and clears something else by the way
        if (c.kind == "message" and c.reading.act == "ruled out" and not c.reading.question) or (
            c.kind == "message" and read_event(c.text).failed
        ):
            told.append(Hypothesis(text=c.text, evidence=c.records[:3]))
    return _once(told)


def _once(told: list[Hypothesis]) -> tuple[Hypothesis, ...]:
    kept: list[Hypothesis] = []
    for h in told:
        words = content(h.text) - _GENERAL
        if any(
            len(words & (content(k.text) - _GENERAL)) >= 2 or set(h.evidence) & set(k.evidence) for k in kept
        ):
            continue
        kept.append(h)
    return tuple(kept)
