"""Which channels of an export are the incident's: those that incident.yaml, another artifact or their name says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.models.incident import Incident
from pipeline.models.record import Channel, Record

_NAMED = re.compile(r"(?<![\w&/])#([\w-]*[A-Za-z][\w-]*)")
_FOR_INCIDENTS = re.compile(r"(?:^|[-_])(?:inc|incident|sev\d?|outage|war-?room)(?:[-_\d]|$)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}|\d{3,}")
_COMMON = frozenset(("inc", "incident", "sev", "outage", "warroom", "the", "and"))
_SHARE = 0.25  # of the talk: as much as where a response is led has


def find_channels(records: Sequence[Record], incident: Incident) -> tuple[Channel, ...]:
    """Every channel of the chats, the incident's own first."""
    chats = Counter(r.channel for r in records if r.channel)
    why = _named_in_file(chats, incident) if incident.channels else _named_elsewhere(chats, records)
    if not incident.channels:
        why |= {c: w for c, w in _sharing_words(chats, incident).items() if c not in why}
        why = why or _led_there(chats)
    ranked = sorted(chats, key=lambda c: (c not in why, -chats[c], c))
    return tuple(
        Channel(
            name=name,
            messages=chats[name],
            is_the_incidents=name in why,
            why=why.get(name, "nothing says so; read as background"),
        )
        for name in ranked
    )


def _named_in_file(chats: Counter[str], incident: Incident) -> dict[str, str]:
    told = {c.casefold() for c in incident.channels}
    return {c: "named in incident.yaml" for c in chats if c.casefold() in told}


def _named_elsewhere(chats: Counter[str], records: Sequence[Record]) -> dict[str, str]:
    """Those that another artifact names; where one of them is called as incidents' channels are, only such."""
    named: dict[str, str] = {}
    for record in records:
        for name in _names_in(record) if record.channel is None else ():
            named.setdefault(name.casefold(), record.source)
    found = {c: f"named in {named[c.casefold()]}" for c in chats if c.casefold() in named}
    for_incidents = {c: why for c, why in found.items() if _FOR_INCIDENTS.search(c)}
    return for_incidents or found


def _names_in(record: Record) -> Iterator[str]:
    yield from _NAMED.findall(record.text)
    yield from (cell.lstrip("#") for heading, cell in record.columns if "channel" in heading.casefold())


def _sharing_words(chats: Counter[str], incident: Incident) -> dict[str, str]:
    known = _tokens(incident.id, incident.name, incident.title or "")
    shared = {c: _tokens(c) & known for c in chats if _FOR_INCIDENTS.search(c)}
    return {c: f"its name and the incident's share {', '.join(sorted(w))}" for c, w in shared.items() if w}


def _led_there(chats: Counter[str]) -> dict[str, str]:
    """Nothing says which: those that are called as incidents' channels are, else those with much of the talk."""
    if named := {c: "its name is that of an incident's channel" for c in chats if _FOR_INCIDENTS.search(c)}:
        return named
    total = sum(chats.values())
    return {
        c: f"{round(100 * n / total)} % of all messages stand there"
        for c, n in chats.items()
        if n >= total * _SHARE
    }


def _tokens(*texts: str) -> set[str]:
    return {w for text in texts for w in _WORD.findall(text.casefold())} - _COMMON
