"""evidence.jsonl: every record is told, and a record that was seen before keeps its id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.drafting.evidence_file import evidence_lines, keep_ids, read_evidence
from pipeline.errors import InputError
from pipeline.models.case import Case
from pipeline.models.incident import Incident
from pipeline.models.record import Record, Unread

INCIDENT = Incident(name="lamps", id="lamps")


def log(number: int, text: str, source: str = "app.log") -> Record:
    return Record(id=f"E{number}", source=source, locator=f"line {number}", kind="log", text=text)


RECORDS = (
    log(1, "started"),
    *(log(n, f"retry {n} of job 0x{n}f") for n in range(2, 7)),
    log(7, "lamp 4 is dark"),
    log(8, "retry 8 of job 0x8f"),
)
CASE = Case(
    incident=INCIDENT,
    records=RECORDS,
    unread=(Unread(source="photo.png", locator="file", reason="an image"),),
    set_aside=tuple((f"E{n}", "repeats") for n in (2, 3, 4, 5, 6, 8)),
)


def rows(tmp_path: Path, case: Case = CASE) -> list[dict[str, object]]:
    text = evidence_lines(case, frozenset({"E7"}))
    (tmp_path / "evidence.jsonl").write_text(text, encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_every_record_has_a_row_or_stands_in_a_run(tmp_path: Path) -> None:
    head, *told = rows(tmp_path)
    assert head == {"schema": "evidence/1"}
    assert [(r["id"], r["state"], r.get("reason"), r.get("count"), r.get("last")) for r in told] == [
        ("E1", "set aside", "not needed to tell the incident", None, None),
        ("E2", "set aside", "repeats", 5, "E6"),
        ("E7", "cited", None, None, None),
        ("E8", "set aside", "repeats", None, None),
        ("E9", "unread", "an image", None, None),
    ]
    assert told[1]["locator"] == "line 2"
    assert told[1]["last_locator"] == "line 6"
    assert told[0]["time"] is None


def test_the_same_records_keep_their_ids_also_within_a_run(tmp_path: Path) -> None:
    rows(tmp_path)
    old = read_evidence(tmp_path)
    assert keep_ids(old, RECORDS) == {r.id: r.id for r in RECORDS}


def test_new_records_get_new_ids_and_known_ones_keep_theirs_wherever_they_moved(tmp_path: Path) -> None:
    rows(tmp_path)
    fresh = (
        Record(id="E1", source="chat.txt", locator="line 1", kind="message", text="who saw it?"),
        log(2, "started"),
        log(3, "lamp 4 is dark"),
        log(4, "lamp 4 is dark"),
    )
    mapping = keep_ids(read_evidence(tmp_path), fresh)
    assert mapping == {"E1": "E10", "E2": "E1", "E3": "E7", "E4": "E11"}


def test_without_an_earlier_draft_ids_are_as_they_were_read(tmp_path: Path) -> None:
    assert keep_ids(read_evidence(tmp_path), RECORDS)["E8"] == "E8"


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "evidence.jsonl").write_text('{"schema": "evidence/1"}\n{"id": 3}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"evidence\.jsonl:2: not a line"):
        read_evidence(tmp_path)
