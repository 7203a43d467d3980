"""What a text says about the zone of clocks: its own ("all times below UTC"), or another file's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.artifacts.item import Zone
from pipeline.language.zones import ABBREVIATION_PATTERN, zone_of, zones_called

_ZONE = (
    r"(?P<zone>(?:UTC|GMT)(?:\s?[+\-−]\s?\d{1,2}(?::?[0-5]\d)?)?|Z(?=\))|[+\-−]\d\d:?\d\d"
    rf"|(?:{ABBREVIATION_PATTERN})\b|[A-Z][a-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?"
    r"|(?:[A-Z][\w.]+\s){1,3}(?:(?:standard|daylight|summer|winter|local)\s)?[Tt]ime\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)
_FILLER = (
    r"(?:\s+(?:are|is|were|was|in|below|above|here|all|given|listed|shown|noted|stated|recorded|written|on|at|the"
    r"|a|to|of|this|document|file|page|log|unless|so|far|zone|always)\b|\s*[:=,(])*\s*"
)
_ALL_TIMES = re.compile(
    rf"\b(?:times|timestamps?|time\s?zones?|clocks?|local\s+time)\b{_FILLER}{_ZONE}", re.IGNORECASE
)
# "Ada, 3 February 2031. UTC.": a sentence or the end of a list that is nothing but a zone.
_ALONE = re.compile(
    rf"(?:^|[.,;|·(])\s*(?:all\s+)?(?P<zone>UTC|GMT|(?:{ABBREVIATION_PATTERN}))\s*[.)]*\s*$", re.MULTILINE
)
_ZONE_TIMES = re.compile(rf"\b{_ZONE}\s+(?:times(?:tamps?)?|timestamps?|clocks?)\b")
_PARENTHESIS = re.compile(
    rf"[(\[]\s*(?:(?:all\s+)?(?:times?\s+)?(?:are\s+)?(?:in\s+)?){_ZONE}(?P<rest>[^)\]]*)[)\]]"
)
_BARE_CELL = re.compile(rf"(?:[\w/ ]*?\b)?{_ZONE}$")
_OTHER = re.compile(
    rf"\b(?:[Tt]he\s+)?(?P<what>[\w#.-]+(?:\s[\w#.-]+){{0,2}}?)(?:'s)?\s+(?:times?\s+)?(?:clocks?\s+)?"
    rf"(?:is|are|was|were|uses?|shows?|has|have|runs?|stands?)\s+(?:all\s+)?(?:in\s+|on\s+)?{_ZONE}"
)
# "All times are UTC, the IRC log as well": others that keep the zone just stated.
_TOO = re.compile(
    r"(?:\b(?:the\s+)?(?P<before>[\w#.-]+(?:\s[\w#.-]+){0,2}?)\s+(?:as well|too|also|likewise|included)\b"
    r"|\b(?:including|also|as (?:is|are))\s+(?:in\s+)?(?:the\s+)?(?P<after>[\w#.-]+(?:\s[\w#.-]+)?))",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d:\d\d")


def zone_stated(text: str, source: str = "the document") -> Zone | None:
    """The zone that a line of prose states for the clocks of its document or section."""
    for pattern in (_ALL_TIMES, _ZONE_TIMES):
        for match in pattern.finditer(text):
            if not _CLOCK.search(match[0]) and (zone := _zone(match, source)):
                return zone
    alone = _ALONE.search(text)
    return _zone(alone, source) if alone else None


def letters_stated(text: str) -> str | None:
    """Letters that a line gives for the clocks of its document, where they are those of several zones ("IST")."""
    for pattern in (_ALL_TIMES, _ZONE_TIMES, _ALONE):
        for match in pattern.finditer(text):
            if not _CLOCK.search(match[0]) and zones_called(match["zone"]):
                return match["zone"].strip()
    return None


def zone_of_heading(text: str) -> Zone | None:
    """The zone that a heading or a parenthesis of its own line gives: "Timeline (UTC)"."""
    if stated := zone_stated(text, "the heading"):
        return stated
    for match in _PARENTHESIS.finditer(text):
        if not _CLOCK.search(match[0]) and (zone := _zone(match, "the heading")):
            return zone
    return None


def zone_of_column(header: str) -> Zone | None:
    """The zone in a column's header: "Time (UTC)", "UTC", "Time MT"."""
    bare = header.replace("(", " ").replace(")", " ").replace("_", " ").strip()
    if match := _BARE_CELL.fullmatch(bare):
        name = match["zone"].strip()
        tz = zone_of(name) if name.isupper() or "/" in name or "ime" in name else None
        if tz:
            return Zone(tz, f'the column is headed "{header.strip()}"')
    return None


def zones_of_others(text: str, source: str) -> Iterator[tuple[str, Zone]]:
    """What the text says of the clocks of other files: ("chat", its zone)."""
    for match in _OTHER.finditer(text):
        tz = zone_of(match["zone"].strip())
        if tz and "time" not in match["what"].lower().split():
            yield match["what"].lower(), Zone(tz, f'{source} says "{_said(match[0])}"')
    if (own := zone_stated(text, source)) and (too := _TOO.search(text)):
        yield (too["before"] or too["after"]).lower(), Zone(own.tz, f"{own.basis}, {_said(too[0])}")


def _zone(match: re.Match[str], source: str) -> Zone | None:
    name = match["zone"].strip()
    if not name[:1].isupper() and name[:1] not in "+-−":
        return None
    tz = zone_of(name)
    words = match.string[match.start() : match.end("zone")]
    return Zone(tz, f'{source} says "{_said(words)}"') if tz else None


def _said(words: str) -> str:
    plain = " ".join(words.split()).strip(" :,=([.;|·")
    return plain + ")" * (plain.count("(") - plain.count(")"))
