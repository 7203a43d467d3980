"""A model that reads parts of the records by a rule, and refuses those that it finds too long."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from model_case import EMPTY

from pipeline.llm.failure import CallFailed
from pipeline.llm.port import Reply, Request

LINE = re.compile(r"^(E[0-9][E0-9 ]*?)(?= (?:[0-9~]|[^|]*\|)).*? \| (.*)$", re.MULTILINE)
Passages = list[dict[str, Any]]


def passage(text: str, *records: str, kind: str = "event") -> dict[str, Any]:
    return {"kind": kind, "text": text, "records": list(records)}


def lines_of(request: Request) -> list[tuple[list[str], str]]:
    """Ids and text of each record that a request shows."""
    shown = request.messages[-1].content.rpartition("RECORDS OF THIS PART\n")[2].partition("\n</")[0]
    return [(ids.split(), text) for ids, text in LINE.findall(shown)]


def soup(request: Request) -> Passages:
    """One passage for each of its records about soup, as they say it."""
    return [
        passage("The cafeteria serves soup today.", *ids) for ids, text in lines_of(request) if "soup" in text
    ]


@dataclass
class Reader:
    """`longest` is how many characters of a prompt it takes; the other hats get `answers`."""

    rule: Callable[[Request], Passages] = soup
    answers: dict[str, dict[str, Any]] = field(default_factory=lambda: {"AuthorReply": EMPTY})
    longest: int | None = None
    name: str = "openai:scripted"
    parts: list[Request] = field(default_factory=list)
    others: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def complete(self, request: Request) -> Reply:
        reads = request.into.__name__ == "ExtractReply"
        with self.lock:
            (self.parts if reads else self.others).append(request)
        if self.longest is not None and len(request.messages[-1].content) > self.longest:
            raise CallFailed(self.name, "context", "too long")
        if reads:
            return Reply(json.dumps({"passages": self.rule(request)}), "scripted")
        return Reply(json.dumps(self.answers[request.into.__name__]), "scripted")
