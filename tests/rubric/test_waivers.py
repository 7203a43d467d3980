"""What a comment in a document waives, how far it reaches, and when it waives nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.models.actions import ActionItems
from pipeline.models.evaluation import DocumentResult, Gate
from pipeline.models.postmortem import Heading, Postmortem, Statement
from pipeline.rendering.markdown import render
from pipeline.rubric.engine import check, default_means

MEANS = default_means(date(2024, 6, 10))
BLAMES = "Ines carelessly restarted the importer."
LIST = "- Improve monitoring\n- Look into database performance\n"


def held(text: str, gate: Gate = "draft") -> DocumentResult:
    return check(text, gate=gate, profile="lint", means=MEANS)


def lines(result: DocumentResult, criterion: str = "BLM") -> list[int]:
    return [f.line for f in result.findings if f.criterion == criterion]


def test_a_waiver_on_its_own_line_covers_the_paragraph_below_and_no_more() -> None:
    result = held(f'# Stall\n\n<!-- postmortem: waive BLM "the press wrote so" -->\n{BLAMES}\n\n{BLAMES}\n')
    assert lines(result) == [6]
    (waiver,) = result.waived
    assert (waiver.line, waiver.scope, waiver.reason) == (3, "place", "the press wrote so")
    assert [f.line for f in waiver.findings] == [4]
    assert result.notices == ()


def test_a_waiver_behind_a_sentence_covers_its_own_item() -> None:
    text = f'# Stall\n\n- {BLAMES} <!-- postmortem: waive BLM "quoted" -->\n- {BLAMES}\n'
    assert lines(held(text)) == [4]


def test_a_waiver_above_a_list_covers_its_first_item() -> None:
    text = f'## Action items\n\n<!-- postmortem: waive AI-SPEC "of the vendor" -->\n\n{LIST}'
    assert lines(held(text), "AI-SPEC") == [6]


def test_a_waiver_above_a_table_covers_all_its_rows() -> None:
    table = "| Action | Owner |\n|---|---|\n| Improve monitoring | Ines |\n| Look into performance | Ines |\n"
    text = f'## Action items\n\n<!-- postmortem: waive AI-SPEC "of the vendor" -->\n\n{table}'
    assert lines(held(f"## Action items\n\n{table}"), "AI-SPEC") == [5, 6]
    assert lines(held(text), "AI-SPEC") == []


def test_a_waiver_of_a_section_covers_what_is_below_it_up_to_the_next_of_its_level() -> None:
    text = (
        f'## Actions\n\n<!-- postmortem: waive AI-SPEC in this section "old list" -->\n{LIST}\n'
        "### Later\n\n- Improve logging\n\n## More action items\n\n- Improve alerting\n"
    )
    assert lines(held(text), "AI-SPEC") == [13]


def test_a_waiver_of_the_document_covers_it_from_the_first_line() -> None:
    text = f'{BLAMES}\n\n# Stall\n\n{BLAMES}\n\n<!-- postmortem: waive BLM in this document "a play" -->\n'
    result = held(text)
    assert lines(result) == []
    assert result.verdict == "accepted"


def test_one_comment_may_waive_several_criteria() -> None:
    text = f'# S\n\n<!-- Postmortem: WAIVE blm, ai-spec in this document "a play" -->\n{BLAMES}\n\n## Action items\n\n{LIST}'
    assert [w.criterion for w in held(text).waived] == ["BLM", "AI-SPEC"]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("waive BLM", "gives no reason"),
        ('waive BLM ""', "gives no reason"),
        ('waive BLM "…"', "gives no reason"),
        ('waive "because"', "can't be read"),
        ('waive BLM for ever "because"', "can't be read"),
        ('waive BLAME "because"', "no criterion BLAME"),
    ],
)
def test_a_waiver_without_reason_or_criterion_waives_nothing_and_is_told(comment: str, told: str) -> None:
    result = held(f"# Stall\n\n<!-- postmortem: {comment} -->\n{BLAMES}\n")
    assert lines(result) == [4]
    assert result.verdict == "rejected"
    assert [(n.line, told in n.message) for n in result.notices] == [(3, True)]


def test_a_waiver_that_waives_nothing_is_told() -> None:
    result = held('# Stall\n\n<!-- postmortem: waive BLM "because" -->\nInes restarted the importer.\n')
    assert ["no BLM to waive" in n.message for n in result.notices] == [True]
    # GRD is not scored without evidence: nobody knows whether there is something to waive.
    unscored = held('# Stall\n\n<!-- postmortem: waive GRD "because" -->\nInes restarted the importer.\n')
    assert unscored.notices == ()


def test_at_publish_blame_and_vagueness_are_never_waived() -> None:
    text = (
        '# Stall\n\n<!-- postmortem: waive BLM, AI-SPEC, DOC-REV in this document "because" -->\n'
        f"{BLAMES}\n\n## Action items\n\n{LIST}"
    )
    at_draft, at_publish = held(text), held(text, "publish")
    assert (lines(at_draft), lines(at_publish)) == ([], [4])
    assert lines(at_publish, "AI-SPEC") == [8, 9]
    assert [w.criterion for w in at_publish.waived] == ["DOC-REV"]
    assert [n.message for n in at_publish.notices] == [
        f"{criterion} is never waived at the gate publish" for criterion in ("BLM", "AI-SPEC")
    ]
    assert at_publish.verdict == "rejected"


@pytest.mark.parametrize(
    "shown",
    [
        '```\n<!-- postmortem: waive BLM in this document "x" -->\n```',
        'Write `<!-- postmortem: waive BLM in this document "x" -->` there.',
    ],
)
def test_a_waiver_that_is_shown_as_code_is_none(shown: str) -> None:
    result = held(f"# Stall\n\n{shown}\n\n{BLAMES}\n")
    assert len(lines(result)) == 1
    assert result.notices == ()


def test_artifacts_waive_nothing_in_the_draft_that_is_made_of_them() -> None:
    text = f'# Stall\n\n<!-- postmortem: waive BLM in this document "the chat says so" -->\n\n{BLAMES}\n'
    made = replace(MEANS, postmortem=Postmortem(incident=Heading(id="stall", title="Stall")))
    assert lines(check(text, means=made)) == [5]
    assert lines(check(text, means=replace(made, edited=True))) == []


@pytest.mark.parametrize(
    "said",
    [
        'Ines carelessly left <!-- postmortem: waive BLM in this document "the chat says so" --> it.',
        "`x` <!--postmortem: waive BLM in this document “so” --> Ines carelessly left it.",
        "<!-- Ines carelessly left it.",
    ],
)
def test_what_artifacts_say_waives_and_hides_nothing_where_a_draft_is_checked(said: str) -> None:
    printed = render(
        Postmortem(
            incident=Heading(id="stall", title=said),
            summary=(Statement(text=said, evidence=("E1",)),),
            resolution=(Statement(text="Jonas carelessly restarted it.", evidence=("E1",)),),
        ),
        ActionItems(),
        {"E1": said},
        timezone=None,
    ).text
    result = held(printed)
    assert result.waived == ()
    assert len(lines(result)) >= 3
