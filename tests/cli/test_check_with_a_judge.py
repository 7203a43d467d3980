"""`check --model` and `apply --model` on a real service: what is asked, what it adds, and what a failing service leaves."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scripted_service import Answer, Hang, Service, Status, Step

from pipeline.drafting.story import draft
from pipeline.rubric.judged import BY_JUDGE, NO_ANSWER
from tests.cli.running import ending_of

SLY = "For Mira there were better things to do."
PLAIN = "Mira restarted the importer at 14:05 UTC on 2024-06-04."
CHAT = "2026-03-02 09:06 UTC ines: LabelQueueHigh fired, labels come out blank on line 3\n"


@pytest.fixture
def asked(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A judge that says yes to sentences of better things, and no to all others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_BASE_URL", service.base_url)
    monkeypatch.setenv("POSTMORTEM_CACHE", str(tmp_path / "kept"))
    service.script = doubting("better things")
    return service


def doubting(words: str) -> Any:
    def answer(body: dict[str, Any]) -> Step:
        user = body["messages"][1]["content"]
        units = re.findall(r"^(U\d+)(?: \[[^\]]*\])? \| (.*)$", user, re.M)
        blaming = "QUESTION BLM:" in user
        told = [
            {
                "unit": unit,
                "defect": True,
                "span": words,
                "kinds": ["character"],
                "reason": "It gives a motive.",
            }
            if blaming and words in text
            else {"unit": unit, "defect": False, "span": "", "kinds": [], "reason": ""}
            for unit, text in units
        ]
        return Answer(json.dumps({"judgements": told}))

    return answer


def findings_of(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    told = json.loads(capsys.readouterr().out)
    return [(f["criterion"], f["message"]) for d in told["documents"] for f in d["findings"]]


def test_the_judge_adds_a_finding_with_its_place(asked: Service, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{PLAIN}\n{SLY}\n")
    assert ending_of("check", "a.md", "--model", "openai:probe") == 1
    said = capsys.readouterr()
    assert "a.md:2:21 BLM judge: It gives a motive." in said.out
    assert f"    | {SLY}\n    | {' ' * 20}{'^' * 13}\n" in said.out
    assert "judging a.md (openai:probe)" in said.err
    assert "prompt and" in said.err


def test_without_its_own_model_nothing_is_asked_whatever_else_names_one(
    asked: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTMORTEM_MODEL", "openai:probe")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    Path("postmortem.toml").write_text('model = "openai:probe"\njudge_model = "openai:probe"\n')
    Path("a.md").write_text(f"{SLY}\n")
    assert ending_of("check", "a.md") == 0
    assert asked.requests == []
    assert "by rules alone: AI-PUN, AI-SPEC, BLM" in capsys.readouterr().out


def test_a_service_that_fails_ends_with_3_and_keeps_what_was_judged(
    asked: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = doubting("better things")

    def expiring(body: dict[str, Any]) -> Step:
        return Status(401, "bad key") if "Nobody reached" in body["messages"][1]["content"] else judge(body)

    asked.script = expiring
    for name, text in (("a.md", PLAIN), ("b.md", "Nobody reached the page."), ("c.md", PLAIN)):
        Path(name).write_text(f"{text}\n")
    assert (
        ending_of(
            "check", "a.md", "b.md", "c.md", "--model", "openai:probe", "--format", "json", "--select", "BLM"
        )
        == 3
    )
    said = capsys.readouterr()
    assert said.err.count("error:") == 1
    assert "bad key" in said.err
    documents = json.loads(said.out)["documents"]
    assert [(d["path"], d["verdict"], len(d["findings"])) for d in documents] == [
        ("a.md", "accepted", 0),
        ("b.md", "rejected", 1),
        ("c.md", "rejected", 1),
    ]
    assert documents[1]["findings"][0]["message"].startswith(NO_ANSWER)


def test_a_judge_s_failure_gets_into_no_baseline(asked: Service, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{PLAIN}\n")
    asked.script = lambda body: Answer("no JSON at all")
    call = ("check", "a.md", "--model", "openai:probe")
    assert ending_of(*call, "--write-baseline", "known.json") == 0
    assert NO_ANSWER not in Path("known.json").read_text()
    assert ending_of(*call, "--baseline", "known.json") == 1
    assert NO_ANSWER in capsys.readouterr().out


def test_another_model_judges_where_the_first_fails_for_good(
    asked: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(f"{SLY}\n")
    judge = doubting("better things")
    asked.script = lambda body: Status(404, "no such model") if body["model"] == "gone" else judge(body)
    call = ("check", "a.md", "--model", "openai:gone", "--fallback-model", "openai:probe", "--no-cache")
    assert ending_of(*call) == 1
    assert "judge: It gives a motive." in capsys.readouterr().out
    before = len(asked.requests)
    ending_of(*call)
    assert len(asked.requests) == 2 * before


def test_a_refusal_rejects(asked: Service, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{PLAIN}\n")
    asked.script = lambda body: Answer(None, refusal="I would rather not.")
    assert ending_of("check", "a.md", "--model", "openai:probe") == 1
    assert "the model refused: I would rather not." in capsys.readouterr().out


def test_a_name_that_is_no_model_s_is_bad_usage(asked: Service, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"{PLAIN}\n")
    assert ending_of("check", "a.md", "--model", "probe") == 2
    assert "PROVIDER:NAME" in capsys.readouterr().err


@pytest.fixture
def folder(asked: Service, tmp_path: Path) -> Path:
    """A draft of the built-in engine into which somebody wrote a sly sentence, applied with a judge."""
    incident = tmp_path / "labels"
    incident.mkdir()
    (incident / "chat.txt").write_text(CHAT, "utf-8")
    folder = draft(incident, out=tmp_path / "out", today=date(2026, 3, 10)).folder
    assert folder is not None
    document = folder / "postmortem.md"
    document.write_text(
        document.read_text("utf-8").replace("## Lessons\n", f"## Lessons\n\n- {SLY}\n"), "utf-8"
    )
    ending_of("apply", folder, "--model", "openai:probe")
    return folder


def judged_in(folder: Path) -> list[str]:
    told = json.loads((folder / "evaluation.json").read_text("utf-8"))
    (document,) = told["documents"]
    return [f["text"] for f in document["findings"] if f["message"].startswith(BY_JUDGE)]


def test_what_a_judge_found_outlives_an_edit_elsewhere_and_not_its_own_mending(
    asked: Service, folder: Path
) -> None:
    assert judged_in(folder) == ["better things"]
    before = len(asked.requests)
    document = folder / "postmortem.md"
    document.write_text("A note of mine.\n\n" + document.read_text("utf-8"), "utf-8")
    ending_of("apply", folder)
    assert judged_in(folder) == ["better things"]
    document.write_text(document.read_text("utf-8").replace(SLY, "Mira was in another call."), "utf-8")
    ending_of("apply", folder)
    assert judged_in(folder) == []
    assert len(asked.requests) == before


def test_a_judge_that_is_asked_again_has_the_say(asked: Service, folder: Path) -> None:
    asked.script = doubting("words that nobody wrote")
    ending_of("apply", folder, "--model", "openai:other")
    assert judged_in(folder) == []


NAMED = """# Labels come out blank

## Summary

Ottoline\\_Brack restarted prn-07.harrow.example, while better things than a printer were on Faith Larssen's list.

## Action items

| Item | Owner |
|---|---|
| Cap the pool at 80 connections | zk |
"""
NAMES = ("ottoline", "brack", "prn-07", "harrow", "faith", "larssen", "zk")


def leaked(service: Service, *names: str, since: int = 0) -> list[str]:
    sent = json.dumps(service.requests[since:], ensure_ascii=False).casefold().replace("\\n", " ")
    return [name for name in names if re.search(rf"\b{name}\b", sent)]


@pytest.mark.parametrize("place", ["postmortem.toml", "docs/postmortem.toml"])
def test_a_judge_reads_a_document_under_pseudonyms_where_its_settings_or_the_folder_s_say_so(
    asked: Service, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    Path("docs").mkdir()
    Path(place).write_text("pseudonymise = true\n")
    Path("docs/a.md").write_text(NAMED)
    assert ending_of("check", "docs/a.md", "--model", "openai:probe") == 1
    assert "judge: It gives a motive." in capsys.readouterr().out
    assert asked.requests
    assert leaked(asked, *NAMES) == []


def test_a_document_whose_people_cannot_be_found_is_not_sent(
    asked: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("postmortem.toml").write_text("pseudonymise = true\n")
    told = "Jadranka je ponovno pokrenula poslužitelj jer se red nije praznio i nitko nije znao zašto. "
    Path("a.md").write_text(told * 6)
    assert ending_of("check", "a.md", "--model", "openai:probe") == 2
    assert asked.requests == []
    assert "a.md: is not in English" in capsys.readouterr().err
    Path("incident.yaml").write_text("roster: [{name: Jadranka Kos}]\n")
    ending_of("check", "a.md", "--model", "openai:probe")
    assert asked.requests
    assert leaked(asked, "jadranka", "ponovno") == ["ponovno"]


def test_the_settings_name_who_stands_in_and_the_command_line_who_judges(
    asked: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("postmortem.toml").write_text('fallback_models = ["openai:probe"]\njudge_model = "openai:third"\n')
    Path("a.md").write_text(f"{SLY}\n")
    judge = doubting("better things")
    asked.script = lambda body: Status(404, "no such model") if body["model"] == "gone" else judge(body)
    assert ending_of("check", "a.md", "--model", "openai:gone") == 1
    assert "judge: It gives a motive." in capsys.readouterr().out
    assert {body["model"] for body in asked.requests} == {"gone", "probe"}


def test_an_edit_is_judged_under_pseudonyms(asked: Service, folder: Path) -> None:
    before = len(asked.requests)
    Path("postmortem.toml").write_text("pseudonymise = true\n")
    document = folder / "postmortem.md"
    said = f"- Ottoline Brack restarted prn-07. {SLY}"
    document.write_text(document.read_text("utf-8").replace(f"- {SLY}", said), "utf-8")
    ending_of("apply", folder, "--model", "openai:other")
    assert judged_in(folder) == ["better things"]
    names = ("mira", "ines", "ottoline", "brack", "prn-07")
    assert leaked(asked, *names, "labelqueuehigh", since=before) == ["labelqueuehigh"]


@pytest.mark.parametrize("command", ["check", "draft", "apply"])
def test_an_interrupt_ends_a_command_with_130_while_the_service_is_silent(
    asked: Service, folder: Path, command: str
) -> None:
    called = threading.Event()

    def never(body: dict[str, Any]) -> Step:
        called.set()
        return Hang()

    asked.script = never
    Path("a.md").write_text(f"{PLAIN}\n")
    about = {"check": ["a.md"], "draft": ["labels", "--out", "anew"], "apply": [str(folder)]}[command]
    call = [sys.executable, "-m", "pipeline", command, *about, "--model", "openai:silent"]
    running = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    try:
        assert called.wait(60)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 130
    assert "Traceback" not in said
