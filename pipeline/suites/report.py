"""The result of a suite: a table for people, and data (schema `eval/1`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.suites.baseline import Change
from pipeline.suites.score import Case, Measure, measures_of
from pipeline.suites.suite import Suite


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """`changes` is None where nothing was compared: no baseline yet, or another engine."""

    suite: Suite
    engine: str
    cases: tuple[Case, ...]
    changes: tuple[Change, ...] | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        return measures_of(self.cases)

    @property
    def unscored(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.unscored is not None)

    @property
    def lost(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes or () if change.lost)


def as_text(result: SuiteResult, *, verbose: bool) -> str:
    suite = result.suite
    lines = [f"{suite.name}: {suite.title}", f"  {len(result.cases)} cases, engine {result.engine}", ""]
    width = max([len(measure.name) for measure in result.measures], default=0)
    changes = {change.measure: change for change in result.changes or ()}
    for measure in result.measures:
        figure = "   none" if measure.share is None else f"{measure.share:7.1%}"
        low, high = measure.interval
        lines.append(
            f"  {measure.name:<{width}} {figure}  [{low:6.1%}, {high:6.1%}]  {measure.right}/{measure.of}"
            + movement(changes.get(measure.name))
        )
    lines += [f"  unscored: {case.id}: {case.unscored}" for case in result.unscored]
    if result.changes is None:
        lines.append("  compared with nothing: no baseline for this engine")
    for change in result.lost:
        lines.append(f"  WORSE than the baseline: {change.measure}: {', '.join(change.worse)}")
    if verbose:
        lines += missed_lines(result.cases, result.measures)
    return "\n".join(lines)


def movement(change: Change | None) -> str:
    if change is None:
        return "  (new)"
    if not change.better and not change.worse:
        return ""
    return f"  (baseline {change.before[0]}/{change.before[1]}: {len(change.better)} better, {len(change.worse)} worse)"


def missed_lines(cases: Sequence[Case], measures: Sequence[Measure]) -> list[str]:
    lines = []
    for measure in measures:
        missed = [
            f"    {case.id}: {said}"
            for case in cases
            if measure.name in case.scores
            for said in case.scores[measure.name].missed
        ]
        if missed:
            lines += ["", f"  not {measure.name}:", *missed]
    return lines


def as_data(results: Sequence[SuiteResult]) -> dict[str, object]:
    return {
        "schema": "eval/1",
        "passed": not any(result.lost for result in results),
        "suites": [suite_data(result) for result in results],
    }


def suite_data(result: SuiteResult) -> dict[str, object]:
    changes = {change.measure: change for change in result.changes or ()}
    return {
        "suite": result.suite.name,
        "engine": result.engine,
        "labelled_by": result.suite.labelled_by,
        "cases": len(result.cases),
        "unscored": [{"case": case.id, "reason": case.unscored} for case in result.unscored],
        "measures": [measure_data(m, changes.get(m.name)) for m in result.measures],
        "missed": [
            {"case": case.id, "measure": name, "what": said}
            for case in result.cases
            for name, score in case.scores.items()
            for said in score.missed
        ],
    }


def measure_data(measure: Measure, change: Change | None) -> dict[str, object]:
    low, high = measure.interval
    share = measure.share
    return {
        "measure": measure.name,
        "right": measure.right,
        "of": measure.of,
        "share": None if share is None else round(share, 4),
        "interval": [round(low, 4), round(high, 4)],
        "baseline": None
        if change is None
        else {
            "before": list(change.before),
            "now": list(change.now),
            "better": list(change.better),
            "worse": list(change.worse),
            "lost": change.lost,
        },
    }
