"""`postmortem prompts` and `draft --dry-run`: exactly what would be sent, and nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from honest_model import INCIDENT, HonestModel
from running import ending_of
from scripted_service import Answer, Service

from pipeline.config import Settings
from pipeline.drafting import story
from pipeline.drafting.rehearsal import rehearse


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert ending_of("prompts", *arguments) == 0
    return capsys.readouterr().out


def test_the_list_names_each_prompt_with_its_version_and_show_prints_it_with_its_slots(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = told(capsys, "list")
    assert all(name in listed for name in ("author", "evidence", "judge", "tracker-revise"))
    assert "{{ narrative }}" in told(capsys, "show", "tracker")
    shown = json.loads(told(capsys, "show", "author", "--format", "json"))["prompts"][0]
    assert shown["output"] == "AuthorReply"
    assert ending_of("prompts", "show", "poet") == 2
    assert "prompts list" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("prompts", "render"), ("draft", "--dry-run")])
def test_what_would_be_sent_is_printed_with_tokens_and_cost_and_needs_no_key(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert ending_of(*command, INCIDENT, "--model", "openai:gpt-5-mini", "--today", "2026-03-10") == 0
    out = capsys.readouterr().out
    assert "You are the author." in out
    assert "release 5.2 reads the font" in out
    assert "nothing was sent" in out
    assert "cost: $" in out


def test_the_cost_of_a_model_without_a_price_is_unknown_and_only_one_prompt_can_be_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = told(capsys, "render", INCIDENT, "--prompt", "author", "--model", "openai:house-llm")
    assert 'cost: unknown; postmortem.toml can give it: [prices."openai:house-llm"]' in out
    assert "You are the tracker" not in out


def test_a_rehearsal_prints_what_the_wire_carries(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    honest = HonestModel.of()
    service.script = lambda body: Answer(honest.script(body))
    monkeypatch.setenv("OPENAI_BASE_URL", service.base_url)
    monkeypatch.setenv("POSTMORTEM_CACHE", str(tmp_path))
    today = story.date(2026, 3, 10)
    planned = rehearse(INCIDENT, "openai:scripted", Settings(), today)
    story.draft(INCIDENT, model="openai:scripted", today=today, rounds=0)
    (first,) = [b for b in service.requests if b["response_format"]["json_schema"]["name"] == "AuthorReply"]
    assert [(m.role, m.content) for m in planned[0].messages] == [
        (m["role"], m["content"]) for m in first["messages"]
    ]
    assert planned[0].schema == first["response_format"]["json_schema"]["schema"]
