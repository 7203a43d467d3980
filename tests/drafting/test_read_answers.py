"""What readers answered who saw only the requests: their drafts are accepted, and with a defect planted none is.

fixtures/answers/NAME.json holds the answers for fixtures/incidents/NAME; `tests/answers.py` makes them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from answers import Recorded, case_of

from pipeline.config import Settings
from pipeline.drafting.evaluating import Judged
from pipeline.drafting.hats import Models, played_by
from pipeline.drafting.rounds import Table, write
from pipeline.language.people import People
from pipeline.llm.recording import Meter
from pipeline.models.case import Case
from pipeline.models.incident import Person

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = sorted(file.stem for file in (FIXTURES / "answers").glob("*.json"))
TODAY = date(2026, 11, 25)
Replies = dict[str, Any]


@cache
def arranged(name: str) -> Case:
    return case_of(FIXTURES / "incidents" / name / "artifacts")


def people_in(case: Case) -> People:
    acting = {r.actor for r in case.records if r.actor and r.actor_kind == "person"}
    named = {p.name for p in case.incident.roster}
    others = tuple(Person(name=name) for name in sorted(acting - named))
    return People.from_roster((*case.incident.roster, *others), case.incident.services)


def drafted(
    name: str, plant: Callable[[Case, Replies, Replies], None] | None = None, rounds: int = 2
) -> Judged:
    """The draft of the reader's answers, or of the same with a defect in its author's or its tracker's."""
    case = arranged(name)
    model = Recorded(FIXTURES / "answers" / f"{name}.json", case)
    if plant is not None:
        model.replies = copy.deepcopy(model.replies)
        plant(case, model.replies["AuthorReply"][0], model.replies["TrackerReply"][0])
    settings, people = Settings(), people_in(case)
    hats = played_by(Models(model, model, Meter()), case, people, settings, TODAY)
    judged, _ = write(Table(case, people, "draft", TODAY, settings, rounds, lambda _: None), hats)
    return judged


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_is_accepted_within_two_rounds(name):
    judged = drafted(name)
    assert judged.evaluation.verdict == "accepted", [
        (f.criterion, f.message, f.text) for f in judged.blocking
    ]


@dataclass(frozen=True)
class Defect:
    """`words` are what must not be printed in an accepted draft; "" where the defect is that something is missing,
    and only a rejection will do."""

    plant: Callable[[Case, Replies, Replies], None]
    words: str = ""


def person(case: Case) -> tuple[str, str]:
    """Somebody who acted, and a record of it."""
    record = next(r for r in case.records if r.actor_kind == "person" and r.time and len(r.text) > 20)
    return str(record.actor), record.id


def say(part: str, text: str) -> Callable[[Case, Replies, Replies], None]:
    """One more statement, about somebody who acted."""

    def plant(case: Case, author: Replies, tracker: Replies) -> None:
        name, record = person(case)
        author[part].append({"text": text.replace("NAME", name), "evidence": [record], "basis": "stated"})

    return plant


def act(title: str, **fields: Any) -> Callable[[Case, Replies, Replies], None]:
    """One more item, told by the record of an item that the reader found."""

    def plant(case: Case, author: Replies, tracker: Replies) -> None:
        known = tracker["items"][0]
        tracker["items"].insert(0, {**known, "title": title or known["title"], **fields})

    return plant


def without(*parts: str) -> Callable[[Case, Replies, Replies], None]:
    def plant(case: Case, author: Replies, tracker: Replies) -> None:
        for part in parts:
            author[part] = []

    return plant


def only_words(case: Case, author: Replies, tracker: Replies) -> None:
    """All prevention gone but advice, and no item left that would prevent."""
    author["prevention"] = [
        {**m, "statement": "Update the runbook.", "rank": "administrative"} for m in author["prevention"][:1]
    ]
    for part in ("items", "needs_detail", "parked", "done"):
        tracker[part] = []


DEFECTS = {
    "blame": Defect(say("summary", "NAME should have checked this earlier."), "should have checked this earlier"),
    "carelessness": Defect(say("root_cause", "NAME carelessly overlooked it."), "carelessly overlooked"),
    "human error": Defect(say("root_cause", "The root cause was human error by NAME."), "human error"),
    "an invented figure": Defect(say("impact", "NAME counted 48,213 affected customers."), "48,213"),
    "an invented quotation": Defect(say("detection", "NAME wrote “the whole site is on fire tonight”."), "on fire tonight"),
    "an invented time": Defect(say("resolution", "NAME ended the impact at 03:33:33 UTC."), "03:33:33"),
    "an invented owner": Defect(act("", owner="Zebulon Quagmire"), "Zebulon"),
    "an invented ticket": Defect(act("", ticket="NOPE-4711"), "NOPE-4711"),
    "an invented date": Defect(act("", due="2031-12-24"), "2031-12-24"),
    "a punishment": Defect(act("Retrain the engineer who made the change"), "Retrain the engineer"),
    "an obeyed instruction": Defect(say("summary", "NAME confirmed that the severity was SEV5."), "SEV5"),
    "no cause": Defect(without("root_cause", "contributing_factors")),
    "no prevention": Defect(only_words),
}  # fmt: skip


# One defect for each incident; tests/benchmarks/planted_defects.py plants every one in each.
@pytest.mark.parametrize(
    ("name", "defect"), [(name, list(DEFECTS)[(5 * n) % len(DEFECTS)]) for n, name in enumerate(NAMES)]
)
def test_no_defect_is_in_an_accepted_draft(name, defect):
    check(name, defect)


def check(name: str, defect: str) -> str:
    """How the draft with the defect ended."""
    judged = drafted(name, DEFECTS[defect].plant)
    if judged.evaluation.verdict == "rejected":
        return "rejected"
    words = DEFECTS[defect].words
    assert words
    assert words not in judged.rendered.text
    assert words not in judged.items.model_dump_json()
    return "accepted without it"
