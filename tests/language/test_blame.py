"""What a sentence charges people with."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.language.accusations.reading import Reading
from pipeline.language.blame import charges, ruled, weighed, without_blame
from pipeline.language.people import People
from pipeline.models.incident import Person

PEOPLE = People()
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "charged_sentences.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_nearly_every_charged_sentence_is_flagged() -> None:
    charged = [text for label, _, text in ROWS if label == "F"]
    missed = [text for text in charged if not charges(text, PEOPLE)]
    assert len(missed) <= 0.07 * len(charged), missed


def test_hardly_a_clean_sentence_is_flagged() -> None:
    clean = [text for label, _, text in ROWS if label == "C"]
    flagged = [text for text in clean if charges(text, PEOPLE)]
    assert len(flagged) <= 0.01 * len(clean), flagged


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Halvdis should have closed the sluice.", "counterfactual", "person"),
        ("I should have closed the sluice.", "counterfactual", "self"),
        ("The tide crew failed to close the sluice.", "fault", "team"),
        ("The supplier ignored our warning.", "fault", "external"),
        ("The policy was ignored.", "fault", "implied"),
        ("Cause: human error.", "human-error", "implied"),
        ("Ingrid's oversight flooded the hall.", "human-error", "person"),
        ("The night shift has become careless.", "character", "team"),
        ("All operators must be more careful.", "punitive", "team"),
        ("Some genius opened both sluices.", "shaming", "person"),
    ],
)
def test_a_charge_says_its_kind_and_whom_it_hits(text: str, kind: str, target: str) -> None:
    first = charges(text, PEOPLE)[0]
    assert (first.kind, first.target) == (kind, target)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ingrid did not close the sluice",
        "Ingrid skipped the dry run",
        "Ingrid misread the gauge",
        "Ingrid opened the gate without asking anyone",
    ],
)
def test_a_weak_charge_falls_where_a_condition_is_given(sentence: str) -> None:
    sentence = sentence.replace("did not close", "did not check")
    assert charges(sentence + ".", PEOPLE)
    for condition in (
        " because the panel showed it as shut.",
        ", since the radio on the dyke was out of order.",
        "; the checklist does not mention it.",
    ):
        (explained,) = weighed(sentence + condition, PEOPLE)
        assert explained.rescued_by is not None
        assert charges(sentence + condition, PEOPLE) == ()
    for failing in (
        " because she was lazy.",
        ", and the hall was flooded.",
        ". The panel showed it as shut.",
    ):
        assert charges(sentence + failing, PEOPLE)


def test_a_neighbour_explains_only_where_a_word_ties_it() -> None:
    said = "Ingrid did not check the gauge."
    assert charges(said, PEOPLE, context_after="This was because the gauge was behind a locked door.") == ()
    assert charges(said, PEOPLE, context_after="The gauge was behind a locked door.") != ()
    assert charges(said, PEOPLE, context_after="Why did she not check it? The door was locked.") == ()
    assert charges(said, PEOPLE, context_after="Why did she not check it? She forgot.") != ()


def test_a_strong_charge_stands_whatever_explains_it() -> None:
    assert charges("Ingrid ignored the alarm because it had fired all night.", PEOPLE)


@pytest.mark.parametrize(
    ("text", "charged"),
    [
        ("For the third time that day, two guests had come for one cabin.", False),
        ("It was the second time that week that guests were charged twice.", False),
        ("For the third time that night, Ingrid asked about the gauge.", False),
        ("The pump stopped for the fourth time and the crew was called again.", False),
        ("It was the third time that week with the same engineer.", True),
        ("For the third time that night, Ingrid left the sluice open.", True),
        ("It was the second time that week that the crew did not close the sluice.", True),
    ],
)
def test_a_count_charges_where_it_counts_failings(text: str, charged: bool) -> None:
    reasons = [c.reason for c in ruled(Reading(text, PEOPLE))]
    assert ("a case is built by counting" in reasons) == charged


def test_the_span_points_at_the_charge() -> None:
    text = "At 06:12 the pump stopped, and Ingrid failed to notice it."
    first = charges(text, PEOPLE)[0]
    assert text[first.start : first.end] == "Ingrid failed to notice"


def test_a_name_of_the_roster_in_small_letters_is_a_person() -> None:
    people = People.from_roster([Person(name="Bo", handles=("bo",))])
    assert charges("bo forgot to close the sluice", people)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Gus closed the gate", "Gus closed the gate"),
        ("Gus closed the gate without asking anyone, classic contractor", "Gus closed the gate …"),
        ("I'm an idiot, the second gate is number 4", "The second gate is number 4"),
        ("sorry, my bad: pump 2 is back at 400", "pump 2 is back at 400"),
        ("Pump 2 is off since 06:12. Gus should have checked it.", "Pump 2 is off since 06:12."),
        ("rob nuked the gate config lol", None),
        ("who on earth gives rob the keys at midnight, classic rob", None),
        ("Whoever did this failed to follow the simplest rule. I expect consequences", None),
    ],
)
def test_what_happened_is_kept_and_the_blame_is_cut(said: str, left: str | None) -> None:
    assert without_blame(said, PEOPLE) == left


def test_outside_a_quotation_a_cut_leaves_no_mark() -> None:
    said = "The hall was flooded because Gus forgot the gate, and pump 2 stopped at 06:12."
    assert without_blame(said, PEOPLE, quoted=False) == "The hall was flooded and pump 2 stopped at 06:12."


def test_nothing_that_charges_anybody_is_left() -> None:
    for _, _, text in ROWS:
        left = without_blame(text, PEOPLE)
        assert left is None or charges(left, PEOPLE) == ()


def test_the_end_of_a_long_sentence_is_read_too() -> None:
    rows = ", ".join(
        f"which reads queue {n} of the broker and writes row {n} of the ledger" for n in range(12)
    )
    for charge in ("Ilse failed to notice it", "Ilse was asleep at the wheel again"):
        assert charges(f"The importer, {rows}, stalled, and {charge}.", PEOPLE), charge
    assert not charges(f"The importer, {rows}, stalled.", PEOPLE)


# Charged by the guide, and let go since the network decides with the rules: a list to be made shorter.
LET_GO = (
    "It was the third time that week with the same engineer.",
    "who gives rob the keys at half past midnight",
    "The users had been told of the freeze before.",
)


def test_what_is_known_to_be_missed_is_still_charged_by_the_rules() -> None:
    assert not any(charges(text, PEOPLE) for text in LET_GO)
    assert all(ruled(Reading(text, PEOPLE)) for text in LET_GO)
