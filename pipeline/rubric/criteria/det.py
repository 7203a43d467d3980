"""DET: does the document say how, by whom and how late the incident was found?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.documents.spans import heading_span
from pipeline.language.lexicon import words
from pipeline.language.platitudes import is_specific
from pipeline.language.words import tokens
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.detection_lag import DETECTS, PLANS, is_stat, lag_is_told
from pipeline.rubric.means import Means
from pipeline.rubric.passages import said_in, said_outside
from pipeline.rubric.units import whole_parts

MECHANISM, NOTICER, WHEN = "by what mechanism", "who or what noticed", "when, relative to onset"
_INSTRUMENT = re.compile(
    r"\b(?:alert(?:s|ed|ing|manager)?|alarms?|monitor(?:s|ed|ing)?|paged|pager\w*|paging|pages(?= (?:the |our )?(?:on-?call|rotation|(?-i:[A-Z])))|(?:acknowledged|first|received|got) (?:the |an? )?pages?|probes?|canary|health[ -]?checks?|dashboards?"
    r"|graphs?|metrics?|logs?|synthetic\w*|watchdog|scan(?:s|ner)?|audit|pingdom|sentry|grafana|prometheus|datadog|nagios"
    r"|cloudwatch|status ?page|notif(?:ication|ied)s?|reconciliation|telemetry|tracing|(?:exception|errors?) track\w*|tracking (?:tool|service)"
    r"|(?:integration |smoke |nightly |unit |e2e )?tests?|(?:\w+ )?(?:job|pipeline|check|script|comparison) (?:\w+ )?(?:report|fail|show|flag)\w*"
    r"|canary comparison|drift|\w+[a-z](?:High|Low|Down|Errors?|Failed|Lag))\b",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\b(?:report\w*|call(?:ed|s)?|complain\w*|contact\w*|wrote|e-?mail\w*|messag\w*|posted|raised|asked|opened|tickets?|told|saw|notic\w+"
    r"|spotted|observed|found|discovered|warn\w*|notif\w+|alerted|ping(?:ed|s)|phoned|rang|tweet\w*|question\w*|first signal)\b",
    re.IGNORECASE,
)
_TOLD_TO_US = re.compile(
    r"\b(?:received|got|took)\b[^.;]{0,30}\b(?:calls?|reports?|complaints?|tickets?|e?-?mails?|messages?|phone)\b"
    r"|\b(?:report(?:s|ed)?|complaints?|tickets?|calls?|e-?mails?|messages?|questions?)\s+(?:\w+\s+){0,3}?(?:by|from|in|on|via|to)\b",
    re.IGNORECASE,
)
_VAGUE_WE = re.compile(
    r"\b(?:we|the team|it|the (?:issue|problem|incident))\b[^.;]{0,30}\b(?:bec[ao]me aware|notice[ds]?|f(?:i|ou)nd out|learn(?:ed|t)?|reali[sz]e[ds]?|(?:was|were) reported|detect(?:s|ed)?|discover(?:s|ed)?|identif(?:y|ied)|saw|spotted|c[ao]me to (?:our|the \w+'s|everybody's) (?:attention|notice))\b",
    re.I,
)
_WHILE = re.compile(
    r"\b(?:while|during|when|by chance|in the course of (?!the (?:day|morning|afternoon|evening|night|week|shift|month)\b)|after (?:the|a|their) \w+)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?i:customers?|users?|clients?|support|merchants?|partners?|teams?|on-?call|rotation|responders?|operators?|provider"
    r"|vendor|participants?|(?:help|service)? ?desk|hotline|callers?|visitors?|patients?|guests?|members?)\b|@\w[\w-]*"
    r"|(?<=\w\s)[A-Z][a-z]{2,}\b|^[A-Z][a-z]{2,}(?=\s(?:saw|noticed|found|reported|spotted))",
)
_HUMAN = words("human_nouns")
_SIGNALLED = re.compile(
    r"\b(?:detect\w*|fire[sd]?|page[sd]?|alert(?:s|ed|ing)?|trigger\w*|fail\w*|show(?:s|ed|n)?|report\w*|notif(?:y|ied|ies)|caught|catch\w*"
    r"|flag(?:s|ged)?|notic\w+|saw|seen|raised|warn\w*|found|discovered|spotted|observed|went off|told|call(?:ed|s)?|sent|post(?:ed|s)?|compar\w+"
    r"|track(?:ed|s)|g[eo]t|drop(?:ped|s)|exceeded|rose|stopped|return(?:ed|s)|turned|was the first|first signal|signall?ed)\b"
    r"|\b(?:by|via|through|from|in|on) (?:the |an? |our )?(?:\w+ ){0,2}(?:alert|monitor|probe|canary|dashboard|graph|log|scan|audit|test|check)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|not|without|none of the|missing|lack of|never)\s+(?:\w+\s+){0,2}$|n't\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def find_untold_detection(document: Document, means: Means) -> Iterable[Finding]:
    missing = missing_parts(document)
    if missing:
        yield finding(
            document,
            heading_span(document, "detection"),
            CRITERION,
            f"the document does not say {' nor '.join(missing)} the incident was found".replace(
                f"{NOTICER} the incident was found", f"{NOTICER} it"
            ).replace(f"{WHEN} the incident was found", f"{WHEN}, it was found"),
            missing=missing,
            suggestion=CRITERION.advice,
        )


# "By the night astronomer, …, from the guide star counts": below its heading a sentence needs no verb.
_BY_WHOM = re.compile(
    r"^\W*(?:it was )?(?:found |noticed |seen |spotted |detected |discovered )?by (?P<who>[^,.;:]{3,60})",
    re.IGNORECASE,
)
_BY_WHAT = re.compile(
    r"\b(?:from|through|via|by means of|on|in|at|while|when|because|whose?|during) (?P<what>[^,.;:]{3,60})",
    re.IGNORECASE,
)
_NOBODY_NAMED = re.compile(
    r"^(?:the |our |an? )?(?:teams?|us|people|staff|colleagues?|everyone|somebody|someone|usual \w+|means?\b.*|chance|itself|monitoring)$",
    re.IGNORECASE,
)


def missing_parts(document: Document) -> tuple[str, ...]:
    """What the detection story lacks, wherever it is told.

    A section of its own that speaks of detection and names neither mechanism nor noticer is the document's
    answer; one that names one of them may leave the other to the rest of the document.
    """
    own = [s.text for s in said_in(document, "detection") if not is_stat(s.text)]
    story = _narrative(document)
    headless = [t for t in own if _names_who(t)]
    begun = [t for t in own if _mechanism(t) or _noticer(t)] or headless
    told = own if not begun and any(_speaks_of_detection(t) for t in own) else own + story
    parts = []
    if not any(_mechanism(t) for t in told) and not any(_says_by_what(t) for t in headless):
        parts.append(MECHANISM)
    if not any(_noticer(t) for t in told) and not headless:
        parts.append(NOTICER)
    if not lag_is_told(document):
        parts.append(WHEN)
    return tuple(parts)


def is_told(document: Document) -> bool:
    """Whether anything at all is said of how the incident was found, well or badly."""
    return any(_mechanism(t) or _noticer(t) or _VAGUE_WE.search(t) for t in _narrative(document))


def _narrative(document: Document) -> list[str]:
    """Sentences and entries in which something is noticed, wherever they stand; a stat tells no story."""
    sentences = [
        s.text
        for s in said_outside(document, *PLANS, "lessons")
        if DETECTS.search(s.text) and not is_stat(s.text)
    ]
    return sentences + [f"{e.actor or ''} {e.event}" for e in document.entries if DETECTS.search(e.event)]


def _names_who(text: str) -> bool:
    match = _BY_WHOM.match(text)
    return match is not None and not _NOBODY_NAMED.match(match["who"].strip())


def _says_by_what(text: str) -> bool:
    """Whether somebody's notice has a source beside it that is more than "the usual channels"."""
    found = _BY_WHOM.match(text)
    behind = text[found.end() :] if found else ""
    return any(is_specific(m["what"]) or _instrument_told(m["what"]) for m in _BY_WHAT.finditer(behind))


def _speaks_of_detection(text: str) -> bool:
    return bool(DETECTS.search(text) or _INSTRUMENT.search(text) or _VAGUE_WE.search(text))


def _mechanism(text: str) -> bool:
    if _instrument_told(text):
        return True
    if _VAGUE_WE.search(text):
        return bool(_WHILE.search(text))
    return bool(_TOLD_TO_US.search(text)) or bool(_TELLING.search(text) and _somebody(text))


def _noticer(text: str) -> bool:
    if _instrument_told(text):
        return True
    return bool(_SOMEBODY.search(text)) or bool(
        re.search(r"\bwe\b", text, re.IGNORECASE) and _WHILE.search(text)
    )


def _somebody(text: str) -> bool:
    return bool(_SOMEBODY.search(text)) or any(
        t.lemma in _HUMAN or t.lower in _HUMAN for t in tokens(text) if t.tag == "NOUN"
    )


def _instrument_told(text: str) -> bool:
    """Whether an instrument is said to have signalled: "monitoring worked well" tells of none."""
    if not any(not _NO.search(text[: m.start()]) for m in _INSTRUMENT.finditer(text)):
        return False
    if _SIGNALLED.search(text):
        return True
    told = [t for t in tokens(text) if t.tag != "PUNCT"]
    return len(told) > 2 and not any(t.tag in ("VERB", "AUX") and t.form != "ing" for t in told)


_QUESTION = Question(
    asks="Does the document leave open by what the incident was found, who or what noticed it, or when?",
    rule="""Three things are needed, anywhere in what you are shown. The mechanism: an alert, a test, a graph that somebody
watched, a customer's call. Who or what noticed: the alert by its name, a person, a role, a team, a customer. When,
relative to the beginning of the impact: an interval, or both times.
A call or a report from outside is a mechanism; "we noticed", "it was reported", "monitoring worked" are none. The
story may stand in the narrative or the timeline. Why it was not found earlier is not asked here.""",
    bad="“Blank labels came to our attention in the afternoon.” By what, to whom, how late?",
    good="“A depot clerk phoned the service desk at 13:40 UTC, 35 minutes after the first blank label.”",
    units=whole_parts(("detection",), ("summary", "impact", "timeline")),
    kinds=(
        (MECHANISM, "no mechanism"),
        (NOTICER, "nobody and nothing that noticed"),
        (WHEN, "no time, or no beginning"),
    ),
    lacks=True,
)

CRITERION = Criterion(
    id="DET",
    title="the story of detection is missing",
    unit="document",
    severity="blocking",
    gate="draft",
    rationale=(
        "How an incident was found decides how long it lasted. The document says by what mechanism, who or what noticed, and "
        "when that was relative to onset. A customer's call is a mechanism; “we noticed” is none."
    ),
    bad=(
        "# Importer stalls\n\n## Detection\n\nWe became aware of the problem and started to work on it.\n",
        "# Importer stalls\n\n## Detection\n\nDetected at 14:03 UTC.\n",
        "# Importer stalls\n\n## Detection\n\nAn alert fired during the afternoon.\n",
    ),
    good=(
        "# Importer stalls\n\n## Detection\n\nAlert ImporterLag (over 10,000 rows) paged the ingest rotation at 14:03 UTC, "
        "5 minutes after onset.\n",
        "# Importer stalls\n\n## Detection\n\nA customer called support at 09:40 CEST, 70 minutes after the first failed export; "
        "no alert covers exports.\n",
        "# Importer stalls, 4 June 2024\n\n## Timeline (UTC)\n\n- 13:58 deploy bot rolled out build 77\n"
        "- 14:03 Alertmanager paged the ingest rotation\n",
    ),
    advice="say which alert, person or customer noticed it, at what time, and how long after impact began",
    check=find_untold_detection,
    needs="english",
    question=_QUESTION,
)
