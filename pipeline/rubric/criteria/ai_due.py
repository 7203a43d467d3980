"""AI-DUE: does one calendar date follow from the item and its document?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.models.document import Document, PrintedItem
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.deadlines import AMBIGUOUS, last_day
from pipeline.rubric.items import lacks, said
from pipeline.rubric.means import Means

_OWED = re.compile(
    r"\bdue (?:on |by )?(?=\S*\d)[^|;,)\n]+", re.IGNORECASE
)  # says when it was owed, not when it was done


def find_undated(document: Document, means: Means) -> Iterable[Finding]:
    for item in document.items:
        if item.pointer:
            continue
        if item.state == "open":
            problem = _open_problem(item, document, means.today)
        elif item.state == "done":
            problem = _done_problem(item, document)
        else:
            continue
        if problem:
            yield finding(document, item.place("due"), CRITERION, problem, suggestion=CRITERION.advice)


def _open_problem(item: PrintedItem, document: Document, today: date) -> str | None:
    due = said(item.due)
    if due is None:
        return lacks(item.due, "due date")
    day = last_day(due, document)
    if day is None:
        if AMBIGUOUS.search(due):
            return f"“{due}”: day and month can't be told apart"
        return f"no calendar date follows from “{due}”"
    if (began := _incident_day(document)) and day < began:
        return f"{day.isoformat()} is before the incident ({began.isoformat()})"
    if day < today:
        return f"{day.isoformat()} has passed and the item is still open"
    return None


def _done_problem(item: PrintedItem, document: Document) -> str | None:
    """A finished item says when it was finished, wherever in it that stands."""
    printed = _OWED.sub(" ", document.text[item.span.start : item.span.end])
    if document.machine_made or last_day(printed, document):
        return None
    return "the item is done, but does not say since when"


def _incident_day(document: Document) -> date | None:
    dated = [e.time.date() for e in document.entries if e.time]
    return min(dated) if dated else document.declared_date


CRITERION = Criterion(
    id="AI-DUE",
    title="an item without a date that can be resolved",
    unit="item",
    severity="blocking",
    gate="publish",
    rationale=(
        "A promise without a day cannot be kept or broken. One calendar date, or a last possible one, must follow from the text "
        "and the document; the day on which somebody reads it anchors nothing. A date before the incident, or past while the "
        "item is open, is no date either. What is done says when it was done."
    ),
    bad=(
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira, due: ASAP)\n",
        "## Action items\n\n| Action | Due |\n|---|---|\n| Expire tokens after 90 days | next sprint |\n",
        "## Action items\n\n- Expire tokens after 90 days (due 2019-03-01)\n",
        "## Action items\n\n- Expire tokens after 90 days (due 04/11/2096)\n",
    ),
    good=(
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira, due 2096-03-01)\n",
        "## Action items\n\n| Action | Due |\n|---|---|\n| Expire tokens after 90 days | Q3 2096 |\n",
        "## Action items\n\n- [x] Expired the old tokens (done 2024-06-06)\n",
    ),
    advice="give a calendar date, for example 2026-03-27",
    check=find_undated,
)
