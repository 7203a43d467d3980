"""Where a sentence ends, and where a full stop does not end one."""

from __future__ import annotations

import pytest

from pipeline.language.sentences import split


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "The relay, e.g. Kestrel 4, lost power at 5 p.m. and came back.",
        "Version v2.4.1 of the firmware was installed.",
        "See https://wiki.example/a.b?c=1. for the plan",
        "Dr. Ilse Brandt joined at 10:12.",
        "It took approx. 30 minutes, cf. Fig. 4.",
        "Waiting... still waiting",
        "Ticket No. 5 was closed.",
        "J. Okonjo opened the bridge.",
    ],
)
def test_these_are_one_sentence(whole: str) -> None:
    assert cut(whole) == [whole]


def test_sentences_end_at_marks_blank_lines_and_list_items() -> None:
    text = 'It failed. Why?  Nobody knew!\n\nNext part\n- first item\n- second. "Done." Then more'
    assert cut(text) == [
        "It failed.",
        "Why?",
        "Nobody knew!",
        "Next part",
        "- first item",
        "- second.",
        '"Done."',
        "Then more",
    ]


def test_a_line_break_inside_a_paragraph_ends_nothing() -> None:
    assert cut("The valve\nstuck. It was\nreplaced.") == ["The valve\nstuck.", "It was\nreplaced."]


def test_a_full_stop_behind_a_blanked_mark_ends_a_sentence() -> None:
    assert cut("Ilse forgot the job     . The queue stalled     .") == [
        "Ilse forgot the job     .",
        "The queue stalled     .",
    ]
