"""What the records do not say, put as questions to whoever can answer."""

from __future__ import annotations

from pipeline.agents.author.phrases import clock
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative, OpenQuestion

_MILESTONE_QUESTIONS = {
    "onset": "When did impact begin, and what shows it?",
    "detected": "Which signal reached a responder first, and when?",
    "declared": "When was the incident declared?",
    "mitigated": "When was impact over for those affected, and what shows it?",
    "resolved": "When was the incident verified and closed, and by whom?",
}
_INPUT_QUESTIONS = {
    "incident brief": "What do severity and impact rest on? There is no incident brief.",
    "root cause": "What was the reviewed root cause? There is no root-cause document; causes are worded as responders said them.",
    "mitigation log": "Which cleanup is owed after the mitigation? There is no mitigation log.",
    "resolution summary": "What is the lasting fix, and is the same defect present elsewhere? There is no resolution summary.",
}


def open_questions(case: Case, narrative: Narrative) -> tuple[OpenQuestion, ...]:
    """One question for each thing that a reader will miss, in the order of the document."""
    asked: list[OpenQuestion] = []
    for name, question in _MILESTONE_QUESTIONS.items():
        if getattr(case.milestones, name).time is None:
            asked.append(OpenQuestion(question=question, for_whom="incident commander"))
    for gap in case.gaps:
        if gap.explanation is None:
            asked.append(
                OpenQuestion(
                    question=f"What happened between {clock(gap.start)} and {clock(gap.until)}? No record tells.",
                    for_whom="incident commander",
                    evidence=gap.evidence,
                )
            )
    for document in case.inputs.missing:
        asked.append(OpenQuestion(question=_INPUT_QUESTIONS[document], for_whom="incident commander"))
    for conflict in case.conflicts:
        if conflict.used is None:
            asked.append(
                OpenQuestion(
                    question=f"Which account is right on {conflict.about}?",
                    for_whom="author of the brief",
                    evidence=tuple(e for a in conflict.accounts for e in a.evidence)[:4],
                )
            )
    if not narrative.impact:
        asked.append(
            OpenQuestion(question="Who was affected, how many, and for how long?", for_whom="support lead")
        )
    if not narrative.root_cause:
        asked.append(OpenQuestion(question="What caused the incident?", for_whom="incident commander"))
    if not narrative.contributing_factors:
        asked.append(
            OpenQuestion(
                question="Which standing conditions let the trigger become an incident?",
                for_whom="service owner",
            )
        )
    if not narrative.prevention:
        asked.append(
            OpenQuestion(
                question="Which systemic measure would prevent or contain the same class of failure? The records name none.",
                for_whom="service owner",
            )
        )
    if not narrative.lessons:
        asked.append(
            OpenQuestion(
                question="What did this incident teach that another team should know? The records state no lesson.",
                for_whom="incident commander",
            )
        )
    return tuple(asked)
