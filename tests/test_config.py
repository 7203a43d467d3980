"""postmortem.toml is found, read strictly, and what is wrong is named with its line."""

import pytest

from pipeline.config import Settings, load_settings
from pipeline.errors import ConfigError, InputError


def test_settings_are_found_beside_the_incident(tmp_path):
    (tmp_path / "postmortem.toml").write_text(
        'item_cap = 5\n[due_days]\nP1 = 14\n[approvals]\nSEV1 = ["director"]\n'
    )
    incident = tmp_path / "incident" / "artifacts"
    incident.mkdir(parents=True)
    settings = load_settings(None, incident)
    assert (settings.item_cap, settings.due_days, settings.approvals) == (
        5,
        {"P1": 14},
        {"SEV1": ("director",)},
    )


def test_no_due_date_follows_from_a_priority_by_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, tmp_path) == Settings()
    assert Settings().due_days == {}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("max_rounds = 2\nitem_capp = 3\n", ":2:", "unknown key 'item_capp'"),
        ("[due_days]\nP1 = 14\nP9 = 3\n", ":3:", "P9"),
        ('# ours\n[tracker]\nkind = "jira"\nproyect = "X"\n', ":4:", "known keys are kind, project"),
        ('item_cap = "many"\n', ":1:", "whole number"),
        ("item_cap = \n", ":1:", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, place, words):
    path = tmp_path / "postmortem.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        load_settings(path, tmp_path)
    assert f"postmortem.toml{place}" in str(error.value)
    assert words in str(error.value)


def test_a_file_that_is_asked_for_must_be_there(tmp_path):
    with pytest.raises(InputError, match=r"other\.toml"):
        load_settings(tmp_path / "other.toml", tmp_path)
