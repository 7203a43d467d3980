"""The JSON Schemas of the files that this program writes: `python -m pipeline.cli.schemas docs/schema`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.artifacts.inventory import Inventory
from pipeline.batch.summary import Summary
from pipeline.drafting.provenance import Run
from pipeline.models.actions import ActionItems
from pipeline.models.base import Frozen
from pipeline.models.evaluation import Evaluation
from pipeline.models.evidence import EvidenceRow
from pipeline.models.postmortem import Postmortem

# evidence/1 describes the lines behind the first, which is the schema's name alone.
PUBLISHED: dict[str, type[Frozen]] = {
    "postmortem/1": Postmortem,
    "action-items/1": ActionItems,
    "evaluation/1": Evaluation,
    "evidence/1": EvidenceRow,
    "inventory/1": Inventory,
    "summary/1": Summary,
    "run/1": Run,
}


def schema_files() -> dict[str, str]:
    """File name → text, as docs/schema holds them."""
    return {f"{name.replace('/', '-')}.json": _schema(name, model) for name, model in PUBLISHED.items()}


def _schema(name: str, model: type[Frozen]) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name,
        **model.model_json_schema(by_alias=True),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in schema_files().items():
        (folder / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
