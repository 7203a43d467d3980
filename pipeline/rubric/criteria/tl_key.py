"""TL-KEY: does the timeline tell every kind of event that the story needs?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.documents.spans import heading_span
from pipeline.language.event_classes import read_event
from pipeline.models.base import EventClass
from pipeline.models.case import Case
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding, Severity
from pipeline.rubric.course import Course, read_course
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.means import Means
from pipeline.rubric.units import whole_parts

REQUIRED: dict[EventClass, str] = {
    "TRG": "what set it off",
    "ONS": "that impact began",
    "DET": "how it was noticed",
    "ESC": "that it was declared or others were fetched",
    "DIA": "what was found or suspected",
    "MIT": "what ended it",
    "RES": "that it was seen to be over",
}
# Wanted only where the evidence shows them.
SHOWN: dict[EventClass, str] = {"ATT": "what was tried", "COM": "what those affected were told"}
_SUBJECT: dict[EventClass, str] = {
    "TRG": r"trigger\w*|set (?:it|this|the incident) off|what started it",
    "ONS": r"onset|impact began|(?:start|beginning) of (?:the )?impact|first failure|no impact",
    "DET": r"detect\w+|noticed",
    "ESC": r"escalat\w+|declar\w+|handled alone|one person handled",
    "DIA": r"diagnos\w+|(?:root )?cause",
    "MIT": r"mitigat\w+|by itself|on its own|self[- ]heal\w+|impact (?:over|ended)",
    "ATT": r"attempts?|tried",
    "COM": r"communicat\w+|announce\w+|inform\w+|status page",
    "RES": r"resol\w+|recovery|end of (?:the )?impact",
}
_OPEN = re.compile(
    r"\b(?:unknown|unclear|not (?:\w+ )?(?:known|recorded|established|dated|diagnosed|needed|declared|resolved|found|required|possible)|"
    r"cannot be|can't be|no|none|nobody|without|never|still open|ongoing)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|as|so|due to|lost|missing|kept|records?|pending|waiting|still|until|by itself|on its own|required|only)\b|[:;–—]",
    re.IGNORECASE,
)


def find_missing_classes(document: Document, means: Means) -> Iterable[Finding]:
    if not document.entries:
        return  # no timeline at all is for DOC-SEC
    course = read_course(document)
    told = set(course.classes)
    known = document.machine_made and means.postmortem is not None
    if means.postmortem is not None and known:
        # A draft's entries are told in the words of records; which kind each is, is known from them.
        told |= {c for e in means.postmortem.timeline for c in e.classes}
    wanted = (*REQUIRED, *(c for c in SHOWN if means.case is not None and _shows(means.case, c)))
    missing = tuple(c for c in wanted if c not in told and not _explained(document, c))
    if missing and (known or not course.could_tell(missing)):
        # People have more words for these events than any list: what only words say is advice.
        severity: Severity | None = None if known or _is_certain(course, missing) else "advisory"
        yield finding(
            document,
            heading_span(document, "timeline"),
            CRITERION,
            f"no entry tells {_listed([f'{(REQUIRED | SHOWN)[c]} ({c})' for c in missing])}, and nothing says why",
            severity=severity,
            missing=missing,
            suggestion=CRITERION.advice,
        )


def _shows(case: Case, wanted: EventClass) -> bool:
    """Whether records tell of a notice that went out, or of something that was tried and did not help."""
    if wanted == "COM":
        return any(e.act == "posted" and "COM" in e.classes for e in case.events)
    return any(
        e.act == "did" and "ATT" in e.classes and read_event(e.text, reported=True).failed
        for e in case.events
    )


def _is_certain(course: Course, missing: Sequence[EventClass]) -> bool:
    """Whether places and counts show it: a story that opens with its signal, ends with a repair, or has fewer
    entries than steps, two to an entry."""
    opens_late = course.opens_with_signal and {"TRG", "ONS"} <= set(missing)
    ends_early = course.ends_in_repair and "RES" in missing
    return opens_late or ends_early or 2 * len(course.entries) < len(REQUIRED)


def _explained(document: Document, wanted: EventClass) -> bool:
    """Whether any line says that this is not known, or was not, and why."""
    subject = re.compile(rf"\b(?:{_SUBJECT[wanted]})\b", re.IGNORECASE)
    lines = (line for line in document.text.split("\n") if subject.search(line))
    return any(_OPEN.search(line) and _REASON.search(line) for line in lines)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


_QUESTION = Question(
    asks="Does the timeline leave out a kind of event that the story needs, without saying why?",
    rule="""Seven kinds are needed, each told by an entry: what set the incident off (TRG); that impact began (ONS); how it
was noticed (DET); that it was declared, or that others were fetched (ESC); a finding or a suspicion (DIA); the act that
ended it (MIT); that it was seen to be over (RES). One entry may tell two kinds. A page that a machine sends is how it was
noticed, and fetches nobody else. Whoever merely joins was not fetched. A repair without a look at its effect is no end.
No defect where a line says that a kind is unknown, or that there was none, and why. The order of the entries, their
wording and their sources are not asked here.""",
    bad="“13:52 alert paged Tariq. 14:20 Tariq restarted the importer.” Nothing tells what set it off, nor that it was over.",
    good="All seven kinds are told, and a line says: the trigger is unknown, as the deploy log of that hour was lost.",
    units=whole_parts(("timeline",), ()),
    kinds=tuple((name, f"nothing tells {what}") for name, what in REQUIRED.items()),
    lacks=True,
)

_HEAD = "## Timeline (4 June 2024, UTC)\n\n"
_FULL = (
    "- 13:40 deploy bot rolled out importer 5.2\n- 13:44 uploads start to fail with 503\n- 13:52 alert ImporterLag paged Tariq\n"
    "- 13:55 Tariq declared a SEV2\n- 14:10 Ines found a lock held by the nightly export\n- 14:21 Ines rolled importer 5.2 back\n"
    "- 14:35 no 503 for ten minutes; Tariq closed the incident\n"
)
CRITERION = Criterion(
    id="TL-KEY",
    title="a key event is missing from the timeline",
    unit="list",
    severity="blocking",
    gate="draft",
    rationale=(
        "From trigger to resolution, each step is where time was lost or won: what set it off (TRG), that impact began (ONS), how "
        "it was noticed (DET), that it was declared or others were fetched (ESC), what was found or suspected (DIA), what ended it "
        "(MIT) and that it was seen to be over (RES). One entry may tell two of them; “unknown, because …” tells one too. Rules block where place and number "
        "show the lack (the story opens with its signal, or ends with a repair), and advise where only the words do."
    ),
    bad=(
        _HEAD + "- 13:52 alert ImporterLag paged Tariq\n- 14:35 resolved\n",
        _HEAD + "".join(line + "\n" for line in _FULL.splitlines() if "found" not in line),
        _HEAD + "".join(line + "\n" for line in _FULL.splitlines()[:-1]),
    ),
    good=(
        _HEAD + _FULL,
        _HEAD
        + "".join(line + "\n" for line in _FULL.splitlines()[1:])
        + "\nTrigger unknown: the deploy log before 13:44 was lost.\n",
    ),
    advice="add the missing entry with its time and actor, or say in a line of the timeline why there is none",
    check=find_missing_classes,
    needs="english",
    question=_QUESTION,
)
