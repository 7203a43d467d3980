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
            r"^(?:time (?:of|to) )?(?:detect(?:ed|ion)|first (?:alert|report|noticed|signal)|noticed|discovered|reported|alerted)\b",
            re.I,
        ),
        "DET",
        "observed",
    ),
    (
        re.compile(
            r"^(?:declared(?:[ _]at)?|declaration|incident (?:declared|opened)|opened|escalated)\b", re.I
        ),
        "ESC",
        "declared",
    ),
    (
        re.compile(
            r"^(?:mitigat(?:ed|ion)(?:[ _]at)?|fixed|recovered|restored|service restored|impact end(?:ed|s)?|repaired)\b",
            re.I,
        ),
        "MIT",
        "observed",
    ),
    (
        re.compile(
            r"^(?:resolv(?:ed|ution)(?:[ _]at)?|closed|end(?:ed)?|all clear|incident (?:closed|over|end(?:ed)?))\b",
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
        if m and re.match(r"[\s*_]*(?:\([^)]*\))?[\s*_]*(?::|at\b|[~\d]|$)", words[m.end() :]):
            return event_class, act
    return None
