"""What a document's fields and headings declare outright: started, detected, mitigated, resolved."""

from __future__ import annotations

import re

from pipeline.models.base import EventClass
from pipeline.models.case import Act

# Field names and row labels by the milestone they name; the first match counts.
_LABELS: tuple[tuple[re.Pattern[str], EventClass, Act], ...] = (
    (
        re.compile(
            r"^(?:impact\s+)?(?:start(?:ed|s)?|began|begin|onset|first impact|impact (?:start|began|begin)|outage start|since)\b",
            re.I,
        ),
        "ONS",
        "observed",
    ),
    (
        re.compile(
            r"^(?:time (?:of|to) )?(?:detect(?:ed|ion)|first (?:alert|report|noticed|signal)|ticket opened|opened|noticed|discovered|reported|alerted)\b",
            re.I,
        ),
        "DET",
        "observed",
    ),
    (
        re.compile(r"^(?:declared(?:[ _]at)?|declaration|incident (?:declared|opened)|escalated)\b", re.I),
        "ESC",
        "declared",
    ),
    (
        re.compile(
            r"^(?:mitigat(?:ed|ion)(?:[ _]at)?|fixed|recovered|restored|service restored|impact end(?:ed|s)?|repaired|end(?:ed)?)\b",
            re.I,
        ),
        "MIT",
        "observed",
    ),
    (
        re.compile(
            r"^(?:resolv(?:ed|ution)(?:[ _]at)?|closed|all clear|incident (?:closed|over|end(?:ed)?))\b",
            re.I,
        ),
        "RES",
        "observed",
    ),
    (
        re.compile(
            r"^(?:customers?|users?|public|passengers?|clients?) (?:told|informed|notified)|^(?:announced|communicated|status page)\b",
            re.I,
        ),
        "COM",
        "posted",
    ),
)


def label_of(text: str) -> tuple[EventClass, Act] | None:
    """The milestone that `Started: 12:00` or `- Detected 22:28 by ...` declares, or None."""
    words = re.sub(r"^[\W_]+", "", text)
    for pattern, event_class, act in _LABELS:
        m = pattern.match(words)
        if m and re.match(r"[\s*_]*(?:\([^)]*\))?[\s*_]*(?::|at\b|was\b|[~\d\[]|$)", words[m.end() :]):
            return event_class, act
    return None


# What a sentence of a brief says of a milestone, by its subject and verb.
_SENTENCES: tuple[tuple[re.Pattern[str], EventClass, Act], ...] = (
    (
        re.compile(
            r"\b(?:outage|incident|impact|problem|trouble|failure|disruption)(?: \w+){0,2} (?:began|started)\b",
            re.I,
        ),
        "ONS",
        "observed",
    ),
    (
        re.compile(r"\bdeclared (?:an?|the|it)\b.{0,24}\b(?:incident|emergency|sev\w*|p[0-4])", re.I),
        "ESC",
        "declared",
    ),
    (re.compile(r"\b(?:first )?(?:noticed|detected|discovered|spotted)\b", re.I), "DET", "observed"),
    (re.compile(r"\b(?:was|were|had been) (?:restored|mitigated|repaired|fixed)\b", re.I), "MIT", "observed"),
    (
        re.compile(
            r"\b(?:closed|resolved) (?:the|this) incident\b|\bincident (?:was )?(?:closed|resolved)\b", re.I
        ),
        "RES",
        "observed",
    ),
)


def label_of_sentence(text: str) -> tuple[EventClass, Act] | None:
    """The milestone that a sentence of a brief dates: "The outage began around 23:10"."""
    return next(((c, act) for pattern, c, act in _SENTENCES if pattern.search(text)), None)


_ROLE = re.compile(
    r"^(?:(?:incident )?(?:command(?:er|ing)?|lead(?:er)?|manager|coordinat(?:or|ing|es))|ic|roles?)\b[^:]{0,20}:?",
    re.I,
)
# What is first of the response, or first of all copies and tries, is not where impact began.
_FIRST = re.compile(
    r"\bfirst (?!(?:alert|page|report|call|try|attempt|step|respon\w+|signal|action|good|copy|time|release|post|message)\b)[\w`\"-]+",
    re.I,
)


def names_role(text: str) -> bool:
    """ "Commander: Ines until 00:15": who led, which a milestone may cite but which is no event of its own."""
    return bool(_ROLE.match(text))


def is_first(text: str) -> bool:
    """ "first 409 at 08:03:04", "First login timeouts": a cause document dates the first failure, so impact began."""
    return bool(_FIRST.search(text))
