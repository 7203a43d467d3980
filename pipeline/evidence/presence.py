"""Whom a few records name, are by, or leave no doubt about: by the roster's roles and by who wrote the file."""

from __future__ import annotations

from pipeline.evidence.authorship import authors_of
from pipeline.evidence.facts import in_order
from pipeline.evidence.naming import Known, directory_of
from pipeline.evidence.support import Support
from pipeline.language.people import People
from pipeline.models.case import Case


def present(support: Support, case: Case, people: People) -> frozenset[Known]:
    """Everybody whom a statement about these records may name."""
    directory = directory_of(case)
    wrote = _authors(case, people)
    actors = {name for r in support.records for name in (r.actor, wrote.get(r.source)) if name}
    found = {known for name in actors if (known := directory.who(name))}
    found |= {m.known for text in support.texts for m in directory.mentions(text)}
    found |= {m.known for r in support.records for m in directory.mentions(r.section)}
    found |= {k for role, k in directory.only_bearers.items() if in_order([role], support.words)}
    return frozenset(found)


def _authors(case: Case, people: People) -> dict[str, str]:
    """Who wrote each file, made once: what it says without naming anybody is theirs."""
    cached: dict[str, str] | None = case.__dict__.get("_authors")
    if cached is None:
        cached = authors_of(case.records, people)
        case.__dict__["_authors"] = cached
    return cached
