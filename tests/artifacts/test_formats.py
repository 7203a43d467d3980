"""Every format: its sample is read by its own reader, and what is told of it is told in one place."""

import pytest
from folders import read
from samples import SAMPLES

from pipeline.artifacts.format_page import list_formats
from pipeline.artifacts.readers import OPENERS, READERS

NAMES = [reader.name for reader in READERS] + [opener.name for opener in OPENERS]


@pytest.mark.parametrize("name", NAMES)
def test_a_format_reads_its_sample_whole(tmp_path, name):
    artifacts = read(tmp_path, SAMPLES[name])
    formats = {kind for _, kind in artifacts.files}
    if name in {opener.name for opener in OPENERS}:
        formats = {kind.partition(":")[0] for kind in formats}
    assert formats == {name}
    assert artifacts.records
    dates = {r.time.date().isoformat() for r in artifacts.records if r.time}
    assert "2031-02-03" in dates or name in {"pasted chat", "pdf"}  # these say no day, or no time


def test_a_format_says_how_it_is_known_and_how_to_get_it():
    listed = list_formats()
    assert len({name for name, _ in listed}) == len(listed)
    assert all(about.known_by and about.exported_by for _, about in listed)
    assert {about.extra for _, about in listed} == {None, "docx", "pdf"}
