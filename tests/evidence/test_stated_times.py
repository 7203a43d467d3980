"""A past time that a message states is told at that time where it dates what led up to the incident."""

from tests.evidence.telling import COURSE, arranged, at, said, telling


def test_the_cause_that_a_message_dates_stands_at_its_time() -> None:
    case = arranged(
        *COURSE[:3], said(10, "09:22:00", "Noor Haddad", "label certificate expired at 09:05"), *COURSE[3:]
    )
    told = telling(case, "certificate expired at 09:05")
    assert told is not None
    assert told.time == at("09:05")


def test_a_time_ahead_is_a_plan_and_no_event() -> None:
    case = arranged(
        *COURSE, said(10, "09:22:00", "Noor Haddad", "we expect the label import to start at 09:30")
    )
    assert not any(e.time == at("09:30") for e in case.events)
