"""The results of all documents of a call, in order; beyond a few megabytes they wait on disk, not in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple, Self

from pipeline.models.evaluation import DocumentResult, Finding, Gate, ProfileName, Verdict
from pipeline.rubric.engine import REASONS, rejects
from pipeline.rubric.report.excerpts import Excerpt, Excerpts

IN_MEMORY = 4_000_000  # bytes


class Checked(NamedTuple):
    result: DocumentResult
    excerpts: Excerpts

    def packed(self) -> bytes:
        """As bytes, to cross from one process to another or to wait on disk."""
        places = [[*place, *excerpt] for place, excerpt in self.excerpts.items()]
        return self.result.model_dump_json().encode() + b"\n" + json.dumps(places).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Checked:
        result, _, places = data.partition(b"\n")
        excerpts = {(p[0], p[1]): Excerpt(*p[2:]) for p in json.loads(places)}
        return cls(DocumentResult.model_validate_json(result), excerpts)


@dataclass(slots=True)
class Results:
    """`shown` is the criteria that are reported; all others count all the same.

    Iterating gives each document with what is shown of it, in the order of adding, as often as one likes.
    """

    gate: Gate
    profile: ProfileName
    shown: frozenset[str]
    documents: int = 0
    rejected: int = 0
    hidden: int = 0  # blocking findings of criteria that are not shown
    known: int = 0  # findings that a baseline hides
    waived: int = 0
    foreign: int = 0  # documents in a language that most criteria can't read
    blocking: Counter[str] = field(default_factory=Counter)  # of what is shown, by criterion
    later: Counter[str] = field(default_factory=Counter)  # blocking at publish, which is not asked for
    advice: Counter[str] = field(default_factory=Counter)
    _packed: list[bytes] = field(default_factory=list)
    _size: int = 0
    _file: IO[bytes] | None = None

    @property
    def verdict(self) -> Verdict:
        return "rejected" if self.rejected else "accepted"

    def add(self, checked: Checked) -> None:
        result = checked.result
        self.documents += 1
        self.rejected += result.verdict == "rejected"
        self.known += result.known
        self.foreign += any(u.reason == REASONS["english"] for u in result.unscored)
        for finding in result.findings:
            if finding.criterion not in self.shown:
                self.hidden += rejects(finding, self.gate)
            else:
                self._count(finding)
        kept = self._shown(result)
        self.waived += sum(len(w.findings) for w in kept.waived)
        self._keep(Checked(kept, checked.excerpts).packed())

    def _count(self, finding: Finding) -> None:
        if rejects(finding, self.gate):
            self.blocking[finding.criterion] += 1
        elif finding.severity == "blocking":
            self.later[finding.criterion] += 1
        else:
            self.advice[finding.criterion] += 1

    def _shown(self, result: DocumentResult) -> DocumentResult:
        return result.model_copy(
            update={
                "findings": tuple(f for f in result.findings if f.criterion in self.shown),
                "unscored": tuple(u for u in result.unscored if u.criterion in self.shown),
                "waived": tuple(w for w in result.waived if w.criterion in self.shown),
            }
        )

    def _keep(self, packed: bytes) -> None:
        self._size += len(packed)
        if self._file is None and self._size <= IN_MEMORY:
            self._packed.append(packed)
            return
        if self._file is None:
            import tempfile

            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__
        self._file.write(len(packed).to_bytes(8, "big") + packed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[Checked]:
        yield from map(Checked.unpacked, self._packed)
        if self._file is None:
            return
        self._file.seek(0)
        while length := self._file.read(8):
            yield Checked.unpacked(self._file.read(int.from_bytes(length, "big")))
