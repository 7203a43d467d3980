"""IMP: does the document say who or what was affected, how much, and for how long?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.documents.spans import heading_span
from pipeline.language.lexicon import word_set
from pipeline.language.literals import find_literals
from pipeline.language.times import find_times
from pipeline.language.words import tokens
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.durations import find_durations
from pipeline.rubric.means import Means
from pipeline.rubric.passages import headed, opening, said_in, said_outside

SCOPE, MAGNITUDE, DURATION = "who or what was affected", "how much", "how long"
_NO_SCOPE = word_set(
    "impact incident issue problem outage while time severity effect degradation hour minute day duration "
    "disruption nothing thing lot point period second event morning afternoon"
)
_WHOLE = re.compile(
    r"\b(?:all|every|each|entire(?:ly)?|whole|complete(?:ly)?|full(?:y)?|total(?:ly)?|100 ?%|any|half|a third|two thirds|a quarter|no one"
    r"|nobody|none|zero)\b",
    re.IGNORECASE,
)
_OUTAGE = re.compile(
    r"\b(?:unavailable|unreachable|inaccessible|offline|down|outage|not (?:available|reachable|accessible|able|possible)|unable to"
    r"|could(?: not|n'?t)|cannot|can(?: not|'t)|were n[o']t able|impossible|stopped (?:respond|work|serv|process)\w*|did not respond)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:some|a few|few|several|many|certain|various|a number of|intermittent(?:ly)?|sometimes|occasionally|partial(?:ly)?|parts? of"
    r"|most|degraded|a lot of|multiple|minor)\b",
    re.IGNORECASE,
)
_UNHARMED = re.compile(
    r"\bno\b[^.;]{0,30}\b(?:impact|effect|disruption|loss|downtime)\b|\bnot (?:affected|impacted)\b|\bnothing was lost\b",
    re.I,
)
_LABELLED = re.compile(
    r"\b(?:duration|downtime|time to (?:repair|resolve|recover\w*|restore|mitigate|resolution)|ttr|mttr|lasted|outage length)\b",
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
    summary = [s.text for s in (*said_in(document, "summary"), *opening(document))]
    if headed(document, "impact"):
        sized = own
    else:
        sized = summary or [s.text for s in said_outside(document, "actions", "timeline", "lessons")]
    parts = []
    if not any(_scope(t) for t in sized):
        parts.append(SCOPE)
    if not _magnitude(sized):
        parts.append(MAGNITUDE)
    if not _duration(document, [*own, *summary]):
        parts.append(DURATION)
    return tuple(parts)


def _scope(text: str) -> bool:
    return any(
        t.tag in ("NOUN", "PROPN") and t.lemma not in _NO_SCOPE and (t.text[0].isalpha() or t.text[0] == "□")
        for t in tokens(text)
    )


def _magnitude(texts: Sequence[str]) -> bool:
    """A number that counts something, a share, or a whole."""
    for text in texts:
        rest = _without_times(text)
        if any(_counts(rest, literal.end) for literal in find_literals(rest) if literal.kind == "number"):
            return True
        if any(literal.kind == "percent" for literal in find_literals(rest)):
            return True
        if _UNHARMED.search(text):
            continue  # "no impact" needs its evidence: a number, found above, or nothing
        if _OUTAGE.search(text) and not _PARTLY.search(text):
            return True
        if _WHOLE.search(text) and not _PARTLY.search(text) and _scope(text):
            return True
    return False


def _without_times(text: str) -> str:
    for mention in find_times(text):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    for duration in [*find_durations(text)]:
        text = text[: duration.start] + " " * (duration.end - duration.start) + text[duration.end :]
    return re.sub(
        r"\b(?:sev(?:erity)?|p|v|version|build|tier)[ -]?\d+\S*|[#§]\d+",
        lambda m: " " * len(m[0]),
        text,
        flags=re.I,
    )


def _counts(text: str, end: int) -> bool:
    """Whether a noun follows the number, or it stands alone in its cell."""
    following = next(
        (
            t
            for t in tokens(text[end : end + 60])
            if t.tag not in ("ADJ", "PUNCT", "DET", "PREP", "NUM", "ADV")
        ),
        None,
    )
    alone = not re.search(r"[A-Za-z]", text[end:])
    return alone or (following is not None and following.tag in ("NOUN", "PROPN", "VERB"))


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
    return any(list(find_durations(t)) for t in labelled) or _start_and_end(document)


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
)
