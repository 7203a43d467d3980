"""An incident as a whole: stable ids, every file accounted for, and input that is broken or means harm."""

import io
import os
import tarfile
import zipfile

import pytest
from folders import holding, make, read

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.models.incident import TrackerTarget

CHAT = "21:05 ada: lamps are dark\n21:07 ben: rolling back\n"


def zipped(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(members, links=()):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return data.getvalue()


def test_ids_follow_the_paths_and_are_the_same_twice(tmp_path):
    files = {"b.txt": CHAT, "a/z.txt": CHAT, "a/b.md": "# T\n\nOne. Two.\n"}
    first, second = read(tmp_path, files), load_incident(tmp_path)
    assert [(r.id, r.source) for r in first.records][::2] == [
        ("E1", "a/b.md"),
        ("E3", "a/z.txt"),
        ("E5", "b.txt"),
    ]
    assert first == second


def test_the_name_is_the_folder_s_or_its_parent_s_or_the_archive_s(tmp_path):
    make(tmp_path / "lamps" / "artifacts", {"chat.txt": CHAT})
    (tmp_path / "dark.tar.gz").write_bytes(tarred({"dark/artifacts/chat.txt": CHAT.encode()}))
    assert load_incident(tmp_path / "lamps" / "artifacts").incident.name == "lamps"
    packed = load_incident(tmp_path / "dark.tar.gz")
    assert (packed.incident.name, packed.records[0].source) == ("dark", "chat.txt")


def test_the_tracker_of_the_organisation_stands_in_where_the_incident_names_none(tmp_path):
    settings = Settings(tracker=TrackerTarget(kind="jira", project="LAMP"))
    assert load_incident(make(tmp_path, {"c.txt": CHAT}), settings).incident.tracker == settings.tracker


@pytest.mark.parametrize("what", ["nothing", "empty", "file"])
def test_where_there_is_no_incident_one_line_says_so(tmp_path, what):
    path = tmp_path / "x"
    if what == "empty":
        path.mkdir()
    elif what == "file":
        path.write_text("just text")
    with pytest.raises(InputError) as error:
        load_incident(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_what_cannot_be_read_is_listed_with_its_reason(tmp_path):
    files = {
        "chat.txt": CHAT,
        "pic.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "empty.md": "",
        ".DS_Store": b"\x00\x00\x00\x01Bud1",
        "skip/me.txt": "x",
        "cut.jsonl": '{"ts":"2031-02-03T21:05:00Z","msg":"pool configured"}\n{"ts":"2031-02-03T21:06:00Z","ms',
        "incident.yaml": "ignore: ['skip/**']\n",
    }
    artifacts = read(tmp_path, files)
    assert {(u.source, u.locator, u.reason) for u in artifacts.unread} == {
        ("pic.png", "file", "binary, no text in it"),
        ("empty.md", "file", "empty"),
        (".DS_Store", "file", "hidden file, ignored"),
        ("skip/me.txt", "file", "ignored by incident.yaml"),
        ("cut.jsonl", "line 2", "the line is cut off or no valid JSON"),
    }
    assert "pool configured" in holding(artifacts, "pool").text


def test_broken_json_is_read_as_lines_and_said_to_be(tmp_path):
    artifacts = read(tmp_path, {"x.json": '{"comment": "lamps are dark",\n "at": "2031-02-03T21:05:00Z", \n'})
    assert "lamps are dark" in " ".join(r.text for r in artifacts.records)
    assert artifacts.notices[0] == "x.json: not valid JSON, read as lines of text"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252", "utf-16-le"])
def test_other_encodings_are_read(tmp_path, encoding):
    text = "Störung: Lampen dunkel in der Königsstraße, Ursache unklar.\n" * 8
    artifacts = read(tmp_path, {"x.txt": text.encode(encoding)})
    assert "Königsstraße" in artifacts.records[0].text


def test_a_huge_line_is_cut_and_the_cut_is_listed(tmp_path):
    artifacts = read(
        tmp_path, {"x.log": "2031-02-03T21:05:00Z start\n" + "x" * 300_000 + "\n2031-02-03T21:06:00Z end\n"}
    )
    assert holding(artifacts, "end").line == 3
    assert [(u.locator, u.reason) for u in artifacts.unread] == [
        ("line 2", "300000 characters; the first 20000 are read")
    ]


def test_links_are_listed_and_never_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("outside")
    folder = make(tmp_path / "incident", {"chat.txt": CHAT})
    os.symlink(tmp_path / "secret.txt", folder / "out.txt")
    os.symlink(tmp_path, folder / "up")
    os.symlink(folder / "loop", folder / "loop")
    artifacts = load_incident(folder)
    assert "outside" not in " ".join(r.text for r in artifacts.records)
    assert {u.source: u.reason for u in artifacts.unread} == {
        "out.txt": "a link out of the folder, not followed",
        "up": "a link out of the folder, not followed",
        "loop": "a link to nothing",
    }


def test_a_zip_that_escapes_its_folder_escapes_nothing(tmp_path):
    path = tmp_path / "evil.zip"
    path.write_bytes(
        zipped(
            {"../up.txt": "x", "/abs.txt": "x", "C:\\win.txt": "x", "in/chat.txt": CHAT, "__MACOSX/a": "x"}
        )
    )
    artifacts = load_incident(path)
    assert [r.text for r in artifacts.records] == ["lamps are dark", "rolling back"]
    assert {u.reason for u in artifacts.unread} == {
        "its path leads out of the archive, not unpacked",
        "hidden file, ignored",
    }
    assert not (tmp_path.parent / "up.txt").exists()


def test_a_tar_with_links_and_a_bomb_is_read_without_them(tmp_path):
    path = tmp_path / "evil.tar.gz"
    path.write_bytes(
        tarred({"chat.txt": CHAT.encode(), "bomb.txt": bytes(80_000_000)}, links=[("etc", "/etc/passwd")])
    )
    artifacts = load_incident(path)
    assert [r.text for r in artifacts.records] == ["lamps are dark", "rolling back"]
    assert {(u.source, u.reason) for u in artifacts.unread} >= {
        ("bomb.txt", "unpacks to too much, not unpacked")
    }


def test_an_archive_within_is_opened_once_and_a_broken_one_is_listed(tmp_path):
    inner = zipped({"chat.txt": CHAT, "deeper.zip": zipped({"x.txt": "x"})})
    artifacts = read(tmp_path, {"export.zip": inner, "half.zip": inner[:120]})
    assert [r.source for r in artifacts.records] == ["export.zip/chat.txt"] * 2
    reasons = {u.source: u.reason for u in artifacts.unread}
    assert reasons["export.zip/deeper.zip"] == "an archive within an archive, not opened"
    assert reasons["half.zip"].startswith("a broken archive")


def test_no_secret_reaches_a_record_whatever_the_format(tmp_path):
    secret = "ghp_" + "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8"
    files = {
        "chat.txt": f"21:05 ada: use {secret}\n21:06 ben: ok\n",
        "table.md": f"# T\n\n| Time | Who | What |\n|-|-|-|\n| 21:05 | {secret} | x |\n",
        "t.csv": f"time,what\n2031-02-03T21:05:00Z,{secret}\n2031-02-03T21:06:00Z,b\n",
        "log.jsonl": f'{{"ts":"2031-02-03T21:05:00Z","msg":"a","token":"{secret}"}}\n',
        "cut.jsonl": f'{{"ts":"2031-02-03T21:05:00Z","msg":"a"}}\n{{"t":"{secret}',
        "mail.eml": f"From: a@mail.example\nTo: b@mail.example\nSubject: {secret}\nDate: Mon, 03 Feb 2031 21:05:00 +0000\n\n{secret}\n",
    }
    artifacts = read(tmp_path, files)
    assert secret not in artifacts.model_dump_json()
    assert dict(artifacts.redacted)["access token"] >= 6
