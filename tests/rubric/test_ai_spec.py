"""AI-SPEC against its own examples and a document's places."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.rubric.criteria.ai_spec import CRITERION
from pipeline.rubric.means import Means

MEANS = Means(today=date(2026, 5, 4), people=People())


@pytest.mark.parametrize("text", CRITERION.bad)
def test_each_bad_example_is_flagged(text: str) -> None:
    assert list(CRITERION.check(parse(text, "bad.md"), MEANS))


@pytest.mark.parametrize("text", CRITERION.good)
def test_no_good_example_is_flagged(text: str) -> None:
    assert list(CRITERION.check(parse(text, "good.md"), MEANS)) == []


def test_a_finding_lists_the_missing_parts() -> None:
    text = "## Action items\n\n- Improve resilience\n- Add an alert for queue latency\n"
    assert [f.missing for f in CRITERION.check(parse(text, "items.md"), MEANS)] == [("v", "o", "d"), ("d",)]
