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
_PRIORITIES = re.compile(r"\b(?:prior|prio\b|rank|urgen|class\b|level\b|bucket)", re.IGNORECASE)
_STEP = re.compile(  # one entry of a legend: "A = must be first", "M (medium)", "🟡 medium"
    r"(?P<value>[^\s,;:()=|*]{1,12})\s*(?:=\s*(?P<meaning>[^,;.()\n|]{2,40})|\((?P<aside>[^()\n]{2,40})\)"
    r"|(?<=[^\w\s(])\s(?P<beside>\w+)(?=\s*[,;.\n]|\s*$))"
)
_PAIRED = re.compile(r"(?P<values>\w+(?:/\w+)+)\s*=\s*(?P<meanings>\w+(?:[,/]\s*\w+)+)")
_MEANT = re.compile(
    r"\b(?:high(?:est)?|medium|mid|low(?:est)?|first|second|third|next|last|must|critical|urgent|normal)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(  # "class A goes before B", "gold outranks silver"
    r"(?P<above>\w+(?: [IVX\d]+)?)\s+(?:(?:goes|is (?:dealt with|done|worked on)|comes|ranks)\s+(?:before|above)|outranks|before|>)\s+"
    r"(?P<below>\w+(?: [IVX\d]+)?)",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"\bpriorit\w*[^:\n]*\bfrom (?:first|highest|top|most) to (?:last|lowest|least)[^:\n]*:\s*(?P<steps>[\w ]+(?:,\s*[\w ]+)+)",
    re.I,
)
_ENDS = re.compile(
    r"\b\d{1,2} \([^()\n]{3,40}\) (?:to|–|-) \d{1,2} \([^()\n]{3,40}\)|\b(?:higher|lower|larger|smaller) number\w*\s*(?:=|means?|is)\s*(?:the )?(?:higher|lower|more|less)",
    re.I,
)
_WHILE = re.compile(r"\s+(?:until|while|because|since|as long as)\s", re.IGNORECASE)
_CUT = re.compile(
    r"\s*[\U0001F300-\U0001FAFF\u2600-\u27BF]\s*|\s*/\s*|\s+[–—-]+\s+|\s*[:,;]\s+|\s*=\s*|(?<=\w)-(?=(?:critical|high|medium|med|low)\b)",
    re.IGNORECASE,
)


def find_unranked(document: Document, means: Means) -> Iterable[Finding]:
    directed = bool(_DIRECTION.search(document.text) or _ENDS.search(document.text))
    scale = _stated_scale(document.text)
    for item in open_items(document):
        if item.ranked_list:
            continue  # the list itself says that its order is the priority
        if (item.priority or "").strip("*_` ").lower() in scale:
            continue
        priority = said(item.priority)
        if priority is None:
            problem = lacks(item.priority, "priority")
        elif is_on_scale(priority, directed=directed):
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
    shown = re.sub(r"\s*<https?://[^>]*>", "", priority)  # a link's target says nothing
    bare = (re.sub(r"\([^)]*\)", "", shown).strip() or shown.strip("() ")).strip(" .!*_`\"“”'[]🔴🟠🟡🟢⚪🔵#")
    bare = _LABEL.sub("", bare, count=1)
    if _ON_SCALE.fullmatch(bare):
        return True
    if _NUMBER.fullmatch(bare):
        return directed
    first, *others = [p for p in _CUT.split(_WHILE.split(bare)[0]) if p] or [""]
    if _NUMBER.fullmatch(first):
        return bool(others) and bool(_ON_SCALE.fullmatch(others[0]))
    return bool(_ON_SCALE.fullmatch(first)) and not any(
        is_nothing(o) and not re.search(r"\w-\d", o) for o in others
    )


def _stated_scale(text: str) -> frozenset[str]:
    """The steps of a scale that the document names itself: "three priorities: urgent, normal and low"."""
    steps = {
        re.sub(r"^\W+|\W+$", "", step).lower()
        for found in _SCALE.finditer(text)
        for step in re.split(r"\s*(?:[,/<>;]|\band\b|\bor\b|\bto\b|→)\s*", found["steps"])
    }
    for line in text.splitlines():
        steps |= _legend(line)
    return frozenset(steps - {""}) if len(steps) > 1 else frozenset()


def _legend(line: str) -> set[str]:
    """The values that one line explains or puts in order, two or more of them."""
    if line.lstrip().startswith(("-", "*", "|", "+")):
        return set()  # an item explains no scale
    if pairs := _PAIRED.search(line):
        values, meant = pairs["values"].lower().split("/"), re.split(r"[,/]\s*", pairs["meanings"])
        return set(values) if len(values) == len(meant) and all(map(_MEANT.search, meant)) else set()
    steps = [(m["value"], m["meaning"] or m["aside"] or m["beside"]) for m in _STEP.finditer(line)]
    ranked = sum(bool(_MEANT.search(meaning)) for _, meaning in steps)
    if len(steps) > 1 and (ranked == len(steps) or (_PRIORITIES.search(line) and ranked > 1)):
        return {value.lower() for value, _ in steps}
    if len(steps) > 1 and re.match(r"\W*priorit\w*\W", line, re.I):
        return {value.lower() for value, _ in steps}  # in whatever language it says what each means
    if listed := _SEQUENCE.search(line):
        return {step.lower() for step in re.split(r"\s*,\s*", listed["steps"])}
    orders = list(_BEFORE.finditer(line))
    chained = any(a["below"].lower() == b["above"].lower() for a in orders for b in orders)
    return {m[side].lower() for m in orders for side in ("above", "below")} if chained else set()


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
