"""RCA: does the analysis go beyond the trigger and the person, to a condition that let the one become the incident?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.documents.spans import heading_span
from pipeline.language.conditions import standing
from pipeline.language.platitudes import names_something
from pipeline.language.polarity import is_hedged
from pipeline.models.document import Document, Part, Sentence
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.means import Means
from pipeline.rubric.passages import headed, said_in, said_outside
from pipeline.rubric.units import whole_parts

# What is planned, computed or merely listed is no analysis.
_NO_ANALYSIS: tuple[Part, ...] = (
    "timeline", "actions", "prevention", "needs detail", "parked", "latencies", "conflicts", "inputs", "review",
    "impact", "questions",
)  # fmt: skip
_OPEN = re.compile(r"\b(?:hypothes[ei]s|explanations?|theor(?:y|ies)|suspects?|candidates?)\b", re.IGNORECASE)
_DATED = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)


def find_shallow(document: Document, means: Means) -> Iterable[Finding]:
    told = analysis(document)
    if any(names_something(s.text) and standing(s.text, means.people) for s in told) or _is_open(
        document, told
    ):
        return
    yield finding(
        document,
        heading_span(document, "root cause"),
        CRITERION,
        "the analysis names no cause (level 0)"
        if not told
        else "the analysis stops at what happened or who did it (level 1): it names no condition that was there before",
        suggestion=CRITERION.advice,
    )


def analysis(document: Document) -> Sequence[Sentence]:
    """What stands under the cause's own heading; without one, all that is told and not planned."""
    if headed(document, "root cause"):
        return said_in(document, "root cause")
    return tuple(said_outside(document, *_NO_ANALYSIS))


def _is_open(document: Document, told: Sequence[Sentence]) -> bool:
    """Whether the cause is still looked for, with the ideas named and the day when more will be known."""
    printed = [document.text[s.span.start : s.span.end] for s in told]
    return any(_DATED.search(t) for t in printed) and any(_OPEN.search(t) or is_hedged(t) for t in printed)


_QUESTION = Question(
    asks="Does the analysis stop at the trigger or at a person?",
    rule="""List the factors that the analysis names. Strike the trigger itself, what one person did, did not know or was
not trained in, and every restatement of the symptom ("it was down because the server was down"). A defect where nothing
is left: no property of a system, tool, process, display, alarm, rota or organisation that was there before and let the
trigger become the incident. One such condition is enough. It may stand in a list of factors or in a sentence about the
trigger. Whether it is called root cause is not asked; whether it is proven neither. No defect where the cause is still
looked for and the open explanations are named with the day when more will be known.""",
    bad="“The feeder jammed because Ann loaded the wrong reel.” A trigger and a person.",
    good="“Ann loaded the wrong reel; the feeder takes any width and shows none.” The feeder was like that before.",
    units=whole_parts(("root cause",), ("summary",)),
)

CRITERION = Criterion(
    id="RCA",
    title="the analysis stops at the trigger or at a person",
    unit="document",
    severity="blocking",
    gate="draft",
    rationale=(
        "A trigger comes back in another shape and a person is replaced by the next; what can be changed is the condition "
        "that let the one become an incident: a default, a missing limit, a display, an alarm, a rota. The trigger, a person "
        "and the symptom in other words are struck; one condition must be left (level 2). Several of different kinds are "
        "level 3. A cause that is still looked for is fine if the explanations and a day are named."
    ),
    bad=(
        "## Root cause\n\nA bad release of the importer.\n",
        "## Root cause\n\nTariq restarted the wrong importer.\n",
        "## Root cause\n\nThe importer crashed because its host crashed.\n",
        "## Root cause\n\nLack of training of the night shift.\n",
    ),
    good=(
        "## Root cause\n\nBuild 77 accepts files of any size, and the queue behind the importer has no limit.\n",
        "## Root cause\n\nTariq restarted importer A instead of B. Both bear the same name in the console.\n",
        "## Contributing factors\n\n- The lag alert was never moved to the new queue\n- Imports of all tenants share one worker\n",
        "## Root cause\n\nTwo explanations are open, a slow disk and a full queue; Ines reports on 2024-06-11.\n",
    ),
    advice="name a property of a system, tool, process or alarm that was there before and let the trigger become the incident",
    check=find_shallow,
    needs="english",
    question=_QUESTION,
)
