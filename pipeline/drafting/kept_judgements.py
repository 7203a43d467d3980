"""What a judge said of a draft before a person edited it, as far as it still holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pydantic import ValidationError

from pipeline.agents.judge.locating import place_of
from pipeline.documents.spans import span_at
from pipeline.models.actions import ActionItems
from pipeline.models.base import Frozen
from pipeline.models.document import Document, Span
from pipeline.models.evaluation import Evaluation, Finding
from pipeline.models.judgement import Judgement, Judgements
from pipeline.models.postmortem import Postmortem
from pipeline.rubric.criterion import JudgedUnit
from pipeline.rubric.judged import BY_JUDGE, NO_ANSWER

_PART = re.compile(r"^/(?P<part>[a-z_]+)$")
# Where else the answer to a finding on a whole part may have been written.
_ELSEWHERE = {
    "prevention": ("items", "root_cause", "contributing_factors"),
    "impact": ("summary",),
    "root_cause": ("contributing_factors",),
    "lessons": ("went_well", "went_poorly", "lucky"),
}


def kept_judgements(
    folder: Path, document: Document, postmortem: Postmortem, items: ActionItems
) -> Judgements | None:
    """The defects whose words still stand, or whose part says what it said, and the questions without an answer:
    an edit elsewhere settles neither. None where no judge said anything."""
    try:
        earlier = Evaluation.model_validate_json((folder / "evaluation.json").read_bytes())
    except (OSError, ValidationError):
        return None  # written anew by whoever asks
    changed = _changed(folder, postmortem, items)
    defects: list[Judgement] = []
    failed: list[tuple[str, str]] = []
    for finding in earlier.findings:
        if finding.message.startswith(NO_ANSWER):
            failed.append((finding.criterion, finding.message.removeprefix(NO_ANSWER)))
        elif finding.message.startswith(BY_JUDGE):
            place = _place(document, finding, changed)
            if place is not None:
                reason = finding.message.removeprefix(BY_JUDGE)
                kinds = tuple(filter(None, (finding.kind, *finding.missing)))
                defects.append(Judgement(finding.criterion, place, reason, kinds))
    return Judgements(tuple(defects), tuple(failed), complete=False) if defects or failed else None


def _place(document: Document, finding: Finding, changed: frozenset[str]) -> Span | None:
    """Where a finding stands now, None where what it was about is gone."""
    part = _PART.match(finding.where or "")
    if part is not None and changed & {part["part"], *_ELSEWHERE.get(part["part"], ())}:
        return None
    nowhere = span_at(document, 0, 0)
    whole = span_at(document, 0, len(document.text))
    found = place_of(document, JudgedUnit(nowhere, "", (whole,)), finding.text)
    return found if found != nowhere or part is not None else None


def _changed(folder: Path, postmortem: Postmortem, items: ActionItems) -> frozenset[str]:
    """The parts of the data that say something else than before the edit."""
    names: set[str] = set()
    told: tuple[tuple[str, Frozen], ...] = (("postmortem.json", postmortem), ("action-items.json", items))
    for file, now in told:
        before = json.loads((folder / file).read_bytes())
        after = now.model_dump(mode="json", by_alias=True)
        names |= {key for key in after if _plain(after[key]) != _plain(before.get(key))}
    return frozenset(names)


def _plain(value: object) -> object:
    """Without what is null: files leave it out."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v is not None}
    return [_plain(v) for v in value] if isinstance(value, list) else value
