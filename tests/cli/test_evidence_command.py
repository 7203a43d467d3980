"""`postmortem evidence` and `postmortem formats`: the tables and the data that they print."""

import json
from pathlib import Path

from running import ending_of


def test_evidence_shows_what_was_read_from_what(tmp_path, capsys):
    (tmp_path / "t.csv").write_text(
        "time,who,event\n2031-02-03T21:05:00Z,Ada,all dark\n2031-02-03T21:06:00Z,Ben,looking\n"
    )
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    assert ending_of("evidence", tmp_path) == 0
    shown = capsys.readouterr().out
    assert 't.csv  table     2        2031-02-03 21:05  2031-02-03 21:06  "Z" written in the record' in shown
    assert "a.png, file: binary, no text in it" in shown


def test_evidence_as_data(tmp_path, capsys):
    (tmp_path / "t.csv").write_text(
        "time,who,event\n2031-02-03T21:05:00Z,Ada,all dark\n2031-02-03T21:06:00Z,Ben,looking\n"
    )
    ending_of("evidence", tmp_path, "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "inventory/1"
    assert told["files"] == [
        {
            "file": "t.csv",
            "format": "table",
            "records": 2,
            "dated": 2,
            "first": "2031-02-03T21:05:00Z",
            "last": "2031-02-03T21:06:00Z",
            "zone_bases": [['"Z" written in the record', 2]],
            "unread": [],
        }
    ]


def test_evidence_of_nothing_is_an_error(tmp_path):
    assert ending_of("evidence", tmp_path / "gone") == 2


def test_formats_are_listed_with_how_to_get_them(capsys):
    ending_of("formats", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "formats/1"
    by_name = {f["name"]: f for f in told["formats"]}
    assert "journalctl -o json" in by_name["journald"]["exported_by"]
    assert by_name["docx"]["extra"] == "docx"
    ending_of("formats")
    assert "kubectl get events" in capsys.readouterr().out


def test_the_page_of_the_formats_is_made_from_them(capsys):
    page = Path(__file__).parents[2] / "docs" / "formats.md"
    ending_of("formats", "--markdown")
    assert capsys.readouterr().out == page.read_text("utf-8"), (
        "run: postmortem formats --markdown > docs/formats.md"
    )
