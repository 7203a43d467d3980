"""The task `mutations`: a defect of every kind put into every good document, and looked for under its criterion and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml

from pipeline.documents.parse import parse
from pipeline.errors import InputError
from pipeline.models.document import Document
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.means import Means
from pipeline.suites.documents import document_files
from pipeline.suites.mutations import entries, item_fields, item_titles, parts, sentences, timelines
from pipeline.suites.mutations.defect import Defect, Ground, Mutator
from pipeline.suites.score import Case, Score, marked

MUTATORS: tuple[Mutator, ...] = (
    item_fields.mutate,
    item_titles.mutate,
    entries.mutate,
    timelines.mutate,
    parts.mutate,
    sentences.mutate,
)


def run_mutations(
    good: Path, wordings: Path, criteria: Mapping[str, Criterion], means: Means, seed: int
) -> Iterator[Case]:
    """A case per good document. Raises InputError where the data is missing."""
    words, places = _read(wordings), _read(good.with_suffix(".yaml"))
    for path in document_files(good):
        if path.name not in places:
            raise InputError(
                str(good.with_suffix(".yaml")), f"says nothing of {path.name}", "add its two places"
            )
        document = parse(path.read_text(encoding="utf-8"), path.name)
        yield Case(path.name, score_document(document, words, places[path.name], criteria, means, seed))


def score_document(
    document: Document,
    words: Mapping[str, Any],
    places: Mapping[str, int],
    criteria: Mapping[str, Criterion],
    means: Means,
    seed: int,
) -> dict[str, Score]:
    judged: dict[str, list[tuple[bool, str]]] = {}
    # What is said of the good document is not what the defect did.
    before: dict[str, set[tuple[str, str]]] = {}
    for found in seeded(document, words, places, seed):
        criterion = criteria[found.criterion]
        if criterion.id not in before:
            before[criterion.id] = {(f.text, f.message) for f in criterion.check(document, means)}
        judged_now = criterion.check(parse(found.text, document.path), means)
        told = [f for f in judged_now if (f.text, f.message) not in before[criterion.id]]
        right = any(f.line in found.lines for f in told)
        said = f"{found.kind}: {_what(told)}; expected on {min(found.lines)}–{max(found.lines)}"
        judged.setdefault(f"{found.criterion}: found with its line", []).append((right, said))
        judged.setdefault("all: found with its line", []).append((right, said))
        judged.setdefault("all: found", []).append((bool(told), said))
    return {name: marked(rows) for name, rows in judged.items()}


def seeded(
    document: Document, words: Mapping[str, Any], places: Mapping[str, int], seed: int
) -> Iterator[Defect]:
    """Every defect that the mutators make of a document, the same for the same seed."""
    for number, mutate in enumerate(MUTATORS):
        random = Random(f"{seed} {number} {document.path}")
        closed = places["closed"] - 1 if "closed" in places else None
        ground = Ground(document, words, random, places["detected"] - 1, places["mended"] - 1, closed)
        yield from mutate(ground)


def _what(told: list[Any]) -> str:
    return ", ".join(f"{f.line} {f.message[:60]}" for f in told[:3]) or "nothing found"


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist") from error
    if not isinstance(found, dict):
        raise InputError(str(path), "is no mapping")
    return found
