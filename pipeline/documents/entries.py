"""Finds the entries of a timeline, whatever it is written as: table, bullets, dated headings, lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from pipeline.documents.actors import actor_of, source_of
from pipeline.documents.blocks import Block
from pipeline.documents.cast import member_opening
from pipeline.documents.dating import Calendar, zone_in
from pipeline.documents.entry_dates import Dates, Found
from pipeline.documents.leads import Lead, read_lead
from pipeline.documents.masking import mask, plain
from pipeline.documents.placeholders import is_nothing
from pipeline.documents.prose import runs
from pipeline.documents.spans import make_span
from pipeline.documents.tables import read_tables, timeline_roles
from pipeline.language.sentences import split
from pipeline.models.document import Entry, Part, Section, Span

_LINK_ALONE = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)\W*|<?https?://\S+>?")
_REMARK = re.compile(
    r"(?:https?://|note\b|n\.?b\.?\b|see\b|slack\b|timeline\b|all times\b|times? )", re.IGNORECASE
)
_HAPPENED = re.compile(r"\b(?:what (?:has )?happened|course|events)\b", re.IGNORECASE)
_PARAGRAPH_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-Z])")
LIST = 3  # lines that open with a time, before a list elsewhere is taken for a timeline
NO_TIMELINE: tuple[Part, ...] = (
    "timeline", "actions", "needs detail", "parked", "prevention", "latencies", "review", "inputs", "questions", "ruled out",
)  # fmt: skip


class EntryReader:
    """Reads one document's timelines."""

    def __init__(
        self,
        surface: str,
        blocks: Sequence[Block],
        sections: Sequence[Section],
        lines: tuple[int, ...],
        calendar: Calendar,
        known: tuple[str, ...] = (),
    ) -> None:
        self.surface, self.blocks, self.sections, self.lines = surface, blocks, sections, lines
        self.calendar, self.known = calendar, known
        self.starts = [min(s.span.start, s.start) for s in sections]
        self.dates = Dates(calendar)

    def read(self) -> tuple[Entry, ...]:
        """The entries under the headings of timelines; where there are none to speak of, those of every other list that
        is dated like one."""
        entries: list[Entry] = []
        for index in (i for i, s in enumerate(self.sections) if s.part == "timeline"):
            entries += self._section(index)
        for found in self._elsewhere() if len(entries) < LIST else ():
            self.dates = Dates(self.calendar)
            entries += found()
        return tuple(sorted(entries, key=lambda e: e.span.start))

    # ---- where entries stand

    def _section(self, index: int) -> Iterator[Entry]:
        section = self.sections[index]
        inside = [i for i, b in enumerate(self.blocks) if section.start <= b.start < section.end]
        tables = dict(self._tables(section.start, section.end))
        taken: set[int] = set()
        heading = self._heading(section, inside)
        if heading:
            yield self.dates.entry(heading)
            taken.update(i for i in inside if self.blocks[i].kind in ("paragraph", "item", "quote"))
        for i in inside:
            block = self.blocks[i]
            if i in taken:
                continue
            if block.kind == "row":
                for found in tables.pop(block.group, ()):
                    yield self.dates.entry(found)
            elif block.kind == "item":
                yield from self._item(i, taken)
            elif block.kind == "paragraph" and block.parent is None:
                yield from self._paragraph(block)

    def _elsewhere(self) -> Iterator[Callable[[], Iterator[Entry]]]:
        """A table with a column of times, a list or a paragraph of lines most of which open with one."""
        for group, table in self._tables(0, len(self.surface)):
            first = next(b for b in self.blocks if b.kind == "row" and b.group == group)
            if self._may_tell(first) and sum(bool(f.lead and f.lead.mention.clock) for f in table) >= LIST:
                yield partial(map, self.dates.entry, table)
        groups: dict[int, list[int]] = {}
        for i, block in enumerate(self.blocks):
            if block.kind == "item" and self._may_tell(block):
                groups.setdefault(block.group, []).append(i)
            elif block.kind == "paragraph" and block.parent is None and self._may_tell(block):
                told = [self._opens(self.surface[s:e]) for s, e in runs(self.surface, block)]
                if sum(told) >= LIST and sum(told) * 2 > len(told):
                    yield partial(self._paragraph, block)
        yield from self._stories()
        for members in groups.values():
            dated = [i for i in members if self._opens_with_clock(self.blocks[i])]
            enough = 1 if self._tells_what_happened(self.blocks[members[0]]) else LIST
            if len(dated) >= enough and len(dated) * 2 > len(members):
                yield partial(self._list, members)

    def _tells_what_happened(self, block: Block) -> bool:
        """Whether a list stands under words or a day that promise events: there, one that is dated is one."""
        heading = self.sections[section_of(self.sections, block.start)].heading
        lead = read_lead(heading, self.calendar)
        is_day = (
            lead is not None
            and lead.mention.clock is None
            and lead.mention.is_dated
            and len(heading.split()) <= 5
        )
        return is_day or bool(_HAPPENED.search(heading))

    def _stories(self) -> Iterator[Callable[[], Iterator[Entry]]]:
        """Paragraphs that open with a time, three or more of them under one heading."""
        told: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.kind == "paragraph" and block.parent is None and self._may_tell(block):
                runs_told = [self._opens(self.surface[s:e]) for s, e in runs(self.surface, block)]
                if len(runs_told) == 1 and runs_told[0]:
                    told.setdefault(section_of(self.sections, block.start), []).append(block)
        for blocks in told.values():
            if len(blocks) >= LIST:
                yield partial(self._paragraphs, blocks)

    def _paragraphs(self, blocks: Sequence[Block]) -> Iterator[Entry]:
        for block in blocks:
            yield from self._paragraph(block)

    def _list(self, members: Sequence[int]) -> Iterator[Entry]:
        taken: set[int] = set()
        for i in members:
            if i not in taken:
                yield from self._item(i, taken)

    def _may_tell(self, block: Block) -> bool:
        """Whether a list there could be a timeline: under its heading it is one already, among items never."""
        return self.sections[section_of(self.sections, block.start)].part not in NO_TIMELINE

    def _opens_with_clock(self, block: Block) -> bool:
        return self._opens(self.surface[block.start : block.end])

    def _opens(self, text: str) -> bool:
        lead = read_lead(text, self.calendar)
        return (
            lead is not None and lead.leading and (lead.mention.clock is not None or lead.offset is not None)
        )

    # ---- one entry each

    def _heading(self, section: Section, inside: Sequence[int]) -> Found | None:
        """A heading that is a time: what stands below it is the event. One that is a day only declares it."""
        lead = read_lead(section.heading, self.calendar) or self._vague_heading(section)
        if (
            lead is not None
            and lead.vague
            and lead.mention.clock is None
            and not self._stands_below_timeline(section)
        ):
            return None  # "The night in order" heads the timeline
        if lead is None or (lead.vague and any(self._opens_with_clock(self.blocks[i]) for i in inside)):
            return None  # "Before the alert" over entries that have their own times
        if lead.mention.clock is None and lead.vague is None:
            if lead.leading or len(section.heading.split()) <= 5:
                self.dates.declare(lead.mention)
            return None
        if section.heading[lead.end :].strip(" -–—:"):
            start, end = section.span.start + lead.end, section.span.end
            start += len(section.heading) - lead.end - len(section.heading[lead.end :].lstrip(" -–—:"))
        else:
            body = [b for i in inside if (b := self.blocks[i]).kind in ("paragraph", "item", "quote")]
            if not body:
                return None
            start, end = body[0].start, body[0].end
        later = [self.blocks[i] for i in inside if self.blocks[i].kind in ("paragraph", "item", "quote")]
        return self._acted(self._found(section.span, lead, start, end), later)

    def _stands_below_timeline(self, section: Section) -> bool:
        before = self.sections[: self.sections.index(section)]
        above = next((s for s in reversed(before) if s.level < section.level), None)
        return above is not None and above.part == "timeline"

    def _acted(self, found: Found, details: Sequence[Block]) -> Found:
        """The entry with the actor that its details name, where its first words name none."""
        texts = (plain(self.surface[b.start : b.end]) for b in details if found.actor is None)
        return replace(found, actor=found.actor or next((a for t in texts if (a := actor_of(t))), None))

    def _vague_heading(self, section: Section) -> Lead | None:
        """`### Some time later` among headings that are times."""
        lead = read_lead(section.heading + ":", self.calendar)
        return lead if lead and lead.vague and lead.end >= len(section.heading) else None

    def _item(self, index: int, taken: set[int]) -> Iterator[Entry]:
        block = self.blocks[index]
        text = self.surface[block.start : block.end]
        lead = read_lead(text, self.calendar)
        children = [i for i in block.children if self.blocks[i].kind == "item"]
        timed = [i for i in children if self._opens_with_clock(self.blocks[i])]
        alone = lead is not None and not plain(text[lead.end :]).strip(" .:-–—*")
        if lead and lead.mention.clock is None and alone and children:
            self.dates.declare(lead.mention)  # a day, with its entries below it
            return
        if timed and (lead is None or lead.mention.clock is None):
            return  # a label over a list of entries
        if self._is_note(block, lead):
            return
        taken.update(self._below(index))
        details = [self.blocks[i] for i in block.children if i in taken or self.blocks[i].kind == "paragraph"]
        start, end = block.start, block.end
        if lead and alone and children:
            first = self.blocks[children[0]]
            found = self._found(self._span(start, end), lead, first.start, first.end)
        else:
            found = self._found(self._span(start, end), lead, start + (lead.end if lead else 0), end)
        yield self.dates.entry(self._acted(found, details))

    def _below(self, index: int) -> Iterator[int]:
        """Details of an entry: what is nested in it, unless it has a time of its own."""
        for child in self.blocks[index].children:
            if not self._opens_with_clock(self.blocks[child]):
                yield child
                yield from self._below(child)

    def _is_note(self, block: Block, lead: Lead | None) -> bool:
        """A link or a remark on the list itself is no entry of it."""
        if lead is not None:
            return False
        raw = self.surface[block.start : block.end].strip()
        return bool(_LINK_ALONE.fullmatch(raw)) or bool(_REMARK.match(plain(raw)))

    def _paragraph(self, block: Block) -> Iterator[Entry]:
        """Lines that open with a time are entries, and so are the sentences of a story that tells one after another;
        other prose is narrative."""
        pieces = [(s, e, False) for s, e in runs(self.surface, block)]
        if len(pieces) == 1 and (told := list(self._moments(*pieces[0][:2]))):
            pieces = told
        for start, end, in_prose in pieces:
            text = self.surface[start:end]
            lead = read_lead(text, self.calendar)
            if lead is None or not (lead.leading or in_prose):
                continue
            rest = plain(text[lead.end :]).strip(" .:-–—")
            if not rest:
                if lead.mention.clock is None:
                    self.dates.declare(lead.mention)
                continue
            if lead.mention.clock is None and lead.vague is None and not lead.separated:
                self.dates.declare(lead.mention)  # "Dates are 18 March 2026 unless given"
                continue
            yield self.dates.entry(self._found(self._span(start, end), lead, start + lead.end, end))

    def _moments(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """The sentences of a paragraph of which most tell a time, each with those behind it that tell none."""
        sentences = [(start + s, start + e) for s, e in split(mask(self.surface[start:end]))]
        timed = [s for s, e in sentences if self._tells_clock(self.surface[s:e])]
        if len(timed) < LIST or len(timed) * 2 <= len(sentences):
            return
        for begin, until in zip(timed, [*timed[1:], end], strict=True):
            yield begin, begin + len(self.surface[begin:until].rstrip()), True

    def _tells_clock(self, sentence: str) -> bool:
        lead = read_lead(sentence, self.calendar)
        return lead is not None and lead.mention.clock is not None

    def _tables(self, first: int, last: int) -> Iterator[tuple[int, list[Found]]]:
        for headers, rows in read_tables(self.surface, self.blocks, first, last):
            if not rows:
                continue
            texts = [tuple(plain(self.surface[s:e]) for s, e in self.blocks[i].cells) for i in rows]
            roles = timeline_roles(headers, texts)
            if "time" in roles and "event" in roles:
                yield self.blocks[rows[0]].group, [self._row(self.blocks[i], roles, headers) for i in rows]

    def _row(self, block: Block, roles: Sequence[str | None], headers: Sequence[str]) -> Found:
        cells = dict[str, tuple[int, int]]()
        zone = None
        for column, (cell, role) in enumerate(zip(block.cells, roles, strict=False)):
            header = headers[column] if column < len(headers) else ""
            named = zone_in(header) if role == "time" else None
            if role and (
                role not in cells or (role == "time" and named == "UTC" and zone not in ("UTC", None))
            ):
                cells[role] = cell
                zone = named if role == "time" else zone
        time_text = self._text(cells["time"]) if "time" in cells else ""  # a row may be shorter than its head
        if "date" in cells:
            time_text = f"{self._text(cells['date'])} {time_text}".strip()
        lead = read_lead(time_text, self.calendar)
        start, end = cells.get("event", (block.start, block.start))
        found = self._found(self._span(block.start, block.end), lead, start, end)
        actor = found.actor
        if "actor" in cells:
            stated = self._text(cells["actor"])
            actor = None if is_nothing(stated) else stated
        source = plain(self.surface[slice(*cells["source"])]) if "source" in cells else None
        return replace(found, time_text=time_text, actor=actor, source=source or found.source, zone=zone)

    def _text(self, cell: tuple[int, int]) -> str:
        return plain(self.surface[cell[0] : cell[1]])

    def _span(self, start: int, end: int) -> Span:
        return make_span(self.lines, start, end)

    def _found(self, span: Span, lead: Lead | None, start: int, end: int) -> Found:
        if lead and not lead.leading:  # the time stands inside or behind: the event is all of it
            start, end = span.start, span.end
        while start < end and self.surface[start] in " \t*_:–—-|.,)]~":
            start += 1
        event = _PARAGRAPH_NUMBER.sub("", plain(self.surface[start:end]))
        if lead and not lead.leading:
            event = re.sub(rf"^(?:At|On|By) {re.escape(lead.mention.text)},?\s*(?=\S)", "", event)
        if lead and not lead.leading and lead.trailing:
            event = re.sub(r"[\s:,(@–—-]+(?:at|on)?\s*$", "", event.replace(lead.mention.text, ""))
        actor = actor_of(event) or member_opening(event, self.known)
        if actor and (label := re.match(rf"[(\[]?{re.escape(actor)}[)\]]?\s*(?::|\s[–—|-])\s+(?=\S)", event)):
            event = event[label.end() :]
        return Found(
            span,
            lead,
            lead.text if lead else "",
            event,
            self._span(start, max(start, end)),
            actor,
            source_of(self.surface[start:end]),
        )


def section_of(sections: Sequence[Section], offset: int) -> int:
    """The index of the section that an offset stands in."""
    return max(0, bisect_right([min(s.span.start, s.start) for s in sections], offset) - 1)
