"""What is escaped shows as it was, and is nothing but text to every reader."""

from __future__ import annotations

import random

import pytest
from markdown_it import MarkdownIt

from pipeline.rendering.escaping import escape, flatten, plain
from pipeline.rendering.marks import cut_stop, print_sentence, read_sentence
from tests.rendering.examples import HOSTILE

PIECES = [
    *"`*_[]()<>#|~!&;:=-+.\\$ \n1a@/'\"",
    "http://",
    "www.",
    "E1",
    "x.com",
    "**",
    "&amp;",
    "a@b.co",
    "é",
    "  ",
]


def texts() -> list[str]:
    chance = random.Random(7)
    made = ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(3000)]
    return [*HOSTILE, *made]


def test_escaped_text_reads_back_as_what_it_was() -> None:
    for text in texts():
        assert plain(escape(text)) == flatten(text)


def test_escaped_text_is_one_paragraph_of_text_and_code_wherever_it_stands() -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    definitions = "\n\n[E1]: postmortem.html#E1\n[x]: https://evil.example\n"
    for text in texts():
        escaped = escape(text)
        if not escaped:
            continue
        for before, around in (("", ["paragraph"]), ("- ", ["bullet_list", "list_item", "paragraph"])):
            tokens = reader.parse(before + escaped + definitions)
            assert [t.type.removesuffix("_open") for t in tokens if t.nesting == 1] == around, text
            inline = next(t for t in tokens if t.type == "inline")
            assert {c.type for c in inline.children or ()} <= {"text", "code_inline"}, text


def test_what_a_linkifier_would_link_stands_in_code() -> None:
    assert escape("see https://x.example/a_b, now") == "see `https://x.example/a_b`, now"
    assert escape("host www.x.example") == "host `www.x.example`"
    assert escape("eve@x.example wrote") == "`eve@x.example` wrote"
    assert escape("at x.com/a and 3.2 s, e.g. v1.2") == "at `x.com/a` and 3.2 s, e.g. v1.2"


def test_code_stays_code_and_nothing_else_becomes_it() -> None:
    assert escape("add `QUOTE_STALE` and `a|b`") == "add `QUOTE_STALE` and \\`a\\|b\\`"
    assert plain("a `kubectl` call") == "a `kubectl` call"
    assert escape(plain("a `kubectl` call")) == "a `kubectl` call"


@pytest.mark.parametrize(
    "text",
    ["[#2207] deploy[bot] fired", "#8841 was opened", "31.4%", "-5 degrees", "pool_max is 40", "a = b"],
)
def test_text_that_opens_no_block_is_left_readable(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It fell.", "It fell [E1] [E2]."),
        ("Did it?", "Did it [E1] [E2]?"),
        ("It went on...", "It went on... [E1] [E2]"),
        ("“Stop.”", "“Stop.” [E1] [E2]"),
        ("no stop", "no stop [E1] [E2]"),
    ],
)
def test_marks_stand_before_the_final_stop_and_read_back(text: str, printed: str) -> None:
    assert print_sentence(text, ("E2", "E1")) == printed
    assert read_sentence(printed).text == text
    assert "".join(cut_stop(text)) == text


def test_marks_and_note_are_found_wherever_a_person_has_put_them() -> None:
    said = read_sentence("It fell [E2] *(inferred)*, and it rose. [E1]")
    assert (said.text, said.evidence, said.basis) == ("It fell, and it rose.", ("E2", "E1"), "inferred")


def test_a_mark_inside_an_artifacts_words_is_no_mark() -> None:
    assert read_sentence(print_sentence("he wrote [E9] *(inferred)*", ("E1",))).evidence == ("E1",)
    assert read_sentence(print_sentence("he wrote [E9] *(inferred)*", ("E1",))).basis is None
