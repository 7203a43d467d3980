"""TL-SRC: does the entry lead to its evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.documents.placeholders import is_nothing
from pipeline.language.times import find_times
from pipeline.models.document import Document, Entry
from pipeline.models.evaluation import Finding, Severity
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means
from pipeline.rubric.passages import said_in
from pipeline.rubric.pointers import anchored, leads, names_place, says_same
from pipeline.rubric.units import entries_told

_BRACKETED = re.compile(r"\(([^()\n]{2,120})\)")
_OF_ALL = re.compile(
    r"\b(?:all|every|each|entries|events|messages|times|sources?|timeline|below|following|reconstructed|compiled|taken) ?\b",
    re.IGNORECASE,
)


def find_unsourced(document: Document, means: Means) -> Iterable[Finding]:
    if _serves_all(document):
        return
    # What a person added to a draft has that person as its source until they say more.
    severity: Severity | None = None if document.machine_made and not means.edited else "advisory"
    before = False
    for entry in entries_told(document):
        stated = entry.source if entry.source and not _is_blank(entry.source) else None
        sourced = _leads(document, entry, stated) or (before and says_same(stated or entry.event))
        if not sourced:
            why = f"“{stated}” leads to no evidence" if stated else "the entry names no evidence"
            yield finding(
                document, entry.event_span, CRITERION, why, severity=severity, suggestion=CRITERION.advice
            )  # fmt: skip
        before = sourced


def _is_blank(source: str) -> bool:
    return is_nothing(source) and not says_same(source)


def _leads(document: Document, entry: Entry, stated: str | None) -> bool:
    printed = document.text[entry.span.start : entry.span.end]
    if anchored(printed.replace(entry.time_text, " ", 1) if entry.time_text else printed):
        return True
    if stated and not says_same(stated) and leads(stated):
        return True
    return any(names_place(m[1]) for m in _BRACKETED.finditer(entry.event))


def _serves_all(document: Document) -> bool:
    """Whether a line of the timeline that is no entry names the evidence of them all, by saying so."""
    inside = [(e.span.start, e.span.end) for e in document.entries]
    for sentence in said_in(document, "timeline"):
        at = sentence.span
        if any(s <= at.start < e for s, e in inside):
            continue
        printed = document.text[at.start : at.end]
        if _OF_ALL.search(printed) and (anchored(printed) or names_place(_without_times(printed))):
            return True
    return False


def _without_times(text: str) -> str:
    for mention in reversed(find_times(text)):
        text = text[: mention.start] + text[mention.end :]
    return text


CRITERION = Criterion(
    id="TL-SRC",
    title="a timeline entry without a pointer to its evidence",
    unit="entry",
    severity="blocking",
    gate="draft",
    rationale=(
        "Nobody can check a line that leads nowhere. A link, the id of an alert, a ticket or a run, a commit, a place in a log, "
        "the time of a message or the name of whoever was asked is a pointer; “chat” or “dashboards” is none. One pointer may "
        "serve all entries, if it says so. In text that people wrote this is advice; in a machine's draft it rejects."
    ),
    bad=(
        "## Timeline (4 June 2024, UTC)\n\n- 14:12 Tariq compared the queue graphs (source: chat)\n",
        "## Timeline (4 June 2024, UTC)\n\n| Time | Event | Source |\n|---|---|---|\n| 14:41 | Ines restarted importer-3 | dashboards |\n",
        "## Timeline (4 June 2024, UTC)\n\n- 14:45 the backlog is gone\n",
    ),
    good=(
        "## Timeline (4 June 2024, UTC)\n\n- 14:12 Tariq compared the queue graphs [#import-ops, 14:12]\n",
        "## Timeline (4 June 2024, UTC)\n\n| Time | Event | Source |\n|---|---|---|\n| 14:41 | Ines restarted importer-3 | run 5512 |\n",
        "## Timeline (4 June 2024, UTC)\n\nAll entries are from the transcript of #import-ops.\n\n- 14:45 the backlog is gone\n",
    ),
    advice="add what leads there: the link, the id of the alert, ticket or run, the log and its line, the message and its time",
    check=find_unsourced,
)
