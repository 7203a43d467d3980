"""Chat that somebody pasted, and IRC logs: who, when, and what is only the window round it."""

import pytest
from folders import holding, read, times
from samples import SAMPLES

WEB = """\
Tuesday, February 3rd, 2031
Ada Moreau
  11:57 PM
lamps are dark in the whole quarter
11:58
also on the bridge (edited)
:eyes:
2
Alerts
APP  11:59 PM
LampsDark firing
3 replies
View thread
New
Ben Ito
  12:02 AM
rolling firmware back
12:16
lights are on
"""


def test_the_web_window_gives_speakers_follow_ons_and_the_day_after_midnight(tmp_path):
    artifacts = read(tmp_path, {"chat.txt": WEB, "incident.yaml": "timezone: UTC\n"})
    assert [(r.actor, r.text) for r in artifacts.records] == [
        ("Ada Moreau", "lamps are dark in the whole quarter"),
        ("Ada Moreau", "also on the bridge"),
        ("Alerts", "LampsDark firing"),
        ("Ben Ito", "rolling firmware back"),
        ("Ben Ito", "lights are on"),
    ]
    assert times(artifacts.records) == [
        "02-03 23:57",
        "02-03 23:58",
        "02-03 23:59",
        "02-04 00:02",
        "02-04 00:16",
    ]
    assert [r.kind for r in artifacts.records][2] == "bot"
    assert [r.edited for r in artifacts.records][1]


@pytest.mark.parametrize(
    "text",
    [
        "> ada [9:05 PM]\n> lamps are dark\n> and so is the bridge\n>\n> ben [9:07 PM]\n> rolling back\n",
        "ada [9:05 PM]\nlamps are dark\nand so is the bridge\n\nben [9:07 PM]\nrolling back\n",
        "21:05 ada: lamps are dark\nand so is the bridge\n21:07 ben: rolling back\n",
        "[03/02/2031, 21:05:00] ada: lamps are dark\nand so is the bridge\n[03/02/2031, 21:07:00] ben: rolling back\n",
        "[21:05] ada\nlamps are dark\nand so is the bridge\n[21:07] ben\nrolling back\n",
        "ada  9:05 PM\nlamps are dark\nand so is the bridge\nben  9:07 PM\nrolling back\n",
        "21:05:00 <ada> lamps are dark\nand so is the bridge\n21:07:00 <ben> rolling back\n21:08:00 <ada> ok\n",
    ],
)
def test_a_message_has_a_speaker_a_clock_and_all_its_lines(tmp_path, text):
    artifacts = read(tmp_path, {"2031-02-03.txt": text})
    first = holding(artifacts, "lamps are dark")
    assert first.text == "lamps are dark\nand so is the bridge"
    assert (first.actor, first.kind) == ("ada", "message")
    if "03/02" not in text:  # 3 February or 2 March: nobody can say
        assert times((first, holding(artifacts, "rolling back"))) == ["02-03 21:05", "02-03 21:07"]


def test_irssi_carries_the_day_on_and_follows_a_change_of_nick(tmp_path):
    log = (
        "--- Log opened Mon Feb 03 23:50:00 2031\n"
        "23:58 < ada> lamps are dark\n"
        "23:59 -!- ada is now known as ada|bridge\n"
        "--- Day changed Tue Feb 04 2031\n"
        "00:04 <@ada|bridge> rolling back\n"
        "00:06  * ben takes notes\n"
    )
    artifacts = read(
        tmp_path,
        {"irc.log": log, "incident.yaml": "timezone: UTC\nroster: [{name: Ada Moreau, handles: [ada]}]\n"},
    )
    record = holding(artifacts, "rolling back")
    assert (record.actor, times((record,))) == ("Ada Moreau", ["02-04 00:04"])
    assert holding(artifacts, "takes notes").text == "ben takes notes"


def test_weechat_has_its_date_on_every_line(tmp_path):
    log = "2031-02-03 21:05:41\t@ada\tlamps are dark\n2031-02-03 21:06:00\t-->\tben has joined #inc\n2031-02-03 21:07:02\tben\trolling back\n"
    artifacts = read(tmp_path, {"w.log": log})
    assert [(r.actor, r.kind) for r in artifacts.records] == [
        ("ada", "message"),
        (None, "text"),
        ("ben", "message"),
    ]


def test_a_program_log_is_no_chat(tmp_path):
    log = "".join(f"2031-02-03 21:0{i}:00 ERROR: lamp {i} does not answer\n" for i in range(6))
    assert {r.kind for r in read(tmp_path, {"app.log": log}).records} == {"log"}


def test_teams_keeps_replies_and_edits_and_says_which_message_was_deleted(tmp_path):
    artifacts = read(tmp_path, SAMPLES["teams"])
    dark, pushed = holding(artifacts, "dark"), holding(artifacts, "table 9 pushed")
    assert (dark.text, dark.actor, dark.kind, dark.edited) == (
        "lamps are dark in the north", "Ada", "message", True,
    )  # fmt: skip
    assert (pushed.kind, pushed.actor, pushed.thread) == ("bot", "Deploy bot", dark.id)
    assert [(u.locator, u.reason) for u in artifacts.unread] == [("/value/1", "a message that was deleted")]


def test_discords_people_are_called_as_others_see_them_and_a_bots_words_are_in_its_embeds(tmp_path):
    artifacts = read(tmp_path, SAMPLES["discord"])
    dark, deployed = holding(artifacts, "dark"), holding(artifacts, "table 9 deployed: by ada_m")
    assert (dark.actor, dark.channel, dark.edited, dark.time.strftime("%H:%M")) == (
        "Ada",
        "night",
        True,
        "21:07",
    )
    assert (deployed.kind, deployed.thread) == ("bot", dark.id)
    assert [(p.name, p.handles) for p in artifacts.incident.roster] == [("Ada", ("ada_m",))]
