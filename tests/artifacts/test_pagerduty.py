"""PagerDuty: entries of the log, notes, alerts and webhooks, by a person or by a machine."""

from folders import holding, read

PERSON = {"id": "PU1", "type": "user_reference", "summary": "Ada Moreau"}
SERVICE = {"id": "PS1", "type": "service_reference", "summary": "lamp-api"}
INCIDENT = {"id": "Q1", "type": "incident_reference", "summary": "[#7] LampsDark"}


def entry(kind, at, agent, **more):
    return {
        "id": kind,
        "type": f"{kind}_log_entry",
        "created_at": at,
        "agent": agent,
        "incident": INCIDENT,
        "service": SERVICE,
        **more,
    }


LOG = {
    "log_entries": [
        entry("resolve", "2031-02-03T05:22:01Z", SERVICE, summary="Resolved through the API."),
        entry("annotate", "2031-02-02T23:04:00-06:00", PERSON, summary="Note added.", channel={"type": "note", "summary": "firmware 9 is suspect"}),
        entry("acknowledge", "2031-02-03T04:24:10Z", PERSON, summary="Acknowledged by Ada Moreau."),
        entry("notify", "2031-02-03T04:21:00Z", SERVICE, summary="Notified Ada Moreau by phone.", channel={"notification": {"type": "phone", "address": "+1 555 010 4567"}}),
        entry("trigger", "2031-02-03T04:20:47Z", SERVICE, summary="Triggered through the API.", channel={"type": "api", "summary": "9 of 10 lamps dark"}),
    ]
}  # fmt: skip


def test_people_act_and_the_pager_does_the_rest(tmp_path):
    artifacts = read(tmp_path, {"pd.json": LOG})
    assert [(r.actor, r.actor_kind) for r in artifacts.records] == [
        ("PagerDuty", "system"),
        ("Ada Moreau", "person"),
        ("Ada Moreau", "person"),
        ("PagerDuty", "system"),
        ("PagerDuty", "system"),
    ]
    assert {r.kind for r in artifacts.records} == {"page"}


def test_a_note_says_what_was_noted_and_a_trigger_what_went_off(tmp_path):
    artifacts = read(tmp_path, {"pd.json": LOG})
    note = holding(artifacts, "firmware 9")
    assert (note.text, note.time.strftime("%H:%M"), note.zone_basis) == (
        "Note: firmware 9 is suspect",
        "05:04",
        "offset in the record",
    )
    assert holding(artifacts, "[#7] LampsDark triggered on lamp-api").text.endswith(
        "9 of 10 lamps dark (Triggered through the API)"
    )


def test_no_phone_number_leaves_the_reader(tmp_path):
    assert "555" not in " ".join(str(r) for r in read(tmp_path, {"pd.json": LOG}).records)


def test_a_webhook_that_is_delivered_twice_is_one_event_and_a_cut_line_is_listed(tmp_path):
    event = (
        '{"event": {"id": "01", "event_type": "incident.acknowledged", "occurred_at": "2031-02-03T04:24:10.884Z", '
        '"agent": {"type": "user_reference", "summary": "Ada Moreau"}, "data": {"type": "incident", "number": 7, "title": "LampsDark"}}}'
    )
    artifacts = read(tmp_path, {"hooks.jsonl": f"{event}\n{event}\n{event[:60]}\n"})
    assert [r.text for r in artifacts.records] == ["[#7] LampsDark acknowledged by Ada Moreau"]
    assert [(u.locator, u.reason) for u in artifacts.unread] == [("line 3", "not a whole JSON object")]
