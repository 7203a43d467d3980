"""A Slack export: who wrote, decoded text, threads, edits, deletions and bots."""

from folders import holding, read

USERS = [
    {
        "id": "U1",
        "name": "ada",
        "real_name": "Ada Moreau",
        "profile": {"display_name": "ada!", "real_name": "Ada Moreau"},
    },
    {
        "id": "U2",
        "name": "ben.ito",
        "real_name": "Ben",
        "profile": {"display_name": "Benny", "email": "ben@mail.example"},
    },
    {"id": "U9", "name": "deploybot", "is_bot": True, "profile": {"real_name": "Deploy Bot"}},
]
CHANNELS = [{"id": "C1", "name": "inc-lamps"}, {"id": "C2", "name": "grid"}]


def message(ts, text, **more):
    return {"type": "message", "user": "U1", "ts": f"{ts}.000100", "text": text, **more}


def export(messages, **files):
    return {
        "x/users.json": USERS,
        "x/channels.json": CHANNELS,
        "x/inc-lamps/2031-02-03.json": messages,
        **files,
    }


def test_the_instant_comes_from_ts_and_not_from_the_name_of_the_file(tmp_path):
    artifacts = read(tmp_path, export([message(1927692120, "late")]))
    record = holding(artifacts, "late")
    assert record.time.strftime("%Y-%m-%dT%H:%M") == "2031-02-01T06:02"
    assert (record.precision, record.zone_basis, record.channel) == (
        "exact",
        "epoch seconds in the record",
        "inc-lamps",
    )


def test_mentions_channels_links_and_entities_are_decoded(tmp_path):
    text = "<@U2> see <#C2|grid> &amp; <https://wiki.example/run?token=abcd1234efgh|the runbook> <!here> a &lt; b"
    record = holding(read(tmp_path, export([message(1927692120, text)])), "runbook")
    assert record.text == (
        "@Benny see #grid & the runbook (https://wiki.example/run?token=[access token]) @here a < b"
    )


def test_the_roster_of_incident_yaml_names_the_author(tmp_path):
    files = export([message(1927692120, "hi", user="U2")])
    roster = "roster:\n  - {name: Ben Ito, slack_id: U2, role: on-call}\n"
    record = holding(read(tmp_path, files | {"incident.yaml": roster}), "hi")
    assert (record.actor, record.actor_kind) == ("Ben Ito", "person")


def test_an_author_who_is_in_no_list_is_known_by_the_profile_in_the_message(tmp_path):
    guest = {"real_name": "Cleo Vance", "display_name": "", "name": "cleo"}
    artifacts = read(tmp_path, export([message(1927692120, "guest here", user="U77", user_profile=guest)]))
    assert holding(artifacts, "guest").actor == "Cleo Vance"
    assert "Cleo Vance" in [p.name for p in artifacts.incident.roster]


def test_a_reply_points_at_its_parent_even_where_that_was_deleted(tmp_path):
    gone = message(
        1927692120,
        "This message was deleted.",
        subtype="tombstone",
        user="USLACKBOT",
        thread_ts="1927692120.000100",
    )
    reply = message(1927692180, "no names please", thread_ts="1927692120.000100")
    artifacts = read(tmp_path, export([gone, reply]))
    parent = holding(artifacts, "deleted")
    assert holding(artifacts, "no names").thread == parent.id
    assert parent.actor is None


def test_a_broadcast_reply_is_told_once_and_an_edit_is_marked(tmp_path):
    reply = message(
        1927692180,
        "found it",
        thread_ts="1927692120.000100",
        subtype="thread_broadcast",
        edited={"user": "U1", "ts": "1"},
    )
    artifacts = read(tmp_path, export([message(1927692120, "anyone?"), reply, reply]))
    assert len(artifacts.records) == 2
    assert holding(artifacts, "found it").edited


def test_bots_are_systems_whatever_way_they_post(tmp_path):
    card = {
        "title": "#7 LampsDark",
        "text": "9 of 10 dark",
        "fields": [{"title": "Service", "value": "lamp-api"}],
    }
    artifacts = read(
        tmp_path,
        export(
            [
                message(
                    1927692120, "", subtype="bot_message", user=None, username="Pager", attachments=[card]
                ),
                message(1927692121, "by an app", bot_id="B1", bot_profile={"name": "Alerts"}),
                message(1927692122, "by a bot user", user="U9"),
            ]
        ),
    )
    assert [(r.actor, r.actor_kind, r.kind) for r in artifacts.records] == [
        ("Pager", "system", "bot"),
        ("Alerts", "system", "bot"),
        ("Deploy Bot", "system", "bot"),
    ]
    assert artifacts.records[0].text == "#7 LampsDark\n9 of 10 dark\nService: lamp-api"


def test_words_in_blocks_and_titles_of_files_are_read_and_their_addresses_are_not(tmp_path):
    rich = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "pool < 40"}]}],
    }
    picture = {
        "title": "lamps.png",
        "url_private": "https://files.example/lamps.png?t=xoxe-" + "000madeup000",
    }
    record = holding(
        read(tmp_path, export([message(1927692120, "", blocks=[rich], files=[picture])])), "pool"
    )
    assert record.text == "pool < 40\n[file: lamps.png]"


def test_only_the_named_channels_become_records_and_the_others_are_listed(tmp_path):
    files = export(
        [message(1927692120, "inside")], **{"x/grid/2031-02-03.json": [message(1927692121, "outside")] * 3}
    )
    artifacts = read(tmp_path, files | {"incident.yaml": "channels: ['#inc-lamps']\n"})
    assert [r.text for r in artifacts.records] == ["inside"]
    assert [u.reason for u in artifacts.unread] == ["3 messages of #grid, not a channel of this incident"]


def test_day_files_without_any_lists_are_still_messages(tmp_path):
    artifacts = read(tmp_path, {"inc-lamps/2031-02-03.json": [message(1927692120, "alone")]})
    assert (artifacts.records[0].text, artifacts.records[0].channel) == ("alone", "inc-lamps")
