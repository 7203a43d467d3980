"""Each event is told once, whoever tells it: joined from chat, logs and pagers, classed by where it stands."""

from tests.evidence.telling import COURSE, arranged, at, paged, said, telling, written


def test_a_row_of_the_mitigation_log_and_the_chat_line_are_one_event_with_the_chats_time() -> None:
    row = written(
        30,
        "rolled label-api back to build 76",
        "09:41",
        document="mitigation log",
        kind="row",
        section="Mitigation log",
        actor="Noor Haddad",
        columns=(
            ("Time", "09:41"),
            ("Action", "rolled label-api back to build 76"),
            ("Result", "queue empty"),
        ),
    )
    told = telling(arranged(*COURSE, row), "build 76")
    assert told is not None
    assert told.time == at("09:40")
    assert set(told.evidence) == {"E6", "E30"}
    assert "ATT" in told.classes


def test_what_a_pager_sends_to_phones_and_a_second_acknowledgement_are_not_told() -> None:
    case = arranged(
        *COURSE,
        paged(20, "09:14:41", "Notified Noor Haddad via phone call."),
        paged(21, "09:15:20", "Acknowledged by Noor Haddad.", "Noor Haddad"),
        paged(22, "09:19:00", "Acknowledged by Noor Haddad.", "Noor Haddad"),
        paged(23, "09:15:25", "Priority set to P1.", "Noor Haddad"),
    )
    assert [e.text for e in case.events if "cknowledged" in e.text or "Notified" in e.text] == [
        "Acknowledged by Noor Haddad."
    ]
    assert telling(case, "Priority set") is None


def test_to_be_called_and_to_take_command_are_two_events() -> None:
    case = arranged(*COURSE, paged(20, "09:18:30", "Escalated to Ivo Brandt by Noor Haddad.", "Noor Haddad"))
    escalated, command = telling(case, "Escalated to Ivo"), telling(case, "SEV2")
    assert escalated is not None
    assert command is not None
    assert escalated.classes[0] == command.classes[0] == "ESC"


def test_a_time_in_a_heading_opens_an_entry_with_what_stands_below() -> None:
    section = "Mitigation log > 09:41 back to build 76"
    below = {"document": "mitigation log", "section": section}
    case = arranged(
        *COURSE[:5],
        written(30, "Noor Haddad, `labelctl pin 76`.", **below),  # type: ignore[arg-type]
        written(31, "After: queue at 0 at 09:50.", "09:50", kind="field", **below),  # type: ignore[arg-type]
        *COURSE[8:],
    )
    told = telling(case, "Back to build 76")
    assert told is not None
    assert (told.time, told.actor) == (at("09:41"), "Noor Haddad")
    assert telling(case, "After:") is None


def test_classes_follow_from_where_an_event_stands() -> None:
    case = arranged(
        written(30, "Build 77 of label-api was deployed at 09:02.", "09:02"),
        written(31, "The first failed label was printed at 09:08.", "09:08"),
        *COURSE,
        said(50, "11:10:00", "Noor Haddad", "deployed build 78 of label-api with the fix"),
    )
    classes = {e.evidence[0]: e.classes for e in case.events}
    assert classes["E30"][0] == "TRG"
    assert classes["E31"][0] == "ONS"
    assert classes["E1"][0] == "DET"
    assert classes["E5"] == ("ATT",) or classes["E5"][0] == "ATT"
    assert classes["E7"][0] == "MIT"
    assert classes["E8"][0] == "COM"
    assert classes["E9"][0] == "RES"
    assert classes["E50"] == ("FUP",)
