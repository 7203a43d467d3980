"""HND: does a sentence present the outcome as foreseeable or certainly avoidable, without charging anybody?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.spans import span_at
from pipeline.language.blame import charges
from pipeline.language.hindsight import Kind, hindsight
from pipeline.models.document import Document, Part
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means

_LEFT_OUT: frozenset[Part] = frozenset({"lucky", "actions", "needs detail", "parked"})
_INSTEAD: dict[Kind, str] = {
    "obvious": "write what could be seen at the time, where, and by whom",
    "avoidable": "write which condition was there, and which measure is proposed",
    "counterfactual": "say how it is known (a test, a measurement, the mechanism), or write it as a proposal",
    "norm": "write what was there and what was not (“no alert covered …”)",
}


def find_hindsight(document: Document, means: Means) -> Iterable[Finding]:
    for sentence in document.sentences:
        if sentence.block == "heading" or document.sections[sentence.section].part in _LEFT_OUT:
            continue
        found = hindsight(sentence.text, means.people)
        if found and not charges(sentence.text, means.people):
            start = sentence.span.start
            yield finding(
                document,
                span_at(document, start + found[0].start, start + found[0].end),
                CRITERION,
                found[0].reason[:1].upper() + found[0].reason[1:],
                kind=found[0].kind,
                suggestion=_INSTEAD[found[0].kind],
            )


CRITERION = Criterion(
    id="HND",
    title="hindsight told as certainty",
    unit="sentence",
    severity="advisory",
    gate="draft",
    rationale=(
        "Whoever knows the end sees the signs; those who acted did not have them. “Obvious”, “bound to happen”, “should have "
        "been in place” and “would have prevented it” close the question why it was not seen. A guess marked as one, a test, "
        "a mechanism, luck, and what a system was designed to do are fine."
    ),
    bad=(
        "In hindsight the weakness of the importer was obvious.\n",
        "It was only a matter of time before the queue overflowed.\n",
        "A limit on file size would have prevented the stall.\n",
        "There should have been an alert on the lag of the importer.\n",
    ),
    good=(
        "No alert covered the lag of the importer.\n",
        "A limit on file size might have prevented the stall.\n",
        "The alert should have fired at 09:50, but its rule was muted.\n",
        "We were lucky that the queue held for an hour.\n",
    ),
    advice="write what was there and what could be seen at the time, or say how the other outcome is known",
    check=find_hindsight,
    needs="english",
)
