"""Which addresses are entries of a tracker, and where in an item they may stand."""

import pytest

from pipeline.documents.parse import parse
from pipeline.documents.trackers import is_entry
from pipeline.rubric.engine import check, default_means


def untracked(text: str) -> list[str]:
    findings = check(text, profile="haiku", means=default_means()).findings
    return [f.message for f in findings if f.criterion == "AI-TRK"]


@pytest.mark.parametrize(
    "url",
    [
        "https://trello.com/c/Qw3rTy9Z",
        "https://trello.com/c/Qw3rTy9Z/12-cap-the-pool",
        "https://youtrack.parcels.example/issue/SORT-7",
        "https://app.shortcut.com/parcels/story/411/cap-the-pool",
        "https://app.asana.com/0/1201/4471",
        "https://linear.app/parcels/issue/SORT-7/cap-the-pool",
        "https://dev.azure.com/parcels/sorter/_workitems/edit/411",
        "https://parcels.atlassian.net/browse/SORT-7",
        "https://gitlab.com/parcels/sorter/-/issues/7",
    ],
)
def test_one_card_of_a_tracker_is_an_entry(url: str) -> None:
    assert is_entry(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://trello.com/b/Qw3rTy9Z/sorter",
        "https://linear.app/parcels",
        "https://github.com/parcels/sorter/pull/7",
        "https://github.com/parcels/sorter/issues?q=is%3Aopen",
        "https://parcels.slack.com/archives/C0/p1660000000000",
        "https://docs.google.com/document/d/1x2y3z/edit",
    ],
)
def test_a_board_a_change_a_chat_and_a_paper_are_none(url: str) -> None:
    assert not is_entry(url)


def test_a_reference_link_is_followed_to_what_its_definition_names() -> None:
    item = "## Action items\n\n- Cap the pool of the sorter at 80 connections ([issue][cap])\n\n{}\n"
    assert untracked(item.format("[cap]: https://github.com/parcels/sorter/issues/7")) == []
    assert untracked(item.format("[cap]: https://github.com/parcels/sorter/wiki/Pools")) != []
    assert untracked(item.format("")) != []


def test_an_item_that_is_linked_to_its_entry_is_tracked_there() -> None:
    assert untracked("## Action items\n\n- [Cap the sorter's pool](https://trello.com/c/Qw3rTy9Z)\n") == []
    assert untracked("## Action items\n\n- Cap the [pool](https://en.wikipedia.org/wiki/Pool) at 80\n") != []


def test_evidence_marks_side_by_side_are_no_reference_links() -> None:
    text = "**Draft.**\n\n## Action items\n\n- Cap the pool at 80 [E1][E2]\n\n[E1]: chat.txt#L1\n[E2]: chat.txt#L2\n"
    (item,) = parse(text).items
    assert (item.title, item.tracking) == ("Cap the pool at 80", None)
