"""PRV: does any measure prevent, detect or contain a class of failures that the analysis names?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.documents.placeholders import is_nothing
from pipeline.documents.spans import heading_span
from pipeline.language.measures import is_systemic, rank_of
from pipeline.language.platitudes import is_specific
from pipeline.models.document import Document, Sentence
from pipeline.models.evaluation import Finding
from pipeline.rubric.criteria.ai_type import stated_type
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.factors import is_linked
from pipeline.rubric.means import Means
from pipeline.rubric.passages import opening, said_in
from pipeline.rubric.units import whole_parts

_RANK_WORD = re.compile(r"(?:·|\(|\[|:|—|–)\s*(eliminate|substitute|guard|detect)\b", re.IGNORECASE)
_ACCEPTED = re.compile(r"\baccept(?:ed|s|ing)?\b", re.IGNORECASE)
_OWNED = re.compile(r"\bowners?\b|@\w|\bowned by\b|\b(?:by|with) [A-Z][a-z]+", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|reasons?|since|as the|until|cost|outweigh\w*|review)\b", re.IGNORECASE)


def find_no_prevention(document: Document, means: Means) -> Iterable[Finding]:
    measures = list(_measures(document))
    factors = [document.title, *(s.text for s in _analysis(document))]
    if any(_accepts(s.text) for s in said_in(document, "prevention", "actions", "parked")):
        return
    systemic = [text for text, kind in measures if is_specific(text) and prevents(text, kind)]
    if any(is_linked(text, factors) for text in systemic):
        return
    if systemic:
        message = "no systemic measure addresses a factor that the analysis names"
    elif measures:
        message = "every measure repairs an instance or relies on people: none stops the same kind of failure elsewhere"
    elif said_in(document, "resolution"):
        message = "the document tells how this incident was repaired, and names no measure of prevention"
    else:
        message = "the document names no measure of prevention"
    yield finding(
        document,
        heading_span(document, "prevention", "actions"),
        CRITERION,
        message,
        missing=() if measures else ("prevention",),
        suggestion=CRITERION.advice,
    )


def prevents(text: str, kind: str | None) -> bool:
    """Whether a measure has one of the first four ranks and passes the class test; `kind` is the stated type."""
    rank = rank_of(text)
    if rank == "administrative" or (rank is None and not _RANK_WORD.search(text) and kind != "systemic"):
        return False
    if rank == "detect" and kind == "quick win":
        return False  # an alert for one thing, by its authors' own word
    systemic = is_systemic(text)
    return systemic is True or (systemic is None and (kind == "systemic" or bool(_RANK_WORD.search(text))))


def _measures(document: Document) -> Iterator[tuple[str, str | None]]:
    for sentence in said_in(document, "prevention"):
        text = document.text[sentence.span.start : sentence.span.end]
        if not is_nothing(text):
            yield text, None
    for item in document.items:
        if item.state in ("open", "done"):
            yield item.title, stated_type(item.type or "")


def _analysis(document: Document) -> Sequence[Sentence]:
    """What the document says of causes: under their own heading, and what its summary and lessons add."""
    told = said_in(document, "root cause", "summary", "detection", "went poorly", "lessons")
    return told or opening(document)


def _accepts(text: str) -> bool:
    """An accepted risk counts with its owner and its reason."""
    return bool(_ACCEPTED.search(text) and _OWNED.search(text) and _REASON.search(text))


_QUESTION = Question(
    asks="Is there no measure that would prevent, stop or reveal the same class of failure elsewhere?",
    rule="""Rank each measure: eliminate the hazard, substitute it, guard or isolate by engineering, detect earlier, and
last, administrative (documents, reminders, training, policy, more approvals by hand). One measure is enough that has
one of the first four ranks, would help unaided by anybody's memory if the same kind of problem came up next month in
another place or with other people, and addresses a factor that the analysis names. A one-line default can be that; a
large project need not be.
A defect where every measure repairs this one instance, adds capacity to one place, watches for this one error text,
or relies on people; or where the measures speak of something that the analysis never names. No defect where a risk is
accepted with an owner and a reason. Whether a measure has an owner or a date is not asked here; that it is only
proposed is no defect.""",
    bad="Analysis: the spooler takes jobs without limit. Measures: empty the spool folder; mention it in the guide. Both "
    "leave the class as it is.",
    good="Analysis: the spooler takes jobs without limit. Measure: every spooler refuses jobs above 5,000. It guards the "
    "class.",
    units=whole_parts(("prevention", "actions"), ("root cause", "parked")),
)

_ANALYSIS = "# Importer stalls\n\n## Root cause\n\nThe importer accepts files of any size, and the queue behind it has no limit.\n\n## Action items\n\n"
CRITERION = Criterion(
    id="PRV",
    title="prevention is tactical only",
    unit="document",
    severity="blocking",
    gate="draft",
    rationale=(
        "Repairing the instance is necessary and never enough. At least one measure eliminates, substitutes, guards or detects "
        "earlier, would help unaided by memory when the same kind of problem appears elsewhere, and addresses a factor of the "
        "analysis. An accepted risk with owner and reason is an answer too."
    ),
    bad=(
        _ANALYSIS + "- Restart the stuck importer\n- Add a paragraph to the runbook and remind the team\n",
        _ANALYSIS + "- Increase memory of importer-3\n",
        _ANALYSIS + "- [systemic] Require two approvals for every change to DNS\n",
    ),
    good=(
        _ANALYSIS + "- [systemic] Reject files over 2 GB at the gateway for every importer\n",
        _ANALYSIS + "- Bound every queue of the ingest platform to 50,000 messages by default\n",
    ),
    advice="name one measure that changes a mechanism, default or interface behind a factor of the analysis",
    check=find_no_prevention,
    needs="english",
    question=_QUESTION,
)
