"""Which measures hold for a class of failures, by what they act on, and which only ask, promise or repair."""

import pytest

from pipeline.language.measures import is_repair, is_systemic, rank_of

STRONG = ("eliminate", "substitute", "guard", "detect")


@pytest.mark.parametrize(
    "measure",
    [
        "Page when the requested memory of the cluster exceeds 80% of its capacity",
        "Set up alerting for the number of open file handles",
        "Set an alert when the number of shipped parcels is under the average",
        "Implement least-privilege roles for warehouse operators",
        "Apply priority classes to the dispatch workloads",
        "Do not allow anonymous users to load reports",
        "Create a network policy that denies traffic between tenants",
        "Set up an external probe on the booking page",
        "Catch future instances of this issue with an alert on pending jobs",
    ],
)
def test_a_watched_resource_and_a_rule_for_all_callers_hold_for_a_class(measure: str) -> None:
    assert rank_of(measure) in STRONG
    assert is_systemic(measure) is True


@pytest.mark.parametrize(
    "measure",
    [
        "Investigate whether the queue needs an alert on its depth",
        "Find out why no alert fired for the disk usage",
        "Is the memory limit of the parser too low",
        "We need to be more careful with changes to every default",
        "Run an incident drill for every team",
    ],
)
def test_a_question_and_a_promise_change_nothing(measure: str) -> None:
    assert rank_of(measure) == "administrative"
    assert is_systemic(measure) is False


@pytest.mark.parametrize(
    "measure",
    [
        "Alert on the exact error message of this incident",
        "Alert on the memory of parser-7",
        "Fix this alert",
    ],
)
def test_an_alert_for_one_thing_is_for_no_class(measure: str) -> None:
    assert is_systemic(measure) is not True


def test_a_repair_acts_on_what_broke() -> None:
    assert is_repair("Increase the memory of parser-7")
    assert is_repair("Restart the stuck consumer")
    assert not is_repair("Set a limit on every consumer's memory")
    assert not is_repair("Document the restart of the consumer")


def test_a_noun_that_names_the_deed_opens_a_measure_too() -> None:
    assert rank_of("Removal of the automatic refresh") == "eliminate"
    assert rank_of("Migration of every ledger to the pooled client") == "substitute"
