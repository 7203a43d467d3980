"""BLM against its own examples and a document's places."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.rubric.criteria.blm import CRITERION
from pipeline.rubric.means import Means

MEANS = Means(today=date(2026, 5, 4), people=People())


@pytest.mark.parametrize("text", CRITERION.bad)
def test_each_bad_example_is_flagged(text: str) -> None:
    assert list(CRITERION.check(parse(text, "bad.md"), MEANS))


@pytest.mark.parametrize("text", CRITERION.good)
def test_no_good_example_is_flagged(text: str) -> None:
    assert list(CRITERION.check(parse(text, "good.md"), MEANS)) == []


def test_a_finding_stands_where_the_charge_is_printed_and_says_what_to_write_instead() -> None:
    text = "# Flood in hall 3\n\nThe pump stopped. **Gus** should have seen `gate.log`.\n"
    (found,) = CRITERION.check(parse(text, "flood.md"), MEANS)
    assert (found.line, found.column) == (3, 21)
    assert found.text == "Gus** should have seen"
    assert (found.kind, found.target) == ("counterfactual", "person")
    assert found.suggestion


def test_code_and_log_lines_charge_nobody() -> None:
    text = "# Flood\n\nWe ran `git blame`.\n\n```\nGus failed to close the gate\n```\n"
    assert list(CRITERION.check(parse(text, "flood.md"), MEANS)) == []


def test_the_answer_to_a_repeated_why_explains_an_omission() -> None:
    text = (
        "- Gus did not check the gauge.\n"
        "- Why did Gus not check the gauge?\n"
        "- The gauge was behind a locked door.\n"
    )
    assert list(CRITERION.check(parse(text, "whys.md"), MEANS)) == []


@pytest.mark.parametrize("next_one", [" The queue stalled", "\nThe queue stalled", "\nqueue-writer stalled"])
def test_a_condition_in_another_sentence_of_a_draft_rescues_nothing(next_one: str) -> None:
    """Marks stand before full stops, and a line may begin with a service's small letter."""
    text = (
        "**Draft. Not reviewed.** stall · SEV2.\n\n## Summary\n\n"
        f"Ilse forgot the job [E1].{next_one}, because nothing showed that the disk was full [E2].\n"
    )
    (found,) = CRITERION.check(parse(text, "draft.md"), MEANS)
    assert found.text == "Ilse forgot"


def charged(sentence: str) -> bool:
    return bool(list(CRITERION.check(parse(f"# Flood\n\n## Open questions\n\n- {sentence}\n"), MEANS)))


@pytest.mark.parametrize(
    "question",
    [
        "Were the users told of the missing data before the mail at 11:20?",
        "Was the pump crew told of the gate before 11:20?",
    ],
)
def test_to_ask_when_people_were_told_builds_no_case(question: str) -> None:
    assert not charged(question)
