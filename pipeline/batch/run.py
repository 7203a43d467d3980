"""A batch from end to end: what waits is drafted in threads, what has finished is kept, the summary is written."""

from __future__ import annotations

import hashlib
import json
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.archive import Source, digest_of, find_incidents
from pipeline.batch.ledger import open_ledger
from pipeline.batch.outcome import Failure, Outcome, Tokens
from pipeline.batch.summary import Summary, summarise, write_summary
from pipeline.errors import InputError, ModelError, RefusedError
from pipeline.rubric.engine import rejects

if TYPE_CHECKING:
    from pipeline.drafting.story import DraftResult

Draft = Callable[[Path], "DraftResult"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to draft, where to, and with what; `options` tells apart two ways of drafting the same artifacts."""

    archive: Path
    out: Path
    draft: Draft
    options: str
    workers: int = 4
    retry_failed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One incident is done: the `done`th of `total`; `kept` where an earlier run had finished it."""

    outcome: Outcome
    kept: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ended:
    """`failures` holds the kinds of what failed, each once."""

    summary: Summary
    failures: frozenset[Failure]


def run_batch(plan: Plan, *, observe: Callable[[Step], None], stop: threading.Event) -> Ended:
    """Drafts what is not finished yet, and writes summary.json.

    Once `stop` is set, what is in flight is finished and nothing more begun. An incident that fails is a
    state of the summary. Raises InputError for an archive that is none, RefusedError where another batch
    is at work in the same folder.
    """
    sources = find_incidents(plan.archive, plan.out)
    plan.out.mkdir(parents=True, exist_ok=True)
    with open_ledger(plan.out) as ledger:
        ledger.enter(Outcome(name=source.name, id=source.name) for source in sources)
        done = 0

        def finish(outcome: Outcome, kept: bool) -> None:
            nonlocal done
            done += 1
            if not kept:
                ledger.record(outcome)
            observe(Step(outcome, kept, done, len(sources)))

        jobs = ((source, ledger.get(source.name)) for source in sources)
        work_off(jobs, plan, finish, stop)
        outcomes = [ledger.get(source.name) for source in sources]
        summary = summarise(outcomes)
        write_summary(summary, plan.out)
        return Ended(summary, frozenset(o.failure for o in outcomes if o.failure is not None))


def work_off(
    jobs: Iterator[tuple[Source, Outcome]],
    plan: Plan,
    finish: Callable[[Outcome, bool], None],
    stop: threading.Event,
) -> None:
    """Never more jobs than threads, and no queue: memory does not grow, and a stop leaves nothing half begun."""
    pending: set[Future[tuple[Outcome, bool]]] = set()
    with ThreadPoolExecutor(max_workers=plan.workers) as pool:
        while True:
            if not stop.is_set():
                for source, known in islice(jobs, plan.workers - len(pending)):
                    pending.add(pool.submit(work_on, source, known, plan))
            if not pending:
                return
            finished, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                finish(*future.result())


def work_on(source: Source, known: Outcome, plan: Plan) -> tuple[Outcome, bool]:
    """What became of one incident, and whether that was known already. Raises nothing an incident can cause."""
    began = time.monotonic()
    digest = ""
    try:
        if source.problem is not None:
            raise InputError(str(source.path), source.problem)
        digest = digest_of(source.path)
        if known.is_final(digest, plan.options, retry_failed=plan.retry_failed) and is_there(known, plan.out):
            return known, True
        outcome = outcome_of(plan.draft(source.path), source.name)
    except Exception as error:
        outcome = failed(source.name, error)
    seconds = time.monotonic() - began
    made_from = {"digest": digest, "options": plan.options, "seconds": seconds}
    return outcome.model_copy(update=made_from), False


def is_there(outcome: Outcome, out: Path) -> bool:
    """A draft that somebody moved away is made again."""
    return outcome.state == "failed" or (out / outcome.name / "postmortem.md").is_file()


def outcome_of(result: DraftResult, name: str) -> Outcome:
    judged = result.evaluation
    blocking = Counter(f.criterion for f in judged.findings if rejects(f, judged.gate))
    run = result.run
    return Outcome(
        name=name,
        id=result.postmortem.incident.id,
        state=result.verdict,
        blocking=dict(sorted(blocking.items())),
        rounds=len(run.rounds),
        tokens=Tokens(prompt=run.tokens.prompt, completion=run.tokens.completion),
        cost_usd=run.cost_usd,
    )


def failed(name: str, error: Exception) -> Outcome:
    failure: Failure = "bug"
    if isinstance(error, ModelError):
        failure = "model"
    elif isinstance(error, RefusedError):
        failure = "refused"
    elif isinstance(error, InputError | OSError):
        failure = "input"
    words = " ".join(str(error).split()) or type(error).__name__
    bug = failure == "bug"
    return Outcome(
        name=name,
        id=name,
        state="failed",
        failure=failure,
        error=f"a fault of this program: {type(error).__name__}: {words}" if bug else words,
        trace="".join(traceback.format_exception(error)) if bug else None,
    )


def options_digest(**options: object) -> str:
    """What tells two ways of drafting apart, as one short string."""
    text = json.dumps(options, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
