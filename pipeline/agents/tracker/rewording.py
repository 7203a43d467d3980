"""Items reworded by a model where the rubric found fault; what it can't mend, code mends or asks about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.agents.hat import Hat
from pipeline.agents.support import fault_of, plain
from pipeline.agents.tracker.classing import type_of
from pipeline.agents.tracker.mending import mend
from pipeline.agents.tracker.replies import ItemRevision, ItemRevisionReply
from pipeline.agents.tracker.sorting import missing_parts
from pipeline.language.people import People
from pipeline.models.actions import ActionItem, ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.removal import Dropped
from pipeline.rendering.prompt_blocks import one_line

_ITEM = re.compile(r"^/items/(?P<index>[0-9]+)(?:/.*)?$")
# What other words for the same work can mend; owner, date and ticket are for people.
_WORDING = frozenset({"AI-SPEC", "AI-PUN", "BLM", "HND"})


def reword(
    hat: Hat,
    case: Case,
    items: ActionItems,
    findings: Iterable[Finding],
    people: People,
    commander: str,
) -> tuple[ActionItems, list[Dropped]]:
    """The items after revision, and the titles that were not printed."""
    by_item: dict[int, list[Finding]] = defaultdict(list)
    left: list[Finding] = []
    for finding in findings:
        place = _ITEM.match(finding.where or "")
        known = place is not None and int(place["index"]) < len(items.items)
        if place and known and finding.criterion in _WORDING and finding.severity == "blocking":
            by_item[int(place["index"])].append(finding)
        else:
            left.append(finding)
    if not by_item:
        return mend(items, left, people, commander), []
    numbered = {f"R{n}": index for n, index in enumerate(by_item, 1)}
    lines = [_line(target, items.items[index], by_item[index]) for target, index in numbered.items()]
    reply = hat.ask(case, "tracker-revise", ItemRevisionReply, data=("targets",), targets="\n".join(lines))
    answers = {answer.target: answer for answer in reversed(reply.revisions)}
    changed = list(items.items)
    dropped: list[Dropped] = []
    for target, index in numbered.items():
        better = _reworded(changed[index], answers.get(target), case, dropped)
        if better is None:
            left += by_item[index]
        else:
            changed[index] = better
    return mend(items.model_copy(update={"items": tuple(changed)}), left, people, commander), dropped


def _reworded(
    item: ActionItem, answer: ItemRevision | None, case: Case, dropped: list[Dropped]
) -> ActionItem | None:
    """The same item under a title that is complete and that its records bear out, or None."""
    if answer is None or answer.title is None:
        return None
    title = plain(answer.title).rstrip(".")
    fault = fault_of(title, answer.evidence, case, title=True, wish=True)
    if fault is not None:
        dropped.append(Dropped("items", title, fault, item.evidence))
        return None
    if missing_parts(title):
        return None
    kind, reason = type_of(title)
    because = item.because.model_copy(update={"type": reason})
    evidence = tuple(dict.fromkeys((*item.evidence, *answer.evidence)))
    return item.model_copy(update={"title": title, "type": kind, "because": because, "evidence": evidence})


def _line(target: str, item: ActionItem, findings: list[Finding]) -> str:
    """`R1 | title | records | what was found`."""
    found = "; ".join(f"{f.criterion}: {f.message}" for f in findings)
    return " | ".join((target, one_line(item.title), " ".join(item.evidence), one_line(found)))
