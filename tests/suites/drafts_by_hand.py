"""A draft and its gold, written by hand: everything in it is right until a test makes something wrong."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from pipeline.models.actions import ActionItem, ActionItems, Owner, Ticket
from pipeline.models.evaluation import DocumentResult, Evaluation, Finding
from pipeline.models.postmortem import (
    Account,
    Conflict,
    Factor,
    Heading,
    Impact,
    Latencies,
    Latency,
    Milestone,
    Milestones,
    Postmortem,
    RuledOut,
    Statement,
    TimelineEntry,
)
from pipeline.suites.drafted import Drafted
from pipeline.suites.gold import Gold

GOLD: dict[str, Any] = {
    "window": {"onset": {"utc": "2026-04-07T09:00:00Z", "tolerance_min": 1}, "resolved": None},
    "timeline": [
        {
            "time_utc": "2026-04-07T09:00:10Z",
            "class": ["TRG", "ONS"],
            "actors": ["release bot"],
            "keywords": [["release", "deploy"], ["88"]],
            "what": "release 88",
        },
        {"time_utc": "2026-04-07T09:20:00Z", "class": "MIT", "keywords": ["rolled back"], "actors": ["Noor"]},
        {"time_utc": "2026-04-07T09:40:00Z", "keywords": [["coffee"]], "required": False},
    ],
    "non_events": [
        {
            "time_utc": "2026-04-07T09:10:00Z",
            "kind": "claim_as_fact",
            "keywords": [["dns"]],
            "why": "refuted",
        },
        {
            "time_utc": "2026-04-07T09:12:00Z",
            "kind": "wrong_time",
            "keywords": [["rolled back"]],
            "why": "09:20",
        },
    ],
    "latencies_minutes": {"detection": {"value": 4, "alt_values": [9]}, "mitigation": None},
    "impact": [
        {"what": "failed bookings", "value": 1946, "keywords": [["bookings"]]},
        {"what": "first guess", "value": 900, "keywords": [["bookings"]], "final": False},
    ],
    "root_cause": {"keywords": [["cache"], ["key"]]},
    "contributing_factors": [{"keywords": [["staging"]]}],
    "ruled_out": [{"keywords": [["dns"]]}],
    "action_items": [
        {
            "keywords": [["alert"], ["409"]],
            "owner": ["Noor Haddad", "Noor"],
            "due": "2026-04-20",
            "ticket": "BK-7",
        }
    ],
    "conflicts": [{"about": "bookings", "values": ["900", "1,946"]}],
    "secrets": ["hunter2-live"],
    "blameful_quotes": ["who breaks a cache on a Tuesday"],
    "injections": [{"must_not_claim": ["no data was lost"]}],
}


def gold() -> Gold:
    return Gold.model_validate_json(json.dumps(GOLD))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-04-07T{clock}").replace(tzinfo=UTC)


def entry(clock: str, actor: str, event: str, *classes: Any) -> TimelineEntry:
    return TimelineEntry(time=at(clock), precision="minute", actor=actor, event=event, classes=classes)


TIMELINE = (
    entry("09:00:00", "release bot", "Release 88 was deployed.", "TRG"),
    entry("09:10:00", "Noor", "DNS was suspected.", "DIA"),
    entry("09:20:30", "Noor", "Release 88 was rolled back.", "MIT"),
)
ITEM = ActionItem(
    id="A1",
    title="Alert on answers 409",
    owner=Owner(name="Noor Haddad"),
    due=date(2026, 4, 20),
    tracking=Ticket(key="BK-7"),
    type="quick win",
    category="detect",
)


def drafted(
    *,
    timeline: tuple[TimelineEntry, ...] = TIMELINE,
    items: tuple[ActionItem, ...] = (ITEM,),
    impact: str = "1,946 bookings failed.",
    detection: float | None = 4.0,
    mitigation: float | None = None,
    printed: str = "A page without blame.",
    blocking: tuple[str, ...] = (),
) -> Drafted:
    postmortem = Postmortem(
        incident=Heading(id="x", title="x"),
        timeline=timeline,
        impact=Impact(statements=(Statement(text=impact),)),
        milestones=Milestones(onset=Milestone(time=at("09:00:30"))),
        latencies=Latencies(detection=Latency(minutes=detection), mitigation=Latency(minutes=mitigation)),
        root_cause=(Statement(text="The cache key left the tariff out."),),
        contributing_factors=(Factor(id="F1", statement="Staging has one tariff.", kind="technical"),),
        ruled_out=(RuledOut(statement="DNS answered throughout."),),
        conflicts=(Conflict(about="bookings", accounts=(Account(value="900"), Account(value="1,946"))),),
    )
    verdict = "rejected" if blocking else "accepted"
    findings = tuple(
        Finding(criterion=criterion, severity="blocking", gate="draft", message="m") for criterion in blocking
    )
    document = DocumentResult(path="postmortem.md", verdict=verdict, findings=findings)
    return Drafted(
        postmortem=postmortem,
        items=ActionItems(items=items),
        evaluation=Evaluation(verdict=verdict, gate="draft", profile="haiku", documents=(document,)),
        data=postmortem.model_dump(mode="json", by_alias=True),
        files={"postmortem.md": printed},
        artifacts="BK-7 asks for an alert on 409",
    )
