"""A model that answers well: the built-in engine's own draft of the incident, in the form of replies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings
from pipeline.drafting.hats import extractive
from pipeline.drafting.story import people_of
from pipeline.evidence.arrange import arrange
from pipeline.models.actions import ActionItem, ActionItems, NeedsDetail
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative, Statement
from pipeline.rendering.prompt_blocks import STATEMENT_PARTS

INCIDENT = Path(__file__).parent / "incidents" / "blank-labels"
TODAY = date(2026, 3, 10)
_UNIT = re.compile(r"^(U[0-9]+)\b.*$", re.MULTILINE)

Reply = dict[str, Any]


@dataclass
class HonestModel:
    """`replies` by the name of the reply's type; the judge finds nothing, and nothing is revised."""

    replies: dict[str, Reply]
    nagged: str = ""  # words of the item that the judge finds vague
    asked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, incident: Path = INCIDENT) -> HonestModel:
        artifacts = load_incident(incident, settings=Settings())
        people = people_of(artifacts)
        case = arrange(artifacts, people)
        hats = extractive(people, Settings(), TODAY)
        narrative = hats.author.write(case)
        items = hats.tracker.track(case, narrative)
        return cls(
            {
                "AuthorReply": author_reply(case, narrative),
                "TrackerReply": tracker_reply(items),
                "RevisionReply": {"revisions": []},
                "ItemRevisionReply": {"revisions": []},
                "ExtractReply": {"passages": []},
            }
        )

    def answer(self, name: str, prompt: str) -> Reply:
        """The reply of that type to a prompt."""
        self.asked.append(name)
        if name == "JudgeReply":
            return {"judgements": [self._judged(u[1], u[0], prompt) for u in _UNIT.finditer(prompt)]}
        return self.replies[name]

    def _judged(self, unit: str, line: str, prompt: str) -> Reply:
        """No defect, but in an item that is to be revised."""
        bad = bool(self.nagged and self.nagged in line and "QUESTION AI-SPEC" in prompt)
        reason = "It does not say where the error is returned." if bad else ""
        return {"unit": unit, "defect": bad, "span": "", "kinds": [], "reason": reason}

    def script(self, body: dict[str, Any]) -> str:
        """The text of the reply to a request of the OpenAI protocol."""
        name = body["response_format"]["json_schema"]["name"]
        prompt = next(m["content"] for m in body["messages"] if m["role"] == "user")  # what follows is repair
        return json.dumps(self.answer(name, prompt))


def author_reply(case: Case, narrative: Narrative) -> Reply:
    events = {e.evidence: e.id for e in case.events}
    return {
        "title": narrative.title,
        **{part: [_statement(s) for s in getattr(narrative, part)] for part in STATEMENT_PARTS},
        "timeline": [
            {"event": events[e.evidence], "text": e.event, "classes": list(e.classes)}
            for e in narrative.timeline
            if e.evidence in events
        ],
        "contributing_factors": [
            {"statement": f.statement, "kind": f.kind, "basis": f.basis, "evidence": list(f.evidence)}
            for f in narrative.contributing_factors
        ],
        "ruled_out": [{"statement": r.statement, "evidence": list(r.evidence)} for r in narrative.ruled_out],
        "prevention": [
            {
                "statement": p.statement,
                "addresses": [a for a in p.addresses if a[:1] == "F"],
                "rank": p.rank,
                "basis": p.basis,
                "evidence": list(p.evidence),
            }
            for p in narrative.prevention
        ],
        "open_questions": [
            {"question": q.question, "for_role": q.for_whom, "evidence": list(q.evidence)}
            for q in narrative.open_questions
        ],
    }


def tracker_reply(items: ActionItems) -> Reply:
    return {
        "items": [
            {**_work(i), "priority": i.priority, "basis": i.basis, "addresses": list(i.addresses)}
            for i in items.items
        ],
        "needs_detail": [
            {
                **_work(n),
                "missing": list(n.missing),
                "question": n.question,
                "for_role": n.for_whom,
                "addresses": [],
            }
            for n in items.needs_detail
            if n.evidence
        ],
        "parked": [
            {"title": p.title, "reason": p.reason, "addresses": [], "evidence": list(p.evidence)}
            for p in items.parked
        ],
        "done": [{"title": d.title, "addresses": [], "evidence": list(d.evidence)} for d in items.done],
    }


def _work(entry: ActionItem | NeedsDetail) -> Reply:
    return {
        "title": entry.title,
        "owner": entry.owner and entry.owner.name,
        "due": entry.due and entry.due.isoformat(),
        "ticket": entry.tracking and entry.tracking.key,
        "evidence": list(entry.evidence),
    }


def _statement(said: Statement) -> Reply:
    return {"text": said.text, "evidence": list(said.evidence), "basis": said.basis}
