"""Who acted in an entry: any agent or reporting component in any clause, and never the act itself."""

import pytest

from pipeline.documents.actors import actor_of
from pipeline.documents.parse import parse


@pytest.mark.parametrize(
    ("event", "actor"),
    [
        ("In Ghent the print agents stopped", "the print agents"),
        ("After the restart, the importer crashed again", "the importer"),
        ("Escalated, and Wei joined", "Wei"),
        ("Noticed that the importer had stopped", "the importer"),
        ("Rollback started, so checkout recovered", "checkout"),
        ("Restored via Terraform", "Terraform"),
        ("Same fault reported by one developer", "one developer"),
        ("Rollback using the deploy bot", "the deploy bot"),
        ("Received alerts from our monitoring system", "our monitoring system"),
        ("Deployment failed. The label pod never became ready.", "The label pod"),
        ("First alert about the queue's depth", "First alert"),
        ("Alert fires", "Alert"),
    ],
)
def test_an_actor_is_found_in_any_clause(event: str, actor: str) -> None:
    assert actor_of(event) == actor


@pytest.mark.parametrize(
    "event",
    [
        "It was decided to move because the node failed",
        "Customers were informed via email",
        "Approval given and the site stayed up",
        "Incident declared through the status page",
        "Note pending parcels",
        "Uncordoned the node",
        "Node replacement completed",
        "Start of the deployment",
        "Everything is back to normal",
        "DDoS identified",
        "CoreDNS upgraded, no change",
    ],
)
def test_an_act_without_its_actor_names_none(event: str) -> None:
    assert actor_of(event) is None


def test_the_details_of_an_entry_may_name_who_acted() -> None:
    headed = "# Sorter, 4 June 2024\n\n## Timeline (UTC)\n\n### 14:05\n\nRollback started.\n\nWei watched the belts.\n"
    nested = (
        "# Sorter, 4 June 2024\n\n## Timeline (UTC)\n\n- 14:05 Rollback started\n  - Wei watched the belts\n"
    )
    assert [e.actor for e in parse(headed).entries] == ["Wei"]
    assert [e.actor for e in parse(nested).entries] == ["Wei"]


@pytest.mark.parametrize(
    ("event", "actor"),
    [
        ("IT desk opened the gate", "IT desk"),
        ("Head of sorting signed off the restart", "Head"),
        ("exchange halted trading", "exchange"),
        ("deploy bot rolled back to 71", "deploy bot"),
    ],
)
def test_a_department_a_bot_and_who_halts_an_activity_act(event: str, actor: str) -> None:
    assert actor_of(event) == actor


@pytest.mark.parametrize("event", ["Cancellation of the run", "Go-ahead for a second try", "Disk swap"])
def test_an_act_that_stands_alone_names_nobody(event: str) -> None:
    assert actor_of(event) is None
