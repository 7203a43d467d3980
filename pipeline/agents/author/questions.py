"""What the records do not say, put as questions to whoever can answer, the most important first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.agents.author.phrases import clock
from pipeline.evidence.wording import clean
from pipeline.models.case import Case
from pipeline.models.postmortem import Conflict, Narrative, OpenQuestion

MOST = 8
_UNDATED = 5  # messages; fewer may be lines that only look like chat
_MOST_CONFLICTS, _MOST_UNSETTLED = 2, 2
_MILESTONES = {
    "onset": "when did impact begin",
    "detected": "which signal reached a responder first",
    "declared": "when was the incident declared",
    "mitigated": "when was impact over",
    "resolved": "when was the incident closed, and by whom",
}
_INPUTS = {
    "incident brief": "what severity and impact rest on (no incident brief)",
    "mitigation log": "which cleanup is owed (no mitigation log)",
    "resolution summary": "what the lasting fix is, and whether the same defect exists elsewhere (no resolution summary)",
}
# What a document itself leaves open.
_UNSETTLED = re.compile(
    r"\b(?:not (?:\w+ )?(?:yet )?(?:explained|known|clear|understood|reconciled|counted)|unexplained|unclear|still (?:checking|counting|open))\b",
    re.I,
)


def open_questions(case: Case, narrative: Narrative) -> tuple[OpenQuestion, ...]:
    """One question for each thing that a reader will miss; at most eight, none twice."""
    asked: dict[str, OpenQuestion] = {}
    for question in (
        *_clocks(case),
        *_empty_parts(case, narrative),
        *_milestones(case),
        *_inputs(case),
        *_conflicts(case, narrative),
        *_unsettled(case),
        *_gaps(case),
        *_nothing_learnt(narrative),
    ):
        asked.setdefault(question.question, question)
    return tuple(asked.values())[:MOST]


def _ask(question: str, whom: str, evidence: tuple[str, ...] = ()) -> OpenQuestion:
    return OpenQuestion(question=question, for_whom=whom, evidence=evidence)


def _clocks(case: Case) -> Iterator[OpenQuestion]:
    """Clocks that no record gives a zone, or a day: what is printed of them rests on a reading."""
    unzoned: dict[str, str] = {}
    undated: dict[str, list[str]] = {}
    for r in case.records:
        if r.time is not None and "unknown zone" in r.zone_basis:
            unzoned.setdefault(r.source, r.id)
        elif r.time is None and r.kind == "message":
            undated.setdefault(r.source, []).append(r.id)
    for first in unzoned.values():
        yield _ask(
            "Which time zone are these clocks in? No record says it; they are printed as if they were UTC. "
            "A time zone in the incident's settings file settles it.",
            "whoever exported them",
            (first,),
        )
    for ids in undated.values():
        if len(ids) >= _UNDATED:
            yield _ask(
                "On which day were these messages sent? Their clocks carry no date, so none of them is in the "
                "timeline. A date in the file, or in the folder's name, settles it.",
                "whoever exported them",
                (ids[0],),
            )


def _empty_parts(case: Case, narrative: Narrative) -> Iterator[OpenQuestion]:
    if not narrative.root_cause:
        yield _ask("What caused the incident? No record that may be told says it.", "incident commander")
    elif "root cause" in case.inputs.missing:
        yield _ask(
            "Which of these accounts of the cause does a review confirm? There is no root-cause document; "
            "causes stand here as responders worded them.",
            "incident commander",
            tuple(e for s in narrative.root_cause for e in s.evidence[:1])[:4],
        )
    if not narrative.impact:
        yield _ask("Who was affected, how many, and for how long?", "support lead")
    if not narrative.prevention:
        yield _ask(
            "Which systemic measure would prevent or contain this kind of failure? The records hold none.",
            "service owner",
            tuple(e for f in narrative.contributing_factors for e in f.evidence[:1])[:4],
        )
    if not narrative.contributing_factors:
        yield _ask("Which standing conditions let the trigger become an incident?", "service owner")


def _milestones(case: Case) -> Iterator[OpenQuestion]:
    """One question for all milestones that no record gives."""
    unknown = [words for name, words in _MILESTONES.items() if getattr(case.milestones, name).time is None]
    if unknown:
        words = "; ".join(unknown)
        yield _ask(f"{words[0].upper()}{words[1:]}?", "incident commander")


def _inputs(case: Case) -> Iterator[OpenQuestion]:
    missing = [_INPUTS[d] for d in case.inputs.missing if d in _INPUTS]
    if missing:
        yield _ask(f"Who can say {'; '.join(missing)}?", "incident commander")


def unsettled(case: Case, narrative: Narrative) -> list[Conflict]:
    """Disagreements that nobody settled, about something that the impact tells, where it tells not just one of them."""
    told = {e for s in narrative.impact for e in s.evidence}
    found = []
    for conflict in case.conflicts:
        counts = conflict.about.startswith("how many ")
        telling = sum(bool(told & set(a.evidence)) for a in conflict.accounts)
        if conflict.used is None and (telling > 1 or not counts):
            found.append(conflict)
    return found


def _conflicts(case: Case, narrative: Narrative) -> Iterator[OpenQuestion]:
    for conflict in unsettled(case, narrative)[:_MOST_CONFLICTS]:
        evidence = tuple(e for a in conflict.accounts for e in a.evidence[:1])[:4]
        yield _ask(_which(conflict), "incident commander", evidence)


def _which(conflict: Conflict) -> str:
    values = [re.sub(r"\s*\(.*", "", a.value) for a in conflict.accounts]
    told = f"{', '.join(values[:-1])} or {values[-1]}"
    if conflict.about.startswith("how many "):
        return f"H{conflict.about[1:]} was it: {told}?"
    return f"The records disagree about {conflict.about}: {told}. Which holds?"


def _unsettled(case: Case) -> Iterator[OpenQuestion]:
    found = 0
    for record in case.records:
        if record.document is None or not _UNSETTLED.search(record.text) or found == _MOST_UNSETTLED:
            continue
        found += 1
        words = clean(record.text).rstrip(".")
        yield _ask(
            f"Has this been settled since: “{words}”?", f"author of the {record.document}", (record.id,)
        )


def _gaps(case: Case) -> Iterator[OpenQuestion]:
    silent = [g for g in case.gaps if g.explanation is None]
    if silent:
        spans = [f"between {clock(g.start)} and {clock(g.until)}" for g in silent[:3]]
        words = spans[0] if len(spans) == 1 else f"{', '.join(spans[:-1])}, and {spans[-1]}"
        yield _ask(
            f"What happened {words}? No record tells.",
            "incident commander",
            tuple(e for g in silent for e in g.evidence[:1]),
        )


def _nothing_learnt(narrative: Narrative) -> Iterator[OpenQuestion]:
    if not narrative.lessons:
        yield _ask(
            "What did this incident teach that another team should know? The records state no lesson.",
            "incident commander",
        )
