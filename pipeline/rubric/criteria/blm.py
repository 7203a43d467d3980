"""BLM: does a sentence blame people?"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.spans import span_at
from pipeline.language.blame import Charge, Kind, charges
from pipeline.models.document import Document, Sentence
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.means import Means
from pipeline.rubric.units import told_sentences

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
            among=len(document.sentences),
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


_QUESTION = Question(
    asks="Does the sentence charge people with something?",
    rule="""A defect needs both a target and a charge.
Target: a person by name, handle, role or pronoun; "we" or "I"; a team, department or leadership; a vendor or
customers as people; or nobody named, where only people can carry the words ("carelessness"). No target: systems,
services, tools, tests, alerts, processes, documents, bots and AI agents, an attacker, and an organisation whose
service did something technical.
Strong charge, always a defect: a norm held against what they did (should have, ought to, was supposed to, could have
when no condition follows); a word for breach (failed to, neglected, ignored, refused, violated, did not bother; in
the passive only if what was ignored speaks to people, like a warning); a trait, a motive, or a status given as the
reason ("because a junior did it"); fault, culprit, to blame, responsible for the outage, had been warned; a person,
or a person's error, mistake or oversight, as the cause; a sanction, retraining, an appeal to be more careful;
ridicule, sarcasm, praise that works by shaming somebody else.
Weak charge: an omitted duty (did not check, without review), forgot, missed, overlooked, skipped, wrongly, misread.
It is a defect where people are the actors, unless the sentence, or a neighbour tied to it by a word like "because",
tells the condition that made it normal, invisible or likely: information, tools, process, load, design.
No defect: what people knew, saw, were told or assumed ("did not see", "was not paged"); a delay ("did not answer
until"); a decision told neutrally; somebody named as having acted; a change with its author ("change 4, by Ann");
"accidentally" alone; a denial of blame, or wording quoted to avoid it; an open question; a plan or a rule for all;
a design that makes errors likely; "should have" of a machine; a step left out with nobody in it ("was merged
without review"). Words that the document quotes count as its own.""",
    bad="“Once more it was the rota lead who pressed the button.” It builds a case against one person.",
    good="“The rota lead pressed the button at 10:02; both buttons bear the same label.” Who acted, and the condition.",
    units=told_sentences,
    kinds=(
        ("punitive", "sanction, retraining, appeal to be careful"),
        ("shaming", "ridicule, sarcasm, a quoted jibe, praise that shames"),
        ("character", "trait, competence, motive, or status as the reason"),
        ("human-error", "somebody's error, mistake, oversight or lapse as the cause"),
        ("counterfactual", "what they should or could have done"),
        ("fault", "any other charge"),
    ),
)

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
    question=_QUESTION,
)
