"""The table of action items for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest

from pipeline.models.actions import ActionItem, ActionItems
from pipeline.rendering.items_csv import items_csv
from tests.rendering.examples import plain_one


def rows(items: ActionItems) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(items_csv(items), newline="")))


def test_every_item_has_a_row_with_its_state() -> None:
    _, items = plain_one()
    told = rows(items)
    assert [r["state"] for r in told] == ["open", "open", "needs detail", "parked", "done"]
    assert told[0]["owner"] == "lamp controls team"
    assert told[0]["due"] == "2026-06-01"
    assert told[0]["tracking"] == "LAMP-91"
    assert told[1]["owner"] == ""
    assert told[1]["proposed_owner"] == "Ines Duarte"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n="])
def test_no_cell_is_a_formula(start: str) -> None:
    title = f'{start}HYPERLINK("https://evil.example")'
    item = ActionItem(id="A1", title=title, type="quick win", category="detect")
    cell = rows(ActionItems(items=(item,)))[0]["title"]
    assert cell.startswith("'")
    assert cell[1:] == title
