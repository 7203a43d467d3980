"""Seeded defects: one change each, on the line that is told, the same for the same seed, in every layout."""

from __future__ import annotations

import pytest
import yaml

from pipeline.assets import asset_folder
from pipeline.documents.parse import parse
from pipeline.models.document import Document
from pipeline.suites.mutations.defect import Defect, edited
from pipeline.suites.mutations.item_fields import removal
from pipeline.suites.mutations.run import seeded

EVALS = asset_folder("evals")
WORDS = yaml.safe_load((EVALS / "data" / "mutations" / "wordings.yaml").read_text())
PLACES = yaml.safe_load((EVALS / "data" / "documents" / "good.yaml").read_text())
GOOD = EVALS / "data" / "documents" / "good"
HEAD = "## Action items\n\n"


def defects(name: str, seed: int = 1) -> list[Defect]:
    document = parse((GOOD / name).read_text(), name)
    return list(seeded(document, WORDS, PLACES[name], seed))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "| Action | Owner | Priority |\n|---|---|---|\n| Cap the pool at 80 | Ines Caldeira | P1 |\n",
            "| Action | Owner | Priority |\n|---|---|---|\n| Cap the pool at 80 |   | P1 |\n",
        ),
        ("- Cap the pool at 80 (owner: Ines Caldeira, P1)\n", "- Cap the pool at 80 ( P1)\n"),
        ("- Cap the pool at 80\n  - Owner: Ines Caldeira\n  - P1\n", "- Cap the pool at 80\n  - P1\n"),
    ],
)
def test_a_field_goes_with_its_key_from_a_cell_a_bracket_and_a_line(text: str, left: str) -> None:
    document: Document = parse(HEAD + text)
    (item,) = document.items
    told, _ = edited(document, [removal(document, item, item.place("owner"))])
    assert told == HEAD + left
    assert parse(told).items[0].owner in (None, "")


def test_a_seed_makes_the_same_defects_again_and_another_seed_others() -> None:
    name = "17-ticket-gates-stadium.md"
    assert defects(name) == defects(name)
    assert defects(name) != defects(name, seed=2)


@pytest.mark.parametrize("name", sorted(PLACES))
def test_every_defect_changes_the_text_and_lies_on_lines_that_it_has(name: str) -> None:
    text = (GOOD / name).read_text()
    found = defects(name)
    assert len({d.criterion for d in found}) > 15
    for defect in found:
        assert defect.text != text
        assert defect.lines
        assert max(defect.lines) <= defect.text.count("\n") + 1


def test_a_line_is_told_where_it_lies_after_the_edits() -> None:
    document = parse("one\ntwo\nthree\nfour\n")
    told, line_of = edited(document, [(0, 4, ""), (8, 13, "3a\n3b\n3c")])
    assert told == "two\n3a\n3b\n3c\nfour\n"
    assert [line_of(at) for at in (4, 14)] == [1, 5]
