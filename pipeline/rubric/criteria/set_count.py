"""SET-COUNT: is the list of open items short enough to be done, and ranked?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.documents.spans import span_at
from pipeline.language.same_work import Work, is_same, is_surely_same
from pipeline.models.document import Document, PrintedItem, Span
from pipeline.models.evaluation import Finding
from pipeline.rubric.criteria import ai_trk
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.duplicates import same_items
from pipeline.rubric.items import said
from pipeline.rubric.means import Means

MANY = 8  # from here on a list is long; from `Means.item_cap` on nobody works it off
FLAT = 4  # so many items with one priority have no order


def find_unmanageable(document: Document, means: Means) -> Iterable[Finding]:
    items = _distinct(document, is_same)
    if not items:
        return
    place = _place(document, items[0])
    count, surely = len(items), len(_distinct(document, is_surely_same))
    if surely > means.item_cap:  # what may be a duplicate is none where it decides
        yield finding(
            document,
            place,
            CRITERION,
            f"{surely} open items, more than the {means.item_cap} that a list may hold",
            kind="too many",
            suggestion=CRITERION.advice,
        )
    elif count >= MANY:
        yield finding(
            document,
            place,
            CRITERION,
            f"{count} open items: a list of {MANY} or more is seldom worked off",
            severity="advisory",
            kind="many",
            suggestion=CRITERION.advice,
        )
    if (shared := _one_priority(items)) is not None:
        yield finding(
            document,
            place,
            CRITERION,
            f"all {count} open items have the priority “{shared}”, so none comes first",
            severity="advisory",
            kind="flat",
            suggestion="rank them, or say that the order of the list is the priority",
        )


def _distinct(document: Document, same: Callable[[Work, Work], bool]) -> Sequence[PrintedItem]:
    """The open items, those that ask for the same work counted as one. A line that only points to where all is tracked is
    none; one that is no more than the link of its own ticket is."""
    repeated = {second.span.start for _, second in same_items(document, same)}
    return [
        item
        for item in document.items
        if item.state == "open"
        and item.span.start not in repeated
        and (not item.pointer or (item.tracking and ai_trk.objection(item.tracking, item) is None))
    ]


def _one_priority(items: Sequence[PrintedItem]) -> str | None:
    """The priority that all of four or more items have, as the first writes it; None where they differ or rank."""
    if len(items) < FLAT or any(item.ranked_list for item in items):
        return None
    told = [said(item.priority) for item in items]
    if any(t is None for t in told):
        return None  # what has none is AI-PRI's
    values = {
        re.sub(r"[\W_]+|\bprio(?:rity)?\b", "", re.sub(r"\([^)]*\)", "", t or "").casefold()) for t in told
    }
    return (told[0] or "").strip("*_ ") if len(values) == 1 else None


def _place(document: Document, first: PrintedItem) -> Span:
    """The heading above the first item, or the item where none is."""
    above = [s for s in document.sections if s.heading and s.span.start <= first.span.start < s.end]
    return above[-1].span if above else span_at(document, first.title_span.start, first.title_span.end)


def _list(count: int, priorities: Sequence[str]) -> str:
    tasks = (
        "Reject files over {} GB at the gateway",
        "Delete flag old_{}",
        "Move importer-{} to the new rack",
    )
    rows = (
        f"- {tasks[n % 3].format(n + 2)} (owner: Ines Caldeira, {priorities[n % len(priorities)]})\n"
        for n in range(count)
    )
    return "## Action items\n\n" + "".join(rows)


CRITERION = Criterion(
    id="SET-COUNT",
    title="too many open items, or items without an order",
    unit="list",
    severity="blocking",
    gate="draft",
    rationale=(
        "A team does a few things after an incident, and a long list hides which. From 8 open items on the list is advised "
        "against; above the cap (12 where none is configured) it blocks. Four or more items that share one priority have no "
        "order. What is done, parked or a duplicate does not count."
    ),
    bad=(_list(15, ("P0", "P1", "P2")), _list(9, ("P1", "P2", "P3")), _list(6, ("P1",))),
    good=(
        _list(5, ("P1", "P2")),
        _list(3, ("P1",)),
        _list(6, ("P1", "P2")) + "\n### Considered, not planned\n\n" + "- Buy a second rack\n" * 9,
    ),
    advice="keep what changes the most, and park the rest with its reason under “Considered, not planned”",
    check=find_unmanageable,
)
