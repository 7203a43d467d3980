"""`postmortem draft`: what it asks of the story, what it says, how it ends."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.drafting import story
from pipeline.errors import ModelError
from tests.batch.fakes import result
from tests.cli.running import ending_of


class FakeStory:
    """Accepts whatever is called good; keeps what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: dict[str, Any] = {}
        monkeypatch.setattr(story, "draft", self.draft)

    def draft(self, incident: Path, **asked: Any) -> Any:
        self.asked = asked
        asked["progress"]("reading the artifacts")
        if incident.name == "unlucky":
            raise ModelError("the model service did not answer")
        return result(incident.name, rejected=incident.name.startswith("bad"))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeStory:
    return FakeStory(monkeypatch)


def test_a_rejected_draft_ends_with_1_and_says_each_finding_with_what_to_do(
    fake: FakeStory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending_of("draft", "bad-search", "--out", "o") == 1
    said = capsys.readouterr()
    assert "rejected at the gate draft: bad-search" in said.out
    assert "postmortem.md:1 PRV no measure -> postmortem explain PRV" in said.out
    assert "reading the artifacts" in said.err
    assert "reading the artifacts" not in said.out


def test_json_is_one_object_and_quiet_leaves_standard_error_empty(
    fake: FakeStory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending_of("draft", "mail", "--out", "o", "--format", "json", "--quiet") == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["schema"], told["verdict"], told["folder"]) == ("draft/1", "accepted", "mail")
    assert said.err == ""


def test_a_model_that_fails_ends_with_3(fake: FakeStory, capsys: pytest.CaptureFixture[str]) -> None:
    assert ending_of("draft", "unlucky", "--out", "o", "--quiet") == 3
    assert capsys.readouterr().err == "error: the model service did not answer\n"


def test_a_key_in_the_environment_selects_no_model(fake: FakeStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-anything")
    ending_of("draft", "mail", "--out", "o")
    assert fake.asked["model"] is None


def test_a_model_is_chosen_by_option_before_environment_before_settings(
    fake: FakeStory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "other.toml"
    config.write_text('model = "openai:settings"\n')
    command = ("draft", "mail", "--out", "o", "--config", config)
    ending_of(*command)
    assert fake.asked["model"].spec == "openai:settings"
    monkeypatch.setenv("POSTMORTEM_MODEL", "openai:environment")
    ending_of(*command)
    assert fake.asked["model"].spec == "openai:environment"
    ending_of(*command, "--model", "openai:option")
    assert fake.asked["model"].spec == "openai:option"


@pytest.mark.parametrize("name", ["gpt-5-mini", ":x", "openai:"])
def test_a_model_without_its_provider_is_bad_usage(
    name: str, fake: FakeStory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending_of("draft", "mail", "--out", "o", "--model", name) == 2
    assert capsys.readouterr().err.startswith(f"error: --model: '{name}' is not PROVIDER:NAME")


def test_options_reach_the_story(fake: FakeStory) -> None:
    ending_of(
        *("draft", "mail", "--out", "o", "--gate", "publish", "--today", "2026-03-09", "--rounds", "1"),
        *("--replace", "--fallback", "extractive"),
    )
    asked = fake.asked
    assert (asked["out"], asked["gate"], asked["today"]) == (Path("o"), "publish", date(2026, 3, 9))
    assert (asked["rounds"], asked["replace"], asked["settings"].fallback) == (1, True, "extractive")


def test_a_folder_that_cannot_be_one_is_told_before_any_work(
    fake: FakeStory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter").write_text("dear")
    assert ending_of("draft", "mail", "--out", tmp_path / "letter" / "drafts") == 2
    assert capsys.readouterr().err.startswith(f"error: --out: {tmp_path / 'letter'} is a file")
    assert fake.asked == {}


@pytest.mark.parametrize("option", [("--today", "9 March"), ("--gate", "release"), ("--rounds", "-1")])
def test_a_wrong_value_is_bad_usage(
    option: tuple[str, str], fake: FakeStory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending_of("draft", "mail", "--out", "o", *option) == 2
    assert option[0] in capsys.readouterr().err


def test_models_that_stand_in_the_cache_and_tracing_are_chosen_on_the_command_line(fake: FakeStory) -> None:
    ending_of("draft", "mail", "--out", "o", "--model", "openai:a", "--fallback-model", "openai:b",
              "--fallback-model", "anthropic:c", "--no-cache", "--trace")  # fmt: skip
    asked = fake.asked["model"]
    assert (asked.spec, asked.use_cache, asked.trace) == ("openai:a", False, True)
    assert fake.asked["settings"].fallback_models == ("openai:b", "anthropic:c")


def test_without_a_folder_to_write_to_nothing_is_drafted(
    fake: FakeStory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending_of("draft", "mail") == 2
    assert capsys.readouterr().err.startswith("error: --out: is missing")
