"""TL-EVENT: does the entry tell something that could be observed?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.documents.cast import known_words, member_opening
from pipeline.documents.placeholders import is_nothing
from pipeline.language.happenings import is_eventless
from pipeline.models.document import Document, Entry
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means
from pipeline.rubric.pointers import names_place
from pipeline.rubric.units import entries_told

_FEW = 4  # words that stand for nothing; more of them say something ("Check the backups by hand")
_POINTER = re.compile(r"\s*(?:\[(?P<square>[^\[\]\n]*)\]|\((?P<round>[^()\n]*)\))[.\s]*$")
_DEEPER = re.compile(r"[^\n]*\n(?:[ \t]*\n)*(?P<indent>[ \t]*)(?P<mark>[-*+`~]|\d+[.)])")


def find_eventless(document: Document, means: Means) -> Iterable[Finding]:
    for entry in entries_told(document):
        problem = objection(document, entry)
        if problem:
            yield finding(document, entry.event_span, CRITERION, problem, suggestion=CRITERION.advice)


def objection(document: Document, entry: Entry) -> str | None:
    """Why the entry tells no event; None where it tells one."""
    printed = document.text[entry.event_span.start : entry.event_span.end]
    if not entry.event.strip():
        # What a list item holds beside prose, as a code block, can be the event itself.
        row = document.text[entry.span.start : entry.span.end].lstrip().startswith("|")
        return "the entry says when, and not what" if row else None
    if is_nothing(entry.event) and len(entry.event.split()) <= _FEW:
        return f"“{printed.strip()}” stands in the place of an event"
    told, actor = _without_pointer(entry), entry.actor
    if actor and told.startswith(actor) and member_opening(actor, known_words(document.cast)):
        told, actor = (
            told[len(actor) :],
            None,
        )  # somebody whom the document names, whatever the name is elsewhere
    if is_eventless(told, actor) and not _has_details(document, entry):
        return "the entry tells that people were at work or how it felt, and nothing that could be observed"
    return None


def _without_pointer(entry: Entry) -> str:
    """The event without the brackets at its end that lead to its evidence: what they name did not happen."""
    told = entry.event
    while (match := _POINTER.search(told)) and (match["round"] is None or names_place(match["round"])):
        told = told[: match.start()]
    return told


def _has_details(document: Document, entry: Entry) -> bool:
    """Whether a list or code that is nested in the entry tells what it does not say itself."""
    own = len(document.text[entry.span.start - entry.span.column + 1 : entry.span.start]) - 2
    below = _DEEPER.match(document.text, entry.span.end)
    if below is None:
        return False
    at = below.start("mark")
    return (
        bool(below)
        and len(below["indent"]) > max(own, 0)
        and all(e.span.start != at for e in document.entries)
    )


CRITERION = Criterion(
    id="TL-EVENT",
    title="a timeline entry without an observable event",
    unit="entry",
    severity="blocking",
    gate="draft",
    rationale=(
        "A reader learns from what was seen, tried, found and decided. “Still looking” has no place in a log, a graph or a "
        "message; what was looked at, and what it showed, has. An attempt that failed is an event, and so is a suspicion that "
        "says what was suspected."
    ),
    bad=(
        "## Timeline (4 June 2024, UTC)\n\n- 14:12 Tariq: looking into it\n",
        "## Timeline (4 June 2024, UTC)\n\n- 14:30 the situation got worse\n- 14:41 various measures by the ingest team\n",
        "## Timeline (4 June 2024, UTC)\n\n| Time | Actor | Event |\n|---|---|---|\n| 14:20 | Ines | working on the problem |\n",
    ),
    good=(
        "## Timeline (4 June 2024, UTC)\n\n- 14:12 Tariq compared the queue graphs of importer-2 and importer-3\n",
        "## Timeline (4 June 2024, UTC)\n\n- 14:30 the backlog doubled to 22,000 rows\n- 14:41 Ines restarted importer-3 without effect\n",
        "## Timeline (4 June 2024, UTC)\n\n- 14:45 Ines suspected the lock of the nightly export\n",
    ),
    advice="say what was seen, tried, found or decided: “Tariq compared the graphs of importer-2 and importer-3”",
    check=find_eventless,
    needs="english",
)
