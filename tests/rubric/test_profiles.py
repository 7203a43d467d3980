"""What a profile softens, leaves out, and never touches."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from pipeline.cli.check import ProfileName as OfferedName
from pipeline.models.evaluation import Finding, Gate, ProfileName
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.engine import check, criteria_ids, default_means, load_criteria
from pipeline.rubric.profile_page import as_profiles_page
from pipeline.rubric.profiles import PROFILES, UNWAIVABLE, Profile

MEANS = default_means(date(2024, 6, 10))
EVERY = pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda p: p.name)


def found(criterion: Criterion, **more: object) -> Finding:
    return Finding.model_validate(
        {
            "criterion": criterion.id,
            "severity": criterion.severity,
            "gate": criterion.gate,
            "message": "m",
            **more,
        }
    )


def severity(profile: Profile, criterion: Criterion, gate: Gate) -> str:
    graded = profile.grade(found(criterion), gate)
    return graded.severity if graded else "off"


def test_the_command_line_offers_every_profile() -> None:
    assert get_args(OfferedName) == get_args(ProfileName) == tuple(PROFILES)


@EVERY
def test_a_profile_names_only_criteria_that_there_are(profile: Profile) -> None:
    assert (profile.blocks or frozenset()) | profile.off <= criteria_ids()
    named = {part for names in profile.reasons for part in names.split(", ")} - {"all", "all others"}
    assert named <= criteria_ids()


@EVERY
def test_a_profile_is_never_stricter_than_the_guide(profile: Profile) -> None:
    gates: tuple[Gate, Gate] = ("draft", "publish")
    for criterion in load_criteria():
        for gate in gates:
            assert severity(profile, criterion, gate) in (criterion.severity, "advisory", "off")


@EVERY
def test_no_profile_removes_what_guards_publication(profile: Profile) -> None:
    guards = [c for c in load_criteria() if c.id in UNWAIVABLE]
    assert [severity(profile, c, "publish") for c in guards] == ["blocking"] * 3
    assert not profile.off & UNWAIVABLE


def test_the_profiles_differ_in_what_is_mandatory() -> None:
    blocking = {
        name: frozenset(c.id for c in load_criteria() if severity(p, c, "publish") == "blocking")
        for name, p in PROFILES.items()
    }
    assert len(set(blocking.values())) == len(PROFILES)
    assert {"AI-OWN", "AI-TRK"} <= blocking["google"]
    assert "AI-DUE" in blocking["pagerduty"] - blocking["google"]
    assert "IMP" in (blocking["google"] & blocking["pagerduty"]) - blocking["etsy"]


def test_pagerduty_may_do_without_a_part_for_detection_and_not_without_impact() -> None:
    profile = PROFILES["pagerduty"]
    parts = next(c for c in load_criteria() if c.id == "DOC-SEC")
    graded = [profile.grade(found(parts, missing=[part]), "publish") for part in ("detection", "impact")]
    assert [g.severity for g in graded if g] == ["advisory", "blocking"]


def test_what_a_profile_does_not_look_at_is_neither_found_nor_unscored() -> None:
    text = "## Action items\n\n- Reject files over 2 GB at the gateway for every importer (owner: Ines Caldeira)\n"
    told = check(text, profile="google", gate="publish", means=MEANS)
    named = {f.criterion for f in told.findings} | {u.criterion for u in told.unscored}
    assert "AI-TRK" in named
    assert named.isdisjoint({"AI-DUE", "AI-TYPE"})


def test_the_page_of_the_profiles_is_the_one_that_the_profiles_make() -> None:
    page = Path(__file__).parents[2] / "docs" / "check" / "profiles.md"
    assert page.read_text("utf-8") == as_profiles_page(load_criteria()), (
        "run: postmortem explain --profiles --markdown > docs/check/profiles.md"
    )
