"""AI-PUN: does an action item punish, retrain or exhort people?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.spans import span_at
from pipeline.language.exhortation import acts_on_people
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.means import Means
from pipeline.rubric.units import items_not_parked


def find_pressure(document: Document, means: Means) -> Iterable[Finding]:
    for item in document.items:
        if item.state not in ("open", "done"):
            continue
        pressure = acts_on_people(item.title, means.people)
        if pressure is None:
            continue
        at = document.text.find(item.title[pressure.start : pressure.end], item.title_span.start)
        inside = item.title_span.start <= at < item.title_span.end
        span = span_at(document, at, at + pressure.end - pressure.start) if inside else item.title_span
        yield finding(
            document,
            span,
            CRITERION,
            pressure.reason[:1].upper() + pressure.reason[1:],
            suggestion=CRITERION.advice,
        )


_QUESTION = Question(
    asks="Does the item act on people instead of on the system?",
    rule="""A defect: a sanction; retraining, coaching or a talking-to for those who took part; a reminder or an appeal to
be careful, to double-check, to follow the process; pressure, such as a record kept of who erred; anything whose
success depends on somebody paying more attention, or that singles out those who were involved.
No defect: drills, onboarding and skills for a whole role; a permission that changes for a role, not for a person as
a consequence; a step that a tool demands of everybody; paging one more person; documenting a procedure.""",
    bad="“Have the night shift re-read the failover guide and sign it.” Retraining of those who took part.",
    good="“Rehearse the failover with each shift once a quarter, and record the time it takes.” A drill for a role.",
    units=items_not_parked,
)

CRITERION = Criterion(
    id="AI-PUN",
    title="an action item that punishes, retrains or exhorts people",
    unit="item",
    severity="blocking",
    gate="draft",
    rationale=(
        "An item whose success depends on somebody being more careful changes nothing that caused the incident, and an item "
        "that singles out those who took part is blame in the form of a remedy. Drills, onboarding and capability for a role "
        "are welcome; so is a permission that changes for a role."
    ),
    bad=(
        "## Action items\n\n- Retrain Ilse on the restore procedure\n",
        "## Action items\n\n- Remind all engineers to check the region before a deploy\n",
        "## Action items\n\n- Operators must be more careful with bulk deletes\n",
        "## Action items\n\n- Remove Nadim's access to the ledger\n",
    ),
    good=(
        "## Action items\n\n- Ask for the bucket name before a bulk delete in the admin tool\n",
        "## Action items\n\n- Rehearse the restore of the ledger with the whole rotation and record the time\n",
        "## Action items\n\n- Replace personal write tokens by the deploy role in prod-eu\n",
    ),
    advice="change the tool, the default or the process so that nobody has to remember",
    check=find_pressure,
    needs="english",
    question=_QUESTION,
)
