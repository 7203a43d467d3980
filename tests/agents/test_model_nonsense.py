"""Fluent nonsense from a real server: it fits every schema, and none of it comes out as a fact."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from model_case import CASE, RECORDS

from pipeline.agents.author.model import ModelAuthor
from pipeline.agents.tracker.model import ModelTracker
from pipeline.config import Settings
from pipeline.language.people import People
from pipeline.llm.langchain_model import LangChainModel
from pipeline.llm.port import ChatModel, Reply, Request
from pipeline.llm.repairing import Repairing
from pipeline.rendering.prompt_blocks import STATEMENT_PARTS

PEOPLE = People(CASE.incident.roster)


@dataclass
class Citing:
    """The model with another seed, whose every sentence is made to cite records that exist: only its words
    are left to give it away."""

    model: ChatModel
    seed: int

    @property
    def name(self) -> str:
        return self.model.name

    def complete(self, request: Request) -> Reply:
        reply = self.model.complete(replace(request, seed=self.seed))
        return replace(reply, text=json.dumps(_citing(json.loads(reply.text))))


def _citing(value: Any) -> Any:
    if isinstance(value, list):
        return [_citing(v) for v in value]
    if not isinstance(value, dict):
        return value
    known = {"evidence": [r.id for r in RECORDS[:3]], "event": "V2"}
    return {key: known.get(key, _citing(child)) for key, child in value.items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_nonsense_never_becomes_a_statement_or_an_item(tiny_server: str, seed: int) -> None:
    served = Repairing(LangChainModel("openai:tiny", base_url=tiny_server, api_key="none"))
    author = ModelAuthor(Citing(served, seed), PEOPLE)
    narrative = author.write(CASE)
    assert [part for part in STATEMENT_PARTS if getattr(narrative, part)] == []
    assert (narrative.contributing_factors, narrative.prevention) == ((), ())
    assert [e.evidence for e in narrative.timeline] == [e.evidence for e in CASE.events]
    assert [e.event.rstrip(".") for e in narrative.timeline] == [e.text for e in CASE.events]
    assert len(narrative.open_questions) > 3
    assert author.dropped

    tracker = ModelTracker(Citing(served, seed), PEOPLE, Settings())
    items = tracker.track(CASE, narrative)
    printed = narrative.model_dump_json() + items.model_dump_json()
    fell = [d.text for d in (*author.dropped, *tracker.dropped) if len(d.text) > 8]
    assert not [text for text in fell if json.dumps(text)[1:-1] in printed]
    # What a record says stays, whoever failed to mention it.
    assert [(i.owner and i.owner.name, i.evidence) for i in items.items] == [("Mira Holt", ("E7",))]
