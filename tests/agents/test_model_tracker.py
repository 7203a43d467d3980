"""The tracker played by a model: no owner, date or ticket but those that records give to this work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from model_case import CASE, ScriptedModel, record

from pipeline.agents.tracker.model import ModelTracker
from pipeline.config import Settings
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Factor, Narrative, Prevention

PEOPLE = People(CASE.incident.roster)
NARRATIVE = Narrative(
    title="Ledger queue stopped draining",
    contributing_factors=(
        Factor(
            id="F1",
            statement="The broker rejects batches above 100 messages.",
            kind="technical",
            evidence=("E4",),
        ),
        Factor(
            id="F2",
            statement="Nobody read the release notes of the exporter.",
            kind="process",
            evidence=("E3",),
        ),
    ),
    prevention=(
        Prevention(
            id="P1",
            statement="Make the deploy tool reject a batch size above 100.",
            addresses=("F1",),
            rank="guard",
            evidence=("E7",),
        ),
    ),
)
TITLE = "Make the deploy tool reject a batch size above 100"
ITEM: dict[str, Any] = {
    "title": TITLE, "owner": "@mira", "due": "2031-02-14", "ticket": "LED-77", "priority": None,
    "addresses": ["P1"], "basis": "stated", "evidence": ["E7"],
}  # fmt: skip


def tracked(*items: dict[str, Any], **lists: Any) -> tuple[ActionItems, ModelTracker]:
    answer = {"items": list(items), "needs_detail": [], "parked": [], "done": [], **lists}
    answers = {"TrackerReply": answer, "ItemRevisionReply": {"revisions": []}}
    tracker = ModelTracker(ScriptedModel(answers), PEOPLE, Settings())
    return tracker.track(CASE, NARRATIVE), tracker


def test_owner_date_and_ticket_hold_where_a_cited_record_gives_them() -> None:
    found, tracker = tracked(ITEM)
    item = next(i for i in found.items if i.title == TITLE)
    assert item.owner is not None
    assert (item.owner.name, item.due, item.tracking.key if item.tracking else None) == (
        "Mira Holt",
        date(2031, 2, 14),
        "LED-77",
    )
    assert set(item.addresses) >= {"P1", "F1"}
    assert "E7" in (item.because.owner or "")
    assert tracker.dropped == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("owner", "Tariq Aziz"),
        ("owner", "Priya Nair"),
        ("due", "2031-02-21"),
        ("ticket", "LED-78"),
        ("priority", "P1"),
    ],
)
def test_an_invented_field_is_emptied_and_counted(field: str, value: str) -> None:
    found, tracker = tracked({**ITEM, field: value})
    item = next(i for i in found.items if i.title == TITLE)
    held = {"owner": item.owner, "due": item.due, "ticket": item.tracking, "priority": item.priority}
    assert held[field] is None
    assert value not in item.model_dump_json(exclude={"proposed_owner", "addresses"})
    assert len(tracker.dropped) == 1


def test_a_name_that_no_record_binds_is_at_most_proposed() -> None:
    known, _ = tracked({**ITEM, "owner": "Tariq Aziz"})
    invented, _ = tracked({**ITEM, "owner": "Priya Nair"})
    assert [i.proposed_owner for i in known.items if i.title == TITLE] == ["Tariq Aziz"]
    assert [i.proposed_owner for i in invented.items if i.title == TITLE] == [None]


def test_a_promise_that_the_model_left_out_is_kept() -> None:
    found, _ = tracked()
    assert any(i.owner and i.owner.name == "Mira Holt" and "E7" in i.evidence for i in found.items)


def test_every_factor_ends_in_some_entry() -> None:
    found, _ = tracked(ITEM)
    assert any("F2" in n.title for n in found.needs_detail)
    assert not any("F1" in n.title for n in found.needs_detail)


def test_vague_work_becomes_a_question_and_never_an_item() -> None:
    vague = {"title": "Improve monitoring of the broker", "addresses": [], "evidence": ["E8"]}
    nobodys = {"owner": None, "due": None, "ticket": None}
    as_item, _ = tracked({**ITEM, **vague, **nobodys})
    as_need, _ = tracked(
        needs_detail=[{**vague, **nobodys, "missing": ["d"], "for_role": "broker owner",
                       "question": "By which signal of the broker is it done?"}]
    )  # fmt: skip
    for found in (as_item, as_need):
        assert not any("monitoring" in i.title for i in found.items)
        assert any("monitoring" in n.title and n.missing for n in found.needs_detail)


def test_work_that_its_records_do_not_tell_is_asked_about_without_its_words() -> None:
    found, tracker = tracked(
        {**ITEM, "title": "Move all 40 harbours to the northern dock", "evidence": ["E7"]}
    )
    assert "harbours" not in found.model_dump_json()
    assert any(n.question.startswith("Which work do these records ask for") for n in found.needs_detail)
    assert any("harbours" in d.text for d in tracker.dropped)


def test_more_items_than_the_cap_are_parked_unless_somebody_owns_them() -> None:
    sizes = [101 + n for n in range(3)]
    many = [
        {**ITEM, "title": f"Make the deploy tool reject a batch size above 100 in {place}", "owner": None, "due": None,
         "ticket": None, "evidence": ["E7", "E3", "E4"]}
        for place, _ in zip(("ledger-writer", "the broker", "the exports"), sizes, strict=True)
    ]  # fmt: skip
    answer = {"items": [ITEM, *many], "needs_detail": [], "parked": [], "done": []}
    tracker = ModelTracker(ScriptedModel({"TrackerReply": answer}), PEOPLE, Settings(item_cap=2))
    found = tracker.track(CASE, NARRATIVE)
    assert len(found.items) <= 2
    assert any(i.owner for i in found.items)
    assert any("over the cap" in p.reason for p in found.parked)


def test_revision_rewords_by_the_records_or_asks() -> None:
    found, _ = tracked(ITEM)
    at = next(n for n, i in enumerate(found.items) if i.title == TITLE)
    fault = Finding(
        criterion="AI-SPEC",
        severity="blocking",
        gate="draft",
        where=f"/items/{at}",
        message="vague",
        missing=("d",),
    )

    def after(title: str | None) -> ActionItems:
        answer = {"revisions": [{"target": "R1", "title": title, "evidence": ["E7"]}]}
        tracker = ModelTracker(ScriptedModel({"ItemRevisionReply": answer}), PEOPLE, Settings())
        return tracker.revise(CASE, NARRATIVE, found, (fault,))

    better = "Reject a batch size above 100 in the deploy tool"
    assert any(i.title == better and i.owner for i in after(better).items)
    for hopeless in (None, "Reject batches above 250 in the deploy tool"):
        moved = after(hopeless)
        assert not any(i.title == TITLE for i in moved.items)
        assert any(n.title == TITLE for n in moved.needs_detail)


def test_vague_work_keeps_the_owner_the_date_and_the_ticket_that_its_records_give_and_no_others() -> None:
    entry = {
        "title": "Make the deploy tool safer", "missing": ["d"], "question": "What would make it safer?",
        "for_role": None, "addresses": [], "evidence": ["E7"],
    }  # fmt: skip
    given, _ = tracked(
        needs_detail=[{**entry, "owner": "Mira Holt", "due": "2031-02-14", "ticket": "LED-77"}]
    )
    (kept,) = [n for n in given.needs_detail if "safer" in n.title]
    assert (kept.owner and kept.owner.name, str(kept.due), kept.tracking and kept.tracking.key) == (
        "Mira Holt", "2031-02-14", "LED-77",
    )  # fmt: skip
    made_up, tracker = tracked(
        needs_detail=[{**entry, "owner": "Priya Raman", "due": "2031-03-01", "ticket": "LED-78"}]
    )
    (kept,) = [n for n in made_up.needs_detail if "safer" in n.title]
    assert (kept.owner, kept.due, kept.tracking) == (None, None, None)
    assert {d.text.split(" of ")[0] for d in tracker.dropped} == {
        "owner Priya Raman", "due 2031-03-01", "tracking LED-78",
    }  # fmt: skip


def test_an_item_that_is_vague_or_does_not_hold_is_tried_once_more_before_it_is_asked_about() -> None:
    vague = {**ITEM, "title": "Improve the deploy tool"}
    elsewhere = {
        **ITEM,
        "title": "Move all 40 harbours to the northern dock",
        "owner": None,
        "due": None,
        "ticket": None,
    }
    better = [
        {"target": "R1", "title": TITLE, "evidence": ["E7"]},
        {"target": "R2", "title": None, "evidence": []},
    ]
    model = ScriptedModel(
        {
            "TrackerReply": {"items": [vague, elsewhere], "needs_detail": [], "parked": [], "done": []},
            "ItemRevisionReply": {"revisions": better},
        }
    )
    found = ModelTracker(model, PEOPLE, Settings()).track(CASE, NARRATIVE)
    assert [(i.title, i.owner and i.owner.name) for i in found.items] == [(TITLE, "Mira Holt")]
    assert "harbours" not in found.model_dump_json()
    asked = model.requests[1].messages[-1].content
    assert "R1 | Improve the deploy tool | E7 | AI-SPEC:" in asked
    assert "R2 | Move all 40 harbours to the northern dock | E7 | not printed:" in asked


def test_an_owner_is_found_by_the_one_word_that_a_record_calls_them_by_and_printed_so() -> None:
    nicknamed = CASE.model_copy(
        update={
            "records": (
                *CASE.records,
                record("E10", "10:12", "wade", "I'll add a queue alert at 5,000 messages"),
            )
        }
    )
    item = {**ITEM, "title": "Add a queue alert at 5,000 messages", "owner": "Wade Ilves", "due": None, "ticket": None,
            "evidence": ["E10"]}  # fmt: skip
    model = ScriptedModel({"TrackerReply": {"items": [item], "needs_detail": [], "parked": [], "done": []}})
    (found,) = [
        i
        for i in ModelTracker(model, PEOPLE, Settings()).track(nicknamed, NARRATIVE).items
        if "alert" in i.title
    ]
    assert found.owner is not None
    assert found.owner.name == "wade"


@pytest.mark.parametrize(
    ("text", "priority"), [("Raise the alert to page. P1", "P1"), ("It was P1, now P2", None)]
)
def test_a_priority_holds_where_the_record_that_tells_the_work_gives_it_and_no_other(
    text: str, priority: str | None
) -> None:
    told = CASE.model_copy(update={"records": (*CASE.records, record("E10", "10:12", "Mira Holt", text))})
    item = {**ITEM, "title": "Raise the LedgerQueueDepth alert to page the storage rotation at 5,000 messages",
            "owner": None, "due": None, "ticket": None, "priority": "P1", "evidence": ["E10", "E2"]}  # fmt: skip
    model = ScriptedModel(
        {
            "TrackerReply": {"items": [item], "needs_detail": [], "parked": [], "done": []},
            "ItemRevisionReply": {"revisions": []},
        }
    )
    found = [
        i for i in ModelTracker(model, PEOPLE, Settings()).track(told, NARRATIVE).items if "E10" in i.evidence
    ]
    assert {i.priority for i in found} <= {priority}


def test_no_item_serves_a_measure_that_a_revision_dropped() -> None:
    found, tracker = tracked(ITEM)
    left = NARRATIVE.model_copy(update={"prevention": ()})
    revised = tracker.revise(CASE, left, found, ())
    assert not any("P1" in i.addresses for i in revised.items)
