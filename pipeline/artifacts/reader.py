"""What a format is to this program: what a person wants to know of it, how a file is opened, known and read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Reading
from pipeline.artifacts.legible import without_runs
from pipeline.artifacts.redaction import Redactor
from pipeline.models.incident import Incident

MAX_LINE = 20_000  # characters; pasted stack traces and queries stay below, dumps and minified code do not


@dataclass(frozen=True, slots=True)
class About:
    """How a file of a format is known, how its source gives one, and the extra that reading it needs."""

    known_by: str
    exported_by: str
    extra: str | None = None


class UnopenedError(Exception):
    """A file's text cannot be taken out of it; the message says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The text that stands in a file of another form. `places` says of each of its lines where it stands there,
    `missing` what could not be taken out."""

    text: str
    places: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Opener:
    """A form that text is taken out of, for the readers to read. `open` raises UnopenedError."""

    name: str
    about: About
    recognise: Callable[[bytes], bool]
    open: Callable[[bytes], Opened]


@dataclass(frozen=True)
class TextFile:
    """A file as text. `raw` is not redacted: what a reader takes from it is, when its record is made."""

    path: str
    raw: str = field(repr=False)
    redactor: Redactor = field(repr=False, compare=False)
    data: bytes = field(default=b"", repr=False, compare=False)
    form: str = ""  # what its text was taken out of
    places: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def whole(self) -> str:
        """The text redacted before it is cut into lines, so that what spreads over several is seen whole."""
        self.redactor.begin()
        return self.redactor.redact(self.raw)

    @cached_property
    def cut(self) -> tuple[tuple[int, int], ...]:
        """(line, length) of the lines that are longer than any person or program writes."""
        return tuple(
            (n, len(line)) for n, line in enumerate(self.whole.split("\n"), 1) if len(line) > MAX_LINE
        )

    @cached_property
    def text(self) -> str:
        """What the readers of text read: redacted, its longest lines cut, endless runs in a line shortened."""
        return "\n".join(without_runs(line[:MAX_LINE]) for line in self.whole.split("\n"))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def json(self) -> Any:
        """The JSON value that the file is, or None."""
        head = self.raw.lstrip()[:1]
        if head not in {"{", "["}:
            return None
        try:
            return json.loads(self.raw)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def json_lines(self) -> list[tuple[int, Any]]:
        """(line, value) of a file of one JSON object a line; the value of a line that is none is an error."""
        if not self.raw.lstrip().startswith("{") or (self.json is not None and "\n{" not in self.raw):
            return []
        found: list[tuple[int, Any]] = []
        for number, line in enumerate(self.raw.split("\n"), 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                value = error
            found.append((number, value))
        good = sum(isinstance(v, dict) for _, v in found)
        return found if good and good * 2 >= len(found) else []


@dataclass(frozen=True, slots=True)
class Context:
    """What every reader may ask: the incident as configured, and who its people are."""

    incident: Incident
    directory: Directory


@dataclass(frozen=True, slots=True)
class Reader:
    """A format. `claim` picks the groups of files that are one thing each; `read` reads a group."""

    name: str
    about: About
    claim: Callable[[Sequence[TextFile]], list[list[TextFile]]]
    read: Callable[[list[TextFile], Context], list[Reading]]
    structured: bool = False  # reads `raw` as JSON, where a long line is nothing unusual


def single(
    name: str,
    about: About,
    recognise: Callable[[TextFile], bool],
    read: Callable[[TextFile, Context], Reading],
    *,
    structured: bool = False,
) -> Reader:
    """A reader of files that each stand alone."""
    return Reader(
        name,
        about,
        lambda files: [[f] for f in files if recognise(f)],
        lambda group, context: [read(f, context) for f in group],
        structured,
    )
