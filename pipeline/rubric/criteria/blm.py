"""BLM: does a sentence blame people?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.spans import span_at
from pipeline.language.blame import Charge, Kind, charges
from pipeline.models.document import Document, Sentence
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.means import Means

_INSTEAD: dict[Kind, str] = {
    "punitive": "leave the sanction out; write which mechanism will change, so that nobody has to be more careful",
    "shaming": "tell what was done and seen, without the remark",
    "character": "leave the judgement of the person out; write what they knew, saw and were asked to do at the time",
    "human-error": "write which act it was and what made it likely: the tool, the display, the procedure",
    "counterfactual": "write what was done, and what information or tool was missing for doing otherwise",
    "fault": "write what was done or not seen, and the condition that made it normal, invisible or likely",
}


def find_blame(document: Document, means: Means) -> Iterable[Finding]:
    for sentence in document.sentences:
        found = charges(
            sentence.text,
            means.people,
            context_before=_neighbour(document, sentence.before),
            context_after=_following(document, sentence),
        )
        if found:
            yield _finding(document, sentence, found[0])


def _finding(document: Document, sentence: Sentence, charge: Charge) -> Finding:
    start = sentence.span.start
    return finding(
        document,
        span_at(document, start + charge.start, start + charge.end),
        CRITERION,
        charge.reason[:1].upper() + charge.reason[1:],
        kind=charge.kind,
        target=charge.target,
        suggestion=_INSTEAD[charge.kind],
    )


def _neighbour(document: Document, index: int | None) -> str:
    return document.sentences[index].text if index is not None else ""


def _following(document: Document, sentence: Sentence) -> str:
    """The next sentence; after a question also its answer, which is what ties a chain of whys together."""
    if sentence.after is None:
        return ""
    following = document.sentences[sentence.after]
    if following.text.rstrip().endswith("?") and following.after is not None:
        return f"{following.text} {document.sentences[following.after].text}"
    return following.text


CRITERION = Criterion(
    id="BLM",
    title="a sentence that blames people",
    unit="sentence",
    severity="blocking",
    gate="draft",
    rationale=(
        "A sentence that charges somebody ends the search for causes, and teaches everybody to tell less next time. What "
        "was done, by whom and when belongs into the record; a charge does not. A person or group is charged where the "
        "words hold a norm against them, call what they did a breach, judge their character, give them the fault, name "
        "them or their error as the cause, punish or exhort them, or mock them. An omission or a slip is no charge where "
        "the sentence says what made it normal, invisible or likely."
    ),
    bad=(
        "Ilse should have drained the node before the upgrade.\n",
        "The network team failed to announce the maintenance.\n",
        "The ledger stalled because of operator error.\n",
        "Going forward, all operators must be more vigilant.\n",
        "Nadim did not test the restore.\n",
        "A more seasoned engineer would have seen it.\n",
    ),
    good=(
        "Ilse upgraded the node at 10:12; the checklist does not mention draining.\n",
        "The health probe failed to notice the full disk.\n",
        "Nadim did not test the restore because the staging cluster had no backups.\n",
        "Nobody is to blame for the stall.\n",
        "The alert should have fired at 09:50, but its rule was muted.\n",
        "The parser ignores unknown fields.\n",
    ),
    advice="write what happened and what made it likely, not who was wrong",
    check=find_blame,
    needs="english",
)
