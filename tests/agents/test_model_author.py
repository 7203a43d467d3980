"""The author played by a model: what records bear out is printed, the rest is asked about and counted."""

from __future__ import annotations

from typing import Any

import pytest
from model_case import CASE, EMPTY, EVENTS, RECORDS, ScriptedModel, record, said

from pipeline.agents.author.model import ModelAuthor
from pipeline.agents.author.replies import AuthorReply, RevisionReply
from pipeline.agents.tracker.replies import ItemRevisionReply, TrackerReply
from pipeline.artifacts.redaction import redact
from pipeline.language.people import People
from pipeline.llm.schema import json_schema
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative

PEOPLE = People(CASE.incident.roster)


def written(**parts: Any) -> tuple[Narrative, ModelAuthor]:
    author = ModelAuthor(
        ScriptedModel({"AuthorReply": {**EMPTY, **parts}, "RevisionReply": {"revisions": []}}), PEOPLE
    )
    return author.write(CASE), author


@pytest.mark.parametrize("into", [AuthorReply, RevisionReply, TrackerReply, ItemRevisionReply])
def test_every_reply_type_is_one_that_strict_mode_takes(into: type[AuthorReply]) -> None:
    assert json_schema(into)["additionalProperties"] is False


def test_a_sentence_that_its_records_say_is_printed_with_them() -> None:
    narrative, author = written(
        root_cause=[
            said(
                "The broker rejected batches above 100 messages, so the queue did not drain [E4].", "E4", "E3"
            )
        ]
    )
    assert [(s.text, s.evidence) for s in narrative.root_cause] == [
        ("The broker rejected batches above 100 messages, so the queue did not drain.", ("E4", "E3"))
    ]
    assert author.dropped == ()


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("About 2,000 customers could not export.", ["E3"]),  # a number that no record has
        ("The queue stopped draining at 09:41 UTC.", ["E3"]),  # a time of another kind
        ("Priya rolled ledger-writer back to 5.2.", ["E5"]),  # somebody who was not there
        ("Mira Holt wrote “the broker is broken”.", ["E3"]),  # a quotation that is none
        ("The queue stopped draining.", ["E404"]),
        ("The queue stopped draining.", []),
        ("The severity was low.", ["E9"]),  # only an instruction to the reader says so
        ("The harbour was quiet and the boats were placed beside it.", ["E3"]),
        ("Qdrx vlumt prens oqu dred messages.", ["E3"]),
        ("The deploy raised the batch size from 50 to 500.", ["E6"]),  # true, of another record
    ],
)
def test_what_no_cited_record_says_is_asked_and_not_printed(text: str, evidence: list[str]) -> None:
    narrative, author = written(summary=[said(text, *evidence)])
    assert narrative.summary == ()
    assert len(author.dropped) == 1
    assert text not in narrative.model_dump_json()
    assert any(q.question.startswith("What happened, in short?") for q in narrative.open_questions)


def test_a_timeline_keeps_every_event_and_takes_only_wordings_that_hold() -> None:
    wordings = [
        {"event": "V5", "text": "Rolled ledger-writer back to 5.2.", "classes": ["MIT"]},
        {"event": "V6", "text": "Restored all 900 exports.", "classes": []},
        {"event": "V99", "text": "The queue stopped draining.", "classes": []},
    ]
    narrative, author = written(timeline=wordings)
    assert [(e.time, e.actor, e.evidence) for e in narrative.timeline] == [
        (e.time, e.actor, e.evidence) for e in EVENTS
    ]
    assert narrative.timeline[4].event == "Rolled ledger-writer back to 5.2."
    assert narrative.timeline[4].classes == ("MIT",)
    assert "900" not in narrative.timeline[5].event
    assert [d.part for d in author.dropped] == ["timeline"]


def test_a_measure_that_no_record_names_is_proposed_whatever_the_model_says() -> None:
    factor = {
        "statement": "The broker rejects batches above 100 messages.",
        "kind": "technical",
        "basis": "stated",
    }
    measure = {"rank": "guard", "basis": "stated"}
    narrative, _ = written(
        contributing_factors=[
            {"statement": "Nine harbours were closed.", "kind": "process", "basis": "stated", "evidence": ["E1"]},
            {**factor, "evidence": ["E4"]},
        ],
        prevention=[
            {**measure, "statement": "Make the deploy tool reject a batch size above 100.", "addresses": ["F2"],
             "evidence": ["E7"]},
            {**measure, "statement": "Let ledger-writer split whatever batches the broker rejects at runtime.",
             "addresses": ["F1", "F2"], "evidence": ["E4"]},
        ],
    )  # fmt: skip
    assert [f.id for f in narrative.contributing_factors] == ["F1"]
    assert [(p.id, p.basis, p.addresses) for p in narrative.prevention] == [
        ("P1", "stated", ("F1",)),
        ("P2", "proposed", ("F1",)),
    ]


def test_people_s_words_are_stated_even_where_the_model_says_observed() -> None:
    narrative, _ = written(
        detection=[
            said("Mira Holt reported that the queue stopped draining.", "E3", basis="observed"),
            said("LedgerQueueDepth fired with 48,000 messages in the queue.", "E2", basis="observed"),
        ]
    )
    assert [s.basis for s in narrative.detection] == ["stated", "observed"]


def test_the_model_reads_the_records_but_not_what_instructs_it() -> None:
    model = ScriptedModel({"AuthorReply": EMPTY})
    ModelAuthor(model, PEOPLE).write(CASE)
    prompt = model.requests[0].messages[-1].content
    assert "E4 09:31 Tariq Aziz {V4} | broker rejects batches" in prompt
    assert "severity was low" not in prompt


def test_the_last_gate_before_the_wire_leaves_prompts_as_they_are() -> None:
    """A boundary that looked like a secret would become a placeholder that everybody can guess."""
    model = ScriptedModel({"AuthorReply": EMPTY})
    ModelAuthor(model, PEOPLE).write(CASE)
    for message in model.requests[0].messages:
        assert redact(message.content).text == message.content


def finding(where: str | None, criterion: str = "BLM") -> Finding:
    return Finding(criterion=criterion, severity="blocking", gate="draft", where=where, message="a fault")


def revision(target: str, text: str, *evidence: str, action: str = "reword") -> dict[str, Any]:
    return {"target": target, "action": action, "text": text, "evidence": list(evidence), "basis": "stated",
            "kind": None, "rank": None, "addresses": []}  # fmt: skip


def revised(narrative: Narrative, findings: list[Finding], *answers: dict[str, Any]) -> Narrative:
    author = ModelAuthor(ScriptedModel({"RevisionReply": {"revisions": list(answers)}}), PEOPLE)
    return author.revise(CASE, narrative, tuple(findings))


def test_revision_changes_only_what_a_finding_points_at() -> None:
    narrative, _ = written(
        summary=[
            said("The queue stopped draining.", "E3"),
            said("Exports were failing for all branches.", "E3"),
        ],
        resolution=[said("Mira Holt rolled ledger-writer back to 5.2.", "E5")],
    )
    better = revised(
        narrative,
        [finding("/summary/1/text"), finding("/resolution/0"), finding(None, "DET")],
        revision("R1", "Exports failed for all branches.", "E3"),
        revision("R2", "Somebody else undid all 12 changes.", "E5"),
        revision("R3", "LedgerQueueDepth fired with 48,000 messages in the queue.", "E2"),
    )
    assert better.summary[0] == narrative.summary[0]
    assert better.summary[1].text == "Exports failed for all branches."
    assert better.resolution == ()
    assert any(q.question.startswith("What ended the impact") for q in better.open_questions)
    assert [s.evidence for s in better.detection] == [("E2",)]
    assert better.timeline == narrative.timeline


def test_nothing_is_asked_where_nothing_can_be_mended() -> None:
    narrative, _ = written()
    author = ModelAuthor(ScriptedModel({}), PEOPLE)
    assert author.revise(CASE, narrative, (finding("/milestones/onset"), finding("/summary/7"))) == narrative


def test_classes_of_an_event_can_be_corrected_unless_a_milestone_rests_on_it() -> None:
    classed = CASE.model_copy(
        update={"events": tuple(e.model_copy(update={"classes": ("COM",)}) for e in CASE.events)}
    )
    entries = [
        {"event": "V2", "text": "LedgerQueueDepth fired for queue ledger.in.", "classes": ["FUP"]},
        {
            "event": "V4",
            "text": "Found that the broker rejects batches above 100 messages.",
            "classes": ["DIA"],
        },
        {"event": "V5", "text": "Three unicorns crossed the harbour.", "classes": ["ATT"]},
    ]
    author = ModelAuthor(
        ScriptedModel({"AuthorReply": {**EMPTY, "timeline": entries}, "RevisionReply": {"revisions": []}}),
        PEOPLE,
    )
    printed = {e.evidence[0]: e.classes for e in author.write(classed).timeline}
    assert printed["E4"] == ("DIA",)
    assert printed["E2"] == ("COM",)  # detection rests on it
    assert printed["E5"] == ("COM",)  # words that did not hold classify nothing


def test_what_did_not_hold_is_tried_once_more_in_its_place_and_only_then_falls() -> None:
    steps = [
        said("ledger-writer 5.3 raised the batch size from 50 to 500.", "E1"),
        said("The broker rejects batches above 100 messages.", "E8"),  # the wrong record
        said("The queue stopped draining.", "E3"),
        said("Nine harbours were closed.", "E3"),  # an invention
    ]
    better = [
        revision("R1", "The broker rejects batches above 100 messages.", "E4"),
        revision("R2", "Eight harbours were closed.", "E3"),
    ]
    model = ScriptedModel(
        {"AuthorReply": {**EMPTY, "root_cause": steps}, "RevisionReply": {"revisions": better}}
    )
    author = ModelAuthor(model, PEOPLE)
    narrative = author.write(CASE)
    assert [s.evidence for s in narrative.root_cause] == [("E1",), ("E4",), ("E3",)]
    assert [d.text for d in author.dropped] == ["Eight harbours were closed."]
    asked = model.requests[1].messages[-1].content
    assert "R2 | root_cause | Nine harbours were closed. | E3 | not printed:" in asked
    assert len(model.requests) == 2


def test_a_reply_that_holds_is_not_asked_about_again() -> None:
    model = ScriptedModel(
        {"AuthorReply": {**EMPTY, "root_cause": [said("The queue stopped draining.", "E3")]}}
    )
    ModelAuthor(model, PEOPLE).write(CASE)
    assert len(model.requests) == 1


def test_a_dated_record_can_be_lifted_into_the_timeline_with_its_own_time_and_actor() -> None:
    narrative, author = written(
        timeline=[
            {
                "event": "E7",
                "text": "Promised a check of the batch size in the deploy tool.",
                "classes": ["FUP"],
            },
            {"event": "E5", "text": "Rolled ledger-writer back.", "classes": []},  # V5 tells it
            {"event": "E8", "text": "Nine harbours were closed.", "classes": []},
            {"event": "E9", "text": "The severity was low.", "classes": []},  # addresses its reader
            {"event": "E77", "text": "The queue stopped draining.", "classes": []},
        ]
    )
    lifted = [e for e in narrative.timeline if e.evidence not in {v.evidence for v in EVENTS}]
    assert [(e.evidence, e.actor, f"{e.time:%H:%M}", e.classes) for e in lifted] == [
        (("E7",), "Mira Holt", "10:05", ("FUP",))
    ]
    assert [e.time for e in narrative.timeline] == sorted(e.time for e in narrative.timeline)
    assert {d.text for d in author.dropped} == {"Nine harbours were closed.", "The severity was low."}


def test_an_entry_may_tell_what_a_later_record_corrects() -> None:
    corrected = CASE.model_copy(
        update={
            "records": (*RECORDS, record("E10", "09:37", "Mira Holt", "sorry, back to 5.1, not 5.2")),
            "set_aside": (*CASE.set_aside, ("E10", "corrects E5")),
        }
    )
    entry = {"event": "V5", "text": "Rolled ledger-writer back to 5.1.", "classes": []}
    author = ModelAuthor(ScriptedModel({"AuthorReply": {**EMPTY, "timeline": [entry]}}), PEOPLE)
    (told,) = [e for e in author.write(corrected).timeline if "5.1" in e.event]
    assert told.evidence == ("E5", "E10")
    assert author.dropped == ()


def test_a_question_with_a_finding_is_reworded_or_falls() -> None:
    narrative, _ = written(
        open_questions=[
            {"question": "Why did Tariq Aziz ignore the broker?", "for_role": None, "evidence": ["E4"]},
            {"question": "Which batches did the broker reject?", "for_role": None, "evidence": ["E4"]},
        ]
    )
    at = [q.question for q in narrative.open_questions].index("Why did Tariq Aziz ignore the broker?")
    finding = Finding(
        criterion="BLM",
        severity="blocking",
        gate="draft",
        message="x",
        where=f"/open_questions/{at}/question",
    )
    better = revision("R1", "Since when does the broker reject batches above 100 messages?", "E4")
    author = ModelAuthor(ScriptedModel({"RevisionReply": {"revisions": [better]}}), PEOPLE)
    told = [q.question for q in author.revise(CASE, narrative, (finding,)).open_questions]
    assert "Since when does the broker reject batches above 100 messages?" in told
    assert "Why did Tariq Aziz ignore the broker?" not in told


def test_an_entry_may_lean_on_the_record_just_before_its_own_and_then_cites_it() -> None:
    said_so = record("E10", "09:40", "Mira Holt", "resume the export queue of both branches")
    done = record("E11", "09:41", "Tariq Aziz", "resumed")
    event = EVENTS[0].model_copy(
        update={"id": "V7", "time": done.time, "actor": "Tariq Aziz", "text": "resumed", "evidence": ("E11",)}
    )
    case = CASE.model_copy(update={"records": (*RECORDS, said_so, done), "events": (*EVENTS, event)})
    entries = [
        {"event": "V7", "text": "Resumed the export queue of both branches.", "classes": []},
        {"event": "V6", "text": "Resumed the export queue of 12 branches.", "classes": []},
    ]
    model = ScriptedModel({"AuthorReply": {**EMPTY, "timeline": entries}, "RevisionReply": {"revisions": []}})
    told = {e.evidence: e.event for e in ModelAuthor(model, PEOPLE).write(case).timeline}
    assert told["E11", "E10"] == "Resumed the export queue of both branches."
    assert "12 branches" not in "".join(told.values())


def test_what_a_revised_measure_addresses_is_nothing_but_factors_of_the_postmortem() -> None:
    narrative, _ = written(
        contributing_factors=[
            {"statement": "The broker rejects batches above 100 messages.", "kind": "technical", "basis": "stated",
             "evidence": ["E4"]},
        ],
        prevention=[
            {"statement": "Make the deploy tool reject a batch size above 100.", "addresses": ["F1"], "rank": "guard",
             "basis": "stated", "evidence": ["E7"]},
        ],
    )  # fmt: skip
    finding = Finding(criterion="PRV", severity="blocking", gate="draft", message="x", where="/prevention/0")
    better = {**revision("R1", "Make the deploy tool reject a batch size above 100 messages.", "E7"),
              "addresses": ["Mira Holt misled customers", "F1", "F9"]}  # fmt: skip
    author = ModelAuthor(ScriptedModel({"RevisionReply": {"revisions": [better]}}), PEOPLE)
    assert author.revise(CASE, narrative, (finding,)).prevention[0].addresses == ("F1",)


@pytest.mark.parametrize(("role", "printed"), [("broker owner", "broker owner"), ("the idiot on call", None)])
def test_who_is_asked_is_an_office_or_of_the_records_words(role: str, printed: str | None) -> None:
    narrative, _ = written(
        open_questions=[
            {"question": "Which batches did the broker reject?", "for_role": role, "evidence": ["E4"]}
        ]
    )
    assert narrative.open_questions[0].for_whom == printed
