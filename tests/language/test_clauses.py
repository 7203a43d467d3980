"""Who did what to whom, in which mood."""

from __future__ import annotations

import pytest

from pipeline.language.clauses import clauses
from pipeline.language.people import People

PEOPLE = People()


def subjects(text: str) -> list[tuple[str, str]]:
    return [(c.subject, c.verb) for c in clauses(text, PEOPLE) if c.mood == "finite"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At 06:12 CET Ingrid drained node-4.", [("Ingrid", "drain")]),
        ("The pump stopped and raised an alarm.", [("The pump", "stop"), ("The pump", "raise")]),
        ("The valve that the crew replaced stuck again.", [("the crew", "replace"), ("The valve", "stick")]),
        ("After the deploy the probes failed.", [("the probes", "fail")]),
        ("After the deploy failed, Ingrid reverted it.", [("the deploy", "fail"), ("Ingrid", "revert")]),
        ("Restarting the relay could have helped.", [("Restarting", "help")]),
    ],
)
def test_each_verb_finds_its_subject(text: str, expected: list[tuple[str, str]]) -> None:
    assert subjects(text) == expected


def test_mood_denial_voice_and_modal_are_read() -> None:
    (clause,) = clauses("The gauge should not have been replaced by the crew.", PEOPLE)
    assert (clause.modal, clause.negated, clause.perfect, clause.passive) == ("should", True, True, True)
    assert (clause.verb, clause.agent, clause.subject_kind) == ("replace", "the crew", "system")


def test_a_connective_says_how_a_clause_is_tied() -> None:
    first, second = clauses("The crew skipped step 4 because the tool was away.", PEOPLE)
    assert (first.connective, second.connective) == ("", "because")


@pytest.mark.parametrize(
    ("text", "human"),
    [
        ("The operator forgot to close the valve.", True),
        ("The operator forgot its lease.", False),
        ("The operator failed to reconcile.", False),
        ("Halvdis did not test the restore.", True),
        ("Zorptool crashed at noon.", False),
        ("Treasury bungled the cut-off.", True),
    ],
)
def test_the_predicate_settles_what_the_noun_leaves_open(text: str, human: bool) -> None:
    assert clauses(text, PEOPLE)[0].human is human
