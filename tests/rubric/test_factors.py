"""When a measure addresses a factor: by a shared object, a shared phrase, or by bringing what was lacking."""

import pytest

from pipeline.rubric.factors import is_linked


@pytest.mark.parametrize(
    ("measure", "factor"),
    [
        ("Refuse commands that run as the wrong user", "The tool was started as the wrong user and did not object."),
        ("Page when the disk of any node is 80% full", "Nobody noticed for a day; no alert covered it."),
        ("Alert on parcels per hour", "The standstill went unnoticed until Monday."),
        ("Cap what one tenant may send", "Requests of a tenant are unlimited."),
        ("Grant write access by role", "Access to the ledger was never restricted."),
        ("Reject price files over 2 GB", "The importer accepts a file of any size."),
    ],
)  # fmt: skip
def test_a_shared_object_or_a_lack_that_is_filled_links(measure: str, factor: str) -> None:
    assert is_linked(measure, ["Standstill of the sorter", factor])


@pytest.mark.parametrize(
    ("measure", "factor"),
    [
        ("Require two approvals for every change to DNS", "The importer accepts a file of any size."),
        ("Alert on parcels per hour", "The alert fired at once; the belt's motor had no fuse."),
        ("Add a test for the server", "The request failed because the service had an error."),
    ],
)
def test_everybodys_words_and_a_measure_for_something_else_do_not(measure: str, factor: str) -> None:
    assert not is_linked(measure, [factor])
