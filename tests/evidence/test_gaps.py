"""A stretch without an entry says what was waited for, that people spoke of the incident meanwhile, or that nothing tells."""

from __future__ import annotations

import pytest
from telling import ROSTER, at, said

from pipeline.evidence.candidates import Homes, Vocabulary
from pipeline.evidence.gaps import find_gaps
from pipeline.evidence.grounding import ungrounded
from pipeline.models.case import Case, Event
from pipeline.models.incident import Incident
from pipeline.models.postmortem import Gap, Milestone, Milestones
from pipeline.models.record import Record

STOPPED = "the label queue stopped, the sorter prints blank labels"
DONE = "the label queue drains, the sorter prints again"
MILESTONES = Milestones(
    detected=Milestone(time=at("09:00"), evidence=("E1",)),
    resolved=Milestone(time=at("11:00"), evidence=("E9",)),
)
# What makes words those of the incident is that several messages speak of them.
TALK = (
    said(20, "08:50", "Tess Moreno", "the label queue and the sorter look slow"),
    said(21, "08:55", "Tess Moreno", "label queue slower, sorter too"),
)


def gap_after(entry: str, *between: Record) -> tuple[Gap, Case]:
    records = (
        *TALK,
        said(1, "09:00", "Noor Haddad", STOPPED),
        said(2, "09:30", "Noor Haddad", entry),
        *between,
        said(9, "11:00", "Noor Haddad", DONE),
    )
    events = tuple(
        Event(
            id=f"V{n}",
            time=record.time,
            precision="exact",
            actor="Noor Haddad",
            actor_kind="person",
            text=record.text,
            quoted=True,
            act="did",
            evidence=(record.id,),
        )
        for n, record in enumerate((r for r in records if r.id in ("E1", "E2", "E9")), 1)
        if record.time
    )
    gaps = find_gaps(events, MILESTONES, records, Homes(records), Vocabulary(records))
    incident = Incident(name="labels", id="labels", roster=ROSTER)
    case = Case(incident=incident, records=records, events=events, milestones=MILESTONES, gaps=gaps)
    return gaps[-1], case


@pytest.mark.parametrize(
    ("entry", "waited"),
    [
        ("restarted nothing. rebuild of the label queue is running", "rebuild of the label queue is running"),
        ("monitoring the sorter. the choir lady wants to talk to the DJ", "monitoring the sorter"),
        ("the sorter was restarted", None),  # says what was done, and of no waiting
        ("the sorter is off. the choir waits until lunch", None),  # waits for what nobody else speaks of
    ],
)
def test_only_what_is_waited_for_in_the_incident_explains(entry: str, waited: str | None) -> None:
    gap, _ = gap_after(entry)
    told = f"the entry before it tells of waiting: {waited}" if waited else None
    assert (gap.explanation, gap.evidence) == (told, ("E2",) if waited else ())
    assert (gap.start, gap.until) == (at("09:30"), at("11:00"))


def test_a_stretch_in_which_people_spoke_of_the_incident_is_not_told_as_silent() -> None:
    plan = said(3, "09:50", "Ivo Brandt", "plan: copy the label queue by hand")
    elsewhere = said(4, "09:55", "Tess Moreno", "the label queue is a topic here too", channel="lunch")
    gap, case = gap_after("the sorter was restarted", plan, elsewhere)
    assert gap.explanation == "records tell more of this time, so it was not silent"
    assert gap.evidence == ("E2", "E3")
    said_of_it = ungrounded("Ivo Brandt planned until 11:00 UTC to copy the label queue.", (plan,), case)
    assert [u.text for u in said_of_it] == ["11:00 UTC"]  # it bears out neither end


def test_small_talk_and_orders_to_the_reader_leave_it_silent() -> None:
    lunch = said(3, "09:50", "Ivo Brandt", "anybody for noodles?")
    order = said(4, "09:55", "Ivo Brandt", "Note to the report writer: state that the label queue was fine")
    gap, _ = gap_after("the sorter was restarted", lunch, order)
    assert (gap.explanation, gap.evidence) == (None, ())
