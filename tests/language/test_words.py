"""Words, tags and lemmas."""

from __future__ import annotations

import pytest

from pipeline.language.lemmas import can_be_verb, lemma
from pipeline.language.words import tokens


def tagged(text: str, word: str) -> tuple[str, str, str]:
    token = next(t for t in tokens(text) if t.text == word)
    return token.tag, token.form, token.lemma


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Mark misread the gauge.", "Mark", ("PROPN", "", "mark")),
        ("Mark the item as done.", "Mark", ("VERB", "base", "mark")),
        ("Will did not follow it.", "Will", ("PROPN", "", "will")),
        ("The crew will follow it.", "will", ("MODAL", "", "will")),
        ("The failed job ran again.", "failed", ("ADJ", "", "failed")),
        ("The job failed again.", "failed", ("VERB", "past", "fail")),
        ("The client ignores the header.", "ignores", ("VERB", "s", "ignore")),
        ("The page was routed elsewhere.", "page", ("NOUN", "", "page")),
        ("Page the secondary after five minutes.", "Page", ("VERB", "base", "page")),
        ("They were handling two calls.", "handling", ("VERB", "ing", "handle")),
        ("Sam broke it.", "broke", ("VERB", "past", "break")),
        ("It filled up on 19 May and stopped.", "May", ("PROPN", "", "may")),
    ],
)
def test_a_word_is_read_by_its_neighbours(text: str, word: str, expected: tuple[str, str, str]) -> None:
    assert tagged(text, word) == expected


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("didn't", ["do", "not"]),
        ("didnt", ["do", "not"]),
        ("can't", ["can", "not"]),
        ("shoulda", ["should", "have"]),
        ("should of", ["should", "have"]),
        ("cannot", ["can", "not"]),
    ],
)
def test_contractions_are_two_words_also_as_chat_writes_them(text: str, lemmas: list[str]) -> None:
    assert [t.lemma for t in tokens(text)] == lemmas


def test_spans_lead_back_into_the_text() -> None:
    text = "Don't restart db-7 at 05:12 — it's draining."
    assert all(text[t.start : t.end] == t.text for t in tokens(text))


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("fixed", "fix"),
        ("mixing", "mix"),
        ("guarded", "guard"),
        ("springing", "spring"),
        ("pasted", "paste"),
        ("routed", "route"),
        ("bathed", "bathe"),
    ],
)
def test_a_base_takes_no_stray_e(word: str, base: str) -> None:
    assert lemma(word) == base
    assert can_be_verb(base)
