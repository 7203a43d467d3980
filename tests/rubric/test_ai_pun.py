"""AI-PUN against its own examples and a document's places."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.rubric.criteria.ai_pun import CRITERION
from pipeline.rubric.means import Means

MEANS = Means(today=date(2026, 5, 4), people=People())


@pytest.mark.parametrize("text", CRITERION.bad)
def test_each_bad_example_is_flagged(text: str) -> None:
    assert list(CRITERION.check(parse(text, "bad.md"), MEANS))


@pytest.mark.parametrize("text", CRITERION.good)
def test_no_good_example_is_flagged(text: str) -> None:
    assert list(CRITERION.check(parse(text, "good.md"), MEANS)) == []


def test_a_finding_stands_where_people_are_acted_on() -> None:
    text = "## Action items\n\n- Add a guard to the gate console\n- Retrain Gus on the gate procedure\n"
    (found,) = CRITERION.check(parse(text, "items.md"), MEANS)
    assert found.line == 4
    assert "etrain" in found.text
