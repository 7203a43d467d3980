"""Denied, hedged, asked."""

from __future__ import annotations

import pytest

from pipeline.language.polarity import is_hedged, is_negated, is_question


def test_a_word_is_denied_by_its_own_clause_only() -> None:
    text = "It was not the cache, but the index was stale."
    assert is_negated(text, text.index("cache"), text.index("cache") + 5)
    assert not is_negated(text, text.index("index"), text.index("index") + 5)


@pytest.mark.parametrize(
    "text", ["maybe it's the new index", "Looks like DNS", "I suspect the relay", "could be the fuse?"]
)
def test_guesses_are_hedged(text: str) -> None:
    assert is_hedged(text)


@pytest.mark.parametrize("text", ["The index was stale.", "On 3 May the relay failed."])
def test_facts_are_not_hedged(text: str) -> None:
    assert not is_hedged(text)


@pytest.mark.parametrize("text", ["did anyone deploy", "Was the crew told?", "who is on call tonight"])
def test_questions_are_known_with_and_without_their_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["Did not pause the importer", "Is stable again.", "The relay failed"])
def test_statements_without_a_subject_are_no_questions(text: str) -> None:
    assert not is_question(text)
