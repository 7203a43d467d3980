"""Items that act on people instead of on what they work with."""

from __future__ import annotations

import pytest

from pipeline.language.exhortation import acts_on_people
from pipeline.language.people import People

PEOPLE = People()


@pytest.mark.parametrize(
    "title",
    [
        "Retrain Gus on the gate procedure",
        "Remind all operators to read the gauge",
        "Talk to the shift lead about response times",
        "Remove Gus's access to the gate console",
        "Operators must be more careful near the sluice",
        "Always double-check the gate number",
        "Mention the incident in his performance review",
        "Make sure operators follow the checklist",
        "Raise awareness of the flood plan among engineers",
    ],
)
def test_success_depends_on_people_here(title: str) -> None:
    assert acts_on_people(title, PEOPLE) is not None


@pytest.mark.parametrize(
    "title",
    [
        "Ask for the gate number before a close command",
        "Run a flood drill with the whole rotation and record the time",
        "Add the gate console to on-call onboarding",
        "Replace personal keys by the dyke role in the gate console",
        "Page the second operator after 5 minutes without acknowledgement",
        "Notify customers when a gate stays shut for an hour",
        "Gus should publish the flood plan by Friday",
        "Revoke the leaked token",
    ],
)
def test_these_change_the_work_and_not_the_workers(title: str) -> None:
    assert acts_on_people(title, PEOPLE) is None
