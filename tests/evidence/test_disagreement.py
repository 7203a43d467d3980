"""Sources that disagree are told side by side; counts of different things are no disagreement."""

from pipeline.models.case import Case
from pipeline.models.postmortem import Figure
from tests.evidence.telling import COURSE, arranged, said, written


def brief(number: int, text: str) -> object:
    return written(number, text, document="incident brief", kind="field", section="Brief")


def final(number: int, text: str) -> object:
    return written(number, text, document="resolution summary", section="Resolution > Impact, final")


def values(case: Case, about: str) -> list[str]:
    found = next((c for c in case.conflicts if c.about == about), None)
    return [a.value.split(" ")[0] for a in found.accounts] if found else []


def figure(case: Case, value: int) -> Figure | None:
    return next((f for f in case.figures if f.value == value), None)


def test_an_interim_count_and_the_final_one_are_both_told_and_the_final_one_is_used() -> None:
    case = arranged(
        *COURSE,
        brief(30, "Impact so far: about 300 failed labels"),  # type: ignore[arg-type]
        final(31, "412 of 1,900 labels failed, in six halls."),  # type: ignore[arg-type]
    )
    assert values(case, "how many labels") == ["412", "300"]
    assert next(c.used for c in case.conflicts if c.about == "how many labels") == "412"
    interim, last = figure(case, 300), figure(case, 412)
    assert interim is not None
    assert last is not None
    assert (interim.final, last.final) == (False, True)


def test_a_second_office_that_counts_without_a_noun_counts_the_same_thing() -> None:
    case = arranged(
        *COURSE,
        final(30, "203 labels were printed twice."),  # type: ignore[arg-type]
        final(31, "The packing hall counts 211 from paper lists."),  # type: ignore[arg-type]
    )
    assert sorted(values(case, "how many labels")) == ["203", "211"]


def test_rates_progress_and_other_things_are_no_rival_counts() -> None:
    case = arranged(
        *COURSE,
        final(30, "412 labels failed."),  # type: ignore[arg-type]
        said(40, "09:53:00", "Noor Haddad", "36 labels per minute, a normal morning"),
        said(41, "09:53:30", "Noor Haddad", "reprinting, 24 of 41 halls"),
    )
    assert values(case, "how many labels") == []


def test_a_document_that_dates_onset_otherwise_is_a_conflict_with_clocks_as_written() -> None:
    case = arranged(
        *COURSE,
        written(30, "The first failed label was printed at 09:08.", "09:08"),
        written(31, "Started: 09:12", "09:12", document="incident brief", kind="field", section="Brief"),
    )
    assert values(case, "time of the milestone onset") == ["09:08", "09:12"]
    assert not any("Started" in e.text for e in case.events)
