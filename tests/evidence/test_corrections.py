"""What people correct of their own words is told with the right value, and the correction is not told."""

from pipeline.evidence.corrections import find_corrections
from tests.evidence.telling import COURSE, arranged, said, telling


def test_a_corrected_clock_stands_in_brackets_and_the_wrong_one_is_gone() -> None:
    case = arranged(
        *COURSE,
        said(20, "09:58:00", "Noor Haddad", "rollback to build 76 was finished at 09:15"),
        said(21, "09:58:40", "Noor Haddad", "sorry, 09:51 not 09:15"),
    )
    told = telling(case, "rollback to build 76 was finished")
    assert told is not None
    assert "[09:51]" in told.text
    assert not any("09:15" in e.text for e in case.events)
    assert dict(case.set_aside)["E21"].startswith("corrects E20")


def test_somebody_else_who_disagrees_corrects_nothing() -> None:
    records = (
        said(1, "09:16:00", "Noor Haddad", "build 77 went out at 09:02"),
        said(2, "09:17:00", "Tess Moreno", "09:12 not 09:02, I think"),
    )
    assert find_corrections(records) == ()
