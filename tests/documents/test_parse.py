"""What a document of any layout becomes: sentences with masks, entries with days and zones, items with fields."""

from datetime import UTC, date, datetime

import pytest

from pipeline.documents.parse import parse
from pipeline.models.document import Document


def entries(text: str, **given: str) -> list[tuple[int, str | None, str | None]]:
    return [
        (e.span.line, e.time.strftime("%Y-%m-%d %H:%M") if e.time else None, e.actor)
        for e in parse(text, **given).entries  # type: ignore[arg-type]
    ]


def texts(document: Document) -> list[str]:
    return [" ".join(s.text.split()) for s in document.sentences]


def test_a_sentence_is_as_long_as_its_span_and_masks_what_is_no_prose() -> None:
    text = (
        "Ines ran `git blame` [E12], see [the log](https://log.example/7) **now** at https://a.example/b.\n"
    )
    (sentence,) = parse(text).sentences
    assert len(sentence.text) == sentence.span.end - sentence.span.start
    assert " ".join(sentence.text.split()) == f"Ines ran {'□' * 11} , see the log now at {'□' * 19}."
    assert text[sentence.span.start :].startswith("Ines ran `git")


def test_code_front_matter_comments_and_link_definitions_are_no_text() -> None:
    text = '---\ntitle: Stall\ndate: 2024-06-04\n---\n\nOne.\n\n```\nTwo was blamed.\n```\n<!-- Three -->\n\n[E1]: x.html "Four"\n'
    document = parse(text)
    assert texts(document) == ["One."]
    assert (document.title, document.declared_date, document.machine_made) == (
        "Stall",
        date(2024, 6, 4),
        True,
    )


def test_a_hard_wrapped_bullet_is_one_sentence_and_knows_its_neighbours() -> None:
    first, second, third = parse("- The queue had\n  no limit. Nobody knew.\n- It filled up.\n").sentences
    assert " ".join(first.text.split()) == "The queue had no limit."
    assert (first.after, second.before, second.after, third.before) == (1, 0, 2, 1)
    assert (first.span.line, first.span.end_line, third.span.line) == (1, 2, 3)


def test_raw_chat_quoted_in_an_appendix_is_nobody_s_sentence() -> None:
    assert texts(parse("## Appendix\n\n### Chat log\n\n> who broke it\n")) == ["Appendix", "Chat log"]


@pytest.mark.parametrize(
    "text",
    [
        "# Stall\n\n## Timeline (4 June 2024, UTC)\n\n- 14:05 Ines restarted it\n",
        "# Stall, 4 June 2024\n\nAll times in UTC.\n\n## Key events\n\n* **14:05** – Ines restarted it\n",
        "# Stall\n\n## Timeline\n\n| Date | UTC | Who | What |\n|---|---|---|---|\n| 2024-06-04 | 14:05 | Ines | restarted it |\n",
        "# Stall\n\n## Chronology\n\n### 2024-06-04 14:05 UTC\n\nInes restarted it.\n",
        "# Stall\n\n## Timeline\n\n- 2024-06-04\n  - 14:05 UTC: Ines restarted it\n",
        "STALL\n\nTimeline (all times CEST, 2024-06-04)\n16:05 Ines: restarted it\n",
        "# Stall\n\n## Timeline\n\nT0 = 2024-06-04 13:58 UTC\n\n- T+7 min: Ines restarted it\n",
        "# Stall\n\n## Timeline (UTC)\n\n- [2024-06-04 14:05] @Ines restarted it\n",
        "<h1>Stall</h1>\n<h2>Timeline</h2>\n<h3>2024-06-04</h3>\n<p>\n  <b>14:05 UTC</b> – Ines restarted it.\n</p>\n",
    ],
)
def test_an_entry_is_read_from_whatever_a_timeline_is_written_as(text: str) -> None:
    ((_, time, actor),) = entries(text)
    assert (time, (actor or "").strip("@")) == ("2024-06-04 14:05", "Ines")


def test_days_carry_over_and_a_clock_that_jumps_back_has_passed_midnight() -> None:
    text = "## Timeline (UTC)\n\n- 2024-06-04 23:50 Ines saw it\n- 23:58 Ines called\n- 00:10 Tariq joined\n"
    assert [t for _, t, _ in entries(text)] == ["2024-06-04 23:50", "2024-06-04 23:58", "2024-06-05 00:10"]


def test_the_zone_of_incident_yaml_serves_a_document_that_names_none() -> None:
    text = "# Stall, 4 June 2024\n\n## Timeline\n\n- 16:05 Ines restarted it\n"
    assert entries(text) == [(5, None, "Ines")]
    assert entries(text, timezone="Europe/Berlin") == [(5, "2024-06-04 14:05", "Ines")]


def test_of_two_columns_of_times_utc_counts() -> None:
    text = "## Timeline (4 June 2024)\n\n| Denver | UTC | Actor | Event |\n|---|---|---|---|\n| 08:05–08:20 | 14:05–14:20 | Ines | ran the job |\n"
    (entry,) = parse(text).entries
    assert (entry.time, entry.until) == (
        datetime(2024, 6, 4, 14, 5, tzinfo=UTC),
        datetime(2024, 6, 4, 14, 20, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "event",
    ["it was decided to fail over", "rollback started", "customers were informed", "escalated", "a workaround was found",
     "approval given", "Restarted the pods", "Investigation begins.", "error rate back under 1%", "Root cause identified"],
)  # fmt: skip
def test_an_event_that_hides_who_acted_has_no_actor(event: str) -> None:
    assert entries(f"## Timeline (4 June 2024, UTC)\n\n- 14:20 {event}\n")[0][2] is None


@pytest.mark.parametrize(
    ("event", "actor"),
    [
        ("incident commander Dana decided to fail over", "incident commander Dana"),
        ("escalated to storage by Wei", "Wei"),
        ("Alertmanager paged the payments rotation", "Alertmanager"),
        ("checkout p99 passed 2 s (metrics)", "checkout p99"),
        ("error rate back under 1% (metrics)", "metrics"),
        ("Wei: restarted checkout-3", "Wei"),
        ("After the restart, Dana saw the queue drain", "Dana"),
        ("rolled back build 812 (Dana)", "Dana"),
    ],
)
def test_the_actor_is_the_label_the_agent_or_the_subject(event: str, actor: str) -> None:
    assert entries(f"## Timeline (4 June 2024, UTC)\n\n- 14:20 {event}\n")[0][2] == actor


ITEM = ("Cap the pool at 80 connections", "Ines Caldeira", "P1", "2024-07-15", "LED-12", "systemic")


@pytest.mark.parametrize(
    "text",
    [
        "- Cap the pool at 80 connections (owner: Ines Caldeira, P1, due 2024-07-15, LED-12) [systemic]\n",
        "- [ ] **P1** Cap the pool at 80 connections — Ines Caldeira — 2024-07-15 — LED-12 — systemic\n",
        "1. Cap the pool at 80 connections. Owner: Ines Caldeira. Priority: P1. Due: 2024-07-15. Ticket: LED-12. Type: systemic.\n",
        "- Cap the pool at 80 connections\n  - Owner: Ines Caldeira\n  - P1\n  - Due: 2024-07-15\n  - LED-12\n  - type: systemic\n",
        "| Action | Type | Owner | Prio | Due date | Tracking |\n|---|---|---|---|---|---|\n"
        "| Cap the pool at 80 connections | systemic | Ines Caldeira | P1 | 2024-07-15 | LED-12 |\n",
        "### Cap the pool at 80 connections\n\n**Owner:** Ines Caldeira  \n**Priority:** P1  \n**Due:** 2024-07-15  \n**Ticket:** LED-12  \n"
        "**Type:** systemic\n",
        "### Systemic\n\n- P1: Cap the pool at 80 connections, Ines Caldeira, by 2024-07-15 (LED-12; owner Ines Caldeira)\n",
        "- Cap the pool at 80 connections | Owner: Ines Caldeira | Priority: P1 | Due: 2024-07-15 | Tracking: LED-12 | Type: systemic\n",
        "AI: Ines Caldeira to Cap the pool at 80 connections by 2024-07-15 (P1, LED-12, systemic)\n",
    ],
)
def test_an_item_gives_up_its_fields_wherever_they_were_written(text: str) -> None:
    (item,) = parse("# Stall\n\n## Action items\n\n" + text).items
    fields = (item.owner, item.priority, item.due, item.tracking, (item.type or "").lower())
    assert fields == ITEM[1:]
    assert item.title.startswith(ITEM[0])


def test_states_come_from_boxes_columns_and_headings() -> None:
    text = (
        "## Action items\n\n- [x] Reverted it\n- Cap the pool\n\n### Considered, not planned\n\n- Rewrite it\n\n"
        "## Needs detail\n\n- Improve it\n"
    )
    assert [i.state for i in parse(text).items] == ["done", "open", "parked", "needs detail"]


def test_a_list_that_says_so_is_ranked() -> None:
    assert [
        i.ranked_list for i in parse("## Action items\n\nIn order of priority:\n\n1. Cap the pool\n").items
    ] == [True]
    assert [i.ranked_list for i in parse("## Action items\n\n1. Cap the pool\n").items] == [False]


def test_a_field_knows_where_it_is_printed() -> None:
    (item,) = parse("## Action items\n\n- Cap the pool\n  - Owner: TBD\n").items
    assert (item.place("owner").line, item.place("due").line) == (4, 3)


@pytest.mark.parametrize(
    ("heading", "part"),
    [("What went well?", "went well"), ("5. How was it fixed?", "resolution"), ("Why did it happen?", "root cause"),
     ("How we found out", "detection"), ("TL;DR", "summary"), ("Follow-up actions", "actions"), ("Impact of the outage", "impact"),
     ("Where sources disagree", "conflicts"), ("What we will change", "actions"), ("Glossary", "other")],
)  # fmt: skip
def test_a_heading_announces_its_part_in_many_words(heading: str, part: str) -> None:
    assert parse(f"# Stall\n\n## {heading}\n\nText.\n").sections[-1].part == part


def test_a_heading_that_groups_items_stays_with_the_items() -> None:
    document = parse(
        "## Action items\n\n### Detection\n\n- Page on lag\n\n### Mitigation\n\n- Cap the pool\n"
    )
    assert [i.title for i in document.items] == ["Page on lag", "Cap the pool"]


def test_template_text_is_empty() -> None:
    text = "## Impact\n\n[Describe the impact here]\n\n## Detection\n\nsee chat\n\n## Lessons\n\nn/a\n\n## Summary\n\nIt stopped.\n"
    assert [s.empty for s in parse(text).sections if s.heading] == [True, True, True, False]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "#", "|", "| a |\n|---|\n", "- \n- \n", "```", "---\n", "<b>", "\x00\r\n", "[](", "1.\n2.\n",
     "## Actions\n\n1) Cap the pool at 80\n   for all. Owner:\n", "## Timeline\n\n| Event | Time (UTC) |\n|---|---|\n| it stopped |\n"],
)  # fmt: skip
def test_every_text_can_be_read(text: str) -> None:
    assert parse(text).text == text


def test_an_escaped_character_is_read_as_itself() -> None:
    document = parse(
        "## Action items\n\n- Raise max\\_wal\\_senders on `db\\_1` (owner: clay\\_, due: 2030-05-09)\n"
    )
    (item,) = document.items
    assert (item.title, item.owner) == ("Raise max_wal_senders on `db\\_1`", "clay_")


def test_a_sentence_ends_behind_its_evidence_mark() -> None:
    text = "## Summary\n\nThe font is in the image [E11].\nIt was rolled out on 3 March [E12] [E13].\nAll is well [E1].\n"
    told = [s.text.split("  ")[0] for s in parse(text, "x").sentences]
    assert told[-3:] == ["The font is in the image", "It was rolled out on 3 March", "All is well"]
