"""AI-PRI: does the item have a value on an ordered scale?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.documents.placeholders import is_nothing
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.items import lacks, open_items, said
from pipeline.rubric.means import Means

_ON_SCALE = re.compile(
    r"(?:p(?:rio(?:rity)?)?[ :-]?[0-5]|(?:very )?(?:critical|highest|high|medium|med|moderate|normal|low|lowest)|must|should"
    r"|could|won'?t|blocker|major|minor|trivial)(?:[ -]?(?:prio(?:rity)?|have))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"#?(\d{1,2})(?:\s*(?:/|of)\s*\d{1,2})?")
_RANK = r"(?:the )?(?:very )?(?:highest|lowest|high|low|most|least|top|first|last|urgent|critical|important|now|best|worst)\b"
_DIRECTION = re.compile(  # "1 = highest", "1 (most urgent) to 5", "1 is the top", "highest first"
    rf"\b\d\s*(?:=|:|\(|–|-|\bis\b|\bmeans\b|\bbeing\b)?\s*{_RANK}|{_RANK}(?: \w+)?\s*(?:=|\(|is|first|to|\bfor\b)\s*\(?\d\b"
    r"|(?:highest|top|most (?:urgent|important))\s*(?:=|is|first|to)\b|\b1\b[^|\n]{0,20}\bhighest\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:prio(?:rity)?|rank|moscow|level)\s*(?:::?|/|=)\s*", re.IGNORECASE)
_SCALE = re.compile(r"\b(?:priorities|scale)\b[^.\n:;(]{0,60}[:(;]\s*(?P<steps>[^.\n)]{5,80})", re.IGNORECASE)
_CUT = re.compile(
    r"\s*/\s*|\s+[–—-]+\s+|\s*[:,;]\s+|\s*=\s*|(?<=\w)-(?=(?:critical|high|medium|med|low)\b)", re.IGNORECASE
)


def find_unranked(document: Document, means: Means) -> Iterable[Finding]:
    directed = bool(_DIRECTION.search(document.text))
    scale = _stated_scale(document.text)
    for item in open_items(document):
        if item.ranked_list:
            continue  # the list itself says that its order is the priority
        priority = said(item.priority)
        if priority is None:
            problem = lacks(item.priority, "priority")
        elif is_on_scale(priority, directed=directed) or priority.lower() in scale:
            continue
        else:
            problem = f"“{priority}” is no value on an ordered scale"
        yield finding(document, item.place("priority"), CRITERION, problem, suggestion=CRITERION.advice)


def is_on_scale(priority: str, *, directed: bool) -> bool:
    """P0 to P5, critical to low, must to could; a bare number only where its direction is stated.

    What stands behind it explains it: "P1 – before the freeze", "2 – high".
    """
    if _NUMBER.match(priority) and _DIRECTION.search(priority):
        return True
    bare = re.sub(r"\([^)]*\)", "", priority).strip(" .!*_`[]🔴🟠🟡🟢⚪🔵#")
    bare = _LABEL.sub("", bare, count=1)
    if _ON_SCALE.fullmatch(bare):
        return True
    if _NUMBER.fullmatch(bare):
        return directed
    first, *others = [p for p in _CUT.split(bare) if p] or [""]
    if _NUMBER.fullmatch(first):
        return bool(others) and bool(_ON_SCALE.fullmatch(others[0]))
    return bool(_ON_SCALE.fullmatch(first)) and not any(is_nothing(o) for o in others)


def _stated_scale(text: str) -> frozenset[str]:
    """The steps of a scale that the document names itself: "three priorities: urgent, normal and low"."""
    steps = {
        re.sub(r"^\W+|\W+$", "", step).lower()
        for found in _SCALE.finditer(text)
        for step in re.split(r"\s*(?:[,/<>;]|\band\b|\bor\b|\bto\b|→)\s*", found["steps"])
    }
    return frozenset(steps - {""}) if len(steps) > 1 else frozenset()


CRITERION = Criterion(
    id="AI-PRI",
    title="an item without a priority",
    unit="item",
    severity="blocking",
    gate="publish",
    rationale=(
        "Without an order everything is first. A priority is a value on an ordered scale: P0 to P4, critical to low, must to "
        "could, or a place in a list that says it is ranked. “ASAP” and “important” are no scale, and the severity of the "
        "incident is not the priority of an item."
    ),
    bad=(
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira, priority: TBD)\n",
        "## Action items\n\n| Action | Priority |\n|---|---|\n| Expire tokens after 90 days | important |\n",
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira)\n",
    ),
    good=(
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira, P2)\n",
        "## Action items\n\n| Action | Priority (1 = highest) |\n|---|---|\n| Expire tokens after 90 days | 2 |\n",
        "## Action items\n\nIn order of priority:\n\n1. Expire tokens after 90 days\n2. Cap the pool at 80 connections\n",
    ),
    advice="give a value on the team's scale, for example P1",
    check=find_unranked,
)
