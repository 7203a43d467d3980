"""A draft before a judge: its findings name their fields, and the second rendering is not judged twice."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pipeline.agents.judge.judge import Judge
from pipeline.config import Settings
from pipeline.drafting.evaluating import Judged, judge
from pipeline.drafting.story import DraftResult, draft
from pipeline.language.people import People
from pipeline.llm.port import Reply, Request
from pipeline.rubric.engine import load_criteria
from pipeline.rubric.judged import BY_JUDGE

FIXTURE = Path(__file__).parents[2] / "fixtures" / "incidents" / "harbour-checkout"
TODAY = date(2026, 11, 25)


@dataclass
class Doubter:
    """Says yes, for one criterion, to the units that hold the words."""

    criterion: str = "none"
    words: str = ""
    name: str = "openai:scripted"
    requests: list[Request] = field(default_factory=list)

    def complete(self, request: Request) -> Reply:
        self.requests.append(request)
        user = request.messages[1].content
        told = []
        for unit, text in re.findall(r"^(U\d+)(?: \[[^\]]*\])? \| ((?:.*)(?:\n {5}.*)*)", user, re.M):
            yes = f"QUESTION {self.criterion}:" in user and self.words in text
            span = self.words if yes else ""
            told.append(
                {"unit": unit, "defect": yes, "span": span, "kinds": [], "reason": "Look." if yes else ""}
            )
        return Reply(json.dumps({"judgements": told}), "scripted")


@cache
def drafted() -> DraftResult:
    return draft(FIXTURE, today=TODAY)


def judged_by(model: Doubter, settings: Settings | None = None, asked: Judge | None = None) -> Judged:
    result = drafted()
    return judge(
        result.case,
        People.from_roster(result.case.incident.roster),
        result.postmortem,
        result.action_items,
        gate="draft",
        today=TODAY,
        settings=settings or Settings(),
        asked=asked or Judge(model),
    )


def test_a_judge_that_finds_nothing_leaves_an_accepted_draft_accepted() -> None:
    model = Doubter()
    judged = judged_by(model)
    assert judged.evaluation.verdict == "accepted"
    assert {u.criterion for u in judged.evaluation.documents[0].unscored} == {"DOC-REV"}
    asked = {m[1] for r in model.requests if (m := re.search(r"QUESTION (\S+):", r.messages[1].content))}
    assert asked == {c.id for c in load_criteria() if c.question}


@pytest.mark.parametrize(
    ("criterion", "words", "where"),
    [
        ("BLM", "Nobody in booking knew", r"/went_poorly/0"),
        ("AI-SPEC", "Give hotel packages", r"/items/2"),
        ("GRD", "13 min 37 s after the onset", r"/(?:summary|detection)/\d+"),
        ("GRD", "Published table 2026-4 again", r"/timeline/\d+"),
        ("DET", "BookingsPerMinuteLow fired", r"/(?:summary|detection)/\d+"),
        ("PRV", "Run 200 synthetic quotes", r"/prevention/\d+(?:/\w+)?"),
    ],
)
def test_a_finding_names_the_field_that_it_is_about(criterion: str, words: str, where: str) -> None:
    judged = judged_by(Doubter(criterion, words))
    found = [f for f in judged.blocking if f.message == f"{BY_JUDGE}Look."]
    assert judged.evaluation.verdict == "rejected"
    assert found
    assert all(re.fullmatch(where, f.where or "") for f in found), [f.where for f in found]
    assert {f.text for f in found} == {words}


def test_the_rendering_that_says_rejected_is_not_judged_anew() -> None:
    accepted, rejected = Doubter(), Doubter("BLM", "Nobody in booking knew")
    judged_by(accepted)
    assert judged_by(rejected).rendered.text.startswith("**Rejected")
    assert len(rejected.requests) == len(accepted.requests)


def test_a_judge_that_the_settings_let_advise_rejects_nothing() -> None:
    judged = judged_by(Doubter("BLM", "Nobody in booking knew"), Settings(judge="advise"))
    assert judged.evaluation.verdict == "accepted"
    assert [f.severity for f in judged.evaluation.findings if f.message.startswith(BY_JUDGE)] == ["advisory"]
