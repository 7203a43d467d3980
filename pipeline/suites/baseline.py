"""A suite's committed baseline: what each case scored, and what has become better or worse since.

Compared case by case and over the cases that both have, so that a new case is neither a gain nor a loss.
The engine is deterministic: any loss is a change of the program, to be mended, or accepted in a commit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pydantic import Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.models.base import Frozen
from pipeline.suites.score import Case


class Baseline(Frozen):
    """`cases` maps a case to its measures, each as (right, of)."""

    schema_: str = Field(default="baseline/1", alias="schema", pattern="^baseline/1$")
    suite: str
    engine: str
    cases: dict[str, dict[str, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One measure, then and now, over the cases that both runs have; and the cases that moved."""

    measure: str
    before: tuple[int, int]
    now: tuple[int, int]
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def lost(self) -> bool:
        return share(self.now) < share(self.before)

    @property
    def gained(self) -> bool:
        return share(self.now) > share(self.before)


def share(score: tuple[int, int]) -> Fraction:
    right, of = score
    return Fraction(right, of) if of else Fraction(1)


def compare(baseline: Baseline, cases: Sequence[Case]) -> tuple[Change, ...]:
    """A change per measure that the baseline has too, whether or not it moved.

    A case that was scored and no longer can be is worse in everything: it counts as nothing right.
    """
    now = {case.id: case for case in cases}
    measures = list(dict.fromkeys(name for scores in baseline.cases.values() for name in scores))
    changes = []
    for measure in measures:
        before_sum, now_sum = [0, 0], [0, 0]
        better, worse = [], []
        for case_id, scores in baseline.cases.items():
            if measure not in scores or case_id not in now:
                continue
            before = scores[measure]
            mine = now[case_id].scores.get(measure)
            after = (mine.right, mine.of) if mine else (0, before[1])
            for total, part in ((before_sum, before), (now_sum, after)):
                total[0] += part[0]
                total[1] += part[1]
            if share(after) > share(before):
                better.append(case_id)
            elif share(after) < share(before):
                worse.append(case_id)
        changes.append(
            Change(
                measure,
                (before_sum[0], before_sum[1]),
                (now_sum[0], now_sum[1]),
                tuple(better),
                tuple(worse),
            )
        )
    return tuple(changes)


def read_baseline(path: Path) -> Baseline | None:
    """None where there is no such file; raises ConfigError where it is no baseline."""
    if not path.is_file():
        return None
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            str(path), f"is no baseline: {first['msg']}", "run with --update-baseline"
        ) from error


def write_baseline(path: Path, suite: str, engine: str, cases: Sequence[Case]) -> None:
    """A line per case, so that a diff reads as the list of cases that changed."""
    lines = ",\n".join(
        f"  {json.dumps(case.id)}: "
        + json.dumps({name: [score.right, score.of] for name, score in case.scores.items()})
        for case in cases
        if case.unscored is None
    )
    head = f'{{"schema": "baseline/1", "suite": {json.dumps(suite)}, "engine": {json.dumps(engine)}, "cases": {{\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{lines}\n}}}}\n", encoding="utf-8")
