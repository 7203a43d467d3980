"""Who or what a noun phrase stands for."""

from __future__ import annotations

import pytest

from pipeline.language.people import People
from pipeline.models.incident import Person, Service

NOBODY_KNOWN = People()
KNOWN = People.from_roster(
    [
        Person(name="Grace Adeyemi", handles=("@grace", "gadeyemi"), team="Ledger Squad"),
        Person(name="Kestrel", kind="system"),
    ],
    [Service(name="tide-gate")],
)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the on-call engineer", "role"),
        ("one of the reviewers", "role"),
        ("the dairy team", "team"),
        ("we", "team"),
        ("Ingrid", "person"),
        ("@ingrid", "person"),
        ("@deploybot", "system"),
        ("Ingrid's change", "system"),
        ("the Kubernetes operator", "system"),
        ("the load balancer", "system"),
        ("the coding agent", "system"),
        ("the vendor", "organisation"),
        ("the vendor's API", "system"),
        ("Kafka", "system"),
        ("the contact list", "unknown"),
        ("nobody", "person"),
    ],
)
def test_a_phrase_says_what_it_stands_for_without_any_roster(phrase: str, kind: str) -> None:
    assert NOBODY_KNOWN.kind_of(phrase) == kind


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("tide-gate", "system"),
        ("Ledger Squad", "team"),
        ("gadeyemi", "person"),
        ("Grace", "person"),
        ("Kestrel", "system"),
        ("the grace period", "unknown"),
    ],
)
def test_the_roster_and_the_services_decide_first(phrase: str, kind: str) -> None:
    assert KNOWN.kind_of(phrase) == kind


def test_a_person_is_found_by_name_handle_and_first_name() -> None:
    assert {KNOWN.find(n) for n in ("grace adeyemi", "@grace", "gadeyemi", "Grace")} == {
        KNOWN.find("Grace Adeyemi")
    }
    assert KNOWN.find("Ingrid") is None
