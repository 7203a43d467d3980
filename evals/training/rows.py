"""The labelled rows that the reader learns from, each with what is known of it for each of its questions."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.documents.masking import mask
from pipeline.documents.parse import parse

KINDS = ("clean", "punitive", "shaming", "character", "human-error", "counterfactual", "fault")
TARGETS = ("person", "self", "team", "external", "implied")
PARTS = ("v", "o", "d")
# What ends a line of a natural document that is blame, with its kind, or hindsight; all other lines are neither.
_MARKED = re.compile(r"[ \t]*\{!(?P<kind>[a-z-]+)\}")
UNKNOWN = -100  # no label: the loss leaves it out


@dataclass(frozen=True)
class Example:
    """`labels`: the class per question; `vague`: any, v, o, d as 0 or 1, empty where the row is no item.
    `natural`: from a whole document, and not written as a row."""

    text: str
    labels: dict[str, int] = field(default_factory=dict)
    vague: tuple[int, ...] = ()
    natural: bool = False


def split(rows: list[Example], share: float) -> tuple[list[Example], list[Example]]:
    """A share to keep back, the same for the same rows, and the rest."""
    shuffled = list(rows)
    random.Random(1).shuffle(shuffled)
    kept = int(len(shuffled) * share)
    return shuffled[:kept], shuffled[kept:]


def read(data: Path) -> Iterator[Example]:
    """Every training row under `data`. Rows of a `test` half are never among them."""
    for name in ("train", "dev"):
        for row in _rows(data / "blame" / f"{name}.jsonl"):
            yield Example(shown(row["text"]), _blame(row))
    for name in ("train", "dev"):
        for row in _rows(data / "hindsight" / f"{name}.jsonl"):
            yield Example(shown(row["text"]), _hindsight(row))
    for name in ("train", "dev"):
        for row in _rows(data / "items" / f"{name}.jsonl"):
            yield Example(shown(row["text"]), _pressure(row), _vague(row))
    for folder in ("natural", "documents/good"):
        for path in sorted((data / folder).glob("*.*")):
            yield from _document(path)


def _document(path: Path) -> Iterator[Example]:
    """The sentences, headings and items of a whole document, as the program cuts them: what is ordinary."""
    lines = path.read_text(encoding="utf-8").splitlines()
    marks = {n: m["kind"] for n, line in enumerate(lines, 1) if (m := _MARKED.search(line))}
    document = parse("\n".join(_MARKED.sub("", line) for line in lines), path.name)
    for sentence in document.sentences:
        kind = marks.get(sentence.span.line)
        hindsight = int(kind == "hnd")
        blame = KINDS.index(kind) if kind and not hindsight else 0
        yield Example(" ".join(sentence.text.split()), {"blame": blame, "hindsight": hindsight}, natural=True)
    if path.parent.name == "good":
        for item in document.items:
            yield Example(shown(item.title), {"pressure": 0}, (0, 0, 0, 0), natural=True)


def shown(text: str) -> str:
    """The text as the program hands it to the reader: code and addresses masked, white space folded."""
    return " ".join(mask(text).split())


def _blame(row: dict[str, str]) -> dict[str, int]:
    if row["label"] == "clean":
        return {
            "blame": 0,
            "hindsight": int(
                "hnd" in (row.get("kind"), row.get("family")) or row.get("family") == "hindsight"
            ),
        }
    labels = {"blame": KINDS.index(row["kind"]), "hindsight": 0}
    if row.get("target"):
        labels["target"] = TARGETS.index(row["target"])
    return labels


def _hindsight(row: dict[str, str]) -> dict[str, int]:
    """Hindsight is what charges nobody; a clean row may be blame, and then says so."""
    labels = {"hindsight": int(row["label"] == "flag")}
    if row["label"] == "flag":
        labels["blame"] = 0
    elif row.get("source"):  # written for training, with its blame told
        labels["blame"] = KINDS.index(row.get("blame", "clean"))
    return labels


def _pressure(row: dict[str, str]) -> dict[str, int]:
    return {"pressure": int(row["pressure"] == "flag")} if row.get("pressure") else {}


def _vague(row: dict[str, object]) -> tuple[int, ...]:
    missing = row.get("missing") or ()
    return (int(row["label"] == "flag"), *(int(part in missing) for part in PARTS))  # type: ignore[operator]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
