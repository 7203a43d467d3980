"""Each criterion's own examples: the bad are flagged, the good are not."""

from datetime import date

import pytest

from pipeline.rubric.criterion import Criterion
from pipeline.rubric.engine import check, default_means, load_criteria

# GRD's examples need the records that tests/rubric/test_grd.py gives them.
CRITERIA = [c for c in load_criteria() if c.needs != "evidence"]
MEANS = default_means(date(2024, 6, 10))


def flags(criterion: Criterion, text: str) -> bool:
    return any(f.criterion == criterion.id for f in check(text, profile="haiku", means=MEANS).findings)


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_every_bad_example_is_flagged_and_no_good_one_is(criterion: Criterion) -> None:
    assert [t for t in criterion.bad if not flags(criterion, t)] == []
    assert [t for t in criterion.good if flags(criterion, t)] == []


def test_every_criterion_has_examples_of_both_kinds_and_its_own_id() -> None:
    assert all(len(c.bad) >= 2 and len(c.good) >= 2 for c in load_criteria())
    assert len({c.id for c in load_criteria()}) == len(load_criteria())
