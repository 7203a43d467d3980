"""`check` as a user calls it: what it reads, what it prints, and what it ends with."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.models.actions import ActionItems
from pipeline.models.postmortem import Heading, Postmortem, Statement
from pipeline.rendering.markdown import render
from pipeline.rubric.engine import load_criteria
from tests.cli.running import ending_of

VAGUE = "# Stall\n\n## Action items\n\n- Improve monitoring (owner: Ines Caldeira)\n"
FINE = "# Stall\n\nInes restarted the importer at 14:05 UTC on 2024-06-04.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def result_of(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_one_blocking_finding_ends_with_1_and_names_the_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(VAGUE)
    assert ending_of("check", "a.md") == 1
    out = capsys.readouterr().out
    assert "a.md:5:3 AI-SPEC" in out
    assert "| Improve monitoring" in out
    assert "rejected at the gate draft (profile lint)" in out


def test_every_file_read_appears_also_without_findings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("docs/b").mkdir(parents=True)
    for name in ("docs/z.md", "docs/a.markdown", "docs/b/c.txt", "docs/code.py", "docs/.hidden.md"):
        Path(name).write_text(FINE)
    assert ending_of("check", "docs", "--select", "BLM", "--format", "json") == 0
    told = result_of(capsys)
    assert told["schema"] == "evaluation/1"
    assert [d["path"] for d in told["documents"]] == ["docs/a.markdown", "docs/b/c.txt", "docs/z.md"]  # type: ignore[attr-defined]


def test_a_draft_s_folder_is_one_document_and_its_findings_name_their_fields(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    postmortem = Postmortem(
        incident=Heading(id="stall", title="Stall"),
        summary=(Statement(text="Ines should have drained the node."),),
    )
    draft = Path("out/stall")
    draft.mkdir(parents=True)
    (draft / "postmortem.md").write_text(render(postmortem, ActionItems(), {}, timezone=None).text)
    (draft / "postmortem.json").write_text(postmortem.model_dump_json(by_alias=True))
    (draft / "action-items.json").write_text(ActionItems().model_dump_json(by_alias=True))
    (draft / "notes.md").write_text(FINE)
    assert ending_of("check", "out", "--format", "json", "--select", "BLM") == 1
    (document,) = result_of(capsys)["documents"]  # type: ignore[misc]
    assert document["path"] == "out/stall/postmortem.md"
    assert [f["where"] for f in document["findings"]] == ["/summary/0"]


def test_what_cannot_be_read_is_said_the_rest_is_checked_and_the_end_is_2(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(FINE)
    Path("b.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert ending_of("check", "missing.md", "b.md", "a.md", "--format", "json") == 2
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert [d["path"] for d in told["documents"]] == ["a.md"]
    assert [u["path"] for u in told["unread"]] == ["missing.md", "b.md"]
    assert "missing.md: no such file or folder" in captured.err


def test_select_filters_what_is_reported_and_not_what_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(VAGUE)
    assert ending_of("check", "a.md", "--select", "BLM") == 1
    out = capsys.readouterr().out
    assert "AI-SPEC" not in out
    assert "1 blocking not shown" in out


def test_a_criterion_that_there_is_not_is_bad_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(FINE)
    assert ending_of("check", "a.md", "--select", "AI-FOO") == 2
    assert "AI-FOO" in capsys.readouterr().err


def test_a_gate_brings_the_severities_of_the_guide(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(FINE)
    assert ending_of("check", "a.md") == 0
    capsys.readouterr()
    assert ending_of("check", "a.md", "--gate", "draft") == 1
    assert "(profile haiku)" in capsys.readouterr().out


def test_a_baseline_hides_what_is_known_and_shows_what_is_new(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(VAGUE)
    assert ending_of("check", "a.md", "--baseline", "known.json") == 2
    assert "--write-baseline known.json" in capsys.readouterr().err
    assert ending_of("check", "a.md", "--write-baseline", "known.json") == 0
    Path("a.md").write_text("A line more.\n\n" + VAGUE)
    assert ending_of("check", "a.md", "--baseline", "known.json") == 0
    Path("a.md").write_text(VAGUE + "- Look into database performance\n")
    capsys.readouterr()
    assert ending_of("check", "a.md", "--baseline", "known.json") == 1
    out = capsys.readouterr().out
    assert "a.md:6" in out
    assert "a.md:5" not in out


def test_a_baseline_never_hides_vagueness_from_the_gate_publish(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(VAGUE)
    ending_of("check", "a.md", "--gate", "publish", "--write-baseline", "known.json")
    capsys.readouterr()
    assert ending_of("check", "a.md", "--gate", "publish", "--baseline", "known.json") == 1
    assert "a.md:5:3 AI-SPEC" in capsys.readouterr().out


def test_an_incident_yaml_beside_the_document_gives_roster_and_zone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# Stall, 4 June 2024\n\n## Timeline\n\n- 14:05 Ines restarted it\n\n## Action items\n\n- Cap the pool (owner: SRE)\n"
    Path("a.md").write_text(text)
    ending_of("check", "a.md", "--select", "TL-TIME,AI-OWN", "--format", "json")
    assert {f["criterion"] for f in result_of(capsys)["documents"][0]["findings"]} == {"TL-TIME", "AI-OWN"}  # type: ignore[index]
    Path("incident.yaml").write_text(
        "timezone: Europe/Berlin\nroster:\n  - {name: Ines Caldeira, team: SRE}\n"
    )
    ending_of("check", "a.md", "--select", "TL-TIME,AI-OWN", "--format", "json")
    assert result_of(capsys)["documents"][0]["findings"] == []  # type: ignore[index]


def test_sarif_has_a_rule_for_each_criterion_and_a_region_for_each_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(VAGUE)
    ending_of("check", "a.md", "--format", "sarif", "--select", "AI-SPEC")
    told = result_of(capsys)
    (run,) = told["runs"]  # type: ignore[misc]
    assert told["version"] == "2.1.0"
    assert len(run["tool"]["driver"]["rules"]) == len(load_criteria())
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "AI-SPEC"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["level"], region["startLine"], region["snippet"]["text"]) == (
        "error",
        5,
        "Improve monitoring",
    )


def test_junit_has_a_case_for_each_criterion_and_survives_what_xml_forbids(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(VAGUE.replace("monitoring", "moni\x0btoring & <b>"))
    ending_of("check", "a.md", "--format", "junit")
    root = ElementTree.fromstring(capsys.readouterr().out)
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == {c.id for c in load_criteria()}
    assert cases["AI-SPEC"].find("failure") is not None
    assert cases["GRD"].find("skipped") is not None


def test_annotations_escape_what_would_end_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a,b.md").write_text(VAGUE)
    ending_of("check", "a,b.md", "--format", "github", "--select", "AI-SPEC")
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("::error file=a%2Cb.md,line=5,endLine=5,col=3,title=AI-SPEC::")


def test_standard_input_is_a_document(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(VAGUE.encode())))
    assert ending_of("check", "-") == 1
    assert "-:5:3 AI-SPEC" in capsys.readouterr().out


def test_the_settings_choose_the_profile_where_the_command_line_does_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(FINE)
    Path("postmortem.toml").write_text('profile = "etsy"\n')
    ending_of("check", "a.md")
    assert "(profile etsy)" in capsys.readouterr().out
    ending_of("check", "a.md", "--gate", "publish", "--profile", "google")
    assert "publish (profile google)" in capsys.readouterr().out
    Path("postmortem.toml").write_text('profile = "gogle"\n')
    assert ending_of("check", "a.md") == 2
    assert "postmortem.toml:1: 'profile'" in capsys.readouterr().err
