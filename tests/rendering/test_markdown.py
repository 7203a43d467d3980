"""The printed document: honest about what is missing, and knowing where each line came from."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from pipeline.rendering import layout
from pipeline.rendering.markdown import Rendered, render
from tests.rendering.examples import ALL, RECORDS, empty_one, hostile_one, plain_one

TITLES = {record: f'log "{record}".txt, line 3, no time' for record in RECORDS}


def printed(name: str) -> Rendered:
    postmortem, items = ALL[name]()
    return render(postmortem, items, TITLES, timezone=postmortem.incident.timezone)


def line_with(rendered: Rendered, words: str) -> int:
    return next(n for n, line in enumerate(rendered.text.split("\n"), 1) if words in line)


def test_a_rejected_document_says_so_in_its_first_line() -> None:
    postmortem, items = plain_one()
    rejected = postmortem.model_copy(update={"status": "rejected"})
    assert render(rejected, items, {}, timezone=None).text.startswith(f"{layout.REJECTED_LINE}\n\n# Street")
    assert layout.REJECTED_LINE not in render(postmortem, items, {}, timezone=None).text


def test_what_is_unknown_is_printed_as_unknown_with_its_reason() -> None:
    text = printed("plain_one").text
    assert "| not yet assigned (proposed: Ines Duarte) | not stated | not stated | not yet filed |" in text
    assert "| Declared | not known: no record gives it a severity before 20:00 |" in text
    assert "| Response | declared → first mitigation attempt | not known: the attempt came before" in text
    assert "severity not stated" in printed("empty_one").text


def test_an_empty_document_prints_each_required_part_as_empty() -> None:
    postmortem, items = empty_one()
    text = render(postmortem, items, {}, timezone=None).text
    for heading in ("Summary", "Impact", "Timeline", "Prevention", "Action items", "Lessons"):
        assert f"## {heading}\n\n{layout.NOT_IN_RECORDS}\n" in text
    assert "## Parked" not in text


def test_times_stand_in_utc_and_in_the_incidents_zone_with_dates_where_they_differ() -> None:
    text = printed("two_zones").text
    assert "times in UTC; Lisbon is UTC+0 or UTC+1." in text
    assert "Dates are 24 October 2026 unless given." in text
    assert "| 31 December 2025, 23:59:59 | 31 December 2025, 23:59:59 | cron |" in text
    assert "| 22:58:10 | 23:58:10 | Rui |" in text
    assert "| 23:40:00–25 October, 00:20:00 | 25 October, 00:40:00–01:20:00 | Rui |" in text
    assert "| 25 October, 00:59 | 25 October, 01:59 | night desk |" in text
    assert "| 25 October, 01:30:00 | 25 October, 01:30:00 | Rui |" in text


def test_intervals_are_as_exact_as_the_two_times_and_no_more() -> None:
    text = printed("plain_one").text
    assert "| onset (18:50) [E3] → detected (about 19:02) [E4] | 12 min |" in text
    assert "| 1 h 23 min |" in text  # 83.4 minutes, of which one end has no time in the document


@pytest.mark.parametrize("name", ALL)
def test_every_line_that_came_from_a_field_leads_to_it(name: str) -> None:
    postmortem, items = ALL[name]()
    rendered = printed(name)
    data = {"postmortem": postmortem.model_dump(by_alias=True), "items": items.model_dump(by_alias=True)}
    lines = rendered.text.split("\n")
    for segment in rendered.segments:
        assert lines[segment.line - 1], segment
        keys = segment.pointer.strip("/").split("/")
        value = data["items" if keys[0] in ("items", "needs_detail", "parked", "done") else "postmortem"]
        for key in keys:
            value = value[int(key)] if key.isdigit() else value[key]


def test_a_finding_at_a_line_finds_its_field() -> None:
    rendered = printed("plain_one")
    assert rendered.pointer_at(line_with(rendered, "v2.1 of the importer"), 5) == "/summary/1"
    assert rendered.pointer_at(line_with(rendered, "| A4 |"), 40) == "/items/1"
    assert rendered.pointer_at(line_with(rendered, "## Prevention")) == "/prevention"
    assert rendered.pointer_at(line_with(rendered, "*A mark such as")) is None


def test_every_mark_is_defined_and_leads_into_the_page() -> None:
    text = printed("plain_one").text
    body, _, definitions = text.partition("\n[E1]: ")
    used = set(re.findall(r"(?<!\\)\[(E\d+)\]", body))
    assert used == set(re.findall(r"^\[(E\d+)\]: postmortem\.html#\1 \"", "[E1]: " + definitions, re.M))
    assert r'[E3]: postmortem.html#E3 "log \"E3\".txt, line 3, no time"' in text


def test_nothing_from_an_artifact_becomes_markup_or_a_link() -> None:
    postmortem, items = hostile_one()
    text = render(postmortem, items, {}, timezone="America/Denver").text
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    headings = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings[1:] == [h for h in layout.HEADINGS.values() if h in headings]
    allowed = {
        "text", "code_inline", "softbreak", "link_open", "link_close", "em_open", "em_close", "strong_open",
        "strong_close",
    }  # fmt: skip
    for token in tokens:
        assert token.type not in ("html_block", "fence", "code_block", "hr", "blockquote_open")
        for child in token.children or ():
            assert child.type in allowed, child
            if child.type == "link_open":
                assert re.fullmatch(r"postmortem\.html#E\d", str(child.attrs["href"]))
            if child.type in ("text", "code_inline"):
                assert "\u202e" not in child.content
