"""The task `documents`: whole documents held against the whole rubric at the gate publish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from pipeline.errors import InputError
from pipeline.models.evaluation import DocumentResult
from pipeline.rubric.engine import check
from pipeline.rubric.means import Means
from pipeline.suites.score import Case, marked


def run_documents(good: Path, rejected: Path, means: Means) -> Iterator[Case]:
    """A case per document. Raises InputError where the data is missing or broken."""
    for path in document_files(good):
        blocking = [f for f in judge(path, means).findings if f.severity == "blocking"]
        said = "; ".join(f"{f.line} {f.criterion} {f.message}" for f in blocking)
        yield Case(path.name, {"good documents that nothing blocks": marked([(not blocking, said)])})
    for name, criteria in _read(rejected).items():
        result = judge(rejected.parent / name, means)
        told = {f.criterion for f in result.findings if f.severity == "blocking"}
        yield Case(
            name,
            {
                "bad documents rejected": marked([(result.verdict == "rejected", name)]),
                "criteria that must reject them": marked([(c in told, f"{c} is silent") for c in criteria]),
            },
        )


def judge(path: Path, means: Means) -> DocumentResult:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist") from error
    return check(text, path=path.name, gate="publish", profile="haiku", means=means)


def document_files(folder: Path) -> list[Path]:
    """The Markdown and text files of a folder, sorted. Raises InputError where there is none."""
    found = sorted(p for p in folder.glob("*") if p.suffix in (".md", ".txt"))
    if not found:
        raise InputError(str(folder), "holds no document", "put *.md or *.txt into it")
    return found


def _read(path: Path) -> dict[str, list[str]]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist") from error
    if not isinstance(found, dict) or not all(isinstance(v, list) for v in found.values()):
        raise InputError(str(path), "is no mapping of documents to criteria")
    return found
