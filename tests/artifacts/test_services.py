"""What services give as JSON: alerts, status pages, runs, tickets, clusters, incident products, and their traps."""

from folders import holding, read, times
from samples import ADA, ALERT, GITLAB, ISSUE, JIRA, SAMPLES


def test_an_alert_that_is_sent_again_is_told_once_and_its_end_by_its_own_time(tmp_path):
    ended = {**ALERT, "status": "resolved", "endsAt": "2031-02-03T21:45:10Z"}
    still = {**ALERT, "labels": {"alertname": "Other"}, "fingerprint": "beef"}
    files = {
        "1.json": {"groupKey": "{}", "status": "firing", "alerts": [ALERT]},
        "2.json": {"groupKey": "{}", "status": "firing", "alerts": [ALERT]},
        "3.json": {"groupKey": "{}", "status": "firing", "alerts": [ended, still]},
    }
    artifacts = read(tmp_path, files)
    assert [(r.source, r.text.split(":")[0], r.time.strftime("%H:%M:%S")) for r in artifacts.records] == [
        ("1.json", "Alert LampsDark fired", "21:05:10"),
        ("3.json", "Alert LampsDark resolved", "21:45:10"),
        ("3.json", "Alert Other fired", "21:05:10"),
    ]
    assert [(u.source, u.reason) for u in artifacts.unread] == [
        ("2.json", "the same stands in 1.json, and is read there"),
        ("3.json", "the same stands in 1.json, and is read there"),
    ]


def test_an_alert_that_has_not_ended_has_no_end_and_alerts_left_out_are_said(tmp_path):
    group = {"groupKey": "{}", "truncatedAlerts": 3, "alerts": [ALERT]}
    artifacts = read(tmp_path, {"a.json": group})
    assert [r.until for r in artifacts.records] == [None]
    assert "left 3 alerts out" in artifacts.unread[0].reason


def test_grafanas_marks_are_changes_and_its_states_are_alerts(tmp_path):
    artifacts = read(tmp_path, SAMPLES["grafana"])
    mark, state = holding(artifacts, "push table 9"), holding(artifacts, "Normal → Alerting")
    assert (mark.kind, mark.actor, state.kind, state.actor) == ("change", "Ada", "bot", "Grafana")
    assert state.until.strftime("%H:%M") == "21:45"
    assert holding(artifacts, "fired").time.strftime("%H:%M:%S") == "21:05:10"  # it came with +01:00


def test_a_post_on_a_status_page_is_dated_as_customers_saw_it(tmp_path):
    artifacts = read(tmp_path, SAMPLES["statuspage"])
    posts = tuple(r for r in artifacts.records if r.kind == "status")
    assert times(posts) == [
        "02-03 21:50",
        "02-03 21:20",
    ]  # display_at; then created_at, where there is no other
    assert posts[0].text == "resolved: All lamps are on."
    told = dict(posts[0].columns)
    assert (told["created_at"], told["components"]) == (
        "2031-02-03T15:05:00-07:00",
        "North: major_outage → operational",
    )
    assert "components" not in dict(posts[1].columns)


def test_the_posts_of_a_feed_take_their_year_from_their_entry(tmp_path):
    feed = SAMPLES["status feed"]["history.atom"]
    newyear = (
        feed.replace("Feb", "Dec")
        .replace("&gt;3&lt;", "&gt;31&lt;")
        .replace("2031-02-03T15", "2031-01-01T15")
    )
    artifacts = read(tmp_path, {"a.atom": feed, "b.atom": newyear.replace("Lamps dark", "Older")})
    when = [(r.source, r.time.strftime("%Y-%m-%d %H:%M")) for r in artifacts.records]
    assert when[:2] == [("a.atom", "2031-02-03 21:50"), ("a.atom", "2031-02-03 21:20")]
    assert when[2] == ("b.atom", "2030-12-31 21:50")
    assert artifacts.records[0].text == "Resolved - All lamps are on."


def test_a_feed_expands_no_entity(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY s SYSTEM "file:///etc/passwd">]>'
    feed = f"{bomb}<rss><item><title>&a;&s;</title><description>dark</description></item></rss>"
    text = " ".join(r.text for r in read(tmp_path, {"f.rss": feed}).records)
    assert "aaaa" not in text
    assert "root:" not in text


def test_a_run_begins_and_ends_and_a_replaced_deployment_did_not_fail(tmp_path):
    artifacts = read(tmp_path, SAMPLES["github actions"])
    told = [(r.text, r.time.strftime("%H:%M"), r.actor_kind) for r in artifacts.records]
    assert told == [
        ("Push table 9 started (workflow Push, run 23381)", "21:00", "system"),
        ("Push table 9 finished (workflow Push, run 23381)", "21:04", "system"),
        ("Deployment 77 to north: replaced by a later one", "21:45", "person"),
    ]


def test_a_run_that_goes_on_has_no_end(tmp_path):
    run = {
        **SAMPLES["github actions"]["runs.json"]["workflow_runs"][0],
        "status": "in_progress",
        "conclusion": None,
    }
    (record,) = read(tmp_path, {"runs.json": {"workflow_runs": [run]}}).records
    assert record.text == "Push table 9 started (workflow Push, run 23381)"


def test_the_description_of_an_issue_is_read_as_a_document_and_its_hints_are_not(tmp_path):
    artifacts = read(tmp_path, {"issue.json": ISSUE})
    assert {(r.text, r.checked) for r in artifacts.records if r.kind == "task"} == {
        ("tell the city", True),
        ("book the review", False),
    }
    said = holding(artifacts, "412 lamps")
    assert said.text == "Issue #318: Lamps dark\n412 lamps went dark at 21:05 UTC."
    assert (said.actor, said.time.strftime("%H:%M")) == ("ada-m", "21:20")
    assert not [r for r in artifacts.records if "template" in r.text]


def test_a_comment_of_an_issue_and_of_its_timeline_are_one_and_its_edit_is_seen(tmp_path):
    artifacts = read(tmp_path, SAMPLES["github issue"])
    comment = holding(artifacts, "table 9 holds no")
    assert (comment.source, comment.edited) == ("comments.json", True)
    assert holding(artifacts, "lamps?").text == "Renamed from “lamps?” to “Lamps dark”"


def test_who_a_login_is_the_roster_says(tmp_path):
    roster = "roster:\n  - {name: Ada Moreau, handles: ['ada-m']}\n"
    ghost = {
        "event": "closed",
        "actor": None,
        "created_at": "2031-02-03T22:00:00Z",
        "state_reason": "not_planned",
    }
    artifacts = read(tmp_path, {"incident.yaml": roster, "i.json": ISSUE, "t.json": [ghost]})
    assert holding(artifacts, "Issue #318: Lamps").actor == "Ada Moreau"
    assert (holding(artifacts, "as not planned").actor, ADA["login"]) == (None, "ada-m")


def test_jiras_tree_is_text_its_changes_are_in_order_and_its_own_fields_are_dated(tmp_path):
    artifacts = read(tmp_path, {"j.json": JIRA})
    assert holding(artifacts, "tell the city").kind == "task"
    changes = [r for r in artifacts.records if "histories" in r.locator]
    assert [r.text for r in changes] == ["assignee: none → Ben Ito", "status: Open → Done"]
    began = holding(artifacts, "Impact began")
    assert (began.kind, began.time.strftime("%H:%M")) == ("field", "21:05")


def test_gitlab_tells_what_was_changed_by_whom_and_its_timeline_is_rows(tmp_path):
    artifacts = read(tmp_path, SAMPLES["gitlab issue"])
    note, row = holding(artifacts, "severity to"), holding(artifacts, "went dark")
    assert (note.text, note.actor) == ("changed severity to High - S2", "Ada Moreau")
    assert (row.kind, row.time.strftime("%H:%M")) == ("row", "21:05")
    assert GITLAB["iid"] == 7


def test_events_of_a_cluster_keep_their_first_their_last_and_their_number(tmp_path):
    many, new = read(tmp_path, SAMPLES["kubernetes events"]).records
    assert (many.text, many.until.strftime("%H:%M"), many.actor) == (
        "Pod lamp-ctl-7f: Unhealthy: Readiness probe failed [214 times]",
        "21:44",
        "kubelet",
    )
    assert new.time.strftime("%H:%M:%S") == "21:00:31"


def test_incident_io_gives_milestones_roles_updates_and_what_is_to_do(tmp_path):
    artifacts = read(tmp_path, SAMPLES["incident.io"])
    told = {r.text: (r.kind, r.actor) for r in artifacts.records}
    assert told["Table 9 was pushed again"] == ("message", "Ada Moreau")
    assert told["status set to Monitoring"] == ("page", "auto-move")
    assert told["Incident lead: Cleo Vance"] == ("field", None)
    assert holding(artifacts, "Impact started").time.strftime("%H:%M") == "21:05"
    assert (artifacts.incident.title, artifacts.incident.severity) == ("Lamps dark", "Major")
    assert [p.role for p in artifacts.incident.roster if p.name == "Cleo Vance"] == ["Incident lead"]
    assert told["Verify the table's checksum (owner: Ben Ito, ticket: LAMP-9)"][0] == "task"
    assert [u.text for u in artifacts.unread] == ["Buy candles"]


def test_a_test_incident_is_none(tmp_path):
    drill = {**SAMPLES["incident.io"]["incident.json"]["incident"], "mode": "test"}
    artifacts = read(tmp_path, {"i.json": {"incident": drill}})
    assert (artifacts.records, artifacts.unread[0].reason) == ((), "a test incident, no real one")


def test_rootly_gives_milestones_timeline_and_what_is_to_do(tmp_path):
    artifacts = read(tmp_path, SAMPLES["rootly"])
    assert holding(artifacts, "Mitigated:").kind == "field"
    assert (holding(artifacts, "Pushed table 8").kind, holding(artifacts, "checksum").kind) == ("row", "task")
    assert dict(holding(artifacts, "checksum").columns)["due"] == "2031-02-20"


def test_pagerdutys_change_events_are_changes(tmp_path):
    event = {
        "type": "change_event",
        "summary": "table 9 pushed",
        "source": "push",
        "timestamp": "2031-02-03T21:04:00Z",
    }
    record = read(tmp_path, {"c.json": {"change_events": [event]}}).records[0]
    assert (record.kind, record.text, record.actor) == ("change", "table 9 pushed", "push")
