"""Reads WebVTT transcripts of calls: cues at offsets from a start that the file's name or first lines give."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.artifacts.days import day_in_name
from pipeline.artifacts.item import Item, Reading, Stamp, Zone
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.language.times import find_times

_CUE = re.compile(r"^(?:(?P<h>\d{2,}):)?(?P<m>[0-5]\d):(?P<s>[0-5]\d)[.,]\d{3}\s+-->")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+(?P<name>[^>]+)>")
_SPEAKER = re.compile(r"^(?P<name>[^\W\d_][^:\n<>]{0,40}?):\s+(?P<text>\S.*)$", re.DOTALL)
_TAG = re.compile(r"</?[a-z][^>]*>")
_BLOCKS = ("NOTE", "STYLE", "REGION")


def recognise(file: TextFile) -> bool:
    return file.text.lstrip("\ufeff \n").startswith("WEBVTT")


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "web vtt transcript")
    start, basis = _start(file)
    cues = list(_cues(file))
    voices = {m["name"] for _, _, text in cues if (m := _SPEAKER.match(text))}
    speakers = {v for v in voices if len(v.split()) <= 4 and (len(v.split()) > 1 or _often(v, cues))}
    for line, offset, text in cues:
        name, said = _split(text, speakers)
        known = context.directory.name(name) if name else None
        stamp = (
            Stamp(instant=start + offset, zone=Zone(dt.UTC, basis), seconds=True, approximate=True)
            if start
            else None
        )
        reading.items.append(
            Item(
                f"lines {line}-{line + text.count(chr(10)) + 1}",
                said,
                "message",
                line=line,
                stamp=stamp,
                actor=known,
                actor_kind=context.directory.kind(known, "person") if known else "unknown",
                section="call",
            )
        )
    if cues and start is None:
        reading.notices.append(
            f"{file.path}: nothing says when the recording began; its cues have an order, no time"
        )
    return reading


_ABOUT = About(
    known_by="The first line is `WEBVTT`",
    exported_by="Zoom: Recordings > the meeting > Audio transcript > Download. Teams: the meeting > Recap > Transcript > Download > .vtt",
)
WEB_VTT = single("web vtt", _ABOUT, recognise, read)


def _start(file: TextFile) -> tuple[dt.datetime | None, str]:
    name = file.path.rpartition("/")[2]
    for mention in find_times(name):
        if mention.date and mention.clock and mention.offset is not None:
            tz = dt.timezone(mention.offset) if mention.offset else dt.UTC
            return dt.datetime.combine(
                mention.date, mention.clock, tz
            ), "start in GMT from the file's name, plus the cue's offset"
    head = "\n".join(file.lines[:8]).split("-->")[0]
    for mention in find_times(head):
        day = mention.date or day_in_name(name)
        if day and mention.clock and mention.offset is not None:
            tz = dt.timezone(mention.offset)
            return dt.datetime.combine(
                day, mention.clock, tz
            ), "start as the file's head says, plus the cue's offset"
    return None, ""


def _cues(file: TextFile) -> list[tuple[int, dt.timedelta, str]]:
    """(line, offset, text) of each cue."""
    found: list[tuple[int, dt.timedelta, list[str]]] = []
    inside = False
    for number, line in enumerate(file.lines, 1):
        if match := _CUE.match(line.strip()):
            offset = dt.timedelta(
                hours=int(match["h"] or 0), minutes=int(match["m"]), seconds=int(match["s"])
            )
            found.append((number, offset, []))
            inside = True
        elif not line.strip():
            inside = False
        elif inside and not line.startswith(_BLOCKS):
            found[-1][2].append(line.strip())
    return [(n, o, "\n".join(lines)) for n, o, lines in found if lines]


def _split(text: str, speakers: set[str]) -> tuple[str | None, str]:
    """Who speaks and what: a voice tag, or a name that is known from other cues. "Note: ..." is nobody."""
    if voice := _VOICE.search(text):
        return voice["name"].strip(), _TAG.sub("", _VOICE.sub("", text)).strip()
    speaker = _SPEAKER.match(text)
    if speaker and speaker["name"] in speakers:
        return speaker["name"].strip(), speaker["text"]
    return None, _TAG.sub("", text).strip()


def _often(name: str, cues: list[tuple[int, dt.timedelta, str]]) -> bool:
    return sum(text.startswith(f"{name}: ") for _, _, text in cues) > 1
