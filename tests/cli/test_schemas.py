"""docs/schema says what the models say; what the program writes is valid by it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.cli.schemas import PUBLISHED, schema_files
from tests.drafting.folders import files_of
from tests.rendering.examples import ALL

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


def test_the_committed_schemas_are_those_of_the_models() -> None:
    for name, text in schema_files().items():
        committed = (FOLDER / name).read_text("utf-8")
        assert committed == text, f"{name}: run python -m pipeline.cli.schemas docs/schema"


@pytest.mark.parametrize("name", ALL)
def test_what_is_written_is_valid(name: str) -> None:
    files = files_of(*ALL[name]())
    for file, schema in (
        ("postmortem.json", "postmortem-1.json"),
        ("action-items.json", "action-items-1.json"),
        ("evaluation.json", "evaluation-1.json"),
    ):
        jsonschema.validate(json.loads(files[file]), json.loads((FOLDER / schema).read_text("utf-8")))
    rows = files["evidence.jsonl"].decode().splitlines()[1:]
    for row in rows:
        jsonschema.validate(json.loads(row), json.loads((FOLDER / "evidence-1.json").read_text("utf-8")))


def test_a_schema_refuses_what_it_does_not_know() -> None:
    data = json.loads(files_of(*ALL["plain_one"]())["postmortem.json"]) | {"mood": "good"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.loads((FOLDER / "postmortem-1.json").read_text("utf-8")))
    assert set(PUBLISHED) >= {"postmortem/1", "action-items/1", "evaluation/1"}
