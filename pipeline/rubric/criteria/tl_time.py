"""TL-TIME: does the entry have a date, a time to the minute and a zone?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models.document import Document, Entry
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means


def find_untimed(document: Document, means: Means) -> Iterable[Finding]:
    for entry in document.entries:
        missing = missing_parts(entry)
        if missing:
            words = " and no ".join(missing)
            yield finding(
                document,
                entry.span,
                CRITERION,
                f"the entry has no {words}" + (f" (it says “{entry.time_text}”)" if entry.time_text else ""),
                missing=missing,
                suggestion=CRITERION.advice,
            )


def missing_parts(entry: Entry) -> tuple[str, ...]:
    if entry.time is not None:
        return ()
    parts = (("date", entry.has_date), ("time to the minute", entry.has_clock), ("zone", entry.has_zone))
    return tuple(name for name, there in parts if not there)


CRITERION = Criterion(
    id="TL-TIME",
    title="a timeline entry without an exact time and zone",
    unit="entry",
    severity="blocking",
    gate="draft",
    rationale=(
        "Order and durations are what a timeline teaches; “shortly after” has neither. Date and zone may be declared once. An "
        "estimate is fine if it is marked, and so is an unknown time that says why and gives bounds."
    ),
    bad=(
        "## Timeline\n\n- Around lunch: the importer starts to fail\n- Shortly after: Ines restarts it\n",
        "# Importer stalls\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| 14:05 | the importer stops |\n",
        "## Timeline (all times UTC)\n\n- 2024-06-04: deploy bot finished build 77\n",
    ),
    good=(
        "## Timeline (4 June 2024, all times CEST)\n\n- 14:05 the importer stops\n- ~14:20 Ines restarts it\n",
        "## Timeline\n\n| Time | Event |\n|---|---|\n| 2024-06-04T12:05:31Z | deploy bot finished build 77 |\n",
        "## Timeline\n\nT0 = 2024-06-04 13:58 UTC\n\n- T+20 min: Ines restarts the importer\n",
    ),
    advice="give date, hour, minute and zone, or declare date and zone once above the timeline; mark an estimate with ~",
    check=find_untimed,
)
