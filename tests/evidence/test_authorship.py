"""The author of a file is who its head names as such, not somebody who appears in it."""

import pytest

from pipeline.evidence.authorship import authors_of
from pipeline.language.people import People
from pipeline.models.incident import Person
from pipeline.models.record import Record

PEOPLE = People.from_roster((Person(name="Noor Haddad"), Person(name="Elio Conti")), ())


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Elio Conti and Noor Haddad, 12 November 2030.", "Elio Conti"),
        ("Opened: 2030-05-02 08:02 UTC by Noor Haddad", "Noor Haddad"),
        ("Author: Noor Haddad", "Noor Haddad"),
        ("IC Faith, ops Elio Conti, comms Noor Haddad. Scribe: none.", None),
        ("Noor Haddad restarted the importer at 09:14.", None),
        ("Closed 2030-05-02 12:00 UTC by Elio Conti", None),
        ("comment 3, Noor Haddad, 2030-05-02 09:20", None),
    ],
)
def test_only_a_line_about_the_file_says_who_wrote_it(text: str, author: str | None) -> None:
    record = Record(id="E1", source="a.md", locator="line 1", kind="statement", text=text)
    assert authors_of((record,), PEOPLE).get("a.md") == author
