"""Mail: who wrote which words, what is quoted or forwarded, and bodies in every wrapping."""

import base64

from folders import holding, read
from samples import MAIL, SAMPLES

HEAD = "From: Ben Ito <ben@mail.example>\nTo: ops@mail.example\nSubject: Re: lamps\nDate: Mon, 03 Feb 2031 22:15:00 +0100\n"


def test_what_a_mail_quotes_is_not_its_writers_and_is_listed(tmp_path):
    body = "No, it was 412.\n\nOn Mon, 3 Feb 2031 at 22:05, Ada Moreau\n<ada@mail.example> wrote:\n> 500 lamps are dark\n> I think\n\nBye\n"
    artifacts = read(tmp_path, {"m.eml": f"{HEAD}\n{body}"})
    assert [(r.text, r.line) for r in artifacts.records[1:]] == [("No, it was 412.", 6), ("Bye", 13)]
    (quoted,) = artifacts.unread
    assert (quoted.locator, quoted.reason.split(";")[0]) == ("line 8", "quoted from an earlier mail")
    assert "500 lamps" in quoted.text


def test_what_outlook_puts_below_is_quoted_to_the_end(tmp_path):
    body = "See below.\n\nFrom: Ada Moreau\nSent: Monday, 3 February 2031 22:05\nTo: Ben\nSubject: lamps\n\n500 lamps are dark.\n\nAda\n"
    artifacts = read(tmp_path, {"m.eml": f"{HEAD}\n{body}"})
    assert [r.text for r in artifacts.records] == ["Subject: Re: lamps", "See below."]
    assert {u.reason.split(";")[0] for u in artifacts.unread} == {"quoted from an earlier mail"}


def test_what_is_forwarded_is_told_by_who_wrote_it_then(tmp_path):
    body = "FYI\n\n---------- Forwarded message ---------\nFrom: Cleo Vance <cleo@city.example>\nDate: Mon, 3 Feb 2031 21:10:00 +0000\nSubject: dark street\n\nThe whole street is dark.\n"
    artifacts = read(tmp_path, {"m.eml": f"{HEAD}\n{body}"})
    record = holding(artifacts, "whole street")
    assert (record.actor, record.time.strftime("%H:%M"), record.section) == (
        "Cleo Vance",
        "21:10",
        "dark street",
    )
    assert holding(artifacts, "FYI").actor == "Ben Ito"


def test_a_mail_of_html_alone_in_base64_and_an_old_charset(tmp_path):
    html = "<html><body><p>Straße dunkel seit 22:05</p><p>Grüße</p><style>p{}</style></body></html>"
    held = base64.b64encode(html.encode("iso-8859-1")).decode()
    head = HEAD + "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n"
    artifacts = read(tmp_path, {"m.eml": f"{head}\n{held}\n"})
    assert [r.text for r in artifacts.records[1:]] == ["Straße dunkel seit 22:05\nGrüße"]
    assert artifacts.records[1].locator == "paragraph 1"


def test_eight_bit_bodies_are_read_by_the_charset_that_they_name(tmp_path):
    head = HEAD + "Content-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: 8bit\n"
    artifacts = read(tmp_path, {"m.eml": f"{head}\n".encode() + "světla nesvítí\n".encode("iso-8859-2")})
    assert artifacts.records[1].text == "světla nesvítí"


def test_a_charset_that_nobody_knows_and_a_date_that_is_none_stop_nothing(tmp_path):
    head = (
        HEAD.replace("Mon, 03 Feb 2031 22:15:00 +0100", "yesterday")
        + 'Content-Type: text/plain; charset="x-nobody"\n'
    )
    artifacts = read(tmp_path, {"m.eml": f"{head}\nall dark\n"})
    assert (holding(artifacts, "all dark").time, artifacts.unread) == (None, ())


def test_mails_within_a_mail_are_read_and_attachments_are_listed(tmp_path):
    inner = MAIL.replace("whole street", "inner street")
    parts = (
        "\n--b\nContent-Type: text/plain\n\nsee the mail below\n\n--b\nContent-Type: message/rfc822\n\n"
        f"{inner}\n--b\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\n\nxx\n--b--\n"
    )
    artifacts = read(
        tmp_path, {"m.eml": f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n{parts}"}
    )
    assert holding(artifacts, "inner street").locator == "mail within, paragraph 1"
    assert [u.reason for u in artifacts.unread if "attachment" in u.reason] == [
        "attachment a.png; save it into the folder to have it read"
    ]


def test_a_mailbox_is_cut_where_mails_begin_and_nowhere_else(tmp_path):
    box = SAMPLES["mbox"]["box.mbox"].replace("The whole street", "\n>From the tower the whole street", 1)
    artifacts = read(tmp_path, {"box.mbox": box})
    assert [r.text for r in artifacts.records if not r.text.startswith("Subject")] == [
        "From the tower the whole street is dark since about 22:05.",
        "The whole street is dark since about 22:06.",
    ]


def test_the_same_mail_in_a_mailbox_and_as_a_file_is_read_once(tmp_path):
    artifacts = read(tmp_path, {**SAMPLES["mail"], **SAMPLES["mbox"]})
    assert sum("22:05" in r.text for r in artifacts.records) == 1


def test_an_automatic_reply_is_a_systems(tmp_path):
    artifacts = read(tmp_path, {"m.eml": f"Auto-Submitted: auto-replied\n{HEAD}\nI am away.\n"})
    assert holding(artifacts, "away").actor_kind == "system"
