"""One sentence of an incident: what it reports follows from its clauses, not from the words that it holds."""

import pytest

from pipeline.language.event_classes import read_event


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("restarting the label service", "did"),
        ("rolled label-api back to build 76", "did"),
        ("decision: we go with the spare site", "decided"),
        ("this is P1. I lead, Noor looks at the queue", "declared"),
        ("handing over to Ivo, list is in the notes", "handed over"),
        ("status page: investigating, all halls", "posted"),
        ("mailed the depositors that boxes are cold again", "posted"),
        ("all 12 halls print again", "observed"),
        ("does anybody see the queue?", "asked"),
    ],
)
def test_the_act(text: str, act: str) -> None:
    assert read_event(text).act == act


@pytest.mark.parametrize(
    "text",
    [
        "label-api fails since an hour, started about 09:06",  # it began by itself
        "clearing house has acknowledged the last file",  # a compound, no "clearing"
        "failing to upload logs",
        "could somebody restart it please. thanks",
        "you can restart the label service from the console",
        '"I restarted it" is what the banner of the tool says',
    ],
)
def test_nobody_acted(text: str) -> None:
    assert not read_event(text).has("intervene")


@pytest.mark.parametrize(
    ("text", "well"),
    [
        ("label-api is live", True),
        ("queue 2 green", True),
        ("hall doors open again", True),
        ("restart done, still 30 s per label. no effect", False),
        ("success 71 % and falling", False),
        ("the compressor stops again after a minute", False),
        ("both have a green confirmation", False),
    ],
)
def test_recovery_is_a_state_that_is_reached(text: str, well: bool) -> None:
    assert read_event(text).has("recover") is well


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("half an hour clean. resolved", True),
        ("closing. thank you both", True),
        ("closed 34 as duplicates", False),
        ("the door is closed", False),
    ],
)
def test_only_the_incident_is_closed(text: str, closes: bool) -> None:
    assert read_event(text).has("close") is closes


def test_a_page_that_is_read_is_no_page_that_was_sent() -> None:
    assert not read_event("see page 31 of the annex, and the status page").has("alert")
    assert read_event("I have the page, looking").has("alert")


def test_who_is_fetched_is_known_by_name() -> None:
    assert read_event("calling Ivo").contact == "Ivo"
    assert read_event("rang Ronja, she comes").contact == "Ronja"
    assert read_event("calling it a day").contact is None
