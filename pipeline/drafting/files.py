"""The files of a draft folder, as bytes: what the contract lists, each built from the same judged draft."""

from __future__ import annotations

from hashlib import sha256

from pipeline.drafting.evaluating import Judged
from pipeline.drafting.evidence_file import evidence_lines
from pipeline.drafting.provenance import Run
from pipeline.models.case import Case
from pipeline.rendering.canonical import as_json
from pipeline.rendering.items_csv import items_csv
from pipeline.rendering.page import render_page


def files_of(case: Case, judged: Judged, run: Run) -> dict[str, bytes]:
    """File name → content. Only run.json differs between two runs over the same input and day."""
    text = judged.rendered.text.encode()
    cited = cited_ids(judged)
    run = run.model_copy(update={"document_sha256": sha256(text).hexdigest()})
    return {
        "postmortem.md": text,
        "postmortem.html": render_page(
            judged.postmortem, judged.items, judged.evaluation, case.records
        ).encode(),
        "postmortem.json": as_json(judged.postmortem),
        "action-items.json": as_json(judged.items),
        "action-items.csv": items_csv(judged.items).encode(),
        "evaluation.json": as_json(judged.evaluation),
        "evidence.jsonl": evidence_lines(case, cited).encode(),
        "run.json": as_json(run),
    }


def cited_ids(judged: Judged) -> frozenset[str]:
    """Every record that the postmortem or an item points at."""
    found: set[str] = set()
    _collect(judged.postmortem.model_dump(mode="json", by_alias=True), found)
    _collect(judged.items.model_dump(mode="json", by_alias=True), found)
    return frozenset(found)


def _collect(value: object, found: set[str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "evidence" and isinstance(inner, list):
                found.update(str(i) for i in inner)
            elif key in ("from", "to") and isinstance(inner, str) and inner[:1] == "E":
                found.add(inner)
            else:
                _collect(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, found)
