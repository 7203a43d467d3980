"""Reads IRC logs: irssi, WeeChat, and the `[HH:MM] <nick> text` that most other clients and bots write."""

from __future__ import annotations

import re

from pipeline.artifacts.directory import Directory
from pipeline.artifacts.item import Item, Reading, Stamp, stamp_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.language.times import find_times

_WHEN = r"\[?(?P<when>(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?)\]?"
_SAID = re.compile(rf"^{_WHEN}\s*<\s?(?P<mark>[@+%&~!]?)(?P<nick>[^>\s]{{1,40}})>\s?(?P<text>.*)$")
_ACTED = re.compile(rf"^{_WHEN}\s+\*\s+(?P<nick>\S+)\s(?P<text>.*)$")
_SERVER = re.compile(rf"^{_WHEN}\s*(?:-!-|\*{{3}}|-->|<--|--|-[\w.]+-)\s+(?P<text>.*)$")
_WEECHAT = re.compile(r"^(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\t(?P<nick>[^\t]*)\t(?P<text>.*)$")
_DAY = re.compile(r"^---+\s*(?:Log opened|Log closed|Day changed)?\s*(?P<day>.*)$")
_RENAMED = re.compile(r"(?P<old>\S+) is now known as (?P<new>\S+)")
_COLOURS = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|[\x02\x0f\x11\x16\x1d\x1e\x1f]")


def recognise(file: TextFile) -> bool:
    lines = [line for line in file.lines if line.strip()][:400]
    said = sum(bool(_SAID.match(line) or _WEECHAT.match(line)) for line in lines)
    known = said + sum(bool(_ACTED.match(line) or _SERVER.match(line) or _DAY.match(line)) for line in lines)
    return said >= 2 and known * 10 >= len(lines) * 6


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "irc chat", flows=True)
    nicks = _Nicks(context.directory)
    pending: Stamp | None = None
    for number, raw in enumerate(file.lines, 1):
        line = _COLOURS.sub("", raw).rstrip()
        if not line:
            continue
        match = _WEECHAT.match(line) or _SAID.match(line) or _ACTED.match(line) or _SERVER.match(line)
        if match is None:
            if (day := _DAY.match(line)) and (dated := _day_of(day["day"])):
                pending = dated
            elif reading.items:
                last = reading.items[-1]
                last.text += "\n" + line.strip()
                last.locator = f"lines {last.line}-{number}"
            else:
                reading.items.append(Item(f"line {number}", line, "text", line=number))
            continue
        item = _item(match, number, nicks)
        if pending and item.stamp and not (item.stamp.date or item.stamp.month_day):
            item.stamp.date, item.stamp.month_day, item.stamp.weekday = (
                pending.date,
                pending.month_day,
                pending.weekday,
            )
        pending = None
        reading.twelve_hour = reading.twelve_hour or match["when"].rstrip("] ").endswith("M")
        reading.items.append(item)
    return reading


_ABOUT = About(
    known_by="Lines such as `[12:30] <nick> text`, of irssi, WeeChat or a bot",
    exported_by="The client's own log: `~/.weechat/logs`, `~/irclogs`",
)
IRC = single("irc", _ABOUT, recognise, read)


class _Nicks:
    """Who speaks, through changes of nick and the marks of operators."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.known_as: dict[str, str] = {}

    def rename(self, text: str) -> None:
        if change := _RENAMED.search(text):
            self.known_as[change["new"]] = self.known_as.get(change["old"], change["old"])

    def name(self, nick: str) -> str:
        bare = nick.lstrip("@+%&~!")
        bare = self.known_as.get(bare, bare)
        known = self.directory.find(bare, bare.split("|")[0].rstrip("_"))
        return known.name if known else bare


def _item(match: re.Match[str], number: int, nicks: _Nicks) -> Item:
    groups = match.groupdict()
    nick, text = (groups.get("nick") or "").strip(), match["text"].strip()
    mentions = find_times(match["when"])
    stamp = stamp_of(mentions[0]) if mentions else None
    item = Item(f"line {number}", text, "message", line=number, stamp=stamp)
    if match.re is _SERVER or (
        match.re is _WEECHAT and nick.strip("* ") in {"-->", "<--", "--", "=!=", ""} and "*" not in nick
    ):
        nicks.rename(text)
        item.kind = "text"
        return item
    if match.re is _WEECHAT and nick.strip() == "*":
        nick, _, text = text.partition(" ")
    if match.re is _ACTED or text != item.text:
        item.text = f"{nick} {text}".strip()
    item.actor = nicks.name(nick)
    item.actor_kind = nicks.directory.kind(item.actor, "person")
    if nick.lower().endswith("bot"):
        item.kind, item.actor_kind = "bot", "system"
    return item


def _day_of(text: str) -> Stamp | None:
    mention = next((m for m in find_times(text) if m.date or m.month_day), None)
    return stamp_of(mention) if mention else None
