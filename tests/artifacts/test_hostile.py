"""Hostile files crash nothing, escape nowhere, fetch nothing, hide nothing, and every one of them is accounted for."""

import gzip
import io
import os
import re
import shutil
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pytest
from folders import make, read
from hostile import ORDER, corpus, encoded, only_orders, with_orders
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import SAMPLES, docx_bytes

from pipeline import draft
from pipeline.artifacts.formats import docx
from pipeline.artifacts.inventory import take_inventory
from pipeline.artifacts.legible import legible
from pipeline.artifacts.load import load_incident

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)


def is_sound(artifacts):
    """Everything that was read can be written down, and holds nothing that a page would not show."""
    for row in (*artifacts.records, *artifacts.unread):
        row.model_dump_json().encode("utf-8")
        told = [row.source, row.locator, row.text]
        told += [
            getattr(row, "actor", None) or "",
            *(c for pair in getattr(row, "columns", ()) for c in pair),
        ]
        assert not [t for t in told if UNSEEN.search(t)]
    return True


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_hostile_files_of_each_format_are_read_or_listed(tmp_path, name):
    files = corpus(name)
    artifacts = load_incident(make(tmp_path, files))
    assert is_sound(artifacts)
    assert {f.file for f in take_inventory(artifacts).files} == set(files)


def test_the_corpus_is_large():
    assert sum(len(corpus(name)) for name in SAMPLES) >= 600


SMALL = {n: list(f.items())[-1] for n, f in SAMPLES.items() if n not in {"pdf", "docx", "sqlite"}}


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_listed(tmp_path_factory, name, data):
    path, content = SMALL[name]
    whole = content if isinstance(content, bytes) else encoded(content)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    put = data.draw(st.binary(max_size=40) | st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace")))
    folder = make(
        tmp_path_factory.mktemp("any"),
        {path: whole[:start] + put * data.draw(st.integers(1, 50)) + whole[end:]},
    )
    artifacts = load_incident(folder)
    assert is_sound(artifacts)
    assert [f.file for f in take_inventory(artifacts).files] == [path]


FIXTURE = Path(__file__).parents[2] / "fixtures" / "incidents" / "harbour-checkout" / "artifacts"


def drafted_beside(tmp_path, files):
    """The draft of a fixture with more files in its folder."""
    folder = tmp_path / "harbour-checkout"
    shutil.copytree(FIXTURE, folder)
    return draft(make(folder, files))


def test_orders_in_every_kind_of_field_are_told_nowhere(tmp_path):
    files = {f"more/{n}/{p}": c for n in SAMPLES for p, c in with_orders(n, "2026-11-10").items()}
    made = drafted_beside(tmp_path, files)
    assert sum(ORDER in r.text for r in made.case.records) > 30
    told = made.postmortem.model_dump_json() + made.action_items.model_dump_json()
    assert "previous instructions" not in told


def test_orders_in_every_kind_of_message_change_no_verdict(tmp_path):
    chats = (
        "slack export",
        "slackdump",
        "teams",
        "discord",
        "json",
        "document",
        "pasted chat",
        "log",
        "mail",
    )
    files = {f"more/{n}/{p}": c for n in chats for p, c in only_orders(n, "2026-11-10").items()}
    made = drafted_beside(tmp_path, files)
    assert sum(ORDER in r.text for r in made.case.records) >= len(chats)
    assert made.verdict == draft(FIXTURE).verdict == "accepted"


def test_what_nobody_sees_hides_no_secret(tmp_path):
    secret = "AKIA\u200bIOSF\u2060ODNN7EXA\u00adMPLE"
    files = {
        "n.md": f"# Notes\n\nthe key was {secret} until noon\n",
        "a.json": [{"time": "2031-02-03T21:05:00Z", "text": f"key {secret} here"}],
    }
    said = [r.text for r in read(tmp_path, files).records]
    assert len(said) == 2
    assert not [t for t in said if "AKIA" in t or "ODNN7" in t]


def test_joiners_stay_where_they_shape_words_and_emoji():
    told = "نمی\u200cخواهم \U0001f468\u200d\U0001f469"
    assert legible(told) == told
    assert legible("pass\u200dword \x1b[31mred\x1b[0m") == "password red"


def test_a_name_of_a_file_is_told_on_one_line(tmp_path):
    name = "a\u202e\nb.txt"
    assert [f.file for f in take_inventory(read(tmp_path, {name: "2031-02-03T21:05:00Z x\n"})).files] == [
        "a b.txt"
    ]


def test_devices_pipes_and_links_are_listed_and_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "out.log").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(tmp_path)
    make(tmp_path, {"a.log": "2031-02-03T21:05:00Z x\n"})
    artifacts = load_incident(tmp_path)
    assert {u.source: u.reason for u in artifacts.unread} == {
        "pipe": "is no regular file",
        "out.log": "a link out of the folder, not followed",
        "loop": "a link within the folder; its target is read",
    }


def test_a_file_that_may_not_be_read_is_listed(tmp_path, monkeypatch):
    make(tmp_path, {"a.log": "2031-02-03T21:05:00Z x\n", "b.log": "secret\n"})
    real = type(tmp_path).read_bytes

    def refuse(path):  # root may read everything, so the system is asked to refuse
        if path.name == "b.log":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(type(tmp_path), "read_bytes", refuse)
    assert [(u.source, u.reason) for u in load_incident(tmp_path).unread] == [
        ("b.log", "can't be read: Permission denied")
    ]


def zipped(members, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def test_archives_that_unpack_to_too_much_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(docx, "_LARGEST", 1_000_000)
    bomb = zipped({"zeros.log": b"0" * 1_000_000})
    office = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b" " * 2_000_000})
    artifacts = read(tmp_path, {"b.zip": bomb, "z.log.gz": gzip.compress(b"0" * 1_000_000), "o.docx": office})
    assert artifacts.records == ()
    assert {u.source: u.reason for u in artifacts.unread} == {
        "b.zip/zeros.log": "unpacks to too much, not unpacked",
        "z.log.gz": "a gzipped file that unpacks to too much",
        "o.docx": "a Word document that unpacks to too much",
    }


def test_an_archive_within_an_archive_within_an_archive_is_listed(tmp_path):
    inner = zipped({"a.log": b"2031-02-03T21:05:00Z x\n"})
    artifacts = read(tmp_path, {"o.zip": zipped({"i.zip": inner})})
    assert [(u.source, u.reason) for u in artifacts.unread] == [
        ("o.zip/i.zip", "an archive within an archive, not opened")
    ]


def test_a_tar_of_devices_links_and_ways_out_gives_only_its_files(tmp_path):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, kind in (("dev", tarfile.CHRTYPE), ("fifo", tarfile.FIFOTYPE), ("hard", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "../../etc/passwd"
            archive.addfile(info)
        for name in ("../../out.log", "/abs.log", "in.log"):
            info = tarfile.TarInfo(name)
            info.size = 24
            archive.addfile(info, io.BytesIO(b"2031-02-03T21:05:00Z  x\n"))
    artifacts = load_incident(make(tmp_path / "case", {"t.tar.gz": held.getvalue()}))
    assert [r.source for r in artifacts.records] == ["t.tar.gz/in.log"]
    assert len(artifacts.unread) == 5
    assert [p.name for p in tmp_path.iterdir()] == ["case"]


def test_a_word_file_expands_no_entity_and_reads_no_other_file(tmp_path):
    source = zipfile.ZipFile(io.BytesIO(docx_bytes()))
    members = {n: source.read(n) for n in source.namelist()}
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa">]>'
    body = members["word/document.xml"].replace(b"412 lamps", b"412 &e;&a; lamps")
    members["word/document.xml"] = body.replace(b"?>", b"?>" + entity, 1)
    artifacts = read(tmp_path, {"x.docx": zipped(members)})
    said = " ".join(r.text for r in artifacts.records)
    assert "aaaaaaaaaa" not in said
    assert Path("/etc/hostname").read_text().strip() not in said


def test_a_page_nested_without_end_is_listed(tmp_path):
    artifacts = read(tmp_path, {"p.html": "<!doctype html><html>" + "<div>" * 100_000})
    assert artifacts.unread[0].reason == "HTML nested deeper than 500 elements"


def test_a_database_that_is_none_of_slackdumps_is_listed(tmp_path):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE x (a)")
    base.commit()
    artifacts = read(
        tmp_path, {"a.sqlite": base.serialize(), "b.sqlite": b"SQLite format 3\0" + b"\xff" * 4000}
    )
    reasons = [u.reason for u in artifacts.unread]
    assert reasons[0] == "an SQLite database that is no Slackdump archive"
    assert reasons[1].startswith("a broken SQLite database")
