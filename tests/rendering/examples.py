"""Postmortems built by hand: a plain one, one across midnight and two zones, an empty one, a hostile one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.models.actions import ActionItem, ActionItems, Because, Done, NeedsDetail, Owner, Parked, Ticket
from pipeline.models.evaluation import DocumentResult, Evaluation, Finding
from pipeline.models.evidence import EvidenceRow
from pipeline.models.postmortem import (
    Account,
    Conflict,
    Factor,
    Figure,
    Gap,
    Heading,
    Impact,
    Inputs,
    Latencies,
    Latency,
    Milestone,
    Milestones,
    OpenQuestion,
    Postmortem,
    Prevention,
    RuledOut,
    Statement,
    TimelineEntry,
)

# Everything that Markdown, HTML, a linkifier or a template might take for markup.
HOSTILE = (
    "# not a heading",
    "- not a bullet - and **not bold**, __nor this__, ~~nor struck~~, `nor code`, $x$ and $y$",
    "1. not a number [not a link](https://evil.example/x) ![no image](https://evil.example/p.png)",
    "see https://evil.example/a_b?c=1&d=*2* or www.evil.example, mail eve@evil.example; evil.com/x too",
    "<script>alert('x')</script> <img src=x onerror=alert(1)> <!-- c --> &lt; &#35; &amp;",
    "a | b || c \\| d \\ e \\",
    '[E1] is no mark, nor [E2]: http://evil.example "t"',
    "{{ 7 * 7 }} {% raw %} ${HOME} ${{ x }}",
    "> quoted\n\n## heading\n\n---\n\n| a | b |\n|---|---|",
    "=== ; --- ; *** ; +++",
    "Ends in a quotation “Stop.”",
    "Did it? It did... and went on…",
    "right-to-left \u202eevil\u202c and zero\u200bwidth and nul\x00",
    "<http://evil.example> and HTTPS://EVIL.EXAMPLE/ and ftp://evil.example/x.",
    "*(inferred)* is ours to say",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def said(text: str, *evidence: str, basis: str = "stated") -> Statement:
    return Statement.model_validate({"text": text, "evidence": evidence, "basis": basis})


def plain_one() -> tuple[Postmortem, ActionItems]:
    """One evening, one zone, most parts filled, values of every kind."""
    postmortem = Postmortem(
        incident=Heading(
            id="lamp-7",
            title="Street lamps stayed dark after the schedule import",
            severity="SEV2",
            commander=Account(value="Ines Duarte", evidence=("E5",)),
        ),
        summary=(
            said(
                "On 4 May 2026 the lamps of two districts stayed dark for 41 min.",
                "E2",
                "E1",
                basis="observed",
            ),
            said("v2.1 of the importer had read local times as UTC.", "E3"),
            said("Was anybody hurt? No record says so.", "E3", basis="inferred"),
        ),
        detection=(said("A resident called at 19:02, 12 min after dusk.", "E4"),),
        resolution=(
            said("The old schedule was loaded again.", "E6"),
            said("no capital here, and no stop", "E6"),
        ),
        impact=Impact(
            statements=(said("Two districts were dark.", "E1"),),
            figures=(
                Figure(what="Lamps dark", value=1840, unit="lamps", approximate=True, evidence=("E1",)),
                Figure(what="Share of all lamps", value=7.5, unit="percent", final=False, evidence=("E1",)),
                Figure(what="Injuries", value="none reported", unit="people", evidence=("E1", "E4")),
                Figure(what="Calls", value="30–40", unit="calls", evidence=()),
            ),
        ),
        timeline=(
            TimelineEntry(
                time=at("2026-05-04T18:50"),
                precision="minute",
                actor="lamp-importer",
                actor_kind="system",
                event="Imported the schedule of the summer.",
                classes=("TRG", "ONS"),
                evidence=("E3", "E1"),
            ),
            TimelineEntry(
                time=at("2026-05-04T19:02"),
                precision="approximate",
                actor="a resident",
                actor_kind="unknown",
                event="Called the hotline: the street is dark.",
                classes=("DET",),
                evidence=("E4",),
            ),
            TimelineEntry(
                time=at("2026-05-04T19:10:05"),
                until=at("2026-05-04T19:31:40"),
                precision="exact",
                actor="Ines Duarte",
                actor_kind="person",
                event="Loaded the old schedule again.",
                classes=("ATT", "MIT"),
                evidence=("E6",),
            ),
        ),
        gaps=(
            Gap(start=at("2026-05-04T19:31:40"), until=at("2026-05-04T20:00"), explanation=None, evidence=()),
            Gap(
                start=at("2026-05-04T20:00"),
                until=at("2026-05-04T20:30"),
                explanation="waiting for dusk in the west",
                evidence=("E6",),
            ),
        ),
        milestones=Milestones(
            onset=Milestone(time=at("2026-05-04T18:50"), evidence=("E3",)),
            detected=Milestone(time=at("2026-05-04T19:02"), evidence=("E4",)),
            declared=Milestone(reason="no record gives it a severity before 20:00"),
            mitigated=Milestone(time=at("2026-05-04T19:31:40"), evidence=("E6",)),
        ),
        latencies=Latencies(
            detection=Latency(minutes=12.0, start="E3", to="E4"),
            coordination=Latency(minutes=83.4, start="E4", to="E5"),
            response=Latency(reason="the attempt came before the declaration"),
        ),
        root_cause=(said("The importer took local times for UTC.", "E3"),),
        contributing_factors=(
            Factor(
                id="F1", statement="The file names no zone.", kind="information or tooling", evidence=("E3",)
            ),
            Factor(id="F2", statement="Nothing watches lamp current.", kind="detection", basis="inferred"),
        ),
        ruled_out=(RuledOut(statement="A power cut: the grid was whole.", evidence=("E5",)),),
        prevention=(
            Prevention(id="P1", statement="Refuse a file without a zone.", addresses=("F1",), rank="guard"),
            Prevention(
                id="P2",
                statement="Watch lamp current after dusk.",
                addresses=("F2", "late call"),
                rank="detect",
                basis="proposed",
                evidence=("E4",),
            ),
        ),
        went_well=(said("The old file was at hand.", "E6", basis="observed"),),
        lessons=(said("A time without a zone is a guess.", "E3", basis="inferred"),),
        open_questions=(
            OpenQuestion(question="Who keeps the schedule?", for_whom="district office", evidence=("E5",)),
            OpenQuestion(question="How many called?"),
        ),
        conflicts=(
            Conflict(
                about="End",
                accounts=(
                    Account(value="19:31", evidence=("E6", "E5")),
                    Account(value="19:45; or later", evidence=("E4",)),
                ),
                used="19:31",
            ),
            Conflict(about="Calls", accounts=(Account(value="30"), Account(value="40")), used=None),
        ),
        inputs=Inputs(found=("chat", "logs"), missing=("root cause",)),
        external_ids=("LAMP-88", "call 5"),
    )
    items = ActionItems(
        items=(
            ActionItem(
                id="A1",
                title="Refuse a schedule file that names no zone, with exit code 2",
                detail="kept out of print",
                owner=Owner(name="lamp controls team", kind="team"),
                priority="P1",
                due=date(2026, 6, 1),
                tracking=Ticket(key="LAMP-91", project="LAMP", url="https://tracker.example/LAMP-91"),
                type="systemic",
                category="prevent",
                addresses=("F1",),
                evidence=("E6", "E3"),
                because=Because(owner="E6 says so"),
            ),
            ActionItem(
                id="A4",
                title="Page the night desk where lamp current is 0 after dusk",
                proposed_owner="Ines Duarte",
                type="quick win",
                category="detect",
                basis="proposed",
                evidence=("E4",),
            ),
        ),
        needs_detail=(
            NeedsDetail(
                id="N1", title="Better maps", missing=("v", "d"), question="Of what?", evidence=("E5",)
            ),
        ),
        parked=(Parked(title="New lamps", reason="declined: no budget", evidence=("E5",)),),
        done=(Done(title="Load the old schedule", evidence=("E6",)),),
    )
    return postmortem, items


def two_zones() -> tuple[Postmortem, ActionItems]:
    """Across midnight and across the end of summer time in Lisbon."""
    entries = (
        ("2026-10-24T22:58:10", None, "exact", "Rui"),
        ("2026-10-24T23:40:00", "2026-10-25T00:20:00", "exact", "Rui"),
        ("2026-10-25T00:59:00", None, "minute", "night desk"),
        ("2026-10-25T01:30:00", None, "exact", "Rui"),
        ("2025-12-31T23:59:59", None, "exact", "cron"),
    )
    timeline = tuple(
        TimelineEntry.model_validate(
            {
                "time": at(time),
                "until": at(until) if until else None,
                "precision": precision,
                "actor": actor,
                "event": f"Step {n} was taken.",
                "evidence": [f"E{n}"],
            }
        )
        for n, (time, until, precision, actor) in enumerate(entries, 1)
    )
    timeline = tuple(sorted(timeline, key=lambda e: e.time))
    heading = Heading(id="ferry", title="Ferry bookings at the change of clocks", timezone="Europe/Lisbon")
    return Postmortem(incident=heading, timeline=timeline), ActionItems()


def empty_one() -> tuple[Postmortem, ActionItems]:
    return Postmortem(incident=Heading(id="none", title="Nothing is known")), ActionItems()


def hostile_one() -> tuple[Postmortem, ActionItems]:
    """The same hostile texts in every field that an artifact's words may reach."""
    texts = HOSTILE
    statements = tuple(said(text, "E1", "E2") for text in texts) + tuple(said(text) for text in texts)
    entries = tuple(
        TimelineEntry(
            time=at(f"2026-05-04T18:{n:02}:07"),
            precision="exact",
            actor=text[:40],
            event=text,
            classes=("DIA",),
            evidence=("E1",),
        )
        for n, text in enumerate(texts)
    )
    postmortem = Postmortem(
        incident=Heading(id=texts[1], title=texts[2], severity=texts[0], timezone="America/Denver"),
        status="rejected",
        summary=statements,
        impact=Impact(
            statements=statements,
            figures=tuple(Figure(what=t, value=t, unit=t, evidence=("E1",)) for t in texts),
        ),
        timeline=entries,
        gaps=tuple(
            Gap(start=e.time, until=at("2026-05-04T20:00"), explanation=e.event, evidence=("E1",))
            for e in entries
        ),
        root_cause=statements,
        contributing_factors=tuple(
            Factor(id=f"F{n}", statement=t, kind="process", evidence=("E1",)) for n, t in enumerate(texts, 1)
        ),
        ruled_out=tuple(RuledOut(statement=t, evidence=("E1",)) for t in texts),
        prevention=tuple(
            Prevention(id=f"P{n}", statement=t, addresses=(t,), rank="guard") for n, t in enumerate(texts, 1)
        ),
        went_poorly=statements,
        open_questions=tuple(OpenQuestion(question=t, for_whom=t, evidence=("E1",)) for t in texts),
        conflicts=tuple(
            Conflict(about=t, accounts=(Account(value=t, evidence=("E1",)), Account(value=t)), used=t)
            for t in texts
        ),
        milestones=Milestones(onset=Milestone(reason=texts[4])),
        latencies=Latencies(detection=Latency(reason=texts[5])),
        inputs=Inputs(found=texts),
    )
    items = ActionItems(
        items=tuple(
            ActionItem(
                id=f"A{n}",
                title=t,
                owner=Owner(name=t),
                tracking=Ticket(key=t, url="javascript:alert(1)"),
                type="systemic",
                category="prevent",
                addresses=(t,),
                evidence=("E1",),
            )
            for n, t in enumerate(texts, 1)
        ),
        needs_detail=tuple(
            NeedsDetail(id=f"N{n}", title=t, missing=("v",), question=t, for_whom=t, owner=Owner(name=t))
            for n, t in enumerate(texts, 1)
        ),
        parked=tuple(Parked(title=t, reason=t) for t in texts),
        done=tuple(Done(title=t) for t in texts),
    )
    return postmortem, items


ALL = {f.__name__: f for f in (plain_one, two_zones, empty_one, hostile_one)}
RECORDS = frozenset(f"E{n}" for n in range(1, 10))


def evidence() -> list[EvidenceRow]:
    return [
        EvidenceRow(
            id=record,
            source="chat/<b>ops</b>.txt",
            locator=f"line {number}",
            time=at(f"2026-05-04T18:0{number}"),
            precision="minute",
            zone_basis="heading says UTC",
            actor="Ines Duarte",
            text=f"<script>alert({number})</script> {record} said so",
            state="cited",
        )
        for number, record in enumerate(sorted(RECORDS), 1)
    ]


def evaluation(*findings: Finding, gate: str = "draft") -> Evaluation:
    verdict = "rejected" if any(f.severity == "blocking" for f in findings) else "accepted"
    document = DocumentResult.model_validate(
        {"path": "postmortem.md", "verdict": verdict, "findings": findings}
    )
    return Evaluation.model_validate(
        {"verdict": verdict, "gate": gate, "profile": "haiku", "documents": (document,)}
    )
