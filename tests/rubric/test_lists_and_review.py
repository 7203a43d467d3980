"""AI-BND, SET-COUNT, SET-DUP and DOC-REV against their development sets, and at the gates."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.documents.parse import parse
from pipeline.models.evaluation import Finding
from pipeline.rubric.engine import check, default_means, load_criteria
from pipeline.rubric.means import Means

DATA = Path(__file__).parents[2] / "evals" / "data"
MEANS = default_means(date(2026, 6, 1))
# How many of each label a rule may read otherwise: what is known to be missed is said in evals/data/README.md.
MISSED = {"AI-BND": (0, 0), "SET-COUNT": (0, 0), "SET-DUP": (3, 0), "DOC-REV": (0, 0)}
DRAFT = "# Importer stalls\n\n**Draft. Not reviewed.** Times in UTC.\n\n## Summary\n\nImports stood still for 65 minutes.\n"


def rows(criterion: str) -> list[dict[str, Any]]:
    lines = (DATA / criterion.lower() / "dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def as_document(criterion: str, text: str) -> str:
    """An item or a pair of items is told without its list."""
    if criterion in ("SET-COUNT", "DOC-REV"):
        return text
    return "## Action items\n\n" + "".join(f"- {line}\n" for line in text.split("\n"))


def found(criterion: str, text: str, means: Means = MEANS) -> list[Finding]:
    (rule,) = (c for c in load_criteria() if c.id == criterion)
    return list(rule.check(parse(text), means))


@pytest.mark.parametrize("criterion", MISSED)
def test_the_development_set_is_read_as_labelled(criterion: str) -> None:
    wrong: dict[str, list[str]] = {"flag": [], "clean": []}
    for row in rows(criterion):
        kinds = sorted(f.kind or "" for f in found(criterion, as_document(criterion, row["text"])))
        if bool(kinds) != (row["label"] == "flag") or kinds != sorted(row.get("kinds", kinds)):
            wrong[row["label"]].append(row["text"])
    missed, false = MISSED[criterion]
    assert len(wrong["flag"]) <= missed, wrong["flag"]
    assert len(wrong["clean"]) <= false, wrong["clean"]


def items(count: int, priority: str = "P{}") -> str:
    lines = (f"- Move importer-{n} to rack {n} ({priority.format(n % 3)})\n" for n in range(1, count + 1))
    return "## Action items\n\n" + "".join(lines)


def test_a_list_is_advised_against_from_eight_on_and_blocks_above_the_cap() -> None:
    told = {n: [(f.kind, f.severity) for f in found("SET-COUNT", items(n))] for n in (7, 8, 12, 13)}
    many, too_many = ("many", "advisory"), ("too many", "blocking")
    assert told == {7: [], 8: [many], 12: [many], 13: [too_many]}


def test_the_cap_is_the_organisations() -> None:
    means = Means(today=MEANS.today, people=MEANS.people, item_cap=5)
    assert [f.kind for f in found("SET-COUNT", items(6), means)] == ["too many"]


def test_what_may_be_a_duplicate_is_counted_where_the_count_blocks() -> None:
    longer = (
        items(11)
        + "- Add a canary stage to checkout (P1)\n- Add a canary stage to checkout and refunds (P2)\n"
    )
    assert [f.kind for f in found("SET-DUP", longer)] == [None]
    assert [f.kind for f in found("SET-COUNT", longer)] == ["too many"]


def test_a_long_list_with_one_priority_is_both() -> None:
    assert [f.kind for f in found("SET-COUNT", items(9, "P1"))] == ["many", "flat"]


def test_the_later_of_two_is_flagged_on_its_line_and_names_the_earlier() -> None:
    text = "## Action items\n\n- Alert on importer lag above 5,000 files\n- Expire tokens after 90 days\n- Page on importer lag above 5k files\n"
    (one,) = found("SET-DUP", text)
    assert (one.line, one.text) == (5, "Page on importer lag above 5k files")
    assert "“Alert on importer lag above 5,000 files” (line 3)" in one.message


def test_three_alike_are_two_findings() -> None:
    text = "## Action items\n\n- Delete flag old_login\n- Remove flag old_login\n- Drop flag old_login\n"
    assert [f.line for f in found("SET-DUP", text)] == [4, 5]


def test_a_draft_says_that_it_is_not_reviewed_and_is_rejected_only_where_it_is_to_be_released() -> None:
    def rejecting(gate: Any) -> list[Finding]:
        result = check(DRAFT, profile="haiku", gate=gate, means=MEANS)
        return [
            f
            for f in result.findings
            if f.criterion == "DOC-REV" and (f.gate == "draft" or gate == "publish")
        ]

    assert rejecting("draft") == []
    (one,) = rejecting("publish")
    assert (one.line, one.text, one.severity) == (3, "**Draft. Not reviewed.**", "blocking")


def test_a_review_that_somebody_writes_into_an_unreviewed_draft_does_not_make_it_reviewed() -> None:
    assert found("DOC-REV", DRAFT + "\nReviewed on 2026-05-02 by Ines Caldeira (ledger); approved.\n")


def test_what_a_record_of_a_review_lacks_is_named() -> None:
    text = "# Importer stalls\n\n## Summary\n\nImports stood still.\n\n{}\n"
    lacking = {
        line: [f.missing for f in found("DOC-REV", text.format(line))]
        for line in (
            "Reviewed by Ines Caldeira.",
            "Reviewed on 2026-05-02.",
            "Approved on 2026-05-02 by Ines Caldeira.",
        )
    }
    assert list(lacking.values()) == [[("when", "outcome")], [("who reviewed", "outcome")], []]


@pytest.mark.parametrize(
    "who", ["the assistant", "the AI assistant", "Claude", "GPT-5", "the drafting agent", "the program"]
)
def test_what_wrote_it_reviews_nothing(who: str) -> None:
    text = "# Importer stalls\n\n## Summary\n\nImports stood still.\n\nApproved on 2026-05-02 by {}.\n"
    assert found("DOC-REV", text.format(who))
    assert not found("DOC-REV", text.format("Claude Moreau, assistant director of operations"))


def test_a_list_of_review_actions_records_no_review() -> None:
    text = "# Importer stalls\n\n## Summary\n\nDown.\n\n**Review actions**:\n\n- Ines Caldeira accepted the limit (2026-05-02)\n"
    assert [f.message for f in found("DOC-REV", text)] == ["the document records no review"]


def test_only_the_work_of_an_item_is_asked_for_its_end() -> None:
    clean = [
        "Reject everything that is no tariff",
        "Write the note so that all teams can read it",
        "Rename “always on” to “on”",
    ]
    assert found("AI-BND", as_document("AI-BND", "\n".join(clean))) == []
