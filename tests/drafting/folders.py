"""The files of a draft folder, made without the rooms that draft."""

from __future__ import annotations

import json
from hashlib import sha256

from pipeline.drafting.evidence_file import cited_anew, print_rows
from pipeline.models.actions import ActionItems
from pipeline.models.postmortem import Postmortem
from pipeline.rendering.canonical import as_json
from pipeline.rendering.items_csv import items_csv
from pipeline.rendering.markdown import render
from pipeline.rendering.marks import MARK
from pipeline.rendering.page import render_page
from tests.rendering.examples import evaluation, evidence


def files_of(postmortem: Postmortem, items: ActionItems) -> dict[str, bytes]:
    text = render(postmortem, items, {}, timezone=postmortem.incident.timezone).text
    rows = cited_anew(evidence(), frozenset(MARK.findall(text)))
    run = {"schema": "run/1", "author": "extractive", "document_sha256": sha256(text.encode()).hexdigest()}
    return {
        "postmortem.md": text.encode(),
        "postmortem.json": as_json(postmortem),
        "postmortem.html": render_page(postmortem, items, evaluation(), rows).encode(),
        "action-items.json": as_json(items),
        "action-items.csv": items_csv(items).encode(),
        "evaluation.json": as_json(evaluation()),
        "evidence.jsonl": print_rows(rows).encode(),
        "run.json": (json.dumps(run, indent=2) + "\n").encode(),
    }
