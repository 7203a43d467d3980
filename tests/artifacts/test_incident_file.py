"""incident.yaml is read strictly, and what is wrong is named with its line."""

import pytest

from pipeline.artifacts.incident_file import read_incident_file
from pipeline.errors import ConfigError
from pipeline.models.incident import Reviewer

FULL = """\
id: 2031-02-03-lights
title: Lamps dark after firmware 9
severity: SEV1
timezone: America/Denver
window: {from: 2031-02-03T05:00Z, to: 2031-02-04T12:00Z}
channels: ["#inc-lamps", grid]
ignore: ["*.png", raw/**]
services: [{name: lamp-api, owner: grid-team}]
roster:
  - {name: Ada Moreau, handles: ["@ada", 4711], slack_id: U0ADA, role: on-call, team: grid}
reviewers: [Ben Ito, support lead, {name: Cleo Vance, role: director}]
tracker: {kind: github, project: lamps/api}
"""


def test_every_key_of_the_contract_is_read():
    incident = read_incident_file(FULL, "folder")
    assert (incident.id, incident.name, incident.timezone) == (
        "2031-02-03-lights",
        "folder",
        "America/Denver",
    )
    assert incident.channels == ("inc-lamps", "grid")
    assert incident.roster[0].handles == ("@ada", "4711")
    assert incident.window is not None
    assert incident.window.start.hour == 5
    assert incident.reviewers == (
        Reviewer(name="Ben Ito"),
        Reviewer(role="support lead"),
        Reviewer(name="Cleo Vance", role="director"),
    )


def test_without_a_file_the_name_is_the_id():
    assert read_incident_file(None, "Lamps, 3 Feb").id == "Lamps-3-Feb"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("id: x\nserverity: SEV1\n", ":2:", "unknown key 'serverity'"),
        (
            "roster:\n  - name: A\n    handels: [x]\n",
            ":3:",
            "known keys are handles, name, role, slack_id, team",
        ),
        ("title: x\nchannels: grid\n", ":2:", "must be a list"),
        ("roster:\n  - {role: on-call}\n", ":2:", "missing"),
        ("tracker: jira\n", ":1:", "must hold keys"),
        ("timezone: Mars/Olympus\n", ":1:", "Mars/Olympus"),
        ("timezone: UTC+2\n", ":1:", "Europe/Helsinki"),
        ("a: 1\nid: x\nid: y\n", ":3:", "stands twice"),
        ("id: a b\n", ":1:", "'id'"),
        ("window: {from: 2031-02-03 05:00, to: 2031-02-04T12:00Z}\n", ":1:", "zone"),
        ("window: {from: 2031-02-05T05:00Z, to: 2031-02-04T12:00Z}\n", ":1:", "ends before it begins"),
        ("id: [\n", ":2:", "not valid YAML"),
        ("- a\n- b\n", ":1:", "key: value"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, place, words):
    with pytest.raises(ConfigError) as error:
        read_incident_file(text, "folder")
    assert f"incident.yaml{place}" in str(error.value)
    assert words in str(error.value)
    assert "\n" not in str(error.value)
