"""Where in a document the words stand that a judge named."""

from __future__ import annotations

import re

from pipeline.documents.spans import span_at
from pipeline.models.document import Document, Span
from pipeline.rubric.criterion import JudgedUnit

_WORD = re.compile(r"\w+")


def place_of(document: Document, unit: JudgedUnit, words: str) -> Span:
    """The span of those words within the unit; the unit's own where it does not hold them.

    Compared word by word: what stands between words (marks, emphasis, escapes, other quotation marks, a line's
    end) was not shown to the judge, or not in that way.
    """
    wanted = [w.casefold() for w in _WORD.findall(words)]
    for place in unit.places if wanted else ():
        found = list(_WORD.finditer(document.text, place.start, place.end))
        there = [m.group().casefold() for m in found]
        for at in range(len(there) - len(wanted) + 1):
            if there[at : at + len(wanted)] == wanted:
                return span_at(document, found[at].start(), found[at + len(wanted) - 1].end())
    return unit.span
