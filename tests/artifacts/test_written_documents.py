"""Documents that people wrote: what becomes a row, a field, a task or a statement, and which document it is."""

import pytest
from folders import holding, read, times

BRIEF = """\
---
severity: SEV2
declared_at: 2031-02-03T21:10:00Z
---
# Lamps dark, 3 Feb 2031

**Status:** draft

## Impact
About 9 of 10 lamps were dark. Nobody was hurt.

## Timeline (UTC)

| # | Time | Who | What | Result |
|---|------|-----|------|--------|
| 1 | ~21:05 | Ada | firmware 9 rolled out | lamps dark |
| 2 | 21:47–22:01 | ben | power checked | no effect |
| 3 | 00:05 | Ada | back to firmware 8 | lamps on |

## Action items
- [ ] Canary for [firmware](https://git.example/fw/7) — owner: Ada, due 2031-02-20
- [x] Back to firmware 8
"""
ROSTER = "roster: [{name: Ada Moreau, handles: [ada]}, {name: Ben Ito, handles: [ben]}]\n"


@pytest.fixture
def brief(tmp_path):
    return read(tmp_path, {"anything.md": BRIEF, "incident.yaml": ROSTER})


def test_rows_have_time_actor_columns_and_roll_over_at_midnight(brief):
    rows = [r for r in brief.records if r.kind == "row"]
    assert times(tuple(rows)) == ["02-03 21:05", "02-03 21:47", "02-04 00:05"]
    assert [r.actor for r in rows] == ["Ada Moreau", "Ben Ito", "Ada Moreau"]
    assert [r.precision for r in rows] == ["approximate", "minute", "minute"]
    assert rows[1].until.strftime("%H:%M") == "22:01"
    assert rows[0].columns == (
        ("#", "1"),
        ("Time", "~21:05"),
        ("Who", "Ada"),
        ("What", "firmware 9 rolled out"),
        ("Result", "lamps dark"),
    )
    assert rows[0].section == "Lamps dark, 3 Feb 2031 > Timeline (UTC)"


def test_front_matter_and_bold_labels_are_fields(brief):
    fields = {r.columns[0] for r in brief.records if r.kind == "field"}
    assert fields >= {("severity", "SEV2"), ("Status", "draft")}
    assert (brief.incident.severity, brief.incident.title) == ("SEV2", "Lamps dark, 3 Feb 2031")


def test_a_paragraph_is_its_sentences_and_a_box_is_a_task(brief):
    assert holding(brief, "9 of 10").text == "About 9 of 10 lamps were dark."
    assert [(r.checked, r.kind) for r in brief.records if r.checked is not None] == [
        (False, "task"),
        (True, "task"),
    ]
    assert "firmware (https://git.example/fw/7)" in holding(brief, "Canary").text


def test_every_record_says_its_line(brief):
    lines = BRIEF.split("\n")
    for record in brief.records:
        assert record.line is not None
        assert record.text.split()[-1].strip(".") in "\n".join(lines[record.line - 1 : record.line])


def test_notes_of_a_scribe_are_rows_of_their_own_and_tasks(tmp_path):
    notes = (
        "INC lamps - scribe: Cleo - times are Denver (MT) unless marked\n\n"
        "0:20 alert\n00:24 ada acked\n12:35am ben = IC\n"
        "0:47 theory: power. 0:51 utility says they are fine\n1:09 rollback start / 1:16 done\n\n"
        "AI: canary (ada, 3/27)\nAI - write the runbook - me\n"
    )
    artifacts = read(tmp_path, {"2031-02-03-notes.txt": notes})
    rows = tuple(r for r in artifacts.records if r.kind == "row")
    assert [t[-5:] for t in times(rows)] == ["07:20", "07:24", "07:35", "07:47", "07:51", "08:09", "08:16"]
    assert [r.text for r in rows][3:5] == ["theory: power.", "utility says they are fine"]
    assert [r.text for r in artifacts.records if r.kind == "task"] == [
        "AI: canary (ada, 3/27)",
        "AI - write the runbook - me",
    ]


def test_a_run_in_heading_opens_a_section(tmp_path):
    text = "# Resolution summary\n\n**Fix.** Firmware 8 is pinned.\n\n**Regression tests.** TBD\n"
    record = holding(read(tmp_path, {"x.md": text}), "pinned")
    assert (record.section, record.text, record.kind) == (
        "Resolution summary > Fix",
        "Firmware 8 is pinned.",
        "statement",
    )


@pytest.mark.parametrize(
    ("text", "document"),
    [
        (BRIEF.replace("draft", "facts only").replace("## Impact", "## Blast radius"), "incident brief"),
        ("# Why the lamps went dark\n\n## Mechanism\nA.\n\n## Contributing factors\n1. B.\n\n## Ruled out\n- C.\n", "root cause"),
        ("# What we did\n\n| Time (UTC) | Action | Command | Result | Way back |\n|-|-|-|-|-|\n| 21:05 | a | b | c | d |\n\nSide effects: none.\n", "mitigation log"),
        ("# Lamps, closed\n\n## Fix\nA.\n\n## Regression tests\nB.\n\n## Rollout\nC.\n\n## Same defect elsewhere\nD.\n", "resolution summary"),
        ("# Menu\n\n## Monday\nSoup.\n\n## Tuesday\nBread.\n", None),
    ],
)  # fmt: skip
def test_which_upstream_document_it_is_shows_in_what_it_speaks_of(tmp_path, text, document):
    assert {r.document for r in read(tmp_path, {"doc.md": text}).records} == {document}


def test_four_documents_in_one_file_keep_their_kinds(tmp_path):
    text = "# Incident 7\n\n## Root cause\nA bad table.\n\n## Mitigation log\nBack to firmware 8.\n\n## Resolution summary\nPinned.\n"
    assert [r.document for r in read(tmp_path, {"all.md": text}).records] == [
        "root cause",
        "mitigation log",
        "resolution summary",
    ]


def test_markup_from_hostile_hands_stays_text(tmp_path):
    artifacts = read(
        tmp_path, {"x.md": "# T\n\n<script>alert(1)</script> and `code` and [E12] stay words here.\n"}
    )
    assert all(r.kind != "row" for r in artifacts.records)
