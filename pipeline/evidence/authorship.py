"""Who wrote a whole file, where its head says so: "Lin Zhao, 12 November", "Opened: … by Precious Achieng"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.people import People
from pipeline.models.record import Record

_HEAD = 160  # characters; a longer record is no line about the file
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?: (?:(?!and\b|or\b)[a-z]{2,3} )?[A-ZÀ-Ý][\w’'-]+)*")
_BY = re.compile(
    r"\W*(?:(?:opened|created|reported|filed|submitted|raised|written|authored)\b[^.]*?\bby|authors?|reporter|from|by)\b[\s:]*",
    re.I,
)
# Behind the name that a line begins with: more names and a date, and no word that tells anything.
_NO_MORE = re.compile(r"(?:[\W\d]|\b(?:and|at|on|UTC|GMT)\b|\b[A-ZÀ-Ý][\w’'-]+)*$")


def authors_of(records: Iterable[Record], people: People) -> dict[str, str]:
    """The author of each file that names one; somebody who merely appears in it is not meant."""
    found: dict[str, str] = {}
    for record in records:
        told = record.kind in ("statement", "field") and len(record.text) < _HEAD
        if told and record.source not in found and (author := _author(record.text, people)):
            found[record.source] = author
    return found


def _author(text: str, people: People) -> str | None:
    by = _BY.match(text)
    name = _NAME.match(text, by.end() if by else len(text) - len(text.lstrip(" *_(")))
    if name is None or not (by or _NO_MORE.match(text, name.end())):
        return None
    person = people.find(name.group())
    return person.name if person is not None and person.kind == "person" else None
