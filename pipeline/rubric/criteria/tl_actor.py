"""TL-ACTOR: does the entry say who or what acted?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means


def find_actorless(document: Document, means: Means) -> Iterable[Finding]:
    for entry in document.entries:
        if entry.actor is None and entry.event:
            yield finding(
                document,
                entry.event_span,
                CRITERION,
                "the entry does not say who or what acted",
                suggestion=CRITERION.advice,
            )


CRITERION = Criterion(
    id="TL-ACTOR",
    title="a timeline entry without an actor",
    unit="entry",
    severity="blocking",
    gate="draft",
    rationale=(
        "“It was decided” hides who could have been asked, and what they saw. A name, a handle, a role, a team or the component "
        "that changed or reported is an actor; a passive without “by” is not."
    ),
    bad=(
        "## Timeline (4 June 2024, UTC)\n\n- 14:20 it was decided to fail over\n",
        "## Timeline (4 June 2024, UTC)\n\n- 14:20 Escalated\n- 14:22 rollback started\n",
        "## Timeline (4 June 2024, UTC)\n\n| Time | Actor | Event |\n|---|---|---|\n| 14:20 | - | customers were informed |\n",
    ),
    good=(
        "## Timeline (4 June 2024, UTC)\n\n- 14:20 incident commander Ines decided to fail over\n",
        "## Timeline (4 June 2024, UTC)\n\n- 14:20 escalated to storage by Tariq\n- 14:22 deploy bot rolled build 77 back\n",
        "## Timeline (4 June 2024, UTC)\n\n| Time | Actor | Event |\n|---|---|---|\n| 14:20 | Alertmanager | paged the rotation |\n",
    ),
    advice="name the person, role, team or component: “the support lead posted the second update”",
    check=find_actorless,
    needs="english",
)
