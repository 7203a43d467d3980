"""Text out of Word files, PDF, HTML and gzip: where it stood, what is left out, what is said where it can't be."""

import builtins
import gzip
import subprocess

import pytest
from folders import holding, make, read
from samples import SAMPLES, docx_bytes, pdf_bytes

from pipeline.artifacts.formats import pdf
from pipeline.artifacts.formats.html import outline_of
from pipeline.artifacts.load import load_incident


def test_a_word_file_keeps_its_tables_lists_and_headings(tmp_path):
    artifacts = read(tmp_path, SAMPLES["docx"])
    row = holding(artifacts, "lamps go dark")
    assert (row.locator, row.line, row.time.strftime("%m-%d %H:%M")) == (
        "table 1, row 2",
        None,
        "02-03 21:05",
    )
    assert (row.section, holding(artifacts, "412").locator) == (
        "Lamps dark > Timeline (UTC), 2031-02-03",
        "paragraph 1",
    )


def test_what_was_struck_from_a_word_file_is_not_read(tmp_path):
    import io
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(docx_bytes()))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                struck = b'<w:del w:id="1" w:author="x"><w:r><w:delText>500 </w:delText></w:r></w:del>'
                put_in = b'<w:ins w:id="2" w:author="x"><w:r><w:t xml:space="preserve">Really, </w:t></w:r></w:ins>'
                data = data.replace(b"<w:r><w:t>412", struck + put_in + b"<w:r><w:t>412")
            target.writestr(name, data)
    assert holding(read(tmp_path, {"a.docx": held.getvalue()}), "412").text.startswith("Really, 412 lamps")


def test_a_pdf_is_cited_by_its_page(tmp_path):
    assert holding(read(tmp_path, SAMPLES["pdf"]), "412 lamps").locator == "page 1"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_bytes()[:300], "broken, encrypted or needs too much memory"),
        (pdf_bytes(""), "a PDF without text, such as a scan"),
    ],
)
def test_a_pdf_that_gives_no_text_is_listed(tmp_path, data, reason):
    artifacts = read(tmp_path, {"a.pdf": data})
    assert (artifacts.records, reason in artifacts.unread[0].reason) == ((), True)


def test_a_program_in_the_folder_is_not_run_where_a_pdf_is_read(tmp_path, monkeypatch):
    trap = f"open({str(tmp_path / 'sprung')!r}, 'w')\n"
    folder = make(
        tmp_path / "case", {**SAMPLES["pdf"], "pypdf.py": trap, "json.py": trap, "pipeline.py": trap}
    )
    monkeypatch.chdir(folder)
    assert "412 lamps" in " ".join(r.text for r in load_incident(folder).records)
    assert not (tmp_path / "sprung").exists()


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    def run(*args, **kwargs):
        raise subprocess.TimeoutExpired("pdf", 60)

    monkeypatch.setattr(pdf.subprocess, "run", run)
    assert "do not suffice" in read(tmp_path, SAMPLES["pdf"]).unread[0].reason


def test_without_its_extra_a_word_file_is_listed_with_the_command_that_helps(tmp_path, monkeypatch):
    real = builtins.__import__

    def no_docx(name, *args, **kwargs):
        if name == "docx":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_docx)
    (unread,) = read(tmp_path, SAMPLES["docx"]).unread
    assert "pip install 'postmortem-pipeline[docx]'" in unread.reason


def test_without_its_extra_a_pdf_is_listed_with_the_command_that_helps(tmp_path, monkeypatch):
    gone = subprocess.CompletedProcess([], pdf._MISSING, b"", b"")
    monkeypatch.setattr(pdf.subprocess, "run", lambda *args, **kwargs: gone)
    assert "pip install 'postmortem-pipeline[pdf]'" in read(tmp_path, SAMPLES["pdf"]).unread[0].reason


def test_of_a_page_nothing_is_kept_that_runs_or_is_fetched(tmp_path):
    artifacts = read(tmp_path, SAMPLES["html"])
    row = holding(artifacts, "lamps go dark")
    assert (row.locator, row.time.strftime("%H:%M")) == ("table 1, row 2", "21:05")
    assert not [r for r in artifacts.records if "evil" in r.text or "alert(" in r.text]


def test_lists_checkboxes_quotations_and_code_of_a_page_are_markdown():
    html = "<ul><li>a<ol><li>b</li></ol></li><li><input type=checkbox checked>c</li></ul><blockquote>q</blockquote><pre>x\n y</pre>"
    text = outline_of(html).text
    assert [line for line in text.split("\n") if line] == [
        "- a",
        "  1. b",
        "- [x] c",
        "> q",
        "```",
        "x",
        " y",
        "```",
    ]


def test_a_gzipped_log_is_read_as_far_as_it_goes(tmp_path):
    whole = gzip.compress(
        "\n".join(f"2031-02-03T21:05:{n:02}Z line {n * n}" for n in range(60)).encode(), mtime=0
    )
    artifacts = read(tmp_path, {"a.log.gz": whole, "b.log.gz": whole[:-40]})
    assert {k for _, k in artifacts.files} == {"gzip: log"}
    assert [(u.source, u.locator) for u in artifacts.unread] == [("b.log.gz", "end of the file")]
