"""Finds the action items of a document: table rows, bullets, numbered lines, checkboxes, headed blocks, `AI:` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.blocks import Block
from pipeline.documents.fields import by_form, is_party, keyed, make_field
from pipeline.documents.headings import coverage
from pipeline.documents.inline import inline
from pipeline.documents.item_draft import NUMBER, RANKED, Draft, Group
from pipeline.documents.item_kinds import tells_deed
from pipeline.documents.item_rows import keyed_rows, read_rows
from pipeline.documents.masking import mask, plain
from pipeline.documents.prose import runs
from pipeline.documents.surface import Surface
from pipeline.documents.tables import item_roles
from pipeline.documents.trackers import linked_entry, targets
from pipeline.language.people import People
from pipeline.models.document import Part, PrintedItem, Section

ITEM_PARTS: tuple[Part, ...] = ("actions", "needs detail", "parked")
_ANNOUNCED = re.compile(
    r"[\s*_]*(?:AI|Action item|ACTION|Action|TODO|A\.I\.)\s*(?:#?\d+)?[*_]*\s*:[*_\s]*(?=\S)"
)
_BEFORE_LIST = re.compile(r"\n[ \t]*(?:[-*+•|]|\d{1,3}[.)])\s")
_WIDE_ROW = re.compile(r"\d{1,2}\s{2,}")
_GRID_ROW_NUMBER = re.compile(r"(?:\d{1,2}\s{2,}|\(\d{1,2}\)\s+)(?=\S)")
_GRID_ROW = re.compile(
    r"(?:\d{1,2}\s{2,}|\(\d{1,2}\)\s+)\S"
)  # the first line of a row, in a table that is made of spaces


class ItemReader:
    def __init__(
        self,
        surface: Surface,
        blocks: Sequence[Block],
        sections: Sequence[Section],
        lines: tuple[int, ...],
        people: People,
    ) -> None:
        self.surface, self.references = surface.text, surface.references
        self.blocks, self.sections, self.lines = blocks, sections, lines
        self.people = people
        self.list = 0

    def read(self) -> tuple[PrintedItem, ...]:
        items: list[PrintedItem] = []
        groups: list[tuple[int, Group]] = []
        skip_until = -1
        for index, section in enumerate(self.sections):
            while groups and groups[-1][0] >= section.level:
                groups.pop()
            above = groups[-1][1] if groups else Group()
            if section.part not in ITEM_PARTS:
                groups.clear()
                continue
            self.list += not groups
            group = self._below(above, section.heading)
            intro = _BEFORE_LIST.split(mask(self.surface[section.start : section.end]), maxsplit=1)[0]
            if RANKED.search(intro.split("\n")[0]) or RANKED.search(intro[:400]):
                group = replace(group, ranked=True)
            groups.append((section.level, group))
            if index <= skip_until:
                continue
            inside = self._inside(section)
            if groups[:-1] and (headed := self._headed(section, inside, group)):
                items.append(headed)
                continue
            items += self._section(inside, group)
        if not items:
            items += self._prevention()
        items += self._announced(items)
        items = [item for item in items if item.fields or not _is_header(item.title)]
        return tuple(sorted(map(self._tracked, items), key=lambda i: i.span.start))

    def _finish(self, draft: Draft, group: Group) -> PrintedItem:
        return draft.finish(self.lines, group, self.list, self.surface[draft.start : draft.end])

    def _tracked(self, item: PrintedItem) -> PrintedItem:
        """The item with what its links lead to: a reference's target, or the one entry that its text links."""
        place = dict(item.fields).get("tracking")
        if place:
            led = [f"<{t}>" for t in targets(self.surface[place.start : place.end], self.references)]
            return replace(item, tracking=" ".join([item.tracking or "", *led]).strip()) if led else item
        if item.tracking is None and (
            found := linked_entry(self.surface[item.span.start : item.span.end], self.references)
        ):
            return replace(item, tracking=found)
        return item

    def _inside(self, section: Section) -> list[int]:
        return [
            i
            for i, b in enumerate(self.blocks)
            if section.start <= b.start < section.end and b.kind != "heading"
        ]

    # ---- where items stand

    def _below(self, group: Group, label: str) -> Group:
        """What a heading or a label adds; a person's name alone is the owner of what stands below it."""
        shown = plain(label).strip(" :*")
        inner = group.below(label)
        return replace(inner, owner=shown) if is_party(shown, self.people) else inner

    def _section(self, inside: Sequence[int], group: Group) -> Iterator[PrintedItem]:
        rows = [i for i in inside if self.blocks[i].kind == "row"]
        if rows:
            first, last = self.blocks[rows[0]].start, self.blocks[rows[-1]].end
            of_all = group
            for block in (self.blocks[i] for i in inside if self.blocks[i].start < first):
                of_all = of_all.told_of_all(self.surface[block.start : block.end])
            for draft, within in read_rows(self.surface, self.blocks, self.people, first, last, of_all):
                yield self._finish(draft, within)
        current = group
        alone = not any(self.blocks[i].kind in ("row", "item") for i in inside)
        fielded: set[int] = set()
        for place, i in enumerate(inside):
            block = self.blocks[i]
            if i in fielded or (block.parent is not None and block.parent in inside):
                continue
            if block.kind == "item":
                yield from self._item(i, current)
            elif block.kind == "paragraph":
                below = next(iter(inside[place + 1 :]), None)
                if below is not None and (item := self._titled_above(block, self.blocks[below], current)):
                    fielded.add(below)
                    yield item
                    continue
                text = self.surface[block.start : block.end]
                if not alone and (of_all := current.told_of_all(text)) != current:
                    current = of_all
                    continue
                found = list(self._paragraph(block, current, alone=alone))
                yield from found
                if not found and self._is_label(block):
                    current = self._below(group, text)

    def _titled_above(self, block: Block, below: Block, group: Group) -> PrintedItem | None:
        """A paragraph that is a title, with nothing but fields in the paragraph below it."""
        if below.kind != "paragraph" or "\n" in self.surface[block.start : block.end].strip():
            return None
        lines = [(s, e) for s, e in below.lines if self.surface[s:e].strip()]
        texts = [self.surface[s:e] for s, e in lines]
        several = [self._holds_fields_alone(t) for t in texts]
        fields = [keyed(t, 0) is not None or more for t, more in zip(texts, several, strict=True)]
        if not all(fields) or (len(lines) < 2 and not any(several)):
            return None
        draft = Draft(block.start, below.end)
        self._read_lines(draft, block.start, block.end)
        for start, end in lines:
            self._read_fields(draft, start, end)
        return self._finish(draft, group) if draft.title else None

    def _item(self, index: int, group: Group) -> Iterator[PrintedItem]:
        block = self.blocks[index]
        children = [i for i in block.children if self.blocks[i].kind == "item"]
        if children and self._is_label(block) and not self._is_titled(children):
            inner = self._below(group, self.surface[block.start : block.end])
            for child in children:
                yield from self._item(child, inner)
            return
        item = self._bullet(index, group)
        if item:
            yield item

    def _is_label(self, block: Block) -> bool:
        """A short line that names a group of items rather than being one."""
        raw = self.surface[block.start : block.end].strip()
        shown = plain(raw)
        bold = re.fullmatch(r"(\*\*|__).+(\*\*|__):?", raw) is not None
        words = shown.strip(" :").split()
        if block.kind == "paragraph" and shown.endswith(":") and len(words) <= 14:
            return True  # "The following items are already completed:"
        return len(words) <= 6 and (shown.endswith(":") or bold or (len(words) <= 2 and "\n" not in raw))

    def _is_titled(self, children: Sequence[int]) -> bool:
        """Whether what is nested are the fields of one item."""
        texts = [self.surface[self.blocks[i].start : self.blocks[i].end] for i in children]
        told = sum(
            keyed(t, 0) is not None or by_form(t, 0, self.people, bare_names=False) is not None for t in texts
        )
        return told * 2 >= len(texts)

    def _paragraph(self, block: Block, group: Group, *, alone: bool) -> Iterator[PrintedItem]:
        """A paragraph is an item if it announces one, is numbered, or carries two fields; where no list stands
        beside it (`alone`), also if it tells a deed to do."""
        for start, end in self._item_runs(block):
            text = self.surface[start:end]
            announced = _ANNOUNCED.match(text) or _GRID_ROW_NUMBER.match(text) or NUMBER.match(text)
            fields, _ = inline(text, start, self.people)
            told = len({f.name for f in fields if f.name not in ("aside", "detail")})
            if announced or told >= 2 or (alone and tells_deed(plain(text))):
                draft = Draft(start, end)
                begin = start + (announced.end() if announced else 0)
                self._read_lines(draft, begin, end, wide=_WIDE_ROW.match(text) is not None)
                if draft.title:
                    yield self._finish(draft, group)

    def _item_runs(self, block: Block) -> Iterator[tuple[int, int]]:
        """Lines joined to one item: a line of fields belongs to the line above it."""
        pending: tuple[int, int] | None = None
        numbered = any(_GRID_ROW.match(self.surface[start:end]) for start, end in block.lines)
        for start, end in block.lines:
            line = self.surface[start:end]
            goes_on = pending and (keyed(line, 0) is not None or line[:1].islower())
            if numbered:
                goes_on = pending and not _GRID_ROW.match(line)
            if pending and goes_on:
                pending = (pending[0], end)
            else:
                if pending:
                    yield pending
                pending = (start, end)
        if pending:
            yield pending

    def _headed(self, section: Section, inside: Sequence[int], group: Group) -> PrintedItem | None:
        """`### Cap the pool` with its fields, or a paragraph that goes on with it, below."""
        if coverage(section.heading) >= 0.75 or not inside:
            return None
        pieces = [
            run for i in inside if self.blocks[i].kind != "row" for run in runs(self.surface, self.blocks[i])
        ]
        told = [keyed(self.surface[s:e], s) for s, e in pieces]
        pairs = keyed_rows(self.surface, [b for i in inside if (b := self.blocks[i]).kind == "row"])
        rows = [self.surface[s:e] for s, e in pieces if self._holds_fields_alone(self.surface[s:e])]
        if sum(f is not None for f in told) + len(pairs) < 2 and not rows and not self._goes_on(inside):
            return None
        draft = Draft(section.span.start, section.span.end)
        self._read_lines(draft, section.span.start, section.span.end)
        draft.end = max(draft.end, *(self.blocks[i].end for i in inside))
        for found in pairs:
            draft.add(found)
        for (start, end), known in zip(pieces, told, strict=True):
            if known or self.surface[start:end] in rows:
                self._read_fields(draft, start, end)
            else:
                draft.title.append(plain(self.surface[start:end]))
        return self._finish(draft, group) if draft.title else None

    def _goes_on(self, inside: Sequence[int]) -> bool:
        """Whether prose alone stands below a heading and says what is to be done."""
        blocks = [self.blocks[i] for i in inside]
        return all(b.kind == "paragraph" for b in blocks) and any(
            tells_deed(plain(self.surface[b.start : b.end])) for b in blocks
        )

    def _prevention(self) -> Iterator[PrintedItem]:
        """A document without a list of items: measures elsewhere that carry fields are its items, and deeds that do
        below headings that no list of names knows."""
        self.list += 1
        for section in self.sections:
            if section.part not in ("prevention", "resolution", "lessons", "other"):
                continue
            inside = self._inside(section)
            headed = self._headed(section, inside, Group())
            for item in [headed] if headed else self._section(inside, Group().below(section.heading)):
                told = (item.owner, item.priority, item.due, item.tracking, item.type)
                deed = section.part != "other" or headed is not None or tells_deed(item.title)
                if sum(value is not None for value in told) >= 2 and deed:
                    yield item

    def _announced(self, known: Sequence[PrintedItem]) -> Iterator[PrintedItem]:
        """`AI: …` lines outside the list."""
        taken = {i.span.start for i in known}
        for index, block in enumerate(self.blocks):
            if block.kind not in ("paragraph", "item") or block.quoted:
                continue
            for start, end in runs(self.surface, block):
                match = re.match(
                    r"[\s*_]*(?:AI|Action item|ACTION ITEM|A\.I\.)[*_]*\s*(?:#?\d+)?:[*_\s]*(?=\S)",
                    self.surface[start:end],
                )
                if (
                    match
                    and start not in taken
                    and not any(i.span.start <= start < i.span.end for i in known)
                ):
                    draft = Draft(start, end)
                    self._read_lines(draft, start + match.end(), end)
                    self._read_children(draft, index)
                    if draft.title:
                        yield self._finish(draft, Group())

    # ---- one item each

    def _bullet(self, index: int, group: Group) -> PrintedItem | None:
        block = self.blocks[index]
        draft = Draft(block.start, block.end, checked=block.checked)
        text = self.surface[block.start : block.end]
        announced = _ANNOUNCED.match(text) or NUMBER.match(text)
        self._read_lines(draft, block.start + (announced.end() if announced else 0), block.end)
        self._read_children(draft, index)
        return self._finish(draft, group) if draft.title else None

    def _read_children(self, draft: Draft, index: int) -> None:
        for child in self.blocks[index].children:
            block = self.blocks[child]
            if block.kind in ("item", "paragraph"):
                for start, end in runs(self.surface, block):
                    self._read_fields(draft, start, end)
                draft.end = max(draft.end, block.end)
                self._read_children(draft, child)

    def _read_fields(self, draft: Draft, start: int, end: int) -> None:
        """A nested line: one field, several, or a detail of the title."""
        text = self.surface[start:end]
        named = is_party(plain(text).strip(" ."), self.people)
        one = keyed(text, start) or by_form(text, start, self.people, bare_names=named)
        fields, rest = inline(text, start, self.people)
        if one and len([f for f in fields if f.name != "aside"]) <= 1:
            draft.add(one)
            return
        for found in fields:
            draft.add(found)
        if detail := plain(rest):
            shown = detail.strip(" .,;|")
            if all(f.name != "owner" for f in fields) and is_party(shown, self.people) and shown in text:
                at = text.index(shown)
                draft.add(make_field("owner", text, at, at + len(shown), start))
            else:
                draft.title.append(detail)

    def _read_lines(self, draft: Draft, start: int, end: int, *, wide: bool = False) -> None:
        """The item's own text. Lines that are fields are fields; the rest is its title and what that holds inline.

        Wrapped lines are read as one; in a table of spaces, which is `wide`, a line's end parts cells as spaces do.
        """
        lines: list[tuple[int, int]] = []
        pieces = self.surface[start:end].split("\n")
        alone = [keyed(piece, 0) is not None or self._holds_fields_alone(piece) for piece in pieces]
        titled = any(not fields and piece.strip() for fields, piece in zip(alone, pieces, strict=True))
        at = start
        for piece, fields_alone in zip(pieces, alone, strict=True):
            if (lines or titled) and fields_alone:
                self._read_fields(draft, at, at + len(piece))
            elif piece.strip():
                lines.append((at, at + len(piece)))
            at += len(piece) + 1
        if not lines:
            return
        first, last = lines[0][0], lines[-1][1]
        if draft.fields and min(f.start for f in draft.fields.values()) < last:
            last = lines[0][1]
        text, places = _unwrapped(self.surface[first:last], wide=wide)
        fields, rest = inline(text, 0, self.people)
        for found in fields:
            begin, stop = places[found.start], places[max(found.start, found.end - 1)]
            draft.add(
                replace(found, start=first + begin, end=first + max(begin, stop + (found.end > found.start)))
            )
        told = draft.title_span
        draft.add_title(0, rest)
        if told is None and draft.title_span is not None:
            begin, stop = draft.title_span
            draft.title_span = first + places[begin], first + places[stop - 1] + 1

    def _holds_fields_alone(self, line: str) -> bool:
        """`Done 2026-11-14  Ticket: CA-411`: two fields or more, and nothing beside them but a name."""
        fields, rest = inline(line, 0, self.people)
        beside = plain(rest).strip(" .,;|")
        return len(fields) > 1 and (not beside or is_party(beside, self.people))


def _is_header(title: str) -> bool:
    """ "Action Owner Priority Due Ticket": the heads of a table that is no table in Markdown."""
    words = title.split()
    return len(words) >= 3 and all(item_roles(words))


def _unwrapped(raw: str, *, wide: bool) -> tuple[str, list[int]]:
    """A text on one line, and for each of its characters where that stands in the text as it was."""
    told, places = [], []
    for match in re.finditer(r"\n[ \t]*|.", raw):
        new = match[0].startswith("\n")
        kept = match[0].replace("\n", " ") if not new or wide else " "
        told.append(kept)
        places += [match.start() + n for n in range(len(kept))]
    places.append(len(raw))  # where an empty field at the end stands
    return "".join(told), places
