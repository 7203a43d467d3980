"""AI-BND: does the work of an item end?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.boundedness import endless
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.items import open_items
from pipeline.rubric.means import Means


def find_unbounded(document: Document, means: Means) -> Iterable[Finding]:
    for item in open_items(document):
        if reason := endless(item.title):
            yield finding(document, item.title_span, CRITERION, reason, suggestion=CRITERION.advice)


CRITERION = Criterion(
    id="AI-BND",
    title="an item without an end",
    unit="item",
    severity="advisory",
    gate="draft",
    rationale=(
        "What has no end cannot be finished, and stays open until nobody looks at it any more. An item ends where one can count "
        "its places or name the state at which it stops: a list, a number, a query, a date. Work that repeats is bounded where "
        "the item sets up the repetition, and so is a rule that a machine keeps from then on."
    ),
    bad=(
        "## Action items\n\n- Keep the berth plans up to date\n",
        "## Action items\n\n- Rewrite all importers\n",
        "## Action items\n\n| Action | Owner |\n|---|---|\n| Regularly compare invoices with deliveries | Ines Caldeira |\n",
        "## Action items\n\n- Remove unused roles, old keys, etc.\n",
    ),
    good=(
        "## Action items\n\n- Rewrite the three importers that read files over 2 GB\n",
        "## Action items\n\n- Schedule a monthly comparison of invoices with deliveries\n",
        "## Action items\n\n- Reject all files over 2 GB at the gateway\n",
        "## Action items\n\n- Keep 30 days of importer logs\n- Rewrite all importers that still call the old parser\n",
    ),
    advice="say how many, which ones or until when: “the 14 jobs in the attached list”; or set up what repeats it",
    check=find_unbounded,
    needs="english",
)
