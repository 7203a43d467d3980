"""What is an item under an action heading, whose it is, and what it owes."""

import pytest

from pipeline.documents.parse import parse
from pipeline.models.document import PrintedItem
from pipeline.rubric.engine import check, default_means


def items(body: str) -> tuple[PrintedItem, ...]:
    return parse(f"# Sorter\n\n## Action items\n\n{body}\n").items


def flags(body: str) -> set[str]:
    found = check(f"# Sorter\n\n## Action items\n\n{body}\n", profile="haiku", means=default_means()).findings
    return {f.criterion for f in found if f.criterion.startswith("AI-")}


@pytest.mark.parametrize(
    "title",
    [
        "Upgrade Kestrel to v3.2 where the leak is gone",
        "Move Harbour to the shared pool",
        "Migrate Label Printing to build 9",
    ],
)
def test_an_imperative_that_opens_an_item_is_nobodys_name(title: str) -> None:
    (item,) = items(f"- {title}")
    assert (item.title, item.owner) == (title, None)


@pytest.mark.parametrize("lead", ["Dana Ruiz to", "Grant Hale will", "Mark Ito:", "@wei to"])
def test_a_name_that_opens_an_item_is_its_owner(lead: str) -> None:
    (item,) = items(f"- {lead} cap the pool of the sorter at 80")
    assert item.owner == lead.removesuffix(":").removesuffix(" to").removesuffix(" will")
    assert "cap the pool" in item.title


def test_a_paragraph_that_asks_for_a_deed_is_an_item() -> None:
    (item,) = items("We will cap the pool of the sorter at 80 connections.")
    assert (item.title, item.owner) == ("cap the pool of the sorter at 80 connections", "We")
    (headed,) = items(
        "### A pool for every belt\n\nSplit the pool, so that one belt cannot starve the others.\n"
    )
    assert headed.title.startswith("A pool for every belt. Split the pool")


@pytest.mark.parametrize(
    "prose",
    [
        "No further action is needed, because the sorter is retired on 30 June.",
        "The following actions were agreed upon in the review:",
        "Every action item should have a ticket.",
        "The review took an hour.",
    ],
)
def test_words_about_the_list_are_no_items(prose: str) -> None:
    assert items(prose) == ()
    assert [i.title for i in items(f"{prose}\n\n- Cap the pool at 80")] == ["Cap the pool at 80"]


def test_a_pointer_owes_nothing_but_its_reference() -> None:
    assert flags("- Mitigation tickets raised: https://trello.com/c/Qw3rTy9Z") == set()
    assert flags("- Follow-up is tracked in https://wiki.parcels.example/list") == {"AI-TRK"}
    assert "AI-OWN" in flags("- Raised a ticket to cap the pool at 80: https://trello.com/c/Qw3rTy9Z")


def test_a_finished_item_owes_its_day_alone() -> None:
    assert flags("- Cap the pool at 80. This has already been done.") == {"AI-DUE"}
    assert flags("- Cap the pool at 80. DONE on 2024-06-06") == set()
    assert "AI-OWN" in flags("- Tell the depot when the cap is done")


def test_a_line_that_calls_what_follows_finished_speaks_for_its_list() -> None:
    body = "- Cap the pool at 80\n\nThe following items are already completed:\n\n- Drain belt 4 at night\n"
    assert [i.state for i in items(body)] == ["open", "done"]


WHOLE = [
    "- Cap the pool at 80 [Assignee: Ines Caldeira; Prio: P1; ETA: March 1, 2027; Jira: OPS-9]",
    "- Cap the pool at 80 (owner: Ines Caldeira (lead), priority: P1, due: Friday, 1 March 2027, ticket: OPS-9)",
    "1. Cap the pool at 80 -> Ines Caldeira, P1, 2027-03-01, OPS-9",
    "* Cap the pool at 80, owner Ines Caldeira, prio P1, due 2027-03-01, OPS-9",
    "- Cap the pool at 80. @ines P1 2027-03-01 OPS-9",
    "- Owner: Ines Caldeira\n  Action: Cap the pool at 80\n  Priority: P1\n  Due: 2027-03-01\n  Ticket: OPS-9",
    "- Cap the pool at 80\n  Ines Caldeira, P1, 2027-03-01, OPS-9",
    "- Cap the pool at 80\n  - Ines Caldeira\n  - P1\n  - 2027-03-01\n  - OPS-9",
    "- Cap the pool at 80 / Ines Caldeira / P1 / 2027-03-01 / OPS-9",
    "**Cap the pool at 80**\n\nOwner: Ines Caldeira  \nPriority: P1  \nDue: 2027-03-01  \nTracker: OPS-9",
    "**Cap the pool at 80**\n\nOwner: Ines Caldeira | Priority: P1 | Due: 2027-03-01 | Ticket: OPS-9",
    "### Cap the pool at 80\n\n**Owner:** Ines Caldeira · **Priority:** P1 · **Due:** 2027-03-01 · **Ticket:** OPS-9",
    "### Ines Caldeira\n\n- Cap the pool at 80 (P1, 2027-03-01, OPS-9)",
    "### By 1 March 2027\n\n- Cap the pool at 80 (Ines Caldeira, P1, OPS-9)",
    "All of these are owned by Ines Caldeira and tracked under OPS-9.\n\n- Cap the pool at 80 (P1, 2027-03-01)",
    "Cap the pool at 80. The owner is Ines Caldeira, the priority is P1, it is due on 1 March 2027 and tracked as OPS-9.",
    "| ID | Action | Owner | Priority | Due |\n|---|---|---|---|---|\n| OPS-9 | Cap the pool at 80 | Ines Caldeira | P1 | 2027-03-01 |",
]


@pytest.mark.parametrize("body", WHOLE)
def test_an_item_owes_nothing_in_whatever_layout_its_fields_stand(body: str) -> None:
    assert not flags(body) & {"AI-OWN", "AI-PRI", "AI-DUE", "AI-TRK"}


@pytest.mark.parametrize("body", WHOLE)
def test_nor_is_a_field_read_from_what_is_not_there(body: str) -> None:
    for value, criterion in (("P1", "AI-PRI"), ("OPS-9", "AI-TRK")):
        assert criterion in flags(body.replace(value, "tbd"))


def test_a_deed_on_a_thing_with_a_number_in_its_name_is_no_pointer() -> None:
    assert "AI-OWN" in flags("- Raise the disk alert of ledger-db-2 from 95 % to 80 %")


def test_the_heads_of_an_html_table_are_no_item() -> None:
    heads = "".join(f"<th>{h}</th>" for h in ("Action", "Owner", "Priority", "Due", "Ticket"))
    cells = "".join(
        f"<td>{c}</td>" for c in ("Cap the pool at 80", "Ines Caldeira", "P1", "2027-03-01", "OPS-9")
    )
    (item,) = items(f"<table>\n<tr>{heads}</tr>\n<tr>{cells}</tr>\n</table>")
    assert (item.title, item.owner, item.tracking) == ("Cap the pool at 80", "Ines Caldeira", "OPS-9")
