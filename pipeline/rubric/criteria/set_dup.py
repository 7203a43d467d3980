"""SET-DUP: do two items ask for the same work?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.duplicates import same_items
from pipeline.rubric.means import Means


def find_duplicates(document: Document, means: Means) -> Iterable[Finding]:
    told: set[int] = set()
    for first, second in same_items(document):
        if second.span.start in told:
            continue  # of three alike the third repeats the first, and that is enough
        told.add(second.span.start)
        yield finding(
            document,
            second.title_span,
            CRITERION,
            f"to close this is to close “{first.title}” (line {first.title_span.line}), or one holds the other",
            suggestion=CRITERION.advice,
        )


CRITERION = Criterion(
    id="SET-DUP",
    title="two items that ask for the same work",
    unit="list",
    severity="advisory",
    gate="draft",
    rationale=(
        "Work that stands twice in a list makes it look longer, gets two owners, and is half done when one of them closes. Two "
        "items are one where closing either closes the other, or where one holds the other; the same change in two places is "
        "two, and so are detecting and preventing the same fault."
    ),
    bad=(
        "## Action items\n\n- Alert when importer lag exceeds 5,000 files\n- Page on importer lag above 5k files\n",
        "## Action items\n\n- Delete the feature flag old_login\n- Expire tokens after 90 days\n- Remove the old_login feature flag\n",
        "## Action items\n\n- Add a canary to the importer\n- Add canaries to all ingest services (importer, indexer)\n",
    ),
    good=(
        "## Action items\n\n- Alert when importer lag exceeds 5,000 files\n- Reject files over 2 GB in the importer\n",
        "## Action items\n\n- Add a canary to the importer\n- Add a canary to the indexer\n",
        "## Action items\n\n- Document the restore of the ledger\n- Rehearse the restore of the ledger in staging\n",
    ),
    advice="merge the two, or say in which place or by which end they differ",
    check=find_duplicates,
    needs="english",
)
