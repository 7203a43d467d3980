"""DOC-REV: does the document record who reviewed it, when, and with which outcome?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.spans import heading_span, span_at
from pipeline.models.document import Document, Span
from pipeline.models.evaluation import Finding
from pipeline.rendering.layout import STATUS_LABELS
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means
from pipeline.rubric.reviews import review_records


def find_no_review(document: Document, means: Means) -> Iterable[Finding]:
    label = _not_reviewed(document)
    records = () if label else review_records(document)
    if any(not record.lacking for record in records):
        return
    span = heading_span(document, "review")
    lacking: tuple[str, ...] = ("who reviewed", "when", "outcome")
    if label:
        span, lacking, message = label, (), "the document says itself that it is not reviewed"
    elif records:
        best = min(records, key=lambda record: len(record.lacking))
        span, lacking = best.span, best.lacking
        message = f"the record of the review does not say: {', '.join(lacking)}"
    else:
        message = "the document records no review"
    yield finding(document, span, CRITERION, message, missing=lacking, suggestion=CRITERION.advice)


def _not_reviewed(document: Document) -> Span | None:
    """Where a draft of this program says so in its first lines, whatever else stands in it."""
    for words in sorted({w for w in STATUS_LABELS.values() if "Not reviewed" in w}):
        at = document.text.find(words) if document.machine_made else -1
        if at >= 0:
            return span_at(document, at, at + len(words))
    return None


_REPORT = "# Importer stalls\n\n## Summary\n\nImports stood still for 65 minutes.\n\n"
CRITERION = Criterion(
    id="DOC-REV",
    title="no recorded review",
    unit="document",
    severity="blocking",
    gate="publish",
    rationale=(
        "Whoever wrote a postmortem reads what they meant. Somebody else with a stake in it has to have read what is there, and "
        "the document says who, on which day, and what came of it. A plan, a tool's check or “reviewed by the team” is no review. "
        "A draft is not reviewed and says so: this holds when it is released."
    ),
    bad=(
        _REPORT + "Reviewed by the team.\n",
        _REPORT + "## Review\n\nPlanned for 12 June 2024 with Ines Caldeira.\n",
        "# Importer stalls\n\nStatus: final\n\n## Summary\n\nImports stood still for 65 minutes.\n",
        "# Importer stalls\n\n**Draft. Not reviewed.** Times in UTC.\n\n## Summary\n\nImports stood still for 65 minutes.\n",
    ),
    good=(
        _REPORT + "Reviewed on 12 June 2024 by Ines Caldeira (ledger) and the support lead; approved.\n",
        _REPORT
        + "## Sign-off\n\n| Who | Date | Outcome |\n|---|---|---|\n| Ines Caldeira, ledger | 2024-06-12 | approved |\n",
        "# Importer stalls\n\nAuthor: Tariq Aziz\nReviewer: Ines Caldeira\nReviewed on: 2024-06-12\nStatus: accepted\n\n"
        "## Summary\n\nImports stood still for 65 minutes.\n",
    ),
    advice="write who reviewed it, on which day, and with which outcome: “Reviewed on 2026-03-27 by the support lead; approved”",
    check=find_no_review,
    needs="english",
)
