"""An incident out of a larger export: its window, its channels, and the inventory that shows both."""

from folders import make, read
from samples import slack

from pipeline.artifacts.inventory import take_inventory
from pipeline.artifacts.load import load_incident

EXPORT = {
    "x/users.json": [{"id": "U1", "name": "ada", "profile": {"real_name": "Ada Moreau"}}],
    "x/channels.json": [
        {"id": "C1", "name": "inc-77-lamps"},
        {"id": "C2", "name": "bridges"},
        {"id": "C3", "name": "inc-78-pumps"},
    ],
    "x/inc-77-lamps/2031-02-03.json": [
        slack("1927919100.000100", "dark"),
        slack("1928000000.000100", "much later"),
    ],
    "x/bridges/2031-02-03.json": [slack("1927919160.000100", "bridge is fine")],
    "x/inc-78-pumps/2031-02-03.json": [slack("1927919170.000100", "pumps are wet")],
}
WINDOW = "window: {from: 2031-02-03T20:00Z, to: 2031-02-03T23:00Z}\n"


def test_the_window_cuts_exports_and_says_what_it_cut(tmp_path):
    files = {
        **EXPORT,
        "incident.yaml": WINDOW,
        "n.md": "# Notes\n\n- 2031-02-01 10:00 UTC table 9 was made\n",
    }
    artifacts = read(tmp_path, files)
    assert "much later" not in [r.text for r in artifacts.records]
    assert [u.reason for u in artifacts.unread] == [
        "outside the window of incident.yaml: 1 records of 2031-02-04T19:33:20Z"
    ]
    assert any("table 9 was made" in r.text for r in artifacts.records)  # a document is here for its own sake


def test_channels_of_incident_yaml_are_the_incidents_and_the_rest_is_listed(tmp_path):
    artifacts = read(tmp_path, {**EXPORT, "incident.yaml": "channels: ['#bridges']\n"})
    assert {r.channel for r in artifacts.records} == {"bridges"}
    assert [(c.name, c.why) for c in artifacts.channels] == [("bridges", "named in incident.yaml")]
    assert {u.reason for u in artifacts.unread} == {
        "2 messages of #inc-77-lamps, not a channel of this incident",
        "1 messages of #inc-78-pumps, not a channel of this incident",
    }


def test_a_channel_that_an_artifact_names_is_the_incidents(tmp_path):
    artifacts = read(tmp_path, {**EXPORT, "brief.md": "# Brief\n\nWe met in #bridges.\n"})
    assert artifacts.incident.channels == ("bridges",)
    assert artifacts.channels[0].why == "named in brief.md"


def test_of_several_incidents_channels_the_one_with_its_words_is_taken(tmp_path):
    folder = make(tmp_path / "lamps-77", EXPORT)
    channels = load_incident(folder).channels
    assert [(c.name, c.is_the_incidents) for c in channels] == [
        ("inc-77-lamps", True),
        ("bridges", False),
        ("inc-78-pumps", False),
    ]
    assert channels[0].why == "its name and the incident's share lamps"


def test_where_nothing_says_which_the_channel_with_the_talk_is_taken(tmp_path):
    files = {k: v for k, v in EXPORT.items() if "inc-" not in k}
    files["x/noise/2031-02-03.json"] = [slack(f"19279192{n}0.000100", f"no {n}") for n in range(9)]
    channels = read(tmp_path, files).channels
    assert [(c.name, c.why) for c in channels] == [
        ("noise", "90 % of all messages stand there"),
        ("bridges", "nothing says so; read as background"),
    ]


def test_the_inventory_holds_every_file_that_was_found(tmp_path):
    files = {**EXPORT, "a.png": b"\x89PNG\r\n\x1a\n\x00", "b.txt": "", "incident.yaml": WINDOW}
    inventory = take_inventory(read(tmp_path, files))
    assert {f.file for f in inventory.files} == set(files) - {"incident.yaml"}
    by_name = {f.file: f for f in inventory.files}
    assert (by_name["a.png"].format, by_name["a.png"].unread[0].reason) == (None, "binary, no text in it")
    chat = by_name["x/bridges/2031-02-03.json"]
    assert (chat.format, chat.records, chat.zone_bases) == (
        "slack export",
        1,
        (("epoch seconds in the record", 1),),
    )
    assert chat.first == chat.last
