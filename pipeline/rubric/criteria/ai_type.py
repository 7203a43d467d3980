"""AI-TYPE: does the item say whether it is a quick win or systemic, and is that so?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.measures import is_large, is_systemic, rank_of
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.items import lacks, open_items, said
from pipeline.rubric.means import Means

_QUICK = re.compile(r"\b(?:quick[\s-]?(?:wins?|fix(?:es)?)|tactical|short[\s-]?term|qw)\b", re.IGNORECASE)
_SYSTEMIC = re.compile(r"\b(?:systemic|systematic|structural|strategic|long[\s-]?term)\b", re.IGNORECASE)


def find_untyped(document: Document, means: Means) -> Iterable[Finding]:
    for item in open_items(document):
        stated = said(item.type)
        kind = stated_type(stated) if stated else None
        if kind is None:
            problem = (
                lacks(item.type, "type")
                if stated is None
                else f"“{stated}” does not say quick win or systemic"
            )
            yield finding(document, item.place("type"), CRITERION, problem, suggestion=CRITERION.advice)
        elif dispute := disputed(item.title, kind):
            yield finding(document, item.place("type"), CRITERION, dispute, severity="advisory")


def stated_type(text: str) -> str | None:
    """ "quick win", "systemic", or None where the words say neither or both."""
    quick, systemic = bool(_QUICK.search(text)), bool(_SYSTEMIC.search(text))
    if quick == systemic:
        return None
    return "quick win" if quick else "systemic"


def disputed(title: str, kind: str) -> str | None:
    """Why the content contradicts the stated type; None where it does not, or nobody can say."""
    systemic = is_systemic(title)
    if kind == "systemic" and systemic is False:
        what = "paper or words" if rank_of(title) == "administrative" else "one instance"
        return f"called systemic, but it changes {what}: the same kind of problem could appear elsewhere next month"
    if kind == "quick win" and is_large(title):
        return "called a quick win, but by its own words it is more than one team's ten days"
    return None


CRITERION = Criterion(
    id="AI-TYPE",
    title="an item that is neither called quick win nor systemic",
    unit="item",
    severity="blocking",
    gate="draft",
    rationale=(
        "Quick wins feel like progress and leave the mechanism as it is. Saying which items are systemic shows whether any "
        "are. Systemic: a mechanism, default, interface or process changes so that a class of failures is prevented, detected "
        "or contained without anyone remembering anything. A type that its content contradicts is advised on, not blocked."
    ),
    bad=(
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira, P2)\n",
        "## Action items\n\n- [systemic] Restart the stuck importer\n",
        "## Action items\n\n| Action | Type |\n|---|---|\n| Redesign the permission model of all ledgers over two quarters | quick win |\n",
    ),
    good=(
        "## Action items\n\n- [systemic] Reject tokens older than 90 days in the shared login library\n",
        "## Action items\n\n| Action | Type |\n|---|---|\n| Delete the stale feature flag old_login | quick win |\n",
        "## Action items\n\n### Quick wins\n\n- Raise the disk threshold of db-3 to 80%\n",
    ),
    advice="write “quick win” or “systemic”",
    check=find_untyped,
    needs="english",
)
