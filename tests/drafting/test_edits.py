"""An edited document read back: what is still there keeps what is not printed, what is new is a person's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from pipeline.drafting.edits.edit import PERSON
from pipeline.drafting.edits.read import Edited, read_edited
from pipeline.errors import InputError
from pipeline.models.actions import ActionItems, Owner
from pipeline.models.postmortem import Postmortem
from pipeline.rendering.escaping import flatten
from pipeline.rendering.markdown import render
from tests.rendering.examples import ALL, RECORDS, plain_one, two_zones


def text_of(postmortem: Postmortem, items: ActionItems) -> str:
    return render(postmortem, items, {}, timezone=postmortem.incident.timezone).text


def edit(*changes: tuple[str, str], example: str = "plain_one") -> Edited:
    """The example with each text replaced by another, read back."""
    postmortem, items = ALL[example]()
    text = text_of(postmortem, items)
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return read_edited(text, postmortem, items, RECORDS)


def line_of(example: str, words: str) -> int:
    lines = text_of(*ALL[example]()).split("\n")
    return next(n for n, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize("name", ALL)
def test_a_document_that_nobody_edited_gives_the_same_data(name: str) -> None:
    postmortem, items = ALL[name]()
    rendered = render(postmortem, items, {}, timezone=postmortem.incident.timezone)
    edited = read_edited(rendered.text, postmortem, items, RECORDS)
    assert edited.postmortem == postmortem
    assert edited.items == items
    assert edited.notices == ()
    assert {(s.line, s.pointer) for s in edited.rendered.segments} == {
        (s.line, s.pointer) for s in rendered.segments if s.pointer != "/status"
    }


@pytest.mark.parametrize("name", ["plain_one", "hostile_one"])
def test_words_survive_print_and_reading_without_any_memory_of_them(name: str) -> None:
    postmortem, items = ALL[name]()
    text = text_of(postmortem, items)
    nothing = Postmortem(incident=postmortem.incident)
    edited = read_edited(text, nothing, ActionItems(), RECORDS).postmortem
    again = read_edited(text, nothing, ActionItems(), RECORDS).items
    for part in ("went_poorly", "went_well", "lessons"):  # bullets: prose is cut by its punctuation
        assert [s.text for s in getattr(edited, part)] == [flatten(s.text) for s in getattr(postmortem, part)]
    assert [e.event for e in edited.timeline] == [flatten(e.event) for e in postmortem.timeline]
    assert [e.time for e in edited.timeline] == [e.time for e in postmortem.timeline]
    assert [f.statement for f in edited.contributing_factors] == [
        flatten(f.statement) for f in postmortem.contributing_factors
    ]
    assert [i.title for i in again.items] == [flatten(i.title) for i in items.items]
    assert [p.reason for p in again.parked] == [flatten(p.reason) for p in items.parked]


def test_a_reworded_sentence_keeps_its_records_and_its_basis() -> None:
    edited = edit(("The old file was at hand", "The old file lay at hand on the disk"))
    (statement,) = edited.postmortem.went_well
    assert statement.text == "The old file lay at hand on the disk."
    assert (statement.evidence, statement.basis) == (("E6",), "observed")
    assert edited.postmortem.model_copy(update={"went_well": plain_one()[0].went_well}) == plain_one()[0]


def test_a_sentence_without_a_mark_has_a_person_as_its_source() -> None:
    edited = edit(
        ("12 min after dusk [E4].", "12 min after dusk [E4]. The hotline has one line. Was it busy? Yes.")
    )
    new = edited.postmortem.detection[1:]
    assert [s.text for s in new] == ["The hotline has one line.", "Was it busy?", "Yes."]
    assert all(s.evidence == () and s.basis == "stated" for s in new)
    assert edited.postmortem.detection[0] == plain_one()[0].detection[0]


def test_a_sentence_may_be_wrapped_moved_and_given_other_marks() -> None:
    edited = edit(
        ("The importer took local times for UTC [E3].\n", ""),
        (
            "A resident called at 19:02, 12 min after dusk [E4].",
            "A resident called at 19:02,\n12 min after dusk. [E4] [E5]\n\nThe importer took local times for UTC [E3].",
        ),
    )
    first, second = edited.postmortem.detection
    assert (first.text, first.evidence) == ("A resident called at 19:02, 12 min after dusk.", ("E4", "E5"))
    assert second == plain_one()[0].root_cause[0]
    assert edited.postmortem.root_cause == ()


def test_a_note_that_is_taken_away_makes_the_sentence_a_statement() -> None:
    edited = edit(
        ("A time without a zone is a guess *(inferred)* [E3].", "A time without a zone is a guess [E3].")
    )
    assert edited.postmortem.lessons[0].basis == "stated"


def test_a_deleted_row_a_deleted_section_and_a_new_row_are_what_they_are() -> None:
    row = "| about 19:02 | a resident | Called the hotline: the street is dark. | [E4] |"
    edited = edit(
        (f"{row}\n", "| 4 May, 18:55:30 | Ines Duarte | Saw the dark street. | |\n"),
        ("## Where sources disagree", "## Our own heading"),
    )
    timeline = edited.postmortem.timeline
    assert len(timeline) == 3
    new = timeline[1]
    assert (new.time, new.precision) == (datetime(2026, 5, 4, 18, 55, 30, tzinfo=UTC), "exact")
    assert (new.actor, new.actor_kind, new.evidence) == ("Ines Duarte", "person", ())
    assert edited.postmortem.conflicts == ()
    assert any("stays in the document only" in notice for notice in edited.notices)


def test_a_changed_event_keeps_its_classes_and_a_changed_time_its_text() -> None:
    edited = edit(
        ("Imported the schedule of the summer.", "Imported the summer schedule as UTC."),
        ("| 19:10:05–19:31:40 | Ines", "| 19:12–19:31:40 | Ines"),
    )
    first, _, third = edited.postmortem.timeline
    assert (first.event, first.classes) == ("Imported the summer schedule as UTC.", ("TRG", "ONS"))
    assert first.evidence == ("E3", "E1")
    assert (third.time.minute, third.classes, third.precision) == (12, ("ATT", "MIT"), "minute")


def test_a_new_row_stands_in_the_order_of_time_and_its_line_still_leads_to_it() -> None:
    last = "| 19:10:05–19:31:40 | Ines Duarte | Loaded the old schedule again. | [E6] |"
    edited = edit((last, f"{last}\n| 18:40 | Rui | Left for home. | [E5] |"))
    assert edited.postmortem.timeline[0].event == "Left for home."
    line = line_of("plain_one", "Loaded the old schedule again") + 1
    assert edited.rendered.pointer_at(line, 3) == "/timeline/0"
    assert edited.rendered.pointer_at(line - 1, 3) == "/timeline/3"


def test_a_name_in_an_open_owner_cell_is_an_owner_by_a_persons_edit() -> None:
    edited = edit(
        (
            "not yet assigned (proposed: Ines Duarte) | not stated | not stated",
            "Ines Duarte | P2 | 2026-06-30",
        )
    )
    item = edited.items.items[1]
    assert item.owner == Owner(name="Ines Duarte", kind="person")
    assert (item.priority, item.due) == ("P2", date(2026, 6, 30))
    assert (item.because.owner, item.because.priority, item.because.due) == (PERSON, PERSON, PERSON)
    assert edited.items.items[0] == plain_one()[1].items[0]


def test_what_an_item_does_not_print_is_kept_and_what_is_emptied_is_gone() -> None:
    edited = edit(("| lamp controls team | P1 | 2026-06-01 | LAMP-91 |", "| night desk | | | LAMP-91 |"))
    item = edited.items.items[0]
    assert item.owner == Owner(name="night desk", kind="role")
    assert (item.priority, item.due, item.because.due) == (None, None, None)
    assert item.tracking is not None
    assert item.tracking.url == "https://tracker.example/LAMP-91"
    assert (item.detail, item.category, item.evidence) == ("kept out of print", "prevent", ("E6", "E3"))


def test_a_new_item_gets_the_next_free_id() -> None:
    row = text_of(*plain_one()).split("\n")[line_of("plain_one", "| A4 |") - 1]
    edited = edit(
        (
            row,
            f"{row}\n| | Test the import of a file without a zone | quick win | Rui | P3 | 1 July 2026 | | Factor 1 | |",
        )
    )
    new = edited.items.items[2]
    assert (new.id, new.type, new.category, new.addresses) == ("A5", "quick win", "prevent", ("F1",))
    assert (new.owner, new.due, new.tracking) == (Owner(name="Rui"), date(2026, 7, 1), None)


def test_factors_and_measures_keep_their_ids_when_a_neighbour_goes() -> None:
    edited = edit(
        ("- **Factor 1 · information or tooling.** The file names no zone [E3].\n", ""),
        (
            "- **Factor 1 · guard.** Refuse a file without a zone.\n",
            "- **Factor 2 · eliminate.** Store times in UTC only.\n",
        ),
    )
    assert [f.id for f in edited.postmortem.contributing_factors] == ["F2"]
    assert {p.id: p.rank for p in edited.postmortem.prevention} == {"P2": "detect", "P3": "eliminate"}
    assert edited.postmortem.prevention[1] == plain_one()[0].prevention[1]


def test_title_severity_and_what_code_computed_may_be_corrected() -> None:
    edited = edit(
        ("# Street lamps stayed dark", "# Street lights stayed dark"),
        ("lamp-7 · SEV2", "lamp-7 · SEV3"),
        (
            "| Declared | not known: no record gives it a severity before 20:00 | |",
            "| Declared | 19:20 | [E5] |",
        ),
        ("| 1 h 23 min |", "| 1 h 20 min |"),
    )
    pm = edited.postmortem
    assert pm.incident.title == "Street lights stayed dark after the schedule import"
    assert pm.incident.severity == "SEV3"
    assert pm.incident.commander == plain_one()[0].incident.commander
    assert (pm.milestones.declared.time, pm.milestones.declared.evidence) == (
        datetime(2026, 5, 4, 19, 20, tzinfo=UTC),
        ("E5",),
    )
    assert pm.latencies.coordination.minutes == 80.0
    assert pm.latencies.detection == plain_one()[0].latencies.detection


def test_another_main_date_moves_every_time_that_prints_none() -> None:
    edited = edit(("Dates are 4 May 2026 unless given.", "Dates are 5 May 2026 unless given."))
    assert {e.time.day for e in edited.postmortem.timeline} == {5}
    assert edited.postmortem.timeline[0].classes == ("TRG", "ONS")


@pytest.mark.parametrize(
    ("before", "after", "words", "problem"),
    [
        ("| 18:50 | lamp", "| ten to seven | lamp", "| lamp-importer", "not a time: “ten to seven”"),
        ("| 18:50 | lamp", "| 25:50 | lamp", "| lamp-importer", "not a time: “25:50”"),
        ("| P1 |", "| urgent |", "| A1 |", "unknown priority “urgent”; write P0, P1, P2, P3 or not stated"),
        ("| quick win |", "| easy |", "| A4 |", "unknown type “easy”"),
        ("| 2026-06-01 |", "| soon |", "| A1 |", "not a date: “soon”"),
        ("| 2026-06-01 |", "| 2026-06-31 |", "| A1 |", "not a date: “2026-06-31”"),
        (
            "**Factor 2 · detection.**",
            "**Factor 2 · sloppiness.**",
            "sloppiness",
            "is none of technical, process",
        ),
        ("| A4 |", "| A1 |", "Page the night desk", "A1 stands in line"),
        ("A power cut: the grid was whole [E5].", "A power cut [E77].", "A power cut", "no record E77"),
        ("- 20:00–20:30: waiting", "- later: waiting", "waiting for dusk", "not a stretch of time: “later”"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    before: str, after: str, words: str, problem: str
) -> None:
    postmortem, items = plain_one()
    text = text_of(postmortem, items)
    assert before in text
    text = text.replace(before, after, 1)
    line = next(n for n, one in enumerate(text.split("\n"), 1) if words in one)
    with pytest.raises(InputError, match=rf"^postmortem\.md:{line}: .*{re.escape(problem)}"):
        read_edited(text, postmortem, items, RECORDS)


def test_the_two_columns_of_a_time_have_to_agree() -> None:
    with pytest.raises(InputError, match=r"22:59:10 UTC is not 23:58:10 in Lisbon; write “23:59:10” there"):
        edit(("| 22:58:10 |", "| 22:59:10 |"), example="two_zones")
    edited = edit(("| 22:58:10 | 23:58:10 |", "| 22:59:10 | |"), example="two_zones")
    assert edited.postmortem.timeline[1].time == datetime(2026, 10, 24, 22, 59, 10, tzinfo=UTC)
    assert edited.postmortem.timeline[2:] == two_zones()[0].timeline[2:]
