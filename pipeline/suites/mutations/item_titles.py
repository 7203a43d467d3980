"""Defects in what an item asks for, and in how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.models.document import Document, PrintedItem
from pipeline.suites.mutations.defect import Defect, Edit, Ground, defect

_TOO_MANY = 13


def mutate(ground: Ground) -> Iterator[Defect]:
    open_items = [i for i in ground.document.items if i.state == "open"]
    for criterion, name in (("AI-SPEC", "vague"), ("AI-PUN", "punitive")):
        if open_items:
            item = ground.random.choice(open_items)
            edit = retitled(ground.document, item, ground.word(name))
            yield defect(
                criterion, f"item made {name}", ground.document, [edit], (item.span.start, item.span.end)
            )
    if open_items:
        yield _too_many(ground, open_items)


def retitled(document: Document, item: PrintedItem, title: str) -> Edit:
    """The item with another title, its fields as they are."""
    start, end = item.title_span.start, item.title_span.end
    first = min((p.start for _, p in item.fields if p.start >= start), default=end)
    if first < end:  # the fields stand inside the line
        end = start + len(document.text[start:first].rstrip())
        told = document.text[start:end]
        cut = max(told.rfind(mark) for mark in (". ", " (", " [", " —", " –", " ·", "\n", "  "))
        end = start + cut if cut > len(told) // 2 else end
    return start, end, title


def _too_many(ground: Ground, open_items: list[PrintedItem]) -> Defect:
    """Copies of the last item, each with a title of its own, until there are thirteen."""
    document, last = ground.document, open_items[-1]
    begin = document.text.rfind("\n", 0, last.span.start) + 1
    ends = [last.span.end, *(p.end for _, p in last.fields)]
    end = document.text.find("\n", max(ends))
    end = len(document.text) if end < 0 else end
    block = document.text[begin:end]
    start, stop, _ = retitled(document, last, "")
    titles = ground.random.sample(list(ground.wordings["more_items"]), _TOO_MANY - len(open_items))
    apart = "\n\n" if "\n" in block and not block.lstrip().startswith(("|", "-", "*")) else "\n"
    copies = apart.join(block[: start - begin] + title + block[stop - begin :] for title in titles)
    first = document.items[0].span.start
    above = [s.span.start for s in document.sections if s.heading and s.span.start <= first]
    return defect(
        "SET-COUNT",
        "items up to thirteen",
        document,
        [(end, end, apart + copies)],
        (above[-1] if above else first, end),
    )
