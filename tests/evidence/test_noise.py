"""What is set aside, and why: talk, routine, hearsay, secrets, questions, plans after the close."""

import pytest

from tests.evidence.telling import COURSE, arranged, said, telling


@pytest.mark.parametrize(
    "record",
    [
        said(40, "09:33:00", "Tess Moreno", "is it the printers in hall 3?"),
        said(40, "09:33:00", "Tess Moreno", "somebody on a forum says label-api was hacked"),
        said(40, "09:33:00", "Tess Moreno", "login for label-api: [password]"),
        said(40, "10:40:00", "Noor Haddad", "I will write a runbook for label-api tomorrow"),
        said(40, "09:33:00", "Tess Moreno", "lunch is here, label soup"),
    ],
    ids=["a question", "hearsay", "a secret", "a plan", "lunch"],
)
def test_it_is_no_event(record: object) -> None:
    case = arranged(*COURSE, record)  # type: ignore[arg-type]
    assert "E40" in dict(case.set_aside)
    assert not any("E40" in e.evidence for e in case.events)


def test_a_message_in_the_same_words_again_and_again_is_routine() -> None:
    again = [
        said(
            60 + i, f"09:{21 + 2 * i}:30", "Tess Moreno", f"label report {i}: deployed {400 + i} label files"
        )
        for i in range(4)
    ]
    case = arranged(*COURSE, *again)
    assert telling(case, "label report") is None


def test_a_rumour_that_somebody_refutes_is_a_hypothesis_that_was_ruled_out() -> None:
    case = arranged(
        *COURSE[:4],
        said(40, "09:27:00", "Tess Moreno", "a customer on twitter says the label printers were hacked"),
        said(41, "09:29:00", "Noor Haddad", "not hacked. no unknown login on the printers, no export"),
        *COURSE[4:],
    )
    assert telling(case, "says the label printers were hacked") is None
    refutation = telling(case, "not hacked")
    assert refutation is not None
    assert refutation.act == "ruled out"
    assert any("not hacked" in h.text for h in case.ruled_out)
