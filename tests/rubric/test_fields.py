"""Single fields of items, each alone: what resolves and what does not."""

from datetime import date

import pytest

from pipeline.language.people import People
from pipeline.models.incident import Person
from pipeline.rubric.engine import check, default_means
from pipeline.rubric.means import Means

MEANS = default_means(date(2026, 4, 1))


def flagged(criterion: str, field: str, value: str, means: Means = MEANS, before: str = "") -> bool:
    text = f"{before}## Action items\n\n| Action | {field} |\n|---|---|\n| Reject tokens older than 90 days | {value} |\n"
    return any(
        f.criterion == criterion for f in check(text, profile="haiku", gate="publish", means=means).findings
    )


@pytest.mark.parametrize("owner", ["TBD", "we", "the team", "engineering", "", "Ines or Tariq", "SRE", "not yet assigned",
                                   "Ines started that", "everyone on call", "QA", "someone from storage", "Ines?"])  # fmt: skip
def test_nobody_in_particular_owns_nothing(owner: str) -> None:
    assert flagged("AI-OWN", "Owner", owner)


@pytest.mark.parametrize("owner", ["Ines Caldeira", "@ines", "ines@ferry.example", "ledger-platform team", "Ines (lead), Tariq",
                                   "storage on-call lead (Tariq this month)", "release manager", "CTO"])  # fmt: skip
def test_a_person_a_single_role_or_a_named_team_owns(owner: str) -> None:
    assert not flagged("AI-OWN", "Owner", owner)


def test_a_generic_name_resolves_where_the_roster_has_exactly_one_such_team() -> None:
    roster = (Person(name="SRE", kind="team"), Person(name="Ines Caldeira", team="ledger"))
    means = Means(today=MEANS.today, people=People(roster), roster=roster)
    assert not flagged("AI-OWN", "Owner", "SRE", means)
    assert flagged("AI-OWN", "Owner", "QA", means)


@pytest.mark.parametrize("priority", ["TBD", "ASAP", "important", "", "SEV1", "soon", "2", "urgent"])
def test_urgency_is_no_place_on_a_scale(priority: str) -> None:
    assert flagged("AI-PRI", "Priority", priority)


@pytest.mark.parametrize(
    "priority", ["P1", "High", "must", "Medium", "2 (1 = highest)", "P0 (critical)", "**P2**"]
)
def test_a_place_on_a_scale_is_a_priority(priority: str) -> None:
    assert not flagged("AI-PRI", "Priority", priority)


@pytest.mark.parametrize("due", ["ASAP", "next sprint", "ongoing", "TBD", "soon after the freeze", "", "tomorrow", "Friday",
                                 "end of month", "Q3", "30 days", "04/11/2026", "2026-03-31", "2019-01-01"])  # fmt: skip
def test_what_leads_to_no_calendar_date_is_no_due_date(due: str) -> None:
    assert flagged("AI-DUE", "Due", due)


@pytest.mark.parametrize("due", ["2026-07-15", "15 July 2026", "Q3 2026", "within 14 days of resolution (resolved 2026-03-25)",
                                 "end of sprint 26-13 (ends 2026-06-28)", "June 2026", "2026-04-01", "week 24 of 2026"])  # fmt: skip
def test_what_leads_to_one_calendar_date_is_a_due_date(due: str) -> None:
    assert not flagged("AI-DUE", "Due", due)


def test_a_day_without_a_year_takes_it_from_the_document_only() -> None:
    assert flagged("AI-DUE", "Due", "15 July")
    assert not flagged("AI-DUE", "Due", "15 July", before="# Importer stalls, 25 March 2026\n\n")


@pytest.mark.parametrize("ticket", ["ticket to follow", "PAY-XXX", "discussed in #inc-204", "see this document", "", "#14",
                                    "Ines has it on her list", "RFC-2119", "https://tracker.example/", "importer!513",
                                    "https://git.example/importer/pull/513", "https://chat.slack.com/archives/C1/p1700000"])  # fmt: skip
def test_what_leads_to_no_entry_of_a_tracker_tracks_nothing(ticket: str) -> None:
    assert flagged("AI-TRK", "Ticket", ticket)


@pytest.mark.parametrize("ticket", ["PAY-1182", "https://tracker.example/browse/INFRA-77", "importer#512", "INC-204, INFRA-81",
                                    "Work item 40921 (board: Storage)", "[issue](https://git.example/importer/issues/512)"])  # fmt: skip
def test_an_entry_of_a_tracker_tracks(ticket: str) -> None:
    assert not flagged("AI-TRK", "Ticket", ticket)
