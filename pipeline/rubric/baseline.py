"""Findings that are known: a team that begins with the rubric hides its old ones and sees each new one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.models.evaluation import DocumentResult, Finding, Gate
from pipeline.rubric.engine import UNWAIVABLE, verdict_of
from pipeline.rubric.judged import is_unanswered

SCHEMA = "baseline/1"
Fingerprint = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each (path, criterion, text) is known. Lines are left out, for they move."""

    known: Counter[Fingerprint]

    def hide(self, result: DocumentResult, gate: Gate) -> DocumentResult:
        """The result without what is known. At the gate `publish` BLM, AI-SPEC and GRD are never hidden."""
        left, shown = self.known.copy(), []
        for finding in result.findings:
            key = fingerprint(result.path, finding)
            guarded = gate == "publish" and finding.criterion in UNWAIVABLE
            if left[key] > 0 and not guarded and not is_unanswered(finding):
                left[key] -= 1
            else:
                shown.append(finding)
        return result.model_copy(update={"findings": tuple(shown), "verdict": verdict_of(shown, gate)})


def fingerprint(path: str, finding: Finding) -> Fingerprint:
    return Path(path).as_posix(), finding.criterion, " ".join(finding.text.split()) or finding.message


def read_baseline(file: Path) -> Baseline:
    """Raises InputError where the file is missing or is no baseline."""
    if not file.exists():
        raise InputError(str(file), "no such baseline", f"write one with --write-baseline {file}")
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise KeyError("schema")
        rows = [(r["path"], r["criterion"], r["text"], int(r["count"])) for r in data["known"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(file), f"is no {SCHEMA}", f"write it anew with --write-baseline {file}"
        ) from error
    return Baseline(Counter({(path, criterion, text): count for path, criterion, text, count in rows}))


def write_baseline(file: Path, results: Iterable[DocumentResult]) -> int:
    """Writes every finding of the results as known, but no failure of a judge, and says how many there are. Raises InputError."""
    found = ((r.path, f) for r in results for f in r.findings if not is_unanswered(f))
    counts = Counter(fingerprint(path, f) for path, f in found)
    rows = [
        {"path": path, "criterion": criterion, "text": text, "count": count}
        for (path, criterion, text), count in sorted(counts.items())
    ]
    try:
        file.write_text(
            json.dumps({"schema": SCHEMA, "known": rows}, indent=2, ensure_ascii=False) + "\n", "utf-8"
        )
    except OSError as error:
        raise InputError(str(file), f"can't be written: {error.strerror or error}") from error
    return counts.total()
