"""Scores the verdict: as the fixture's author expects, and for the reasons that were planted."""

from __future__ import annotations

from pipeline.rubric.engine import rejects
from pipeline.suites.drafted import Drafted
from pipeline.suites.gold import Expectation
from pipeline.suites.score import Score, marked


def score_verdict(expected: Expectation, drafted: Drafted) -> dict[str, Score]:
    judged = drafted.evaluation
    blocking = {f.criterion: f.message for f in judged.findings if rejects(f, judged.gate)}
    verdict = judged.verdict
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
