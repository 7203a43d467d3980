"""What a passage of the artifacts is there for: by the document, the headings above it and its own label."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.documents.headings import normalise, parts_of
from pipeline.models.case import Case
from pipeline.models.document import Part
from pipeline.models.incident import Upstream
from pipeline.models.record import Record

Place = Literal[
    "cause",
    "factors",
    "evidence",
    "ruled out",
    "detection",
    "impact",
    "impact so far",
    "scope",
    "side effects",
    "mitigation",
    "fix",
    "difference",
    "tests",
    "cleanup",
    "elsewhere",
    "remaining risk",
    "measures",
    "went well",
    "went poorly",
    "lucky",
    "lessons",
    "roles",
    "other",
]
_LONGEST_LABEL = 6  # words; what is longer is a sentence with a colon in it

# In order of precedence. The four documents' own vocabulary (contract 2), then the parts of a postmortem.
_WORDS: tuple[tuple[Place, str], ...] = (
    (
        "elsewhere",
        r"\belsewhere\b|\bclass search\b|\bsiblings?\b"
        r"|\b(?:same|similar) (?:\w+ )?(?:defect|bug|fault|problem|error|class|cause|pattern|weakness)\b"
        r"|\bother (?:places|services|systems|surfaces|teams)\b",
    ),
    ("cleanup", r"\bclean(?:ing)?[- ]?up\b|\bleft[- ]?overs?\b|\btidy(?:ing)?[- ]?up\b"),
    ("difference", r"\bdiffer\w*\b|\bcompar\w+\b"),
    ("tests", r"\bregression\b|^(?:\w+ )?tests?$|\btests? added\b"),
    ("remaining risk", r"\b(?:remaining|residual|open) risks?\b|\bstill at risk\b"),
    ("side effects", r"\bside[- ]?effects?\b"),
    ("ruled out", r"\bruled[- ]out\b"),
    ("factors", r"\bfactors?\b|\bcontribut\w+\b|\bconditions?\b"),
    (
        "evidence",
        r"\b(?:evidence|proof|samples?|measurements?|how (?:we|it is) know\w*)\b|^(?:data|sources?|logs?)$",
    ),
    (
        "impact so far",
        r"\b(?:impact|damage|effects?)\b.*\b(?:so far|until now|first|estimate|interim|preliminary|current)\b"
        r"|\b(?:so far|first|estimated|interim|preliminary|current)\b.*\b(?:impact|damage)\b",
    ),
    (
        "scope",
        r"\bblast radius\b|^(?:not )?affected\b|\bscope\b|^surfaces?$|\bsymptoms?\b|\bwhat (?:is|was) seen\b",
    ),
    (
        "roles",
        r"^(?:roles?|who|ownership|owners?|lead\w*|scribe|ic|ops|operations|commander|command\w*|investigat\w+"
        r"|communicat\w+|comms?(?: plan)?|speak\w* with .*|working on it|at the site|contacts?|next)$",
    ),
    ("lessons", r"^(?:what we )?learn(?:ed|t)$|\blessons?\b"),
    ("went well", r"^(?:was )?good$|^worked$"),
    ("went poorly", r"^(?:what (?:was|is) )?(?:hard|difficult|bad|painful)$"),
    ("measures", r"^(?:agreed )?measures?\b|\bwhat we change\b|\bagreed on\b"),
)
_PATTERNS = tuple((place, re.compile(words)) for place, words in _WORDS)
_OF_PART: dict[Part, Place] = {
    "root cause": "cause",
    "ruled out": "ruled out",
    "detection": "detection",
    "impact": "impact",
    "resolution": "fix",
    "prevention": "measures",
    "actions": "measures",
    "went well": "went well",
    "went poorly": "went poorly",
    "lucky": "lucky",
    "lessons": "lessons",
}
# What the passages of a document are where no heading says more: a root-cause document tells the cause.
_OF_DOCUMENT: dict[Upstream, Place] = {
    "root cause": "cause",
    "mitigation log": "mitigation",
    "resolution summary": "fix",
}
# Parts that a document retells on its way to what it is for.
_RETOLD: frozenset[Part] = frozenset({"summary"})
_APART: frozenset[Part] = frozenset({"timeline", "questions", "conflicts", "review", "inputs", "latencies"})


def place(record: Record) -> Place:
    """Where a document's passage belongs; "other" for what no part of a postmortem retells."""
    if record.kind == "field" and record.columns:
        named = place_of(record.columns[0][0])
        if named is not None:
            return _in(record.document, named)
        if record.document == "incident brief":
            return "other"  # a brief's fields are labels, and an unknown one stands for itself
    for heading in reversed(record.section.split(" > ")):
        if not heading:
            continue
        named = place_of(heading)
        if named is not None:
            return _in(record.document, named)
        if set(parts_of(heading)) & _APART:
            return "other"
    return _OF_DOCUMENT.get(record.document, "other") if record.document else "other"


def place_of(label: str) -> Place | None:
    """The place that a heading or a field's name announces, or None."""
    text = re.sub(r"\([^)]*\)|[:.]\s*$", "", normalise(label)).strip()
    if len(text.split()) <= _LONGEST_LABEL:
        for named, pattern in _PATTERNS:
            if pattern.search(text):
                return named
    parts = [p for p in parts_of(label) if p not in _RETOLD]
    return _OF_PART.get(parts[0]) if parts else None


def _in(document: Upstream | None, named: Place) -> Place:
    """A mitigation log's resolution is the mitigation; a root-cause document's fix would be a proposal."""
    return "mitigation" if document == "mitigation log" and named == "fix" else named


def heading_of(record: Record) -> str:
    """The innermost heading, without what stands in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", record.section.split(" > ")[-1]).strip(" :.")


def step_of(record: Record) -> str:
    """The innermost heading without the clock time in front of it: what was done, in a log that is kept so."""
    return re.sub(r"^[\d:.\s–-]+", "", heading_of(record))


def above(case: Case, record: Record) -> Record | None:
    """The first sentence under the heading that a field stands under: it has the step itself."""
    alike = (r for r in case.records if r.source == record.source and r.section == record.section)
    return next((r for r in alike if r.kind == "statement"), None)
