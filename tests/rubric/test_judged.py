"""What shields a unit from the judge: a rule's finding that blocks, and no advice."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.documents.parse import parse
from pipeline.models.evaluation import Finding
from pipeline.rubric.engine import default_means, load_criteria
from pipeline.rubric.judged import units_left

TEXT = "# Labels\n\n## Root cause\n\nThe label cache was the cause of the slow queue.\n"


@pytest.mark.parametrize(("severity", "left"), [("blocking", 0), ("advisory", 1)])
def test_advice_shields_nothing(severity, left):
    document = parse(TEXT, "x")
    (question,) = [c.question for c in load_criteria() if c.id == "BLM"]
    found = Finding(
        criterion="BLM", severity=severity, gate="draft", line=5, column=1, text="The label", message="x"
    )
    units = units_left(document, question, [found], default_means(date(2031, 2, 20)))
    assert len([u for u in units if "label cache" in u.text]) == left
