"""Reads chat that somebody copied out of a window: Slack old and new, Teams, Discord, and `time name: text`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.artifacts.item import Item, Reading, Stamp, stamp_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.zone_statements import zone_stated, zones_of_others
from pipeline.language.times import find_times

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?|(?:[A-Z][a-z]{2,8}\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8})(?:,?\s\d{4})?|Today|Yesterday)"
_WHEN = rf"(?:{_DATE},?\s+(?:at\s+)?)?{_CLOCK}"
_AGO = r"(?:an?|\d+)\s(?:minute|hour|day|week|month)s?\sago"
_NAME = r"[^\W\d_@][^\n:\[\]<>]{0,40}?|@[\w.-]{2,30}|[a-z][\w.|-]{1,30}"

# "name [8:27 AM]", and "[8:31]" for what the same person went on to say.
_BRACKETED = re.compile(
    rf"^(?P<name>\S[^\[\]]{{0,50}}?)??\s*(?P<app>\bAPP)?\s*\[(?P<when>{_WHEN}|{_AGO})\]\s*$"
)
# "Name  8:27 AM", "Name — Today at 8:27 AM"; "[18/03 07:28] Name"
_NAME_TIME = re.compile(
    rf"^(?P<name>{_NAME})\s*(?P<app>\bAPP)?(?:\s{{2,}}|\t|\s+[—–-]\s+)(?P<when>{_WHEN})\s*$"
)
_TIME_NAME = re.compile(rf"^\[(?P<when>{_WHEN})\]\s+(?P<name>{_NAME})\s*(?P<app>\bAPP)?$")
# "06:28 name: text", "[18/03/2026, 06:28:41] Name: text", "06:28:41 From Name to Everyone: text"
_ONE_LINE = re.compile(
    rf"^\[?(?P<when>{_WHEN})(?:\s?(?:UTC|GMT|Z|[A-Z]{{2,4}}T))?\]?\s*(?:[-–]\s*)?(?:From\s+)?(?P<name>{_NAME})(?:\s+to\s+[\w ]+)?\s?(?P<app>\bAPP)?:\s+(?P<text>\S.*)$"
)
_NAME_FIRST = re.compile(
    rf"^(?P<name>{_NAME})\s?(?P<app>\bAPP)?\s*[(\[](?P<when>{_WHEN})[)\]]:?\s+(?P<text>\S.*)$"
)
_ALONE = re.compile(rf"^(?P<indent>\s*)(?P<app>APP\s+)?(?P<when>{_CLOCK})\s*$")
_NOISE = re.compile(
    r"(?:new(?: messages)?|\d+ (?:new )?(?:repl(?:y|ies)|messages?)|last reply .*|view (?:thread|newer replies|all.*|message)"
    r"|show (?:more|less)|also sent to the channel|APP|saved for later|pinned(?: by .*)?|unread(?: messages)?)\s*",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"(?::[\w+-]+:|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+)(?:\s?\d{1,3})?$")
_GAP = re.compile(r"\s{80}")  # wider than any window sets a name from its time; matching it takes for ever
_LEVELS = frozenset(
    [
        "debug",
        "info",
        "notice",
        "warn",
        "warning",
        "error",
        "err",
        "fatal",
        "critical",
        "crit",
        "trace",
        "alert",
        "emerg",
        "severe",
    ]
)


@dataclass(slots=True)
class _Header:
    name: str
    when: str
    app: bool
    text: str = ""
    continued: bool = False  # no name of its own: the speaker before it goes on


@dataclass(slots=True)
class _Message:
    header: _Header
    line: int
    last: int
    day: Stamp | None = None
    lines: list[str] = field(default_factory=list)


def recognise(file: TextFile) -> bool:
    return _style(_unquoted(file)) is not None


def read(file: TextFile, context: Context) -> Reading:
    lines = _unquoted(file)
    style = _style(lines)
    assert style
    reading = Reading(file.path, "pasted chat", flows=True)
    day: Stamp | None = None
    message: _Message | None = None
    preamble: list[tuple[int, str]] = []
    speaker, app = "", False
    for place, line in enumerate(lines):
        header = style(lines, place)
        if header is not None:
            _finish(reading, message, context)
            if header.name:
                speaker, app = header.name, header.app
            continued = not header.name
            header = _Header(header.name or speaker, header.when, header.app or app, header.text, continued)
            message = _Message(header, place + 1, place + 1, day, [header.text] if header.text else [])
            day = None
        elif separator := _separator(line):
            _finish(reading, message, context)
            message, day = None, separator
        elif message is None:
            if line.strip() and not _is_noise(lines, place) and not _is_name_line(style, lines, place):
                preamble.append((place + 1, line.strip()))
        elif not _is_noise(lines, place) and not _is_name_line(style, lines, place):
            message.lines.append(line.rstrip())
            message.last = place + 1 if line.strip() else message.last
    _finish(reading, message, context)
    for number, text in preamble:
        reading.zone = reading.zone or zone_stated(text, "the file")
        reading.others += zones_of_others(text, reading.path)
        reading.items.append(Item(f"line {number}", text, "text", line=number))
    reading.items.sort(key=lambda i: i.line or 0)
    return reading


_ABOUT = About(
    known_by="Names with clock times above or before what they said",
    exported_by="Select the conversation in the window, copy it into a text file; say the day and the zone in its first line",
)
PASTED_CHAT = single("pasted chat", _ABOUT, recognise, read)
_Style = Callable[[list[str], int], "_Header | None"]


def _unquoted(file: TextFile) -> list[str]:
    """The lines, without the `>` that a mail or a Markdown file put before them."""
    lines = [line.rstrip() for line in file.lines]
    quoted = sum(line.startswith(">") for line in lines)
    if quoted * 4 >= sum(bool(line) for line in lines):
        lines = [re.sub(r"^>\s?", "", line) for line in lines]
    return lines


def _style(lines: list[str]) -> _Style | None:
    """The way this file writes its headers: the one that fits most, if it fits often enough."""
    filled = sum(bool(line.strip()) for line in lines)
    best: tuple[int, _Style] | None = None
    for style in (_bracketed, _web, _name_time, _time_name, _one_line, _name_first):
        headers = [h for place in range(len(lines)) if (h := style(lines, place))]
        if len(headers) < 2 or len(headers) * (3 if style in (_one_line, _name_first) else 25) < filled:
            continue
        names = Counter(h.name.strip().lower() for h in headers if h.name)
        if not names or set(names) <= _LEVELS or (len(names) > 3 and len(names) == len(headers)):
            continue
        if best is None or len(headers) > best[0]:
            best = (len(headers), style)
    return best[1] if best else None


def _matched(pattern: re.Pattern[str], line: str) -> _Header | None:
    match = None if _GAP.search(line, 0, 400) else pattern.match(line)
    if match is None:
        return None
    groups = match.groupdict()
    name = (groups["name"] or "").strip()
    if name and not _plausible(name):
        return None
    return _Header(name, groups["when"], bool(groups.get("app")), (groups.get("text") or "").strip())


def _plausible(name: str) -> bool:
    """A name: a few words, no sentence, no level of a log, nothing that a program would print."""
    if len(name) > 50 or len(name.split()) > 5 or name.lower() in _LEVELS:
        return False
    return not re.search(r"[=;!?/\\{}]|\.\s|[.,]$|\[\d+\]|\d:\d\d", name)


def _bracketed(lines: list[str], place: int) -> _Header | None:
    return _matched(_BRACKETED, lines[place].strip())


def _name_time(lines: list[str], place: int) -> _Header | None:
    return _matched(_NAME_TIME, lines[place].strip())


def _time_name(lines: list[str], place: int) -> _Header | None:
    return _matched(_TIME_NAME, lines[place].strip())


def _one_line(lines: list[str], place: int) -> _Header | None:
    return _matched(_ONE_LINE, lines[place].strip())


def _name_first(lines: list[str], place: int) -> _Header | None:
    return _matched(_NAME_FIRST, lines[place].strip())


def _web(lines: list[str], place: int) -> _Header | None:
    """A line that is only a clock. With the name on the line before it, a new speaker; else the same goes on."""
    match = _ALONE.match(lines[place])
    if match is None:
        return None
    name = _name_above(lines, place)
    sure = bool(match["indent"] or match["app"] or re.search(r"[AaPp]\.?[Mm]", match["when"]))
    if not sure and not (name and _known_name(lines, name)):
        name = ""
    return _Header(name, match["when"], bool(match["app"]))


def _name_above(lines: list[str], place: int) -> str:
    above = lines[place - 1].strip() if place else ""
    if (
        not above
        or not _plausible(above)
        or _ALONE.match(above)
        or _NOISE.fullmatch(above)
        or _separator(above)
    ):
        return ""
    return above


def _known_name(lines: list[str], name: str) -> bool:
    """Whether the name stands above an indented clock, or one with AM or PM, somewhere else."""
    return any(
        line.strip() == name and (m := _ALONE.match(lines[i + 1])) and (m["indent"] or m["when"][-1] in "mM.")
        for i, line in enumerate(lines[:-1])
    )


def _is_name_line(style: _Style, lines: list[str], place: int) -> bool:
    if style is not _web or place + 1 >= len(lines):
        return False
    header = _web(lines, place + 1)
    return header is not None and header.name == lines[place].strip() != ""


def _is_noise(lines: list[str], place: int) -> bool:
    """What the window shows round the messages: buttons, counts, reactions with their number."""
    line = lines[place].strip()
    if _NOISE.fullmatch(line):
        return True
    following = lines[place + 1].strip() if place + 1 < len(lines) else ""
    before = lines[place - 1].strip() if place else ""
    if _EMOJI.fullmatch(line) and (following.isdigit() or line[-1].isdigit()):
        return True
    return line.isdigit() and len(line) <= 3 and bool(_EMOJI.fullmatch(before))


def _separator(line: str) -> Stamp | None:
    """A line that is only a date: "Wednesday, March 18th", "----- March 18th, 2026 -----"."""
    bare = line.strip().strip("-—–=_* ").strip()
    if not 5 <= len(bare) <= 40:
        return None
    mentions = find_times(bare)
    if len(mentions) != 1 or mentions[0].clock or not (mentions[0].date or mentions[0].month_day):
        return None
    return stamp_of(mentions[0]) if len(bare) - len(mentions[0].text) <= 2 else None


def _finish(reading: Reading, message: _Message | None, context: Context) -> None:
    if message is None:
        return
    text = "\n".join(message.lines).strip()
    edited = bool(re.search(r"\(edited\)\s*$", text, re.MULTILINE))
    text = re.sub(r"(?<![ \t])[ \t]*\(edited\)[ \t]*$", "", text, flags=re.MULTILINE).strip()
    mentions = find_times(message.header.when) if "ago" not in message.header.when else ()
    stamp = stamp_of(mentions[0]) if mentions else None
    if stamp and message.day and not (stamp.date or stamp.month_day):
        stamp.date, stamp.month_day, stamp.weekday = (
            message.day.date,
            message.day.month_day,
            message.day.weekday,
        )
    reading.twelve_hour |= bool(re.search(r"[AaPp]\.?[Mm]", message.header.when))
    name = message.header.name.strip().strip("@")
    if not text and message.header.continued:
        return  # a clock that a picture or a button stood beside
    bot = message.header.app or name.lower().endswith("bot")
    known = context.directory.name(name) if name else None
    where = f"line {message.line}" if message.last == message.line else f"lines {message.line}-{message.last}"
    reading.items.append(
        Item(
            where,
            text or "(no text)",
            "bot" if bot else "message",
            line=message.line,
            stamp=stamp,
            actor=known or None,
            actor_kind="system" if bot else context.directory.kind(known, "person") if known else "unknown",
            edited=edited,
        )
    )
