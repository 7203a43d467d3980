"""An end that comes before what it ends: an incident that is closed before anybody declared it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.rubric.chronology import Moment
from pipeline.rubric.telling import read_telling
from pipeline.rubric.told_times import MINUTE, Told

# Being over may precede the call; closing what nobody has opened yet may not.
_CLOSES = re.compile(
    r"\b(?:clos(?:ed?|es)|end(?:ed|s)?|resolv(?:ed|es)|st(?:oo|an)ds? (?:\w+ ){0,3}down|stood down|finish(?:ed|es)|conclud(?:ed|es)|declar\w+ (?:\w+ ){0,3}over)\b"
    r"[^.;]{0,40}?\b(?:incident|event|outage|disruption|emergency|case|alert|sev\W?\d|priority \d|p\d|fault)\b"
    r"|\b(?:incident|event|outage|disruption|emergency)\b[^.;]{0,30}\b(?:closed|ended|stood down|resolved|down)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:again|re-?open\w*|previous|earlier|another|false|prematurely|first)\b", re.IGNORECASE
)


def find_close_before_call(entries: Sequence[Moment]) -> Told:
    told = [(e, read_telling(e.entry)) for e in entries if e.entry is not None]
    called = [e for e, t in told if t.called and not _closes(e.text)]
    if not called:
        return
    first = min(called, key=lambda e: e.at)
    for e, t in told:
        begun = any(other.at < e.at and (o.forced or o.suffered or o.begun) for other, o in told)
        if t.over and begun and _closes(e.text) and e.at < first.at - MINUTE:
            yield (
                e.span,
                f"the incident is closed at {e.at:%H:%M}, before anybody declares it at {first.at:%H:%M} "
                f"(UTC, line {first.span.line})",
            )
            return


def _closes(text: str) -> bool:
    return bool(_CLOSES.search(text)) and not _AGAIN.search(text)
