"""LRN: does the document teach something, or does it only say that it is complete?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.documents.placeholders import is_instruction, is_nothing, is_template
from pipeline.documents.spans import heading_span
from pipeline.language.platitudes import is_errand, is_put_off, is_specific, only_asserts_existence
from pipeline.models.document import Document, Part, Section, Sentence
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.means import Means
from pipeline.rubric.passages import below, has_body, headed, said_in
from pipeline.rubric.units import whole_parts

_TAUGHT: tuple[Part, ...] = ("lessons", "went well", "went poorly", "lucky")
# Where "describe how" is somebody's task, and where what stands is computed or openly open.
_TASKS: frozenset[Part] = frozenset(
    {"actions", "prevention", "needs detail", "parked", "questions", "timeline", "review"}
)
_TOLD: frozenset[Part] = frozenset(
    {"summary", "impact", "timeline", "detection", "root cause", "resolution", "prevention", "actions"}
)


def find_unlearned(document: Document, means: Means) -> Iterable[Finding]:
    signs = [*_left_over(document), *_hollow(document)]
    yield from signs
    if not signs:
        yield from _empty(document)
        yield from _general(document, means)


def _left_over(document: Document) -> Iterator[Finding]:
    """What a template asks its writer."""
    fields = [place for item in document.items for _, place in item.fields]
    for sentence in document.sentences:
        at, part = sentence.span, document.sections[sentence.section].part
        printed = document.text[at.start : at.end]
        if sentence.block == "heading" or any(p.start <= at.start < p.end for p in fields):
            continue
        bracketed = printed.lstrip(" *_").startswith(("[", "<", "{")) and is_template(printed)
        if bracketed or (part not in _TASKS and is_instruction(printed) and _alone(document, sentence)):
            message = "template text was left in the document"
            yield finding(document, at, CRITERION, message, kind="template", suggestion="write it, or cut it")


def _alone(document: Document, sentence: Sentence) -> bool:
    """Whether nothing else stands in its section."""
    return all(
        is_instruction(document.text[s.span.start : s.span.end])
        for s in _body(document, document.sections[sentence.section])
    )


def _hollow(document: Document) -> Iterator[Finding]:
    """Sentences that only assert that a part exists: among the lessons, or where a part holds nothing else."""
    taught = {id(s) for s in said_in(document, *_TAUGHT)}
    for section in document.sections:
        told = _body(document, section)
        hollow = [s for s in told if only_asserts_existence(s.text, alone=len(told) == 1)]
        alone = section.part in _TOLD and bool(told) and len(hollow) == len(told)
        for sentence in hollow:
            if alone or id(sentence) in taught:
                message = "this says that a part of the report is there, and nothing of what it says"
                yield finding(
                    document, sentence.span, CRITERION, message, kind="existence", suggestion=CRITERION.advice
                )


def _body(document: Document, section: Section) -> Sequence[Sentence]:
    number = document.sections.index(section)
    return [s for s in document.sentences if s.section == number and s.block != "heading"]


def _empty(document: Document) -> Iterator[Finding]:
    """A heading for lessons with nothing below it, or a word in place of one. What a draft says openly that it does not
    know is DOC-SEC's."""
    if document.machine_made:
        return
    own = headed(document, "lessons")
    there = own if own else headed(document, *_TAUGHT)
    if not there or (has_body(document, "lessons") if own else has_body(document, *_TAUGHT)):
        if not there or not all(_is_put_off(document, s) for s in there):
            return
    yield finding(
        document,
        there[0].span,
        CRITERION,
        "the part for lessons holds none",
        kind="empty",
        suggestion=CRITERION.advice,
    )


def _is_put_off(document: Document, section: Section) -> bool:
    told = [s for inner in below(document, section) for s in _body(document, inner)]
    printed = (document.text[s.span.start : s.span.end] for s in told)
    return bool(told) and all(is_nothing(p) or is_put_off(p) for p in printed)


def _general(document: Document, means: Means) -> Iterator[Finding]:
    """Advice where no lesson names anything of this incident."""
    told = said_in(document, *_TAUGHT)
    if not told or any(is_specific(s.text) and not is_errand(s.text, means.people) for s in told):
        return
    if all(is_nothing(document.text[s.span.start : s.span.end]) or is_put_off(s.text) for s in told):
        return
    yield finding(
        document,
        heading_span(document, *_TAUGHT),
        CRITERION,
        "no lesson names a component, a condition or a surprise of this incident: each would stand in any report",
        severity="advisory",
        kind="general",
        suggestion=CRITERION.advice,
    )


_QUESTION = Question(
    asks="Is there no lesson that is specific to this incident and changes what a reader in another team knows or does?",
    rule="""Take each lesson, and each sentence of what went well, what went poorly and where luck helped. It counts where
it names a component, a condition, a decision or a surprise of this incident, and could not be pasted into another report
unchanged. One that counts is enough. An item said again ("add an alert"), a virtue ("communication is key") and a verdict
on the response ("handled well") do not count. Length is no sign. A defect where none counts.""",
    bad="“We learned that monitoring matters.” It fits every report.",
    good="“The probe runs inside the cluster, so it stayed green while nobody outside got through.” Another team can check its own.",
    units=whole_parts(_TAUGHT, ("summary",)),
    kinds=(("general", "no lesson is of this incident"),),
    minor=frozenset({"general"}),
)

CRITERION = Criterion(
    id="LRN",
    title="written to be complete, not to be learned from",
    unit="document",
    severity="blocking",
    gate="draft",
    rationale=(
        "Somebody who was not there should know more after reading. Template text left behind, a heading for lessons with "
        "nothing below it, and sentences that only say that a part exists reject a document; lessons that would stand in any "
        "report get advice. One lesson that names something of this incident is enough, also under what went well."
    ),
    bad=(
        "## Lessons\n\nNone.\n",
        "## Lessons\n\n[Describe what surprised you]\n",
        "## Lessons\n\nThe lessons have been documented.\n",
        "## Lessons\n\n- Monitoring is important.\n- We need better communication.\n",
    ),
    good=(
        "## Lessons\n\nThe queue fills in four minutes, not in an hour as the runbook says.\n",
        "## Lessons\n\n- Monitoring is important.\n- A paused importer keeps its lock, so its standby waits for ever.\n",
        "## What went well\n\nThe static page of the shop, kept for fairs, took the orders of the morning.\n",
    ),
    advice="write what surprised you here: a component, a condition or a belief that was wrong, so that another team can check its own",
    check=find_unlearned,
    needs="english",
    question=_QUESTION,
)
