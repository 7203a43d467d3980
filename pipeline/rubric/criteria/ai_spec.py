"""AI-SPEC: is an action item vague?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.vagueness import ItemParts, parts
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.items import open_items
from pipeline.rubric.means import Means
from pipeline.rubric.units import items_to_do


def find_vague(document: Document, means: Means) -> Iterable[Finding]:
    for item in open_items(document):
        read = parts(item.title)
        if not read.complete:
            yield finding(
                document,
                item.title_span,
                CRITERION,
                "The item has " + "; ".join(read.reasons),
                missing=missing(read),
                suggestion=CRITERION.advice,
            )


def missing(read: ItemParts) -> tuple[str, ...]:
    """The parts that an item lacks, by the letters of the guide."""
    return tuple(
        letter
        for letter, there in zip("vod", (read.verb, read.object, read.done_test), strict=True)
        if not there
    )


_QUESTION = Question(
    asks="Is the item too vague for a stranger to do it next month, and to close it without asking anybody?",
    rule="""An item needs three things. v: a verb that changes something one can observe. o: an object that one can point
at. d: an end by which one can tell done from not done: a state, a threshold, a place or an artifact.
Weak verbs (improve, ensure, review, investigate, consider, monitor, communicate, follow up, look into) are a v only
where o and d are both told. An alert, limit, timeout or quota needs its metric, its scope and a number or a named
event; "high" or "most" is none. A guard, a test or an automation needs the behaviour and the place, and no number.
An investigation is fine where the question, the place and what is delivered are named. To consider
something is never enough. A vague head with a precise clause after its colon is fine; so are words that the team
itself knows. A link gives o, not d. A repair says which fault it repairs.""",
    bad="“Tighten up alerting on the label printers.” Nothing tells which alert, on what, or when it is tight: v and d.",
    good="“Page the depot rota when a label printer has printed nothing for 5 minutes during a shift.”",
    units=items_to_do,
    kinds=(("v", "no observable verb"), ("o", "no object"), ("d", "no test by which it is done")),
    lacks=True,
)

CRITERION = Criterion(
    id="AI-SPEC",
    title="an action item that is vague",
    unit="item",
    severity="blocking",
    gate="draft",
    rationale=(
        "“Improve monitoring” is never done, because nobody can say when it is. An item needs a verb that changes something "
        "one could see, an object that somebody could point at, and an end by which a stranger could close the ticket next "
        "month without asking: a state, a threshold, a place or an artifact. Alerts and limits need a number or a named event."
    ),
    bad=(
        "## Action items\n\n- Improve resilience\n",
        "## Action items\n\n- Add an alert for queue latency\n",
        "## Action items\n\n- Consider a second region for the ledger\n",
        "## Action items\n\n- Make the importer more robust\n",
    ),
    good=(
        "## Action items\n\n- Page the ledger rotation when consumer lag on invoices.v1 exceeds 5,000 messages for 10 minutes\n",
        "## Action items\n\n- Reject uploads over 20 MB in the import validator\n",
        "## Action items\n\n- Lower the pool size of the report service from 200 to 60\n",
    ),
    advice="say what changes, in which component, and how one can tell that it is done",
    check=find_vague,
    needs="english",
    question=_QUESTION,
)
