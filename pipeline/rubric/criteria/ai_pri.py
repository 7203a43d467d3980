"""AI-PRI: does the item have a value on an ordered scale?"""

from __future__ import annotations

import re
from collections.abc import Iterable

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
_DIRECTION = re.compile(
    r"\b\d\s*(?:=|is|means)?\s*(?:the )?(?:highest|lowest|most|least|top|urgent|critical)|(?:highest|top|most (?:urgent|important))"
    r"\s*(?:=|is|first|to)\b|\b1\b[^|\n]{0,20}\bhighest\b",
    re.IGNORECASE,
)


def find_unranked(document: Document, means: Means) -> Iterable[Finding]:
    directed = bool(_DIRECTION.search(document.text))
    for item in open_items(document):
        if item.ranked_list:
            continue  # the list itself says that its order is the priority
        priority = said(item.priority)
        if priority is None:
            problem = lacks(item.priority, "priority")
        elif is_on_scale(priority, directed=directed):
            continue
        else:
            problem = f"“{priority}” is no value on an ordered scale"
        yield finding(document, item.place("priority"), CRITERION, problem, suggestion=CRITERION.advice)


def is_on_scale(priority: str, *, directed: bool) -> bool:
    """P0 to P5, critical to low, must to could; a bare number only where its direction is stated."""
    bare = re.sub(r"\([^)]*\)", "", priority).strip(" .*_`[]🔴🟠🟡🟢⚪🔵")
    if _ON_SCALE.fullmatch(bare):
        return True
    if _NUMBER.fullmatch(bare):
        return directed or bool(_DIRECTION.search(priority))
    parts = [p for p in re.split(r"\s*[/,–—-]\s+|\s*/\s*|\s+[–—-]\s+", bare) if p]
    return len(parts) > 1 and all(_ON_SCALE.fullmatch(p) for p in parts)


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
