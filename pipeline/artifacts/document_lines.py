"""One line, bullet or table row of a document: is it a dated row, a field, a task or a statement?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Zone
from pipeline.artifacts.zone_statements import zone_of_column
from pipeline.documents.masking import plain
from pipeline.documents.tables import timeline_roles
from pipeline.language.times import TimeMention, find_times
from pipeline.models.record import RecordKind


@dataclass(slots=True)
class Line:
    kind: RecordKind
    text: str
    key: str = ""
    value: str = ""
    mention: TimeMention | None = None
    zone: Zone | None = None
    actor: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    checked: bool | None = None


_LINK = re.compile(
    r"(?<!!)\[(?P<label>[^\[\]\n]*)\]\((?P<url>[a-z][a-z0-9+.-]*:[^()\s]*)(?:\s+\"[^\"]*\")?\)"
)
_EMPHASIS = re.compile(r"(?<![\w*\\])(?P<mark>\*{1,3}|__)(?=\S)(?P<text>[^*\n`]+?)(?<=\S)(?P=mark)(?![\w*])")
_TASK = re.compile(
    r"^(?:AI|TODO|TBD|Action(?: items?)?|Follow[- ]?up|To[- ]?do)\s*(?:[:：–—-]|#\d+:?)\s+(?=\S)",
    re.IGNORECASE,
)
_BOX = re.compile(r"^\s*\[(?P<mark>[ xX✓✔-])\]\s+")
_OPENING = re.compile(
    r"^[\s\[(*_`~≈|•·–—-]*(?:(?:at|on|from|around|about|ca\.?|approx\.?|between)\s+)?", re.IGNORECASE
)
_AFTER_TIME = re.compile(r"^[\s\])*_`|:,;.–—-]+|^\s*(?:ish\b|or so\b)[\s:–—-]*")
# A label of a few words with nothing of a sentence in it, then a colon.
_FIELD = re.compile(r"^(?P<key>[^\W\d_][\w /&'’().#-]{0,38}?)\s*[:：]\s+(?P<value>\S.*)$", re.DOTALL)
_BOLD_FIELD = re.compile(
    r"^(?:\*\*|__)(?P<key>[^*_\n]{1,60}?)\s*(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*(?P<value>\S.*)$",
    re.DOTALL,
)
_SPEAKER = re.compile(
    r"^(?P<name>@?[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,2})\s*(?::|[–—]\s)\s*(?P<rest>\S.*)$", re.DOTALL
)
_NEXT_ROW = re.compile(r"(?:[.;!?]|\s/)\s+(?=[~(\[]?\d)")
_KEY_HEADERS = frozenset({"", "field", "key", "item", "property", "attribute", "what", "metric", "question"})
_SENTENCE_IN_KEY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|said|says|that|which)\b", re.IGNORECASE
)


def plain_text(raw: str) -> str:
    """What a reader sees, with the address of each link kept behind its label."""
    raw = _EMPHASIS.sub(lambda m: m["text"], raw)
    kept = _LINK.sub(
        lambda m: m["url"] if m["label"] in {"", m["url"]} else f"{m['label']} ({m['url']})", raw
    )
    return plain(kept)


def starts_something(raw: str) -> bool:
    """Whether a line of a paragraph is an entry of its own: a clock, a key or a task's mark stands first."""
    text = plain_text(raw)
    if _TASK.match(text) or _BOX.match(text) or _leading_time(text):
        return True
    return bool(_BOLD_FIELD.match(raw.strip()) or _field(text))


def read_line(raw: str, directory: Directory, *, checked: bool | None = None) -> Line:
    """What a line or a bullet is. `checked` is its box where Markdown gave it one."""
    text = plain_text(raw)
    if checked is None and (box := _BOX.match(text)):
        checked, text = box["mark"] in "xX✓✔", text[box.end() :]
    if checked is not None:
        return Line("task", text, checked=checked)
    if _TASK.match(text):
        return Line("task", text)
    if mention := _leading_time(text):
        return _row(text, mention, directory)
    if bold := _BOLD_FIELD.match(raw.strip()):
        key, value = plain_text(bold["key"]).strip(" :"), plain_text(bold["value"])
        return Line("field", f"{key}: {value}", key=key, value=value, mention=first_clock(value))
    if found := _field(text):
        return Line("field", text, key=found[0], value=found[1], mention=first_clock(found[1]))
    return Line("statement", text, mention=first_clock(text))


def split_rows(line: Line, directory: Directory) -> Iterator[Line]:
    """ "0:47 theory. 0:51 they say no" is two rows."""
    if line.kind != "row":
        yield line
        return
    rest, first = line.text, line
    while match := next((m for m in _NEXT_ROW.finditer(rest) if _leading_time(rest[m.end() :])), None):
        first.text = rest[: match.start() + (rest[match.start()] in ".!?")].strip(" /")
        yield first
        tail = rest[match.end() :]
        mention = _leading_time(tail)
        assert mention
        first = _row(tail, mention, directory)
        rest = first.text
    yield first


def first_clock(text: str) -> TimeMention | None:
    """The first time in a text that has a clock; a date alone dates nothing to the minute."""
    return next((m for m in find_times(text) if m.clock), None)


def _leading_time(text: str) -> TimeMention | None:
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    for mention in find_times(text[:120]):
        if mention.start > start:
            return None
        if mention.clock and mention.end >= start:
            return mention
    return None


def _row(text: str, mention: TimeMention, directory: Directory) -> Line:
    rest = text[mention.end :]
    while (trimmed := _AFTER_TIME.sub("", rest, count=1)) != rest:
        rest = trimmed
    actor = None
    speaker = _SPEAKER.match(rest)
    if speaker and (known := directory.find(speaker["name"])):
        actor, rest = known.name, speaker["rest"]
    return Line("row", rest.strip() or text, mention=mention, actor=actor)


def _field(text: str) -> tuple[str, str] | None:
    match = _FIELD.match(text)
    if match is None or "://" in match[0][: match.end("key") + 4]:
        return None
    key = match["key"].strip()
    if len(key.split()) > 5 or ". " in key or _SENTENCE_IN_KEY.search(key):
        return None
    return key, match["value"].strip()


def columns_of(headers: Sequence[str], rows: Sequence[Sequence[str]], directory: Directory) -> Iterator[Line]:
    """The rows of a table: dated ones where a column holds times, fields where there are two columns."""
    roles = timeline_roles(headers, rows)
    zones = [zone_of_column(h) for h in headers]
    timed = [i for i, role in enumerate(roles) if role == "time"]
    dated = next((i for i, role in enumerate(roles) if role == "date"), None)
    for row in rows:
        columns = tuple((headers[i] if i < len(headers) else "", cell) for i, cell in enumerate(row) if cell)
        mention, column = _time_in(row, timed, dated)
        actor_at = next((i for i, role in enumerate(roles) if role == "actor" and i < len(row)), None)
        actor = row[actor_at] if actor_at is not None and mention else None
        rest = [
            cell
            for i, cell in enumerate(row)
            if cell
            and not (mention and (i in timed or i in {dated, actor_at}))
            and not re.fullmatch(r"#?\d{1,3}\.?", cell)
        ]
        line = Line(
            "row" if mention else "statement",
            "; ".join(rest) or "; ".join(c for c in row if c),
            columns=columns,
        )
        if mention is None and len(row) == 2 and row[0] and row[1]:
            line.text, line.mention = f"{row[0]}: {row[1]}", first_clock(row[1])
            if not any(headers) or headers[0].lower() in _KEY_HEADERS:
                line = replace(line, kind="field", key=row[0], value=row[1], columns=())
        else:
            line.mention = mention
            line.zone = zones[column] if column is not None and column < len(zones) else None
        line.actor = directory.name(actor) if actor and actor not in {"-", "–", "?", "n/a"} else None
        yield line


def _time_in(
    row: Sequence[str], timed: Sequence[int], dated: int | None
) -> tuple[TimeMention | None, int | None]:
    """The time of a row, with the date of its own column where there is one."""
    for column in timed:
        if column >= len(row):
            continue
        mention = first_clock(row[column])
        if mention is None:
            continue
        if dated is not None and dated < len(row) and not mention.is_dated:
            day = next((m for m in find_times(row[dated]) if m.date or m.month_day), None)
            if day:
                mention = replace(mention, date=day.date, month_day=day.month_day)
        return mention, column
    return None, None
