"""The task `drafts`: every fixture drafted afresh and scored by its gold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.errors import InputError, PipelineError
from pipeline.suites.drafted import read_draft
from pipeline.suites.gold import load_expectation, load_gold
from pipeline.suites.score import Case, Score
from pipeline.suites.scorers.facts import score_facts
from pipeline.suites.scorers.items import score_items
from pipeline.suites.scorers.safety import score_safety
from pipeline.suites.scorers.timeline import score_timeline
from pipeline.suites.scorers.verdict import score_verdict

if TYPE_CHECKING:
    from pipeline.drafting.story import DraftResult

Draft = Callable[[Path, Path], "DraftResult"]  # artifacts, folder to write into


def run_drafts(fixtures: Path, draft: Draft) -> Iterator[Case]:
    """A case per fixture, in order of their names. Raises InputError where there is none."""
    folders = sorted(path.parent for path in fixtures.glob("*/gold.json"))
    if not folders:
        raise InputError(
            str(fixtures), "holds no fixture with a gold.json", "point --fixtures at a checkout's"
        )
    for folder in folders:
        with TemporaryDirectory(prefix="postmortem-eval-") as out:
            try:
                drafted = draft(folder / "artifacts", Path(out))
            except PipelineError as error:
                yield Case(folder.name, {}, unscored=str(error))
                continue
            assert drafted.folder is not None, "drafted into a folder"
            yield Case(folder.name, score_draft(folder, drafted.folder))


def score_draft(fixture: Path, written: Path) -> dict[str, Score]:
    """Every score of one draft; raises InputError where the fixture's gold cannot be read."""
    gold = load_gold(fixture)
    drafted = read_draft(written, fixture / "artifacts")
    scores: dict[str, Score] = {}
    if (fixture / "expect.yaml").is_file():
        scores |= score_verdict(load_expectation(fixture), drafted)
    for scorer in (score_timeline, score_facts, score_items, score_safety):
        scores |= scorer(gold, drafted)
    return scores
