"""Work that a model gave as items, and whose titles do not hold or are not complete, shown to it once more."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.agents.hat import Hat
from pipeline.agents.support import fault_detail, plain
from pipeline.agents.tracker.replies import ItemReply, ItemRevisionReply, TrackerReply
from pipeline.language.vagueness import parts
from pipeline.models.case import Case
from pipeline.rendering.prompt_blocks import one_line

_TARGETS = 20  # of one request


def try_again(hat: Hat, case: Case, reply: TrackerReply) -> TrackerReply:
    """The reply with those titles reworded; one that stays as it was is dropped or asked about later.

    Raises ModelError.
    """
    unclear = list(_unclear(reply.items, case))[:_TARGETS]
    if not unclear:
        return reply
    targets = {f"R{n}": (at, why) for n, (at, why) in enumerate(unclear, 1)}
    lines = [_line(target, reply.items[at], why) for target, (at, why) in targets.items()]
    better = hat.ask(case, "tracker-revise", ItemRevisionReply, data=("targets",), targets="\n".join(lines))
    items = list(reply.items)
    for answer in better.revisions:
        if answer.target in targets and answer.title is not None:
            at, _ = targets[answer.target]
            evidence = list(dict.fromkeys((*items[at].evidence, *answer.evidence)))
            items[at] = items[at].model_copy(update={"title": answer.title, "evidence": evidence})
    return reply.model_copy(update={"items": items})


def _unclear(items: list[ItemReply], case: Case) -> Iterator[tuple[int, str]]:
    """Which items, and why."""
    for at, item in enumerate(items):
        title = plain(item.title).rstrip(".")
        read = parts(title)
        detail = fault_detail(title, item.evidence, case, title=True, wish=True)
        if detail:
            yield at, f"not printed: {detail}"
        elif not read.complete:
            yield at, f"AI-SPEC: the item has {'; '.join(read.reasons)}"


def _line(target: str, item: ItemReply, why: str) -> str:
    """`R1 | title | records | what was found`."""
    return " | ".join((target, one_line(item.title), " ".join(item.evidence), one_line(why)))
