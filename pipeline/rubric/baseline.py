"""Findings that are known: a team that begins with the rubric hides its old ones and sees each new one."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import InputError
from pipeline.models.evaluation import DocumentResult, Finding, Gate
from pipeline.rubric.engine import verdict_of
from pipeline.rubric.judged import is_unanswered
from pipeline.rubric.profiles import UNWAIVABLE
from pipeline.rubric.sources import STANDARD_INPUT

SCHEMA = "baseline/1"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What makes a finding the same one. Its line is left out, for lines move.

    `path` is relative to the folder of the baseline's file, so that it holds wherever the check is called from.
    """

    path: str
    criterion: str
    text: str


@dataclass(slots=True)
class Baseline:
    """How often each finding is known in `file`; what was not met again is left in `unmet`."""

    file: Path
    known: Counter[Fingerprint]
    unmet: Counter[Fingerprint] = field(init=False)
    learned: int = 0
    _checked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.unmet = self.known.copy()

    def hide(self, result: DocumentResult, gate: Gate) -> DocumentResult:
        """The result without what is known. At the gate `publish` BLM, AI-SPEC and GRD are never hidden."""
        shown = []
        self._checked.add(self._relative(result.path))
        for finding in result.findings:
            key = self._fingerprint(result.path, finding)
            if self.unmet[key] <= 0 or is_unanswered(finding):
                shown.append(finding)
                continue
            self.unmet[key] -= 1
            if gate == "publish" and finding.criterion in UNWAIVABLE:
                shown.append(finding)
        return result.model_copy(
            update={
                "findings": tuple(shown),
                "known": len(result.findings) - len(shown),
                "verdict": verdict_of(shown, gate),
            }
        )

    def outlived(self) -> Iterator[tuple[Fingerprint, int]]:
        """What no longer occurs, and how often: in documents that were checked, or that are gone."""
        for key, count in sorted(self.unmet.items(), key=lambda row: (row[0].path, row[0].criterion)):
            gone = key.path != STANDARD_INPUT and not (self.file.parent / key.path).exists()
            if count > 0 and (key.path in self._checked or gone):
                yield key, count

    def _fingerprint(self, path: str, finding: Finding) -> Fingerprint:
        words = " ".join(finding.text.split()) or finding.message
        return Fingerprint(self._relative(path), finding.criterion, words)

    def _relative(self, path: str) -> str:
        if path == STANDARD_INPUT:
            return path
        return Path(os.path.relpath(path, self.file.parent)).as_posix()

    def learn(self, result: DocumentResult) -> None:
        """Takes every finding of a document as known, in place of what was known of it.

        A judge that could not be read is no finding.
        """
        path = self._relative(result.path)
        if path not in self._checked:
            self._checked.add(path)
            for key in [k for k in self.known if k.path == path]:
                del self.known[key]
        found = [f for f in result.findings if not is_unanswered(f)]
        self.known.update(self._fingerprint(result.path, f) for f in found)
        self.learned += len(found)

    def write(self) -> None:
        """Documents that are gone are left out. Raises InputError where the file can't be written."""
        rows = [
            {"path": key.path, "criterion": key.criterion, "text": key.text, "count": count}
            for key, count in sorted(
                self.known.items(), key=lambda row: (row[0].path, row[0].criterion, row[0].text)
            )
            if key.path == STANDARD_INPUT or (self.file.parent / key.path).exists()
        ]
        text = json.dumps({"schema": SCHEMA, "known": rows}, indent=2, ensure_ascii=False) + "\n"
        try:
            self.file.write_text(text, "utf-8")
        except OSError as error:
            raise InputError(str(self.file), f"can't be written: {error.strerror or error}") from error


def begin(file: Path) -> Baseline:
    """A baseline to write: what the file knows already, if anything."""
    try:
        return read_baseline(file)
    except InputError:
        return Baseline(file, Counter())


def read_baseline(file: Path) -> Baseline:
    """Raises InputError where the file is missing or is no baseline."""
    if not file.exists():
        raise InputError(str(file), "no such baseline", f"write one with --write-baseline {file}")
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise KeyError("schema")
        known = Counter(
            {Fingerprint(r["path"], r["criterion"], r["text"]): int(r["count"]) for r in data["known"]}
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(file), f"is no {SCHEMA}", f"write it anew with --write-baseline {file}"
        ) from error
    return Baseline(file, known)
