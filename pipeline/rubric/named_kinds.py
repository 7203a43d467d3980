"""Which kinds an entry of a timeline says itself that it is of: "(trigger)", "this is the onset", "Detection: …"."""

from __future__ import annotations

import re

from pipeline.models.base import EventClass

_NAMES: tuple[tuple[EventClass, str], ...] = (
    ("TRG", r"triggers?|trigger event|triggering (?:event|change)|root trigger"),
    ("ONS", r"onset(?: of (?:the )?impact)?|(?:start|beginning) of (?:the )?impact|impact (?:starts?|began|begins?|started)"),
    ("DET", r"detection|detected|first (?:detection|signal)|time of detection"),
    ("ESC", r"escalation|escalated|declaration|declared|incident declared"),
    ("DIA", r"diagnosis|diagnosed|finding|cause found|root cause (?:found|identified)"),
    ("MIT", r"mitigation|mitigated|fix|fix applied|end of (?:the )?impact|impact (?:ends?|ended|over)"),
    ("RES", r"resolution|resolved|recovery|recovered|all[- ]clear|incident (?:closed|resolved|over)|closed|end of (?:the )?(?:incident|impact)|impact (?:ends?|ended|over)"),
    ("COM", r"communication|customer communication|public notice"),
)  # fmt: skip
_LABEL = r"(?:the |a |our )?(?:{words})(?: of the (?:incident|outage))?"
_PATTERNS = tuple(
    (
        name,
        re.compile(
            rf"[(\[]\s*{label}\s*[)\],;]"  # in brackets
            rf"|\b(?:this|that|which|it) (?:is|was|marks|marked) {label}\b"  # in so many words
            rf"|^\W*{label}\s*(?:[:–—]|\s-\s)"  # as a label before the event
            rf"|\bmark(?:s|ed|ing) {label}\b",
            re.IGNORECASE,
        ),
    )
    for name, words in _NAMES
    for label in (_LABEL.format(words=words),)
)


def named_kinds(event: str) -> frozenset[EventClass]:
    return frozenset(name for name, pattern in _PATTERNS if pattern.search(event))
