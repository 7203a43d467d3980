"""What other hands' layouts showed: stories, fields and headings in forms that no list of ours held."""

from __future__ import annotations

import pytest

from pipeline.documents.heading_families import family_of
from pipeline.documents.parse import parse
from pipeline.models.document import Document, PrintedItem

STORY = (
    "# Stop of 4 June 2024\n\n## Course of events\n\nAt 13:58 UTC the deploy bot rolled out build 77 [run 5]. At 14:03 alert Lag paged\n"
    "Ines [alert 9]. She looked for locks. At 14:20 Ines rolled build 77 back [run 6].\n"
)


def item(line: str) -> PrintedItem:
    (found,) = parse(f"# Report\n\nTN = Thandi Nkosi.\n\n## Follow-ups\n\n{line}\n").items
    return found


def test_a_story_told_sentence_by_sentence_has_an_entry_for_each_time() -> None:
    found = parse(STORY).entries
    assert [e.time.strftime("%H:%M") for e in found if e.time] == ["13:58", "14:03", "14:20"]
    assert [e.span.line for e in found] == [5, 5, 6]
    assert found[1].actor == "alert Lag"


@pytest.mark.parametrize(
    "line",
    [
        "- Cap the pool at 80. *Systemic.* Owner: Thandi Nkosi. Priority: high. Due: 29 January 2097. Tracker: A-71.",
        "- [ ] Cap the pool at 80. @thandi, P1, due 2097-01-29, LIB-95, systemic",
        "(1) Cap the pool at 80. Systemic. Thandi Nkosi, by 29\n    January 2097, priority 1, COLD-310.",
        "1   Cap the pool at 80               systemic\n    Thandi Nkosi     1     2097-01-29     BAG-70",
        "1) Cap the pool at 80\n   Owner TN; due 2097-01-29; priority P1; ticket LIB-95; type systemic",
        "**Recommendation 1.** Cap the pool at 80. *Nature:* systemic. *Responsible:* TN. *Priority:* 1. *By:* 29 January 2097. "
        "*Reference:* SIG-19.",
        "T1 cap the pool at 80 | systemic | @thandi | P1 | 2097-01-29 | GH-310",
    ],
)
def test_an_item_gives_up_all_its_fields(line: str) -> None:
    found = item(line if not line.startswith("T1") else f"- [ ] {line}")
    assert found.title.lower() == "cap the pool at 80"
    assert (found.type or "").lower() == "systemic"
    assert "2097" in (found.due or "")
    assert found.owner
    assert found.priority
    assert found.tracking


def test_a_column_without_a_name_for_it_is_known_by_its_cells() -> None:
    table = "| Action | Kind | Owner | Last chance |\n|---|---|---|---|\n| Cap the pool | systemic | Ines Roth | 2097-01-29 |\n"
    (found,) = parse(f"## Agreed work\n\n{table}").items
    assert found.due == "2097-01-29"


def test_a_document_introduces_its_people_by_initials_and_by_first_name() -> None:
    text = "TN = Thandi Nkosi, messaging. Will Sørensen joined.\n\n## Timeline (4 June 2024, UTC)\n\n- 14:02 Will connected it with the file\n"
    document: Document = parse(text)
    assert {(p.name, p.handles) for p in document.cast} >= {("Thandi Nkosi", ("TN",)), ("Will Sørensen", ())}
    assert document.entries[0].actor == "Will"


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("How it came to light", "detection"),
        ("Who was hurt, and how much?", "impact"),
        ("Why won't we be here again?", "prevention"),
        ("What surprised the night shift", "lessons"),
        ("Who does what, by when", "actions"),
        ("The night in order", "timeline"),
        ("What ended it", "resolution"),
        ("What made it possible", "root cause"),
        ("Database", None),
    ],
)
def test_a_heading_belongs_to_the_part_that_its_words_ask_for(heading: str, part: str | None) -> None:
    assert family_of(heading) == part


def test_a_number_above_a_line_of_dashes_is_a_heading_and_so_are_capitals() -> None:
    text = "1. Summary\n----------\n\n- It stopped.\n\n2. Impact\n---------\n\nAll of it.\n\nWHY IT COULD HAPPEN. It had no limit.\n"
    assert [s.part for s in parse(text).sections if s.heading] == ["summary", "impact", "root cause"]
