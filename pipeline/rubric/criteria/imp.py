"""IMP: does the document say who or what was affected, how much, and for how long?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.documents.spans import heading_span
from pipeline.language.lexicon import word_set
from pipeline.language.times import find_times
from pipeline.language.words import tokens
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.detection_lag import PLANS
from pipeline.rubric.durations import find_durations
from pipeline.rubric.magnitudes import is_hypothetical, is_magnitude
from pipeline.rubric.means import Means
from pipeline.rubric.passages import headed, opening, said_in, said_outside
from pipeline.rubric.units import whole_parts

SCOPE, MAGNITUDE, DURATION = "who or what was affected", "how much", "how long"
# Nouns that say what happened or how much of it, not to whom or what.
_NO_SCOPE = word_set(
    "impact incident issue problem outage while time severity effect degradation hour minute day duration "
    "disruption nothing thing lot point period second event morning afternoon week night downtime failure error "
    "slowness unavailability interruption performance latency delay number amount percentage share risk level "
    "loss trouble way cause reason result total fraction portion subset handful couple majority minority lack"
)
_HARM = re.compile(
    r"\b(?:fail\w*|errors?|unavailab\w+|outage|down(?:time)?|slow\w*|degrad\w+|los[et]\w*|delay\w*|affect\w*|impact\w*|interrupt\w*"
    r"|disrupt\w*|unable|unreachable|inaccessible|offline|time(?:d)?[- ]?outs?|crash\w*|missing|duplicate\w*|stuck|hung|hang\w*|broken|broke"
    r"|corrupt\w*|reject\w*|refus\w*|block\w*|stopp?\w*|stall\w*|expired|leak\w*|exposed|unresponsive|could(?: not|n'?t)|cannot|can'?t"
    r"|[45](?:\d\d|xx)|(?:was|were|is|are|did|does|do|has|have|had)(?: not|n'?t) (?:be(?:en|ing)? )?\w+|not \w+ed)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\b(?:duration|downtime|time to (?:repair|resolve|recover\w*|restore|mitigate|resolution)|ttr|mttr|lasted|outage length)\b",
    re.IGNORECASE,
)

_ONSET_ROW = re.compile(
    r"\b(?:onset|fault occurs|(?:impact|outage|incident|downtime|disruption) (?:\w+ )?(?:start|begin|began)\w*|start of (?:the )?(?:impact|outage)"
    r"|first (?:\w+ )?(?:failed|failing|failures?|errors?|refused|lost)|(?:errors?|failures?|timeouts?) (?:start|beg[ia]n|appear|rise|spike)\w*"
    r"|(?:becomes?|became|goes|went|is|are|were|was) (?:un\w+able|down|offline|unresponsive)|stop(?:s|ped)? (?:respond|work|serv|process)\w*"
    r"|(?:starts?|started|begins?|began) (?:to fail|failing|returning errors))\b",
    re.IGNORECASE,
)
_ENDED_ROW = re.compile(
    r"\b(?:restored|recover(?:s|ed|y)|resolved|back (?:up|online|to normal|in service)|(?:is|are|was|were) (?:healthy|available|up) again"
    r"|(?:errors?|failures?|impact|outage) (?:stop|cease|end)\w*|works? again|working again|over|all[- ]clear|returned to normal)\b",
    re.IGNORECASE,
)


def find_unmeasured_impact(document: Document, means: Means) -> Iterable[Finding]:
    missing = missing_parts(document)
    if missing:
        yield finding(
            document,
            heading_span(document, "impact"),
            CRITERION,
            f"the impact does not say {' nor '.join(missing)}",
            missing=missing,
            suggestion=CRITERION.advice,
        )


def missing_parts(document: Document) -> tuple[str, ...]:
    """What of scope, magnitude and duration is not told. An impact section of its own has to size it itself."""
    own = [s.text for s in said_in(document, "impact")]
    summary = _summary(document)
    sized = own if headed(document, "impact") else summary + _apart(document)
    parts = []
    if not any(_scope(t) for t in sized):
        parts.append(SCOPE)
    if not any(is_magnitude(t) for t in sized):
        parts.append(MAGNITUDE)
    if not _duration(document, [*own, *summary, *sized]):
        parts.append(DURATION)
    return tuple(parts)


def is_told(document: Document) -> bool:
    """Whether anything is said of harm done to something, wherever and whether measured or not."""
    return any(tells_harm(s.text) for s in said_outside(document, *PLANS, "lessons", "root cause"))


def tells_harm(text: str) -> bool:
    return bool(_HARM.search(text)) and _scope(text) and not is_hypothetical(text)


def _summary(document: Document) -> list[str]:
    summary = [s.text for s in (*said_in(document, "summary"), *opening(document))]
    return summary or [s.text for s in said_outside(document, "actions", "timeline", "lessons")]


def _apart(document: Document) -> list[str]:
    """What stands under headings that no list of names knows."""
    return [s.text for s in document.sentences if document.sections[s.section].part == "other"]


def _scope(text: str) -> bool:
    return any(
        t.tag in ("NOUN", "PROPN") and t.lemma not in _NO_SCOPE and (t.text[0].isalpha() or t.text[0] == "□")
        for t in tokens(text)
    )


def _duration(document: Document, texts: Sequence[str]) -> bool:
    for text in texts:
        mentions = [m for m in find_times(text) if m.clock]
        if (
            any(m.until_clock for m in mentions)
            or len(mentions) >= 2
            or any(True for _ in find_durations(text))
        ):
            return True
    labelled = [s.text for s in document.sentences if _LABELLED.search(s.text)]
    if any(list(find_durations(t)) for t in labelled) or _start_and_end(document):
        return True
    begun = [e.time for e in document.entries if e.time and _ONSET_ROW.search(e.event)]
    ended = [e.time for e in document.entries if e.time and _ENDED_ROW.search(e.event)]
    return bool(begun and ended) and min(begun) < max(ended)


def _start_and_end(document: Document) -> bool:
    """`Start: …` and `End: …` among the document's fields."""
    ends = [
        kind
        for kind in (
            r"(?:start|began|onset|fault occurs|first detected)",
            r"(?:end(?:ed)?|resolved|recovered|repaired)",
        )
        if any(
            re.match(rf"\W*(?:impact |incident )?{kind}\w*\b", s.text, re.IGNORECASE)
            and any(m.clock for m in find_times(s.text))
            for s in document.sentences
            if s.block == "field" or document.sections[s.section].part in ("summary", "impact", "other")
        )
    ]
    return len(ends) == 2


_QUESTION = Question(
    asks="Does the document leave open who or what was affected, how much, or how long?",
    rule="""Three things are needed, anywhere in what you are shown. Who or what was affected. How much: a number with its
unit, a bound, or an estimate that says how it was made; a full outage is a magnitude, "degraded", "some" and "many"
are none. How long: a duration, or a start and an end.
"No impact" needs the figure that shows it. An unknown is fine where the document says why it is unknown and gives a
bound. Whether a figure is right is not asked here.""",
    bad="“Many depots printed blank labels until the afternoon.” How many, and from when?",
    good="“31 of 90 depots printed blank labels from 13:05 to 15:40 UTC.”",
    units=whole_parts(("impact",), ("summary", "timeline")),
    kinds=(
        (SCOPE, "nobody and nothing named"),
        (MAGNITUDE, "no number"),
        (DURATION, "neither length nor both ends"),
    ),
    lacks=True,
)

CRITERION = Criterion(
    id="IMP",
    title="the impact is not measured",
    unit="document",
    severity="blocking",
    gate="draft",
    rationale=(
        "Without scope, magnitude and duration nobody can weigh what prevention is worth. A full outage is a magnitude, "
        "“degraded” is none; “no impact” needs its evidence; an unknown that gives a reason and a bound is fine."
    ),
    bad=(
        "# Importer stalls\n\n## Impact\n\nSome users experienced errors.\n",
        "# Importer stalls\n\n## Impact\n\n14,800 requests failed.\n",
        "# Importer stalls\n\n## Impact\n\nCheckout was degraded from 14:03 to 15:08 UTC.\n",
        "# Importer stalls\n\n## Impact\n\nMinor impact.\n",
    ),
    good=(
        "# Importer stalls\n\n## Impact\n\n14,800 of 41,000 export requests (36%) failed between 13:58 and 15:08 UTC.\n",
        "# Importer stalls\n\n## Impact\n\nAll EU customers (about 2,300 accounts) could not export for 3 h 10 min.\n",
        "# Importer stalls\n\n## Impact\n\nNo customer impact: 0 failed requests at the gateway from 02:10 to 02:55 UTC.\n",
    ),
    advice="give who or what was affected, a number with its unit (or a bound and how it was estimated), and how long",
    check=find_unmeasured_impact,
    needs="english",
    question=_QUESTION,
)
