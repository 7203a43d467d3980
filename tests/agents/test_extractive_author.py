"""The built-in author on small invented cases: what it tells, from where, and what it leaves to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from pipeline.agents.author.extractive import ExtractiveAuthor
from pipeline.agents.author.places import place
from pipeline.language.people import People
from pipeline.models.case import Act, Case, Event
from pipeline.models.evaluation import Finding
from pipeline.models.incident import UPSTREAM, Incident, Person, Upstream
from pipeline.models.postmortem import Inputs, Milestone, Milestones, Narrative, Statement
from pipeline.models.record import Record, RecordKind

ROSTER = (Person(name="Mira Holt"), Person(name="Tariq Aziz"))
PEOPLE = People.from_roster(ROSTER)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2031-02-11T{clock}").replace(tzinfo=UTC)


def said(record_id: str, clock: str, actor: str, text: str, kind: RecordKind = "message") -> Record:
    human = kind == "message" or actor in ("Mira Holt", "Tariq Aziz")
    return Record(
        id=record_id,
        source="chat.txt" if kind == "message" else "pager.json",
        locator=f"line {record_id[1:]}",
        kind=kind,
        actor=actor,
        actor_kind="person" if human else "system",
        text=text,
        time=at(clock),
        precision="exact" if clock.count(":") == 2 else "minute",
    )


def written(record_id: str, document: Upstream, section: str, text: str) -> Record:
    return Record(
        id=record_id,
        source=f"{document}.md",
        locator=f"line {record_id[1:]}",
        kind="statement",
        text=text,
        document=document,
        section=section,
    )


def field(record_id: str, document: Upstream, section: str, name: str, value: str) -> Record:
    made = written(record_id, document, section, f"{name}: {value}")
    return made.model_copy(update={"kind": "field", "columns": ((name, value),)})


def event(number: int, record: Record, act: Act = "wrote", *classes: str) -> Event:
    assert record.time is not None
    return Event.model_validate(
        {
            "id": f"V{number}",
            "time": record.time,
            "precision": record.precision,
            "actor": record.actor,
            "actor_kind": record.actor_kind,
            "text": record.text,
            "quoted": record.kind == "message",
            "act": act,
            "classes": classes,
            "evidence": (record.id,),
        }
    )


def case(records: Iterable[Record], events: Iterable[Event] = (), **milestones: Milestone) -> Case:
    found = tuple(records)
    there = {r.document for r in found if r.document}
    return Case(
        incident=Incident(name="bay", id="bay", title="Exports stopped", roster=ROSTER),
        records=found,
        events=tuple(events),
        milestones=Milestones(**milestones),
        inputs=Inputs(
            found=tuple(d for d in UPSTREAM if d in there),
            missing=tuple(d for d in UPSTREAM if d not in there),
        ),
    )


def draft(made: Case) -> Narrative:
    return ExtractiveAuthor(PEOPLE).write(made)


def texts(statements: Iterable[Statement]) -> list[str]:
    return [s.text for s in statements]


TITLE = "Root cause of the stopped exports"
CAUSE = written("E1", "root cause", f"{TITLE} > Cause", "ledger-writer 5.3 sends batches of 500 messages.")
LIMIT = written("E2", "root cause", f"{TITLE} > Cause", "The broker rejects batches above 100.")
REPAIR = written("E9", "resolution summary", "Resolution > Actions", "Restart ledger-7 on Monday")


def test_nothing_is_told_without_a_record_of_the_case() -> None:
    stopped = said("E3", "09:14", "Mira Holt", "exports are failing for all 40 branches")
    final = written(
        "E4", "resolution summary", "Resolution > Impact, final", "1,200 exports failed in 50 minutes."
    )
    made = case([CAUSE, LIMIT, stopped, final], [event(1, stopped, "observed", "ONS", "DET")])
    told = draft(made)
    for part in (
        "summary",
        "detection",
        "impact",
        "resolution",
        "root_cause",
        "contributing_factors",
        "timeline",
    ):
        for piece in getattr(told, part):
            assert piece.evidence, piece
            assert set(piece.evidence) <= {r.id for r in made.records}


def test_the_cause_is_what_the_cause_section_says_and_nothing_about_the_document() -> None:
    byline = written("E5", "root cause", TITLE, "Mira Holt and Tariq Aziz, 12 February 2031.")
    clocks = written("E6", "root cause", TITLE, "All times UTC.")
    elsewhere = written(
        "E7", "resolution summary", "Resolution > Same defect elsewhere", "The mail writer sends batches too."
    )
    told = draft(case([byline, clocks, CAUSE, LIMIT, elsewhere]))
    assert texts(told.root_cause) == [CAUSE.text, LIMIT.text]
    assert elsewhere.text in texts(told.resolution)
    assert not any("times" in t or "February" in t for t in texts(told.summary))


def test_without_a_root_cause_document_responders_are_quoted_and_a_review_is_asked_for() -> None:
    asked = said("E1", "09:30", "Mira Holt", "did anything change today?")
    answer = said("E2", "09:31", "Tariq Aziz", "yes, ledger-writer 5.3 was deployed at 09:02")
    found = said(
        "E3", "09:33", "Tariq Aziz", "found it: the broker rejects batches above 100, so nothing drains"
    )
    noise = said("E4", "09:34", "Mira Holt", "thanks, coffee")
    records = [asked, answer, found, noise]
    events = [event(i, r) for i, r in enumerate(records, 1)]
    told = draft(case(records, events, detected=Milestone(time=at("09:20"), evidence=("E1",))))
    assert texts(told.root_cause) == [
        f"Mira Holt wrote at 09:30 UTC: “{asked.text}”; Tariq Aziz answered: “{answer.text}”.",
        f"Tariq Aziz wrote at 09:33 UTC: “{found.text}”.",
    ]
    assert any("no root-cause document" in q.question for q in told.open_questions)


def test_a_charge_in_a_document_falls_and_the_condition_beside_it_stays() -> None:
    blamed = written(
        "E5",
        "root cause",
        f"{TITLE} > Contributing factors",
        "Mira Holt should have noticed the new limit. The limit is printed on page 31 of an annex.",
    )
    told = draft(case([CAUSE, LIMIT, blamed]))
    assert [f.statement for f in told.contributing_factors] == [
        "The limit is printed on page 31 of an annex."
    ]


def test_where_only_repairs_were_agreed_prevention_is_asked_for_and_not_made_up() -> None:
    told = draft(case([CAUSE, LIMIT, REPAIR]))
    assert told.prevention == ()
    assert any("systemic measure" in q.question for q in told.open_questions)


def test_a_measure_that_bounds_a_class_of_failures_is_prevention_and_names_its_factor() -> None:
    factor = written(
        "E5",
        "root cause",
        f"{TITLE} > Contributing factors",
        "The broker has no limit on batch size at deploy time.",
    )
    guard = written(
        "E6",
        "resolution summary",
        "Resolution > Measures",
        "Let the pipeline refuse every deploy with a batch size above the broker limit.",
    )
    told = draft(case([CAUSE, LIMIT, factor, guard]))
    assert [(p.rank, p.addresses) for p in told.prevention] == [("guard", ("F1",))]


def test_detection_names_the_alert_its_delay_and_who_took_it_up() -> None:
    first = said("E1", "09:02:10", "gateway", "first rejected batch", "log")
    fired = said("E2", "09:14:10", "PagerDuty", "[#7] LedgerQueueDepth triggered on ledger", "page")
    paged = said("E3", "09:14:12", "PagerDuty", "Notified Mira Holt via phone call.", "page")
    taken = said("E4", "09:15:40", "Mira Holt", "Acknowledged by Mira Holt.", "page")
    events = [event(1, first, "observed", "ONS"), event(2, fired, "observed", "DET"), event(3, taken, "did")]
    onset, detected = (
        Milestone(time=first.time, evidence=("E1",)),
        Milestone(time=fired.time, evidence=("E2",)),
    )
    told = draft(case([first, fired, paged, taken], events, onset=onset, detected=detected))
    assert texts(told.detection) == [
        "The alert LedgerQueueDepth fired at 09:14:10 UTC, 12 min after the onset of impact at 09:02:10 UTC, "
        "and PagerDuty paged Mira Holt, who acknowledged at 09:15:40 UTC."
    ]


def test_interim_impact_gives_way_to_the_final_one_and_a_field_keeps_its_name() -> None:
    interim = field("E1", "incident brief", "Brief", "Impact so far", "about 300 exports")
    scope = field("E2", "incident brief", "Brief", "Not affected", "imports and mail")
    final = written(
        "E3", "resolution summary", "Resolution > Impact, final", "1,200 exports failed in 50 minutes."
    )
    assert texts(draft(case([interim, scope])).impact) == [
        "Impact so far: about 300 exports.",
        "Not affected: imports and mail.",
    ]
    assert texts(draft(case([interim, scope, final])).impact) == [
        final.text,
        "Not affected: imports and mail.",
    ]


@pytest.mark.parametrize(
    ("document", "heading", "where"),
    [
        ("root cause", "What happened", "cause"),
        ("root cause", "Detection latency", "detection"),
        ("root cause", "Evidence", "evidence"),
        ("resolution summary", "Same defect elsewhere", "elsewhere"),
        ("resolution summary", "How it differs from the mitigation", "difference"),
        ("resolution summary", "Final impact", "impact"),
        ("mitigation log", "Cleanup owed", "cleanup"),
        ("incident brief", "Impact, first estimate", "impact so far"),
    ],
)
def test_a_passage_belongs_where_its_document_and_heading_say(
    document: Upstream, heading: str, where: str
) -> None:
    assert place(written("E1", document, f"Something > {heading}", "A sentence of it.")) == where


def test_questions_are_few_and_none_is_asked_twice() -> None:
    told = draft(case([said("E1", "09:14", "Mira Holt", "exports are failing")]))
    questions = [q.question for q in told.open_questions]
    assert 0 < len(questions) <= 8
    assert len(questions) == len(set(questions))


def finding(criterion: str, where: str) -> Finding:
    return Finding(criterion=criterion, severity="blocking", gate="draft", where=where, message="as found")


def test_a_blameful_quotation_loses_its_charge_and_keeps_its_act() -> None:
    record = said(
        "E1", "09:33", "Tariq Aziz", "The broker rejects batches above 100. Mira was careless again."
    )
    made = case([record], [event(1, record, "found", "DIA")])
    narrative = Narrative(title="x", timeline=draft(made).timeline)
    blamed = narrative.timeline[0].model_copy(update={"event": f"Found: “{record.text}”"})
    author = ExtractiveAuthor(PEOPLE)
    mended = author.revise(
        made, narrative.model_copy(update={"timeline": (blamed,)}), (finding("BLM", "/timeline/0"),)
    )
    assert mended.timeline[0].event.startswith("Found: “The broker rejects batches above 100.")
    assert "careless" not in mended.timeline[0].event


def test_what_no_record_bears_out_is_told_in_the_records_own_words_or_falls_and_is_counted() -> None:
    narrative = Narrative(
        title="x",
        resolution=(Statement(text="Two brokers were replaced.", evidence=("E2",)),),
        impact=(Statement(text="9,000 exports failed.", evidence=("E1", "E2")),),
    )
    author = ExtractiveAuthor(PEOPLE)
    found = (finding("GRD", "/resolution/0"), finding("GRD", "/impact/statements/0"))
    mended = author.revise(case([CAUSE, LIMIT]), narrative, found)
    assert texts(mended.resolution) == ["The root cause says: “The broker rejects batches above 100.”."]
    assert mended.impact == ()
    assert [(d.part, d.text) for d in author.dropped] == [("impact", "9,000 exports failed.")]
    assert any(q.question.startswith("Who was affected") for q in mended.open_questions)


def test_revision_changes_nothing_that_no_finding_points_at() -> None:
    made = case([CAUSE, LIMIT, REPAIR])
    author = ExtractiveAuthor(PEOPLE)
    narrative = author.write(made)
    assert author.revise(made, narrative, (finding("PRV", "/prevention"),)) == narrative
    assert author.dropped == ()
