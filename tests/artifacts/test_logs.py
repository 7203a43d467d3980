"""Logs of one shape: syslog, nginx, logfmt, journald; git's separated form; Slackdump's three."""

import gzip
import json

from folders import holding, read
from samples import SAMPLES, slack


def test_syslog_without_a_time_keeps_its_words_and_the_mark_before_them_is_none(tmp_path):
    first, nil, _ = read(tmp_path, SAMPLES["syslog"]).records
    assert (first.text, first.actor, dict(first.columns)["level"]) == ("no grid in table 9", "lampd", "error")
    assert (nil.text, nil.time) == ("412 lamps dark", None)


def test_old_syslog_has_no_year_and_pads_its_day(tmp_path):
    log = "Feb  3 21:05:10 gw-1 lampd[4]: no grid\nFeb  3 21:06:10 gw-1 kernel: up\n    a stack\n"
    artifacts = read(
        tmp_path,
        {
            "messages": log,
            "incident.yaml": "timezone: UTC\n",
            "n.md": "# Lamps, 2031-02-03\n\n- 21:05 dark\n",
        },
    )
    kernel = holding(artifacts, "up")
    assert (kernel.time.strftime("%m-%d %H:%M"), kernel.actor, kernel.text) == (
        "02-03 21:06",
        "kernel",
        "up\n    a stack",
    )


def test_what_a_client_says_of_itself_is_kept_beside_and_not_told(tmp_path):
    bad, other = read(tmp_path, SAMPLES["nginx"]).records
    assert bad.text == '203.0.113.7 "GET /lamp/30 HTTP/2.0" 502'
    assert dict(bad.columns)["user agent"].startswith("assistant")
    assert (other.time.strftime("%H:%M"), dict(other.columns)["status"]) == ("21:06", "200")


def test_nginxs_errors_are_read_with_their_level(tmp_path):
    log = (
        "2031/02/03 21:05:10 [error] 31#31: *9 upstream timed out\n2031/02/03 21:06:10 [notice] 1#1: signal\n"
    )
    record = read(tmp_path, {"error.log": log, "incident.yaml": "timezone: UTC\n"}).records[0]
    assert (record.text, record.time.strftime("%H:%M")) == ("[error] *9 upstream timed out", "21:05")


def test_quotes_within_a_value_of_logfmt_end_nothing(tmp_path):
    record = read(tmp_path, SAMPLES["logfmt"]).records[0]
    assert (record.text, record.actor) == ('error: no "north" grid (table: 9)', "lamp-ctl")


def test_journald_gives_bytes_nulls_and_the_senders_own_time(tmp_path):
    sent, raw, left_out = read(tmp_path, SAMPLES["journald"]).records
    assert (sent.time.strftime("%S"), dict(sent.columns)["level"]) == ("09", "error")
    assert (raw.text, left_out.text) == ("café", "(a message that journalctl left out)")


def test_a_commit_is_dated_by_when_it_came_to_be_where_it_is(tmp_path):
    record = read(tmp_path, SAMPLES["git log"]).records[0]
    assert (record.actor, record.time.strftime("%m-%d %H:%M")) == ("Ada Moreau", "02-03 20:59")
    assert dict(record.columns)["authored"] == "2031-02-01T09:00:00-07:00"
    assert record.text == "table 9\nfor lamp 17\nReviewed-by: Ben"


def test_the_replies_of_a_dump_answer_their_parent(tmp_path):
    parent, reply = read(tmp_path, SAMPLES["slackdump"]).records
    assert (reply.thread, reply.channel, reply.text) == (parent.id, "inc-lamps", "table 9 again")


def test_an_archive_gives_the_latest_of_a_message_and_its_people(tmp_path):
    (record,) = read(tmp_path, SAMPLES["sqlite"]).records
    assert (record.text, record.actor, record.channel) == (
        "north grid is dark, 412 lamps",
        "Ada Moreau",
        "inc-lamps",
    )


def test_chunks_are_read_and_what_the_export_holds_too_is_read_once(tmp_path):
    chunks = [
        {"t": 3, "ts": 1, "id": "U", "u": [{"id": "U1", "profile": {"real_name": "Ada Moreau"}}]},
        {
            "t": 0,
            "ts": 2,
            "id": "C1",
            "ci": {"id": "C1", "name": "inc-lamps"},
            "m": [slack("1927919100.000100", "dark")],
        },
        {"t": 0, "ts": 3, "id": "C1", "m": [slack("1927919220.000100", "still dark")]},
    ]
    lines = "\n".join(json.dumps(c) for c in chunks)
    artifacts = read(tmp_path, {"c.json.gz": gzip.compress(lines.encode()), **SAMPLES["slack export"]})
    assert holding(artifacts, "still dark").actor == "Ada Moreau"
    assert [(u.source, u.reason) for u in artifacts.unread] == [
        ("x/inc-lamps/2031-02-03.json", "the same stands in c.json.gz, and is read there")
    ]
    assert {k for _, k in artifacts.files} == {"gzip: slackdump", "slack export"}
