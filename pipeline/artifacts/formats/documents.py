"""Reads Markdown and plain text that people wrote: fields, dated rows, tables, tasks, bullets and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.artifacts.document_lines import (
    Line,
    columns_of,
    first_clock,
    plain_text,
    read_line,
    split_rows,
    starts_something,
)
from pipeline.artifacts.document_stamps import HeadingDay, day_of_heading, stamp_of_line
from pipeline.artifacts.item import Item, KnownDay, Reading, Zone
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.upstream import classify, is_heading_of, named_by
from pipeline.artifacts.zone_statements import letters_stated, zone_of_heading, zone_stated, zones_of_others
from pipeline.documents.blocks import Block, cut_blocks
from pipeline.documents.headings import parts_of
from pipeline.documents.spans import line_starts
from pipeline.documents.surface import read_surface
from pipeline.language.sentences import split
from pipeline.language.times import find_times
from pipeline.models.incident import Upstream

_FRONT_FIELD = re.compile(r"^(?P<key>[A-Za-z][\w .-]{0,40}?)\s*:\s*(?P<value>.*\S)\s*$")
_FENCE = re.compile(r"^\s*(?:>\s*)?(?:[-*+]\s+)?(?:`{3,}|~{3,})")
_BOLD_LINE = re.compile(r"^(?:\*\*|__)(?P<title>[^*]{2,80}?)(?:\*\*|__)\s*:?$")
_RUN_IN = re.compile(r"^(?:\*\*|__)(?P<title>[^*]{2,60}?)\.?(?:\*\*|__)[.:]?\s+(?P<rest>\S.*)$", re.DOTALL)
_MARKUP = re.compile(r"^(?:#{1,6} |[-*+] \S|\d{1,2}[.)] |> |\|.*\||```|\*\*\S|---\s*$|={3,}\s*$)")
_SEVERITY = re.compile(r"\b((?:SEV|S|P)[- ]?\d)\b", re.IGNORECASE)

_PLAIN_HEADING = re.compile(r"[A-Z\d][^.!?:;|]{2,70}[^.!?:;,|\s]")
_LONG = 200  # characters: a dated paragraph of more tells more than one thing
_SAMPLE = 500  # lines that show what a file is


def recognise(file: TextFile) -> bool:
    """Markup, or prose: something that a person wrote, not a program. Data in braces is none."""
    if (
        file.json is not None
        or file.json_lines
        or file.text.lstrip()[:5].lower() in {"<?xml", "<html", "<!doc"}
    ):
        return False
    lines = [line for line in file.lines if line.strip()][:_SAMPLE]
    if not lines:
        return False
    marked = sum(bool(_MARKUP.match(line.strip())) for line in lines)
    letters = [line for line in lines if sum(c.isalpha() or c == " " for c in line) > 0.7 * len(line)]
    stamped = sum(bool(re.search(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", line[:40])) for line in lines)
    if stamped * 3 > len(lines) and not file.path.endswith((".md", ".markdown")):
        return False
    return marked * 6 >= len(lines) or len(letters) * 2 >= len(lines)


def read(file: TextFile, context: Context) -> Reading:
    return _Document(file, context).read()


_ABOUT = About(
    known_by="Markdown, or prose: headings, lists, tables, sentences",
    exported_by="Google Docs: File > Download > Markdown. Confluence, Notion: Export > Markdown",
)
DOCUMENT = single("document", _ABOUT, recognise, read)


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    zone: Zone | None
    day: HeadingDay | None
    document: Upstream | None


@dataclass(slots=True)
class _Document:
    file: TextFile
    context: Context
    headings: list[_Heading] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    plain_titles: list[str] = field(default_factory=list)  # where the text has no markup
    dated: set[str] = field(default_factory=set)  # sections in which a time stands
    starts: tuple[int, ...] = ()
    text: str = ""
    reading: Reading = field(init=False)

    def read(self) -> Reading:
        self.reading = Reading(self.file.path, "document")
        self._front_matter()
        surface = read_surface(self.file.text)
        self.starts = line_starts(surface.text)
        self.text = surface.text
        blocks = cut_blocks(surface.text)
        self.titles = [plain_text(self.text[b.start : b.end]).strip() for b in blocks if b.kind == "heading"]
        done: set[int] = set()
        for place in range(len(blocks)):
            if place not in done:
                done |= self._block(blocks, place)
        self._fences()
        self._close()
        return self.reading

    def _front_matter(self) -> None:
        lines = self.file.lines
        if lines[0].strip() != "---":
            return
        for number, line in enumerate(lines[1:], 2):
            if line.strip() in {"---", "..."}:
                return
            if match := _FRONT_FIELD.match(line):
                key, value = match["key"], match["value"].strip("\"'")
                self.topics.append(key)
                line_of = Line("field", f"{key}: {value}", key=key, value=value, mention=first_clock(value))
                self._add(line_of, number, number)
                if key.lower() in {"timezone", "time_zone", "tz"}:
                    self.reading.zone = zone_stated(f"timezone: {value}", "the front matter")
            elif line.strip():
                self._add(Line("text", line.strip()), number, number)

    def _block(self, blocks: Sequence[Block], place: int) -> set[int]:
        block = blocks[place]
        match block.kind:
            case "heading":
                self._open(block.level, plain_text(self.text[block.start : block.end]).strip())
            case "row":
                return self._table(blocks, place)
            case "item":
                self._item(blocks, block)
            case _:
                following = blocks[place + 1].kind if place + 1 < len(blocks) else "heading"
                self._paragraph(block, lists=following in {"item", "row"})
        return {place}

    def _open(self, level: int, title: str) -> None:
        """A heading opens: what it says of zone and day holds below it."""
        self.headings = [h for h in self.headings if h.level < level]
        self.topics.append(title)
        zone = zone_of_heading(title)
        day = day_of_heading(title, outermost=not self.headings)
        if day and day.mention.date and self.reading.day is None and not (day.below or self.headings):
            self.reading.day = KnownDay(day.mention.date, f'date in the heading "{title}"')
        self.headings.append(_Heading(level, title, zone, day, is_heading_of(title)))

    def _section(self) -> str:
        return " > ".join(h.title for h in self.headings)

    def _zone(self) -> Zone | None:
        return next((h.zone for h in reversed(self.headings) if h.zone), None)

    def _paragraph(self, block: Block, *, lists: bool) -> None:
        whole = "\n".join(self.text[s:e] for s, e in block.lines)
        if bold := _BOLD_LINE.match(whole.strip()):
            self._open(10, plain_text(bold["title"]).strip(" :"))
            return
        for group in self._logical(self._headed(block.lines, lists)):
            raw = "\n".join(self._raw(s, e) for s, e in group)
            first, last = self._line_of(group[0][0]), self._line_of(group[-1][1] - 1)
            self._notice_zones(raw)
            run_in = _RUN_IN.match(raw)
            if run_in and (run_in["title"][-1:] not in ":：" or len(split(run_in["rest"])) > 1):
                self._open(11, plain_text(run_in["title"]).strip(" :."))
                raw = run_in["rest"]
            line = read_line(raw, self.context.directory)
            if line.kind == "statement" or self._tells_several(line, raw):
                self._sentences(raw, first, last)
            else:
                for row in split_rows(line, self.context.directory):
                    self._add(row, first, last)

    def _tells_several(self, line: Line, raw: str) -> bool:
        """A long dated paragraph, or one of several "key: value." in a row: each sentence stands for itself."""
        if line.kind == "row":
            return len(raw) > _LONG
        sentences = [read_line(raw[s:e], self.context.directory).kind for s, e in split(raw)]
        return line.kind == "field" and sentences.count("field") > 1

    def _headed(self, lines: tuple[tuple[int, int], ...], lists: bool) -> tuple[tuple[int, int], ...]:
        """In a text without markup a short line above a list or longer lines is a heading; the first, the title."""
        first = self._raw(*lines[0]).strip()
        if self.titles or not _PLAIN_HEADING.fullmatch(first) or starts_something(first):
            return lines
        title = self._line_of(lines[0][0]) == 1
        above = lists if len(lines) < 2 else len(self._raw(*lines[1])) >= 50
        if not title and not above:
            return lines
        self._open(1 if title else 2, plain_text(first))
        self.plain_titles.append(plain_text(first))
        return lines[1:]

    def _logical(self, lines: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        """A paragraph is one text, unless its lines begin with clocks, keys or marks of tasks."""
        group: list[tuple[int, int]] = []
        for start, end in lines:
            opens = starts_something(self._raw(start, end))
            if group and opens and self._may_end(self._raw(*group[-1])):
                yield group
                group = []
            group.append((start, end))
        if group:
            yield group

    @staticmethod
    def _may_end(line: str) -> bool:
        """Whether the next line may begin something new: a sentence ended, or the line was a note itself."""
        return line.rstrip()[-1:] in ".!?:;)" or starts_something(line) or len(line) < 60

    def _sentences(self, raw: str, first: int, last: int) -> None:
        offset = 0
        for start, end in split(raw):
            text = raw[start:end]
            offset = raw.count("\n", 0, start)
            line = min(last, first + offset)
            told = read_line(text, self.context.directory)
            if told.kind not in {"row", "field"}:
                told = Line("statement", text, mention=first_clock(plain_text(text)))
            self._add(told, line, min(last, line + text.count("\n")))

    def _item(self, blocks: Sequence[Block], block: Block) -> None:
        raw = "\n".join(self._raw(s, e) for s, e in block.lines)
        first, last = self._line_of(block.start), self._line_of(max(block.start, block.end - 1))
        self._notice_zones(raw)
        line = read_line(raw, self.context.directory, checked=block.checked)
        if line.kind == "statement" and block.children and (bold := _BOLD_LINE.match(raw.strip())):
            line.text = plain_text(bold["title"])
        parent = (
            plain_text(self._raw(blocks[block.parent].start, blocks[block.parent].end))
            if block.parent is not None
            else ""
        )
        for row in split_rows(line, self.context.directory):
            self._add(row, first, last, parent=" ".join(parent.split())[:120])

    def _table(self, blocks: Sequence[Block], place: int) -> set[int]:
        members = [i for i, b in enumerate(blocks) if b.kind == "row" and b.group == blocks[place].group]
        head = next((blocks[i] for i in members if blocks[i].head), None)
        headers = [plain_text(self._raw(s, e)).strip() for s, e in head.cells] if head else []
        self.topics += headers
        rows = [i for i in members if not blocks[i].head]
        cells = [[plain_text(self._raw(s, e)).strip() for s, e in blocks[i].cells] for i in rows]
        for index, line in zip(rows, columns_of(headers, cells, self.context.directory), strict=True):
            number = self._line_of(blocks[index].start)
            self._add(line, number, number)
        return set(members)

    def _add(self, line: Line, first: int, last: int, parent: str = "") -> None:
        text = " ".join(plain_text(line.text).split())
        if not text:
            return
        section = self._section()
        if parent:
            section = f"{section} > {parent}" if section else parent
        zone = line.zone or self._zone()
        above = next((h.day for h in reversed(self.headings) if h.day), None)
        stamp = stamp_of_line(
            line,
            zone,
            self.context.incident.timezone,
            None if section in self.dated else above,
            among_measures=any("actions" in parts_of(h.title) for h in self.headings),
        )
        if stamp:
            self.dated.add(section)
        if line.key and line.kind == "field":
            self.topics.append(line.key)
        kind = line.kind
        self.reading.items.append(
            Item(
                f"line {first}" if first == last else f"lines {first}-{last}",
                text,
                kind,
                line=first,
                stamp=stamp,
                actor=line.actor,
                actor_kind=self.context.directory.kind(line.actor) if line.actor else "unknown",
                section=section,
                columns=line.columns or (((line.key, line.value),) if line.key else ()),
                checked=line.checked,
                document=next((h.document for h in reversed(self.headings) if h.document), None),
            )
        )

    def _notice_zones(self, raw: str) -> None:
        """Prose that states a zone, above the first section or as a line of its own, holds for what follows."""
        self.reading.others += zones_of_others(raw, self.file.path)
        zone = zone_stated(raw) or (zone_of_heading(raw) if raw.lstrip()[:1] in "([*_" else None)
        if zone and len(self.headings) > 1 and self.headings[-1].level > 1:
            self.headings[-1].zone = self.headings[-1].zone or zone
        elif zone:
            self.reading.zone = self.reading.zone or zone
        self.reading.letters = self.reading.letters or letters_stated(raw)

    def _fences(self) -> None:
        """Fenced blocks, which the structure leaves out: one record each."""
        start: int | None = None
        for number, line in enumerate(self.file.lines, 1):
            if not _FENCE.match(line):
                continue
            if start is None:
                start = number
                continue
            self._fence(start + 1, number - 1)
            start = None
        if start is not None:
            self._fence(start + 1, len(self.file.lines))

    def _fence(self, first: int, last: int) -> None:
        text = "\n".join(self.file.lines[first - 1 : last]).strip()
        if not text:
            return
        above = max(
            (i for i in self.reading.items if (i.line or 0) < first), key=lambda i: i.line or 0, default=None
        )
        section = above.section if above else ""
        self.reading.items.append(Item(f"lines {first}-{last}", text, "text", line=first, section=section))
        self.reading.items.sort(key=lambda i: i.line or 0)

    def _close(self) -> None:
        reading = self.reading
        titles = [t for t in self.titles or self.plain_titles if t]
        title = titles[0] if titles else ""
        reading.titles = tuple(titles)
        named = {i.document for i in reading.items if i.document}
        kind = classify(title, self.topics, self.file.path)
        if len(named) < 2 or named_by(
            title
        ):  # one document; several in one file keep what their headings say
            for item in reading.items:
                item.document = kind
            reading.document = kind
        for item in reading.items:
            key = item.columns[0][0].lower() if item.kind == "field" and item.columns else ""
            if key in {"severity", "sev"} and reading.severity is None:
                value = item.columns[0][1]
                match = _SEVERITY.search(value)
                reading.severity = match[1].upper().replace(" ", "").replace("-", "") if match else value[:20]
            if reading.day is None and key.startswith(("date", "day", "start", "declared", "detected")):
                day = next((m.date for m in find_times(item.text) if m.date), None)
                reading.day = KnownDay(day, f'date in "{item.text[:60]}"') if day else None

    def _raw(self, start: int, end: int) -> str:
        """The words as written: the structure was read from a copy in which comments and code are blank."""
        return self.file.text[start:end]

    def _line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset)
