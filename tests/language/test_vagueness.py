"""Verb, object and done-test of an action item."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.language.vagueness import parts, ruled

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "item_titles.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_nearly_every_vague_title_is_flagged() -> None:
    vague = [title for label, _, title in ROWS if label == "flag"]
    missed = [title for title in vague if parts(title).complete]
    assert len(missed) <= 0.05 * len(vague), missed


def test_hardly_a_specific_title_is_flagged() -> None:
    specific = [title for label, _, title in ROWS if label == "clean"]
    flagged = [title for title in specific if not parts(title).complete]
    assert len(flagged) <= 0.03 * len(specific), flagged


@pytest.mark.parametrize(
    ("title", "opens"),
    [
        ("Mail the 40 keepers", True),
        ("Mail server with 40 keepers", False),
        ("Free the sluice lock", True),
        ("Free seats", False),
        ("Page hall on-call when pump 2 trips", True),
        ("Page load times", False),
        ("Fix hall-gate: close on loss of power", True),
        ("Issue and renew each key in the gate ledger", True),
        ("Hourly snapshots of the gate ledger", False),
        ("Regression tests for the gate parser", False),
        ("Nightly restore test of the gate ledger", False),
    ],
)
def test_what_follows_decides_whether_a_title_opens_with_a_deed(title: str, opens: bool) -> None:
    assert ruled(title).verb is opens


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("Improve observability", "vod"),
        ("Add a latency alert for the tide gate", "d"),
        ("Look into the pump controller", "vd"),
        ("Consider a second pump hall at Oosthaven", "vd"),
        ("Make the gate controller more robust", "vd"),
        ("Better alerting", "vod"),
        ("Retry policy of the tide gateway", "vd"),
        ("Document the pump hall", "d"),
        ("Test the backups of the gate controller every week", "d"),
        ("Investigate whether pump 2 leaks", "vd"),
        ("Remove all stale rules", "d"),
        ("Add rate limiting to the forecast endpoint when traffic is too high", "d"),
    ],
)
def test_a_vague_item_lacks_these_parts(title: str, missing: str) -> None:
    read = parts(title)
    have = {"v": read.verb, "o": read.object, "d": read.done_test}
    assert "".join(letter for letter, there in have.items() if not there) == missing
    assert len(read.reasons) == len(missing)


@pytest.mark.parametrize(
    "title",
    [
        "Page the dyke rotation when pump pressure in hall 3 stays below 2 bar for 5 minutes",
        "Improve alerting: page when the gate queue exceeds 200 commands",
        "Lower the command limit of the gate controller from 40 to 8",
        "Reject set-points above 4 bar in the gate controller",
        "The gate tool should refuse a close command without a gate number",
        "Make `gate close` ask for the gate number before it runs",
        "Document the order in which the pumps are started",
        "Document the start order of pumps 1 to 4 in the runbook of basin 2",
        "Find out why pump 2 tripped on 3 May and attach the finding to OPS-77",
        "Review the 14 muted alerts of hall 3 and delete or re-enable each one",
        "Run a flood drill each quarter and record the time to close all gates",
        "Delete the stale rule old_gate",
        "Ensure the importer rejects gate files with negative levels",
    ],
)
def test_a_stranger_could_close_these(title: str) -> None:
    assert parts(title).complete, parts(title).reasons


def test_an_alert_on_a_named_event_may_still_be_misread() -> None:
    title = "Alert when the nightly backup of the gate ledger fails"  # whole, by the guide and by the rules
    assert ruled(title).complete
    assert not parts(title).complete
