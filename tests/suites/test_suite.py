"""Suite files: each that ships is one, the published schema is theirs, and a wrong one is told by its place."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from pipeline.assets import asset_folder
from pipeline.errors import ConfigError, InputError
from pipeline.suites.suite import SUITE, find_suites, load_suite

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "suite-1.json"


def test_the_published_schema_is_generated_from_the_model() -> None:
    assert json.loads(SCHEMA.read_text()) == SUITE.json_schema(), "write it anew: make schemas"


@pytest.mark.parametrize("name", find_suites(asset_folder("evals")))
def test_every_suite_that_ships_is_valid_by_the_model_and_by_the_schema(name: str) -> None:
    evals = asset_folder("evals")
    assert load_suite(evals, name).name == name
    written = yaml.safe_load((evals / "suites" / f"{name}.yaml").read_text())
    jsonschema.validate(json.loads(json.dumps(written, default=str)), json.loads(SCHEMA.read_text()))


def test_an_unknown_suite_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(InputError, match="blame, doc-rev"):
        load_suite(asset_folder("evals"), "balme")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "is not YAML"),
        ("schema: suite/1\nname: x\ntitle: t\nlabelled_by: l\ntask: songs\n", "task"),
        (
            "schema: suite/1\nname: y\ntitle: t\nlabelled_by: l\ntask: drafts\nfixtures: f\ntoday: 2026-01-01\n",
            "calls itself y",
        ),
    ],
)
def test_a_file_that_is_no_suite_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "x.yaml").write_text(text)
    with pytest.raises(ConfigError, match=rf"x\.yaml.*{said}"):
        load_suite(tmp_path, "x")
