"""Scores the verdict: as the fixture's author expects, and for the reasons that were planted."""

from __future__ import annotations

from pipeline.suites.drafted import Drafted
from pipeline.suites.gold import Expectation
from pipeline.suites.score import Score, marked


def score_verdict(expected: Expectation, drafted: Drafted) -> dict[str, Score]:
    blocking = {f.criterion: f.message for f in drafted.evaluation.findings if f.severity == "blocking"}
    verdict = drafted.evaluation.verdict
    return {
        "verdict as expected": marked(
            [(verdict == expected.verdict, f"{verdict}, expected {expected.verdict}: {sorted(blocking)}")]
        ),
        "planted defects found": marked(
            (criterion in blocking, f"{criterion} did not block") for criterion in expected.criteria
        ),
        "blocking criteria that were planted": marked(
            (criterion in expected.criteria, f"{criterion}: {message}")
            for criterion, message in sorted(blocking.items())
        ),
    }
