"""Onset, detection, declaration, recovery and close, and the minutes between them."""

from tests.evidence.telling import COURSE, arranged, at, paged, said, written


def test_a_plain_course_gives_five_milestones_and_five_latencies() -> None:
    case = arranged(*COURSE, written(30, "The first failed label was printed at 09:08.", "09:08"))
    m = case.milestones
    assert [m.onset.time, m.detected.time, m.declared.time, m.mitigated.time, m.resolved.time] == [
        at("09:08"),
        at("09:14:40"),
        at("09:20"),
        at("09:52"),
        at("10:20"),
    ]
    minutes = [
        getattr(case.latencies, n).minutes for n in ("detection", "coordination", "response", "mitigation")
    ]
    assert minutes == [6.7, 5.3, 5.0, 27.0]
    assert case.latencies.communication.minutes == 3.0


def test_the_span_of_impact_that_a_document_states_bounds_it_to_the_second_of_the_records() -> None:
    case = arranged(
        *COURSE[:6],
        said(7, "09:47:20", "Noor Haddad", "labels print again on most sites"),
        *COURSE[6:],
        written(
            31,
            "410 labels failed between 09:08 and 09:47.",
            "09:08",
            until="09:47",
            document="resolution summary",
            section="Resolution > Impact, final",
        ),
    )
    assert case.milestones.mitigated.time == at("09:47:20")


def test_a_span_of_lost_data_is_no_span_of_impact() -> None:
    case = arranged(
        *COURSE,
        written(
            31,
            "Edits from 03:00 to 05:00 are gone.",
            "03:00",
            until="05:00",
            document="resolution summary",
            section="Resolution > Impact",
        ),
    )
    assert case.milestones.mitigated.time == at("09:52")


def test_what_is_said_before_anybody_declares_is_no_response_to_the_declaration() -> None:
    early = said(10, "09:18:00", "Noor Haddad", "switching label-api to the spare queue")
    case = arranged(*COURSE[:2], early, *COURSE[2:])
    assert case.latencies.response.minutes is None
    assert case.latencies.response.reason == "the first attempt came before the declaration"


def test_small_talk_about_a_broken_kettle_is_neither_onset_nor_signal() -> None:
    case = arranged(said(40, "08:50:00", "Tess Moreno", "the kettle is broken again"), *COURSE[1:])
    assert case.milestones.onset.time == at("09:16")
    assert "E40" in dict(case.set_aside)


def test_nothing_that_shows_a_milestone_leaves_it_unknown_with_a_reason() -> None:
    case = arranged(
        paged(1, "09:14:40", "[#77] LabelQueueHigh triggered on label-api (Triggered through the API).")
    )
    assert case.milestones.declared.time is None
    assert case.milestones.declared.reason == "no record says when the incident was declared"
    assert case.latencies.response.minutes is None


def test_the_moments_that_a_brief_declares_lead_and_the_words_that_declared_them_make_them_exact() -> None:
    def declared(number: int, text: str, clock: str) -> object:
        return written(number, text, clock, document="incident brief", kind="field", section="Brief")

    case = arranged(
        said(20, "09:02:00", "Tess Moreno", "label printer in hall 3 fails, toner is empty"),
        *COURSE,
        declared(30, "Started: 09:08", "09:08"),  # type: ignore[arg-type]
        declared(31, "Detected: 09:14", "09:14"),  # type: ignore[arg-type]
        declared(32, "Declared: 09:21", "09:21"),  # type: ignore[arg-type]
    )
    m = case.milestones
    assert [m.onset.time, m.detected.time, m.declared.time] == [at("09:08"), at("09:14:40"), at("09:20")]
