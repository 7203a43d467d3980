"""Runs suites: data in, cases scored, compared with the baseline where the engine is the baseline's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.suites.baseline import compare, read_baseline, write_baseline
from pipeline.suites.report import SuiteResult
from pipeline.suites.score import Case
from pipeline.suites.suite import DocumentsSuite, DraftsSuite, MutationsSuite, SentencesSuite, Suite

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the data lies and what drafts: `model` is PROVIDER:NAME, or None for the built-in engine."""

    evals: Path
    settings: Settings
    fixtures: Path | None = None
    model: str | None = None

    def fixtures_of(self, suite: DraftsSuite) -> Path:
        return self.fixtures or (self.evals / "suites" / suite.fixtures).resolve()

    def baseline_of(self, suite: Suite) -> Path:
        return self.evals / "baselines" / f"{suite.name}.json"


def run_suite(suite: Suite, bench: Bench, *, observe: Callable[[Case], None]) -> SuiteResult:
    """Raises InputError where the suite's data is missing or broken, ModelError where the model service failed."""
    if isinstance(suite, SentencesSuite):
        running, engine = sentences(suite, bench), EXTRACTIVE
    elif isinstance(suite, DocumentsSuite):
        running, engine = documents(suite, bench), EXTRACTIVE
    elif isinstance(suite, MutationsSuite):
        running, engine = mutations(suite, bench), EXTRACTIVE
    else:
        running, engine = drafts(suite, bench), bench.model or EXTRACTIVE
    cases = []
    for case in running:
        observe(case)
        cases.append(case)
    baseline = read_baseline(bench.baseline_of(suite))
    comparable = baseline is not None and baseline.engine == engine
    changes = compare(baseline, cases) if baseline is not None and comparable else None
    return SuiteResult(suite, engine, tuple(cases), changes)


def sentences(suite: SentencesSuite, bench: Bench) -> Iterator[Case]:
    from pipeline.rubric.engine import default_means, load_criteria
    from pipeline.suites.sentences import run_sentences

    criterion = next((c for c in load_criteria() if c.id == suite.criterion), None)
    if criterion is None:
        raise InputError(f"{suite.name}.yaml", f"no criterion is called {suite.criterion}")
    means = default_means(date(2000, 1, 1))  # so that no date has passed; a row that hangs on a day names it
    for half, path in suite.halves.items():
        yield from run_sentences(
            half, (bench.evals / "suites" / path).resolve(), criterion, means, suite.unit
        )


def documents(suite: DocumentsSuite, bench: Bench) -> Iterator[Case]:
    from pipeline.rubric.engine import default_means
    from pipeline.suites.documents import run_documents

    beside = bench.evals / "suites"
    good, rejected = (beside / suite.good).resolve(), (beside / suite.rejected).resolve()
    return run_documents(good, rejected, default_means(suite.today))


def mutations(suite: MutationsSuite, bench: Bench) -> Iterator[Case]:
    from pipeline.rubric.engine import default_means, load_criteria
    from pipeline.suites.mutations.run import run_mutations

    beside = bench.evals / "suites"
    good, wordings = (beside / suite.good).resolve(), (beside / suite.wordings).resolve()
    criteria = {c.id: c for c in load_criteria()}
    return run_mutations(good, wordings, criteria, default_means(suite.today), suite.seed)


def drafts(suite: DraftsSuite, bench: Bench) -> Iterator[Case]:
    from pipeline.drafting import story
    from pipeline.suites.drafts import run_drafts

    def draft(artifacts: Path, out: Path) -> story.DraftResult:
        return story.draft(artifacts, out=out, model=bench.model, settings=bench.settings, today=suite.today)

    return run_drafts(bench.fixtures_of(suite), draft)


def update_baseline(result: SuiteResult, bench: Bench) -> Path:
    """Makes what was measured the baseline. Raises InputError for a model's run: baselines are the built-in engine's."""
    if result.engine != EXTRACTIVE:
        raise InputError("--update-baseline", "baselines are for the built-in engine", "leave --model away")
    path = bench.baseline_of(result.suite)
    write_baseline(path, result.suite.name, result.engine, result.cases)
    return path
