"""Reads the feed of a status page, RSS or Atom: one entry an incident, its posts within as escaped HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from pipeline.artifacts.formats.html import plain_text
from pipeline.artifacts.item import Item, Reading, Stamp, Zone, iso_stamp, stamp_of
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.language.times import find_times, zone_of

# A feed is cut by its tags alone, and no XML parser sees it: nothing is expanded, nothing is fetched.
_OPEN = re.compile(r"<(?:entry|item)\b[^<>]*>")
_CLOSED = re.compile(r"</(?:entry|item)>")
_POST = re.compile(r"<small>(.{0,400}?)</small>(.*?)(?=<small>|$)", re.S)
_FIELDS = ("published", "pubDate", "updated", "dc:date")


def recognise(file: TextFile) -> bool:
    head = file.text.lstrip("\ufeff \n")[:2000]
    return bool(
        re.match(
            r"(?:<(?:\?xml|!--|!DOCTYPE|!ENTITY)[^<>]*>\s*|\]>\s*|<!DOCTYPE[^<>]*\[\s*)*<(?:feed|rss)\b", head
        )
    )


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "status page")
    starts = [*_OPEN.finditer(file.text)]
    ends = [*(m.start() for m in starts), len(file.text)][1:]
    line, counted = 1, 0
    for opening, end in zip(starts, ends, strict=True):
        line, counted = line + file.text.count("\n", counted, opening.start()), opening.start()
        _entry(reading, _CLOSED.split(file.text[opening.end() : end], maxsplit=1)[0], line)
    if not reading.items and not reading.unread:
        reading.cannot_read("file", "a feed without an entry")
    return reading


STATUS_FEED = single(
    "status feed",
    About(
        known_by="Begins with `<feed>` (Atom) or `<rss>`",
        exported_by="`curl https://YOUR-STATUS-PAGE/history.atom`; prefer incidents.json, which has years and offsets",
    ),
    recognise,
    read,
)


def _field(entry: str, *names: str) -> str:
    for name in names:
        opening = re.search(rf"<{name}\b[^<>]*>", entry)
        end = entry.find(f"</{name}>", opening.end()) if opening else -1
        if opening and end >= 0:
            text = entry[opening.end() : end].strip().removeprefix("<![CDATA[").removesuffix("]]>")
            return unescape(text).strip()
    return ""


def _entry(reading: Reading, entry: str, line: int) -> None:
    title = plain_text(_field(entry, "title"))
    dated = _published(_field(entry, *_FIELDS))
    content = _field(entry, "content", "content:encoded", "description", "summary")
    posts = list(_POST.finditer(content))
    locator = f"line {line}, {title or 'an entry'}"
    if not posts:
        text = plain_text(content)
        reading.items.append(
            Item(
                locator, f"{title}: {text}" if text else title or "(empty)", "status", line=line, stamp=dated
            )
        )
    for number, post in enumerate(posts, 1):
        when, text = (
            plain_text(post[1]).replace("\n", " "),
            plain_text(post[2]).replace("\n", " ").strip(" -–"),
        )
        reading.items.append(
            Item(
                f"{locator}, post {number}",
                text or title,
                "status",
                line=line,
                stamp=_shown(when, dated),
                section=title,
            )
        )


def _published(text: str) -> Stamp | None:
    if stamp := iso_stamp(text):
        return stamp
    mention = next((m for m in find_times(text) if m.clock), None)
    return stamp_of(mention) if mention else None


def _shown(when: str, published: Stamp | None) -> Stamp | None:
    """`Mar 18, 01:04 MDT`: the year is the entry's, which was published after the post."""
    mention = next((m for m in find_times(when) if m.clock), None)
    if mention is None:
        return published
    if mention.date is None and mention.month_day and published:
        known = published.instant.date() if published.instant else published.date
        if known:
            month, day = mention.month_day
            year = known.year - (1 if (month, day) > (known.month, known.day + 1) else 0)
            try:
                mention = replace(mention, date=known.replace(year=year, month=month, day=day))
            except ValueError:
                return published
    stamp = stamp_of(mention)
    if stamp.zone is None and (word := re.search(r"\b([A-Z]{2,5})\s*$", when)) and (tz := zone_of(word[1])):
        stamp.zone = Zone(tz, f'"{word[1]}" written in the record')
    return stamp
