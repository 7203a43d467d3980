"""Results as one JSON object (schema `evaluation/1`), written document by document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pipeline.rubric.report.results import Results


def as_json(results: Results, unread: Sequence[dict[str, str]] = ()) -> Iterator[str]:
    """`unread` is what could not be read, each with its path and the reason."""
    head = {
        "schema": "evaluation/1",
        "verdict": results.verdict,
        "gate": results.gate,
        "profile": results.profile,
    }
    documents = (c.result.model_dump(mode="json", exclude_none=True) for c in results)
    yield from streamed(head, "documents", documents, lambda: {"unread": list(unread)} if unread else {})
    yield "\n"


def streamed(
    head: dict[str, Any], name: str, rows: Iterable[Any], tail: Callable[[], dict[str, Any]], depth: int = 0
) -> Iterator[str]:
    """An object of `head`, an array `name` of `rows`, and `tail`, indented by two, without holding all rows.

    `tail` is called after the last row.
    """
    inner = "  " * (depth + 1)
    yield "{"
    separator = "\n"
    for key, value in head.items():
        yield f"{separator}{inner}{json.dumps(key)}: {_indented(value, depth + 1)}"
        separator = ",\n"
    yield f"{separator}{inner}{json.dumps(name)}: ["
    separator = "\n"
    for row in rows:
        yield f"{separator}{inner}  {_indented(row, depth + 2)}"
        separator = ",\n"
    yield f"\n{inner}]" if separator == ",\n" else "]"
    for key, value in tail().items():
        yield f",\n{inner}{json.dumps(key)}: {_indented(value, depth + 1)}"
    yield "\n" + "  " * depth + "}"


def _indented(value: Any, depth: int) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + "  " * depth)
